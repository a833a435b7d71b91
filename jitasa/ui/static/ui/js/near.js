// <button data-near="[[lat, lng, words, tone, url], …]" data-province="81">: the picture of a map becomes a
// map to come nearer on, down to the tambon: with a scale, and tiles where the operator set an address.
// The program for maps is fetched when the button is pressed, so a page that only shows one stays light.
async function come(button) {
  button.disabled = true;
  const { addScale, addTiles, drawOutlines, loadStyle } = await import("./map.js");
  const L = globalThis.L;
  loadStyle();
  const box = document.createElement("div");
  box.className = "map near";
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", button.dataset.title);
  const picture = button.closest("figure").querySelector("svg.map-svg");
  picture.replaceWith(box);
  button.remove();
  const points = JSON.parse(button.dataset.near);
  const map = L.map(box, { maxZoom: 18, minZoom: 5, zoomSnap: 0.5, attributionControl: Boolean(document.body.dataset.tiles) });
  map.attributionControl?.setPrefix("");
  addScale(map);
  map.fitBounds(L.latLngBounds(points.map(([lat, lng]) => [lat, lng])).pad(0.2), { maxZoom: 13 });
  addTiles(map);
  await drawOutlines(map, button.dataset.province).catch(() => null);
  for (const [lat, lng, words, tone, url] of points) put(map, [lat, lng], words, tone, url);
  box.focus();
}

function put(map, at, words, tone, url) {
  const L = globalThis.L;
  const icon = L.divIcon({ className: `near-pt ${tone || ""}`, iconSize: [24, 24] });
  const marker = L.marker(at, { icon, title: words, alt: words, keyboard: Boolean(url) }).addTo(map);
  marker.bindTooltip(String(words));
  if (url) marker.on("click keypress", () => location.assign(url));
}

export function startNear(root) {
  root.querySelectorAll?.("[data-near]").forEach((button) => {
    if (!button.hidden) return;
    button.hidden = false;
    button.addEventListener("click", () => come(button), { once: true });
  });
}
