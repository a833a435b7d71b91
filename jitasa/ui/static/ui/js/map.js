// <div class="map" data-map data-lat data-lng data-province="81" data-input-lat="#…" data-input-lng="#…">
// A map that needs no tile server: outlines of the provinces, a pin to drag or nudge with the arrow keys.
// Tiles only where the operator set an address (body data-tiles). Numbers stay in the form's own inputs.
import "../vendor/leaflet/leaflet.js";
import { toast } from "./toast.js";

const L = globalThis.L;
const COUNTRY = [[5.6, 97.3], [20.5, 105.7]];
const english = document.documentElement.lang === "en";
const say = (thai, other) => (english ? other : thai);
let outlines = null;

export function loadStyle() {
  if (document.querySelector("link[data-leaflet]")) return;
  for (const name of ["../css/map.css", "../vendor/leaflet/leaflet.css"]) { // ours stands after Leaflet's
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(name, import.meta.url).href;
    link.dataset.leaflet = "";
    document.head.prepend(link);
  }
}

/** Rings of [latitude, longitude] from the stored differences in thousandths of a degree. */
function ring(flat) {
  const points = [];
  let x = 0, y = 0;
  for (let index = 0; index < flat.length; index += 2) {
    x += flat[index];
    y += flat[index + 1];
    points.push([y / 1000, x / 1000]);
  }
  return points;
}

async function provinces() {
  outlines ??= fetch(new URL("../geo/provinces.json", import.meta.url)).then((answer) => answer.json());
  return outlines;
}

export async function drawOutlines(map, own) {
  const bounds = L.latLngBounds([]);
  for (const [code, [name, rings]] of Object.entries(await provinces())) {
    const shape = L.polygon(rings.map(ring).map((each) => [each]), { className: `outline${code === own ? " own" : ""}`, weight: code === own ? 2 : 1, fillOpacity: map.hasTiles ? 0 : 1, interactive: false }).addTo(map);
    if (code === own) { bounds.extend(shape.getBounds()); shape.bringToFront(); }
    if (!map.hasTiles && code !== own) shape.bindTooltip(name, { permanent: false });
  }
  return bounds;
}

export function addTiles(map) {
  const { tiles, attribution } = document.body.dataset;
  map.hasTiles = Boolean(tiles);
  if (tiles) L.tileLayer(tiles, { attribution, maxZoom: 19 }).addTo(map);
}

function addPoints(map, box) {
  for (const [lat, lng, label] of JSON.parse(box.dataset.points || "[]")) {
    L.circleMarker([lat, lng], { radius: 5, className: "office", weight: 2 }).bindTooltip(String(label)).addTo(map);
  }
}

class Pin {
  constructor(map, box) {
    this.map = map;
    this.box = box;
    this.inputs = [box.dataset.inputLat, box.dataset.inputLng].map((where) => (where ? document.querySelector(where) : null));
    this.fixed = box.hasAttribute("data-readonly");
    this.words = null;
    const start = this.fromInputs() || this.numbers(box.dataset.lat, box.dataset.lng);
    if (start) this.put(start, { quiet: true });
    if (!this.fixed) this.listen();
  }

  numbers(lat, lng) {
    const pair = [Number.parseFloat(lat), Number.parseFloat(lng)];
    return pair.every(Number.isFinite) ? pair : null;
  }

  fromInputs() {
    return this.inputs.every(Boolean) ? this.numbers(this.inputs[0].value, this.inputs[1].value) : null;
  }

  listen() {
    this.map.on("click", (event) => this.put([event.latlng.lat, event.latlng.lng]));
    this.inputs.forEach((input) => input?.addEventListener("change", () => {
      const point = this.fromInputs();
      if (point) { this.put(point, { quiet: true }); this.map.panTo(point); } else this.remove({ quiet: true });
    }));
    this.box.addEventListener("map:set", (event) => { this.put([event.detail.lat, event.detail.lng]); this.show(); });
  }

  make(point) {
    const icon = L.divIcon({ className: "pin", iconSize: [36, 44], iconAnchor: [18, 43], html: '<svg viewBox="0 0 36 44" aria-hidden="true"><path d="M18 43C8 31 2 24 2 16a16 16 0 0 1 32 0c0 8-6 15-16 27z" fill="currentColor" stroke="#fff" stroke-width="2"/><circle cx="18" cy="16" r="6" fill="#f6c445"/></svg>' });
    const title = say("หมุดสถานที่ ลากหรือใช้ปุ่มลูกศรเพื่อขยับ", "Place pin: drag it or move it with the arrow keys");
    this.marker = L.marker(point, { icon, draggable: !this.fixed, keyboard: true, title, alt: title, autoPan: true }).addTo(this.map);
    const element = this.marker.getElement();
    element.setAttribute("aria-label", title);
    if (this.fixed) return;
    this.marker.on("dragend", () => { const at = this.marker.getLatLng(); this.put([at.lat, at.lng]); });
    element.addEventListener("keydown", (event) => this.nudge(event));
  }

  nudge(event) {
    const step = event.shiftKey ? 24 : 4;
    const way = { ArrowUp: [0, -step], ArrowDown: [0, step], ArrowLeft: [-step, 0], ArrowRight: [step, 0] }[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const at = this.map.latLngToContainerPoint(this.marker.getLatLng()).add(way);
    const point = this.map.containerPointToLatLng(at);
    this.put([point.lat, point.lng]);
    this.map.panInside(point, { padding: [40, 60] });
  }

  put(point, { quiet = false } = {}) {
    if (this.marker) this.marker.setLatLng(point);
    else this.make(point);
    if (!quiet) this.write(point[0].toFixed(6), point[1].toFixed(6));
    this.tell();
  }

  remove({ quiet = false } = {}) {
    this.marker?.remove();
    this.marker = null;
    if (!quiet) this.write("", "");
    this.tell();
  }

  write(lat, lng) {
    this.inputs.forEach((input, index) => { if (input) input.value = index ? lng : lat; });
    this.inputs.forEach((input) => ["input", "change"].forEach((kind) => input?.dispatchEvent(new Event(kind, { bubbles: true }))));
    this.box.dispatchEvent(new CustomEvent("map:moved", { bubbles: true, detail: lat ? { lat: Number(lat), lng: Number(lng) } : null }));
  }

  tell() {
    if (!this.words) return;
    const at = this.marker?.getLatLng();
    this.words.textContent = at ? `${at.lat.toFixed(5)}, ${at.lng.toFixed(5)}` : say("ยังไม่มีหมุด แตะแผนที่เพื่อวาง", "No pin yet: tap the map to place one");
  }

  show() {
    if (this.marker) this.map.setView(this.marker.getLatLng(), Math.max(this.map.getZoom(), 11));
  }
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn small";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function addTools(box, pin) {
  const tools = document.createElement("div");
  tools.className = "map-tools";
  if (navigator.geolocation && window.isSecureContext) tools.append(button(say("ใช้ตำแหน่งเครื่อง", "Use this device's position"), () => locate(pin)));
  tools.append(button(say("ลบหมุด", "Remove pin"), () => pin.remove()));
  pin.words = document.createElement("span");
  pin.words.className = "small mute num";
  pin.words.setAttribute("role", "status");
  tools.append(pin.words);
  box.after(tools);
  pin.tell();
}

function locate(pin) {
  navigator.geolocation.getCurrentPosition(
    (found) => { pin.put([found.coords.latitude, found.coords.longitude]); pin.show(); },
    () => toast(say("อ่านตำแหน่งเครื่องไม่ได้ เปิดสิทธิตำแหน่งแล้วลองใหม่ หรือแตะบนแผนที่", "Position not available. Allow it and try again, or tap the map"), "warn"),
    { enableHighAccuracy: true, timeout: 15000 },
  );
}

/** A scale in the reader's words: "2 กม." on a Thai page. */
export function addScale(map) {
  const Scale = L.Control.Scale.extend({
    _updateScale(line, words, ratio) {
      const own = say(words.replace(/ km$/, " กม.").replace(/ m$/, " ม."), words);
      L.Control.Scale.prototype._updateScale.call(this, line, own, ratio);
    },
  });
  new Scale({ imperial: false }).addTo(map);
}

async function start(box) {
  if (box.dataset.ready) return;
  box.dataset.ready = "1";
  loadStyle();
  const map = L.map(box, { minZoom: 5, maxZoom: 18, zoomSnap: 0.5, maxBounds: L.latLngBounds(COUNTRY).pad(0.4), attributionControl: Boolean(document.body.dataset.tiles), scrollWheelZoom: !box.hasAttribute("data-input-lat") });
  map.attributionControl?.setPrefix("");
  map.fitBounds(COUNTRY);
  addScale(map);
  addTiles(map);
  const pin = new Pin(map, box);
  if (!pin.fixed && pin.inputs.every(Boolean)) addTools(box, pin);
  addPoints(map, box);
  new ResizeObserver(() => map.invalidateSize()).observe(box);
  const own = await drawOutlines(map, box.dataset.province).catch(() => L.latLngBounds([]));
  if (own.isValid()) map.fitBounds(own, { padding: [12, 12] });
  if (pin.marker && !(own.isValid() && own.contains(pin.marker.getLatLng()))) pin.show();
}

export function startMaps(root) {
  root.querySelectorAll?.("[data-map]").forEach(start);
}

startMaps(document);
document.addEventListener("htmx:load", (event) => startMaps(event.target));
