// Proposals: asked for when the name, the day or the pin changes; one tap fills, a second tap takes it back.
import { mark, put, valueOf } from "./put.js";

const ASKED_BY = ["name", "start_date", "latitude", "longitude"];
const LATER = ["offers-place", "offers-tambon"]; // when the name is there
const STAY = ["offers-record", "offers-people"];
const TYPING = 600, CHANGED = 150;

class Offers {
  constructor(form) {
    this.form = form;
    this.box = form.querySelector("#proposals");
    this.put = new Map(); // field → { value, key }: what a tap put there and nobody changed since
    this.copied = new Set(form.dataset.copied?.split(" ")); // an earlier record's word: pictures may still say better
    this.asked = this.facts();
    form.addEventListener("click", (event) => { const offer = event.target.closest(".offer"); if (offer) this.tap(offer, event.detail === 0); });
    form.addEventListener("input", (event) => {
      this.copied.delete(event.target.name);
      if (event.isTrusted && this.put.delete(event.target.name)) mark(this.form, event.target.name, "");
      if (event.target.name === "name") this.ask(TYPING);
    });
    form.addEventListener("change", (event) => { if (ASKED_BY.includes(event.target.name)) this.ask(CHANGED); this.show(); });
    form.addEventListener("record:filled", () => { this.ask(0); this.show(); });
    document.addEventListener("htmx:oobAfterSwap", () => this.show());
    this.show();
  }

  /** Whether the field is filled by somebody who knows. */
  held(name) { return Boolean(valueOf(this.form, name)) && !this.copied.has(name); }

  facts() { return ASKED_BY.map((name) => valueOf(this.form, name)).join("\n"); }

  ask(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const facts = this.facts();
      if (facts === this.asked) return;
      this.asked = facts;
      globalThis.htmx?.trigger(this.box, "facts");
    }, wait);
  }

  entries(offer) { return Object.entries(JSON.parse(offer.dataset.fill)); }

  /** A tap on what is pressed takes its values out again; words typed by hand are never replaced. */
  tap(offer, byKey) {
    const pressed = this.pressed(offer);
    for (const [name, value] of this.entries(offer)) {
      if (pressed) this.takeBack(name, offer.id);
      else if (this.mayPut(name, value)) this.fill(name, value, offer);
    }
    this.show();
    if (byKey && offer.hidden) this.form.elements[this.entries(offer)[0][0]].focus?.();
    this.form.dispatchEvent(new CustomEvent("record:tapped"));
  }

  mayPut(name, value) {
    const now = valueOf(this.form, name);
    return !this.held(name) || this.put.get(name)?.value === now || (name === "name" && value.startsWith(now));
  }

  fill(name, value, offer) {
    if (!put(this.form, name, value, offer.dataset.words)) return;
    this.put.set(name, { value, key: offer.id });
    mark(this.form, name, `✓ ${offer.dataset.mark}`);
  }

  takeBack(name, key) {
    if (this.put.get(name)?.key !== key) return;
    this.put.delete(name);
    put(this.form, name, "");
    mark(this.form, name, "");
  }

  pressed(offer) {
    return this.entries(offer).some(([name, value]) => { const own = this.put.get(name); return own?.key === offer.id && own.value === value; });
  }

  /** Whole records and head counts stay when tapped, to be taken back; of the rest the field itself says enough. */
  show() {
    const early = !valueOf(this.form, "name") && this.form.querySelector("#offers-record .offer") !== null; // then a whole record is the shorter way
    for (const group of this.form.querySelectorAll(".offers")) {
      const offers = [...group.querySelectorAll(".offer")];
      const tapped = offers.find((each) => this.pressed(each));
      for (const offer of offers) {
        offer.setAttribute("aria-pressed", String(offer === tapped));
        const wanted = this.entries(offer).some(([name, value]) => !this.held(name) && valueOf(this.form, name) !== value) && !(early && LATER.includes(group.id));
        offer.hidden = tapped ? !(offer === tapped && STAY.includes(group.id)) : !wanted;
      }
    }
  }
}

export function startOffers(form) { return new Offers(form); }
