// A picture large: zoom with two fingers, buttons, wheel, keys or a double tap; arrows lead to the others; Escape closes.
// Every picture inside an element with data-viewer opens it: by a tap, or with Enter when it has the focus.
import { svg } from "./svg.js";

const english = document.documentElement.lang === "en";
const say = (thai, other) => (english ? other : thai);
const LARGEST = 5, TURN = 60; // px that turn the page
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
    this.caption = document.createElement("div");
    this.caption.className = "caption";
    this.fingers = new Map();
    const acts = document.createElement("div");
    acts.className = "acts";
    this.turning = [this.button("back", say("ภาพก่อนหน้า", "Previous"), () => this.go(-1)), this.words, this.button("next", say("ภาพถัดไป", "Next"), () => this.go(1))];
    acts.append(
      ...this.turning,
      this.button("less", say("ย่อ", "Smaller"), () => this.zoom(1 / 1.5)), this.button("more", say("ขยาย", "Larger"), () => this.zoom(1.5)),
      this.button("close", say("ปิด", "Close"), () => this.dialog.close()),
    );
    this.dialog.append(this.stage, this.caption, acts);
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("close", () => { this.image.removeAttribute("src"); this.opener?.focus(); });
    this.stage.addEventListener("wheel", (event) => { event.preventDefault(); this.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, this.spot(event)); }, { passive: false });
    this.stage.addEventListener("dblclick", (event) => this.zoom(this.scale > 1 ? 1 / this.scale : 2.5, this.spot(event)));
    this.stage.addEventListener("pointerdown", (event) => this.down(event));
    this.stage.addEventListener("pointermove", (event) => this.move(event));
    ["pointerup", "pointercancel"].forEach((kind) => this.stage.addEventListener(kind, (event) => this.up(event)));
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
    this.fingers.clear();
    this.turning.forEach((part) => { part.hidden = images.length === 1; });
    this.dialog.showModal();
    this.show();
  }

  show() {
    const shown = this.images[this.index];
    this.image.src = shown.dataset.large || shown.currentSrc || shown.src;
    this.image.alt = shown.alt;
    this.caption.textContent = shown.closest("figure")?.querySelector("figcaption")?.textContent ?? "";
    this.words.textContent = `${this.index + 1} / ${this.images.length}`;
    this.scale = 1;
    this.at = [0, 0];
    this.draw();
  }

  go(by) {
    this.index = (this.index + by + this.images.length) % this.images.length;
    this.show();
  }

  /** Where in the stage something happened, from its middle. */
  spot({ clientX, clientY }) {
    const box = this.stage.getBoundingClientRect();
    return [clientX - box.left - box.width / 2, clientY - box.top - box.height / 2];
  }

  /** What lies under `spot` stays there. */
  zoom(by, spot = [0, 0]) {
    const before = this.scale;
    this.scale = Math.min(LARGEST, Math.max(1, before * by));
    this.at = this.at.map((at, axis) => spot[axis] - ((spot[axis] - at) * this.scale) / before);
    this.draw();
  }

  /** A picture larger than the stage covers it: nobody can lose it. */
  draw() {
    const over = [this.image.offsetWidth * this.scale - this.stage.clientWidth, this.image.offsetHeight * this.scale - this.stage.clientHeight];
    this.at = this.at.map((at, axis) => { const most = Math.max(0, over[axis] / 2); return Math.min(most, Math.max(-most, at)); });
    this.image.style.transform = `translate(${this.at[0]}px, ${this.at[1]}px) scale(${this.scale})`;
  }

  key(event) {
    const act = { ArrowLeft: () => this.go(-1), ArrowRight: () => this.go(1), "+": () => this.zoom(1.5), "=": () => this.zoom(1.5), "-": () => this.zoom(1 / 1.5), 0: () => this.zoom(1 / this.scale) }[event.key];
    event.stopPropagation(); // keys of the page below rest
    if (act) { event.preventDefault(); act(); }
  }

  /** One finger (or the mouse) moves a picture that is larger than the screen, and turns the page of one that is not; two zoom. */
  down(event) {
    event.preventDefault();
    this.stage.setPointerCapture(event.pointerId);
    this.began = this.fingers.size ? null : event.clientX;
    this.fingers.set(event.pointerId, this.spot(event));
  }

  move(event) {
    const was = this.fingers.get(event.pointerId), now = this.spot(event);
    if (!was) return;
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.fingers.set(event.pointerId, now);
    if (other) this.zoom(apart(now, other) / (apart(was, other) || 1), [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
    else if (this.scale > 1) { this.at = this.at.map((at, axis) => at + now[axis] - was[axis]); this.draw(); }
  }

  up(event) {
    if (!this.fingers.delete(event.pointerId) || this.began === null || this.scale > 1 || event.type === "pointercancel") return;
    if (Math.abs(event.clientX - this.began) > TURN) this.go(event.clientX < this.began ? 1 : -1);
  }
}

const apart = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]);

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
