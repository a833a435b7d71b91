// A picture large: zoom with buttons, wheel, keys or a double tap; arrows lead to the others; Escape closes.
// Every picture inside an element with data-viewer opens it: by a tap, or with Enter when it has the focus.
import { svg } from "./svg.js";

const english = document.documentElement.lang === "en";
const say = (thai, other) => (english ? other : thai);
const LARGEST = 5;
const ICONS = { back: "M15 5l-7 7 7 7", next: "M9 5l7 7-7 7", more: "M12 5v14M5 12h14", less: "M5 12h14", close: "M6 6l12 12M18 6L6 18" };

class Viewer {
  constructor() {
    this.dialog = document.createElement("dialog");
    this.dialog.className = "viewer";
    this.dialog.setAttribute("aria-label", say("ดูภาพ", "Picture"));
    this.image = new Image();
    this.words = document.createElement("p");
    this.words.setAttribute("role", "status");
    this.stage = document.createElement("div");
    this.stage.className = "stage";
    this.stage.append(this.image);
    const acts = document.createElement("div");
    acts.className = "acts";
    acts.append(
      this.button("back", say("ภาพก่อนหน้า", "Previous"), () => this.go(-1)), this.words, this.button("next", say("ภาพถัดไป", "Next"), () => this.go(1)),
      this.button("less", say("ย่อ", "Smaller"), () => this.zoom(1 / 1.5)), this.button("more", say("ขยาย", "Larger"), () => this.zoom(1.5)),
      this.button("close", say("ปิด", "Close"), () => this.dialog.close()),
    );
    this.dialog.append(this.stage, acts);
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("close", () => { this.image.removeAttribute("src"); this.opener?.focus(); });
    this.stage.addEventListener("wheel", (event) => { event.preventDefault(); this.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2); }, { passive: false });
    this.stage.addEventListener("dblclick", () => this.zoom(this.scale > 1 ? 1 / this.scale : 2.5));
    this.stage.addEventListener("pointerdown", (event) => this.grab(event));
    document.body.append(this.dialog);
  }

  button(icon, words, act) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "icon-btn", title: words });
    made.setAttribute("aria-label", words);
    made.append(svg(ICONS[icon]));
    made.addEventListener("click", act);
    return made;
  }

  open(images, index) {
    Object.assign(this, { images, index, opener: images[index].closest("a") || images[index] });
    this.dialog.showModal();
    this.show();
  }

  show() {
    const shown = this.images[this.index];
    this.image.src = shown.dataset.large || shown.currentSrc || shown.src;
    this.image.alt = shown.alt;
    this.words.textContent = `${this.index + 1} / ${this.images.length}`;
    this.scale = 1;
    this.at = [0, 0];
    this.draw();
  }

  go(by) {
    this.index = (this.index + by + this.images.length) % this.images.length;
    this.show();
  }

  zoom(by) {
    this.scale = Math.min(LARGEST, Math.max(1, this.scale * by));
    if (this.scale === 1) this.at = [0, 0];
    this.draw();
  }

  draw() { this.image.style.transform = `translate(${this.at[0]}px, ${this.at[1]}px) scale(${this.scale})`; }

  key(event) {
    const act = { ArrowLeft: () => this.go(-1), ArrowRight: () => this.go(1), "+": () => this.zoom(1.5), "=": () => this.zoom(1.5), "-": () => this.zoom(1 / 1.5), 0: () => this.zoom(1 / this.scale) }[event.key];
    event.stopPropagation(); // keys of the page below rest
    if (act) { event.preventDefault(); act(); }
  }

  /** Dragging moves a picture that is larger than the screen, and turns the page of one that is not. */
  grab(event) {
    const from = [event.clientX - this.at[0], event.clientY - this.at[1]], began = event.clientX;
    event.preventDefault();
    const move = (now) => { if (this.scale > 1) { this.at = [now.clientX - from[0], now.clientY - from[1]]; this.draw(); } };
    const up = (now) => {
      window.removeEventListener("pointermove", move);
      if (this.scale === 1 && Math.abs(now.clientX - began) > 60) this.go(now.clientX < began ? 1 : -1);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up, { once: true });
  }
}

let viewer = null;

function openFrom(image) {
  const images = [...image.closest("[data-viewer]").querySelectorAll(".ph img")];
  viewer ??= new Viewer();
  viewer.open(images, images.indexOf(image));
}

/** A picture that opens is a button to the keyboard and to a screen reader. */
function reachable() {
  for (const image of document.querySelectorAll("[data-viewer] .ph img:not([tabindex])")) {
    if (image.closest("a")) continue; // a link already
    image.tabIndex = 0;
    image.setAttribute("role", "button");
    image.setAttribute("aria-label", `${say("ดูภาพใหญ่", "See large")}: ${image.alt}`);
  }
}

export function startViewer() {
  document.addEventListener("click", (event) => {
    const spot = event.target.closest?.("[data-viewer] .ph img, [data-viewer] a:has(.ph img)");
    const image = spot?.matches("img") ? spot : spot?.querySelector(".ph img");
    if (!image || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openFrom(image);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    if (!event.target.matches?.("[data-viewer] .ph img")) return;
    event.preventDefault();
    openFrom(event.target);
  });
  reachable();
  for (const list of document.querySelectorAll("[data-viewer]")) new MutationObserver(() => reachable()).observe(list, { childList: true, subtree: true });
}
