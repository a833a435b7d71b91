// Photos are put in order by dragging: at once with a mouse, after a moment's hold with a finger. The buttons do the same.
const AWAY = 6, HOLD = 350;

class Drag {
  constructor(form, photos) {
    Object.assign(this, { form, photos, list: photos.list, tile: null, moving: false });
    this.list.addEventListener("pointerdown", (event) => this.down(event));
    this.list.addEventListener("dragstart", (event) => event.preventDefault()); // the browser's own dragging of pictures
    this.list.addEventListener("touchmove", (event) => { if (this.moving) event.preventDefault(); }, { passive: false });
    this.list.addEventListener("contextmenu", (event) => { if (this.moving) event.preventDefault(); });
    this.list.addEventListener("click", (event) => { if (this.moved) { event.preventDefault(); event.stopPropagation(); this.moved = false; } }, true);
    window.addEventListener("pointermove", (event) => this.move(event));
    ["pointerup", "pointercancel"].forEach((kind) => window.addEventListener(kind, () => this.up()));
  }

  down(event) {
    const tile = event.target.closest(".ph")?.closest(".shot");
    this.moved = false;
    if (!tile || event.button !== 0) return;
    Object.assign(this, { tile, from: [event.clientX, event.clientY], touch: event.pointerType !== "mouse" });
    if (this.touch) this.timer = setTimeout(() => this.begin(), HOLD);
  }

  begin() {
    this.moving = true;
    this.tile.classList.add("dragging");
  }

  move(event) {
    if (!this.tile) return;
    const away = Math.hypot(event.clientX - this.from[0], event.clientY - this.from[1]) > AWAY;
    if (!this.moving) {
      if (!away) return;
      if (this.touch) { this.up(); return; } // it is scrolling
      this.begin();
    }
    const under = document.elementFromPoint(event.clientX, event.clientY)?.closest(".shot");
    if (!under || under === this.tile || under.parentElement !== this.list) return;
    const tiles = [...this.list.querySelectorAll(".shot")];
    if (tiles.indexOf(under) > tiles.indexOf(this.tile)) under.after(this.tile); else under.before(this.tile);
    this.moved = true;
  }

  up() {
    clearTimeout(this.timer);
    if (this.moving) { this.tile.classList.remove("dragging"); if (this.moved) this.photos.changed(); }
    this.tile = null;
    this.moving = false;
  }
}

export function startOrder(form, photos) { return new Drag(form, photos); }
