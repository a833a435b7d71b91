// A table wider than a phone says that it goes on to the right, until it has been moved.
const english = document.documentElement.lang === "en";

function hint(wrap) {
  if (wrap.dataset.hinted || wrap.scrollWidth <= wrap.clientWidth + 8) return;
  wrap.dataset.hinted = "1";
  const words = document.createElement("p");
  words.className = "scroll-hint";
  words.setAttribute("aria-hidden", "true"); // who does not see it needs no scrolling
  words.textContent = english ? "Swipe the table to see more →" : "ปัดตารางเพื่อดูต่อทางขวา →";
  wrap.before(words);
  wrap.addEventListener("scroll", () => words.remove(), { once: true, passive: true });
}

export function startTables(root) {
  if (!matchMedia("(max-width: 720px)").matches) return;
  root.querySelectorAll(".table-wrap").forEach(hint);
}
