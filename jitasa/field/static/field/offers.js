// What the office did before, proposed without a signal: near the pin, else the newest. With a signal the server proposes.
import { words } from "../activities/record/state.js";

const NEAR = 300, SHOWN = 3; // metres, records

function metres([latitude, longitude], [otherLatitude, otherLongitude]) {
  const up = (otherLatitude - latitude) * 111_000, aside = (otherLongitude - longitude) * 111_000 * Math.cos(latitude * Math.PI / 180);
  return Math.round(Math.hypot(up, aside));
}

function button({ key, fill, headline, detail, source, mark, words: option }, near) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: detail ? "offer wide" : "offer", id: `offer-${key}` });
  Object.assign(made.dataset, { fill, words: option, mark });
  made.setAttribute("aria-pressed", "false");
  const parts = [["b", headline], detail && ["span", detail], ["span", near === null ? source : `${source} · ${words(`ห่าง ${near} ม.`, `${near} m away`)}`, "source"]];
  for (const [tag, text, css] of parts.filter(Boolean)) made.append(Object.assign(document.createElement(tag), { textContent: text, className: css || "" }));
  return made;
}

export function startKeptOffers(form, earlier) {
  const show = () => {
    const { latitude, longitude } = form.elements;
    const pin = latitude.value && longitude.value ? [Number(latitude.value), Number(longitude.value)] : null;
    const rated = earlier.map((each) => ({ ...each, metres: pin && each.point ? metres(pin, each.point) : null }));
    const near = rated.filter((each) => each.metres !== null && each.metres <= NEAR).sort((one, other) => one.metres - other.metres);
    const shown = (near.length ? near : rated.map((each) => ({ ...each, metres: null }))).slice(0, SHOWN);
    form.querySelector("#offers-record").replaceChildren(...shown.map((each) => button(each.record, each.metres)));
    form.querySelector("#offers-people").replaceChildren(...shown.slice(0, 1).filter((each) => each.people).map((each) => button(each.people, null)));
    document.dispatchEvent(new CustomEvent("htmx:oobAfterSwap")); // the form looks at them as at the server's
  };
  const away = (event) => { if (event.target.id === "proposals") show(); };
  document.addEventListener("htmx:sendError", away);
  form.addEventListener("map:moved", () => { if (!navigator.onLine) show(); });
  if (!navigator.onLine) show();
}
