// This device learns who records here and what the office needs without a signal; the worker is asked to stand by.
import { putThing } from "./store.js";

const idle = (act) => (globalThis.requestIdleCallback ? requestIdleCallback(act, { timeout: 8000 }) : setTimeout(act, 2000));

/** Fetch what the office needs and keep it for this person; resolves to it, or null. */
export async function fetchDesk(url) {
  const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return null;
  const desk = await answer.json();
  if (!desk.person) return null; // somebody who does not record
  await putThing(`desk:${desk.person.id}`, desk);
  await putThing("who", { ...desk.person, language: document.documentElement.lang });
  return desk;
}

/** Tells the form when the device knows who records here: what waited for her goes now. */
async function learn(form) {
  if (await fetchDesk(form.dataset.desk).catch(() => null)) form.dispatchEvent(new CustomEvent("record:known"));
}

export function startField(form) {
  if (!form.hasAttribute("data-shell")) idle(() => learn(form));
  if (navigator.serviceWorker && globalThis.isSecureContext) idle(() => navigator.serviceWorker.register("/sw.js", { type: "module", scope: "/" }).catch(() => {}));
}

/** The worker sends what waits when the network is back, where the browser lets it. */
export async function askWorker() {
  const worker = await navigator.serviceWorker?.getRegistration();
  await worker?.sync?.register("jitasa-send").catch(() => {});
}
