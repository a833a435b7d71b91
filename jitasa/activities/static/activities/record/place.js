// What a picture tells (day, time, point), what a day offers (important days, the host's records).
import { isoDate, thaiDate } from "../../ui/js/date.js";
import { words } from "./state.js";

const BANGKOK = { timeZone: "Asia/Bangkok" };
const LONGER_THAN = 15 * 60 * 1000;
const OLDEST = 366 * 24 * 60 * 60 * 1000; // a camera whose battery was out says 2002

function dayOf(at) { return new Intl.DateTimeFormat("en-CA", { ...BANGKOK, year: "numeric", month: "2-digit", day: "2-digit" }).format(at); }
function timeOf(at) { return new Intl.DateTimeFormat("en-GB", { ...BANGKOK, hour: "2-digit", minute: "2-digit" }).format(at); }

class Place {
  constructor(form) {
    this.form = form;
    this.times = [];
    // Fields filled from pictures, or copied from an earlier record: pictures may still correct them.
    this.copied = new Set(form.dataset.copied?.split(" "));
    this.own = new Set(this.copied);
    form.addEventListener("input", (event) => { if (event.isTrusted) this.own.delete(event.target.name); this.copied.delete(event.target.name); });
    this.fromPhoto = (photo) => { this.time(photo); this.point(photo); };
  }

  put(name, value) {
    const field = this.form.elements[name];
    if (!value || !field || (field.value && !this.own.has(name)) || field.value === value) return false;
    field.value = value;
    this.own.add(name);
    ["input", "change"].forEach((kind) => field.dispatchEvent(new Event(kind, { bubbles: true })));
    return true;
  }

  /** What an earlier record said is not so of this one, and the pictures do not say what is. */
  clear(name) {
    const field = this.form.elements[name];
    field.value = "";
    ["input", "change"].forEach((kind) => field.dispatchEvent(new Event(kind, { bubbles: true })));
  }

  time({ taken_at }) {
    const at = taken_at ? new Date(taken_at) : null;
    if (!at || at > new Date()) return;
    if (new Date() - at > OLDEST) return this.askBack(at);
    this.times.push(at.getTime());
    const first = Math.min(...this.times), last = Math.max(...this.times);
    const put = [this.put("start_date", thaiDate(dayOf(first)))];
    if (dayOf(first) === dayOf(last)) {
      put.push(this.put("start_time", timeOf(first)));
      if (last - first > LONGER_THAN) put.push(this.put("end_time", timeOf(last)));
      else if (this.copied.has("end_time")) this.clear("end_time");
    }
    if (put.includes(true)) this.form.querySelector("#from-photo-time").hidden = false;
  }

  /** Whether the field is filled, by somebody who knows better than a picture or by the first picture. */
  holds(name) { return Boolean(this.form.elements[name].value) && !this.copied.has(name); }

  /** The day is not taken over from a camera that cannot know it; the person is asked to look. */
  askBack(at) {
    const hint = this.form.querySelector("#photo-clock");
    hint.querySelector("time").textContent = thaiDate(dayOf(at));
    hint.hidden = false;
  }

  /** The first picture that knows where it was taken sets the pin; the tambon is proposed, not filled. */
  point({ latitude, longitude }) {
    if (latitude == null || longitude == null || this.holds("latitude")) return;
    this.form.elements.point_source.value = "photo";
    this.put("latitude", latitude.toFixed(6));
    this.put("longitude", longitude.toFixed(6));
  }
}

/** The map is heavy: it comes when its fold is opened. */
function bringMap(form) {
  const fold = form.querySelector("#place-point"), box = fold.querySelector("[data-map-later]");
  const bring = async () => {
    box.setAttribute("data-map", "");
    const { startMaps } = await import("../../ui/js/map.js");
    startMaps(form);
  };
  if (fold.open) bring(); else fold.addEventListener("toggle", bring, { once: true });
}

/** Beside the folded map: whether there is a pin, and from where. */
function sayPin(form) {
  const { latitude, longitude, point_source } = form.elements;
  const show = () => {
    const at = latitude.value && longitude.value ? `${Number(latitude.value).toFixed(4)}, ${Number(longitude.value).toFixed(4)}` : "";
    const from = at && point_source.value === "photo" ? words("จากภาพ ", "from the picture ") : "";
    form.querySelector("#pin-words").textContent = at ? `✓ ${from}${at}` : "";
  };
  [latitude, longitude].forEach((input) => input.addEventListener("change", show));
  form.addEventListener("map:moved", () => setTimeout(show));
  form.addEventListener("record:filled", show);
  show();
}

/** What the fold of the office's part says when it is closed. */
function sayPart(form) {
  const show = () => { form.querySelector("#part-words").textContent = form.querySelector('input[name="part"]:checked + span')?.textContent || ""; };
  form.addEventListener("change", (event) => { if (event.target.name === "part") show(); });
  form.addEventListener("record:filled", show);
}

async function offer(select, url) {
  const answer = await fetch(url, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return;
  const html = await answer.text();
  const chosen = select.value, label = select.selectedOptions[0]?.textContent; // now: something may have been chosen meanwhile
  select.innerHTML = html;
  select.value = chosen;
  if (select.value !== chosen && chosen) select.append(new Option(label, chosen, true, true));
}

/** 0830, 8.30 and ๘:๓๐ become 08:30. */
function tidyTime({ target }) {
  const plain = target.value.replace(/[๐-๙]/g, (digit) => "๐๑๒๓๔๕๖๗๘๙".indexOf(digit)).trim();
  const match = plain.match(/^(\d{1,2})[:.]?(\d{2})(\s*น\.?)?$/);
  if (match && Number(match[1]) < 24 && Number(match[2]) < 60) target.value = `${match[1].padStart(2, "0")}:${match[2]}`;
}

export function startPlace(form) {
  const { start_date, host_organization_id, host_activity, occasion_id, point_source } = form.elements;
  const day = () => encodeURIComponent(isoDate(start_date.value));
  const hosts = () => offer(host_activity, `${form.dataset.hosts}?host_organization_id=${host_organization_id.value}&start_date=${day()}`);
  start_date.addEventListener("change", () => {
    if (!isoDate(start_date.value)) return;
    offer(occasion_id, `${form.dataset.occasions}?start_date=${day()}`);
    if (host_organization_id.value) hosts();
  });
  ["start_time", "end_time"].forEach((name) => form.elements[name].addEventListener("change", tidyTime));
  host_organization_id.addEventListener("change", () => { host_activity.value = ""; hosts(); });
  form.addEventListener("map:moved", (event) => { if (event.detail) point_source.value = "map"; });
  sayPin(form);
  sayPart(form);
  bringMap(form);
  return new Place(form);
}
