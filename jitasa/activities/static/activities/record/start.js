// The recording form comes alive: the same on the office's page and on the one without a signal.
import { startField } from "../device/field.js";
import { startAutosave } from "./autosave.js";
import { startSteppers, startSums } from "./counts.js";
import { touched, typed } from "./fields.js";
import { startLocal } from "./local.js";
import { startMeasures } from "./measures.js";
import { startOffers } from "./offers.js";
import { startPhotos } from "./photos.js";
import { startPlace } from "./place.js";
import { startProposing } from "./proposing.js";
import { startSend } from "./send.js";
import { startGoto, startTodo } from "./todo.js";

/** Resolves to the photos, for what was shared into the app. */
export async function startRecord(form) {
  document.documentElement.classList.add("script");
  const early = touched(form);
  startSteppers(form);
  startSums(form);
  startGoto();
  startSend(form);
  const place = startPlace(form);
  const photos = startPhotos(form, place.fromPhoto);
  startMeasures(form);
  startOffers(form);
  startTodo(form);
  const rendered = early ? null : typed(form); // before anything is waited for: what is typed meanwhile is saved, too
  const local = await startLocal(form, photos);
  startAutosave(form, { local, photos, rendered });
  form.dataset.ready = "";
  bringTheRest(form, photos, local).catch(() => {}); // without a signal the form is whole without it
  return photos;
}

/** What nobody waits for: the queue, dragging, speaking, reading pictures; last what is kept for a day without a signal. */
async function bringTheRest(form, photos, local) {
  startProposing();
  const [{ startPanel }, { startOrder }, { startVoice }] = await Promise.all([import("./panel.js"), import("./order.js"), import("./voice.js"), photos.reader()]);
  startPanel(form, local);
  startOrder(form, photos);
  startVoice(form);
  startField(form);
}
