// The map of activities: provinces with their numbers while the view is wide, points when it is near.
// The list beside it says the same without this script.
import "../ui/vendor/leaflet/leaflet.js";
import { addScale, addTiles, drawOutlines, loadStyle } from "../ui/js/map.js";

const L = globalThis.L;
const COUNTRY = [[5.6, 97.3], [20.5, 105.7]];
const english = document.documentElement.lang === "en";
const say = (thai, other) => (english ? other : thai);
const box = document.querySelector("[data-portal-map]");
const status = document.querySelector("[data-map-status]");
const form = document.querySelector("[data-map-filters]");

/** An element with text, never HTML: names are what people typed. */
function make(name, text, attributes = {}) {
  const element = document.createElement(name);
  element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function popup({ name, office, date, kind, url }) {
  const inside = document.createElement("div");
  const title = make("b", "");
  title.append(make("a", name, { href: url }));
  inside.append(title, make("p", `${date} · ${office}`), make("p", kind));
  return inside;
}

function bubble(map, feature) {
  const { name, count } = feature.properties;
  const [lng, lat] = feature.geometry.coordinates;
  const size = Math.round(30 + 8 * Math.log10(count) * 1.6);
  const text = make("span", count.toLocaleString("en"));
  const icon = L.divIcon({ className: "bubble", html: text, iconSize: [size, size] });
  const label = `${name} ${count.toLocaleString("en")} ${say("กิจกรรม", "activities")}`;
  const marker = L.marker([lat, lng], { icon, title: label, alt: label, riseOnHover: true });
  marker.on("click keypress", (event) => {
    if (event.type === "keypress" && event.originalEvent.key !== "Enter") return;
    map.flyTo([lat, lng], 9, { animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
  });
  marker.on("add", () => { const element = marker.getElement(); element.setAttribute("role", "button"); element.setAttribute("aria-label", label); });
  return marker;
}

function spot(feature) {
  const [lng, lat] = feature.geometry.coordinates;
  return L.circleMarker([lat, lng], { radius: 8, weight: 2.5, className: "spot" }).bindPopup(() => popup(feature.properties), { maxWidth: 280 });
}

function words(found) {
  if (!found.features.length) return say("ไม่มีกิจกรรมในบริเวณนี้ ขยายแผนที่ออกหรือเลือกช่วงเวลายาวขึ้น", "No activities here. Zoom out or choose a longer time");
  if (found.grouped) return say("ตัวเลขคือจำนวนกิจกรรมของจังหวัด แตะเพื่อดูแต่ละแห่ง", "Numbers are activities of each province. Tap one to see the places");
  if (found.more) return say(`แสดง ${found.features.length} กิจกรรมล่าสุดในบริเวณนี้ ขยายเข้าเพื่อดูทั้งหมด`, `The newest ${found.features.length} activities here. Zoom in to see all`);
  return say(`${found.features.length} กิจกรรมในบริเวณนี้`, `${found.features.length} activities here`);
}

function address(map) {
  const view = map.getBounds();
  const step = map.getZoom() > 9 ? 100 : 10; // round outwards, so that neighbours ask for the same
  const down = (value) => Math.floor(value * step) / step;
  const up = (value) => Math.ceil(value * step) / step;
  const query = new URLSearchParams({ bounds: [down(view.getWest()), down(view.getSouth()), up(view.getEast()), up(view.getNorth())].join() });
  for (const name of ["kind", "period"]) {
    const value = form?.elements[name]?.value;
    if (value) query.set(name, value);
  }
  return `${box.dataset.source}?${query}`;
}

async function start() {
  box.hidden = false;
  loadStyle();
  const map = L.map(box, { minZoom: 5, maxZoom: 17, zoomSnap: 0.5, maxBounds: L.latLngBounds(COUNTRY).pad(0.4), attributionControl: Boolean(document.body.dataset.tiles) });
  map.attributionControl?.setPrefix("");
  map.fitBounds(COUNTRY);
  addScale(map);
  addTiles(map);
  const own = await drawOutlines(map, box.dataset.province).catch(() => L.latLngBounds([]));
  if (own.isValid()) map.fitBounds(own, { animate: false });
  const layer = L.layerGroup().addTo(map);
  let asked = "";
  async function show() {
    const where = address(map);
    if (where === asked) return;
    asked = where;
    try {
      const answer = await fetch(where, { headers: { Accept: "application/geo+json" } });
      const found = await answer.json();
      if (where !== asked) return; // the map moved on meanwhile
      if (!answer.ok) { status.textContent = found.error; return; }
      layer.clearLayers();
      for (const feature of found.features) (found.grouped ? bubble(map, feature) : spot(feature)).addTo(layer);
      status.textContent = words(found);
    } catch {
      asked = "";
      status.textContent = say("โหลดจุดบนแผนที่ไม่ได้ ตรวจสัญญาณแล้วเลื่อนแผนที่อีกครั้ง", "The points did not load. Check the signal and move the map again");
    }
  }
  map.on("moveend", show);
  await show();
}

if (box) start();
