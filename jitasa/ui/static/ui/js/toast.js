// Messages that come and go. The server's messages are in the page already; toast() adds one.
import { svg } from "./svg.js";

const SHOWN = 9000;

function makeClosable(item, words) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "icon-btn";
  button.setAttribute("aria-label", words);
  button.append(svg("M6 6l12 12M18 6L6 18"));
  button.addEventListener("click", () => item.remove());
  item.append(button);
  if (item.classList.contains("bad") || item.classList.contains("warn")) return;
  let timer = setTimeout(() => item.remove(), SHOWN);
  item.addEventListener("mouseenter", () => clearTimeout(timer));
  item.addEventListener("focusin", () => clearTimeout(timer));
  item.addEventListener("mouseleave", () => { timer = setTimeout(() => item.remove(), SHOWN); });
}

/** Show a sentence; tone is ok, warn, bad or info. Bad and warn stay until closed. */
export function toast(text, tone = "info") {
  const place = document.querySelector("[data-toasts]");
  if (!place) return;
  const item = document.createElement("div");
  item.className = `toast ${tone}`;
  item.append(svg({ ok: "M4 12.5l5.5 5.5L20 6.5", info: "M12 11v5M12 8v.01" }[tone] || "M12 5v9M12 18v.01"));
  const words = document.createElement("p");
  words.textContent = text;
  item.append(words);
  place.append(item);
  makeClosable(item, place.dataset.close || "ปิด");
}

export function startToasts() {
  const place = document.querySelector("[data-toasts]");
  if (!place) return;
  place.classList.add("live");
  place.querySelectorAll(".toast").forEach((item) => makeClosable(item, place.dataset.close || "ปิด"));
}
