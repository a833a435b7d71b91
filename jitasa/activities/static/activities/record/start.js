// The recording form comes alive: the same on the office's page and on the one without a signal.
import { startField } from "../device/field.js";
import { startAutosave } from "./autosave.js";
import { touched, typed } from "./fields.js";
import { startGoto } from "./goto.js";
import { startLocal } from "./local.js";
import { startMeasures } from "./measures.js";
import { startOffers } from "./offers.js";
import { startOrder } from "./order.js";
import { startPanel } from "./panel.js";
import { startPhotos } from "./photos.js";
import { startPlace } from "./place.js";
import { startSend } from "./send.js";
import { startSteppers } from "./steppers.js";
import { startSums } from "./sums.js";
import { startTodo } from "./todo.js";
import { startVoice } from "./voice.js";

/** Resolves to the photos, for what was shared into the app. */
export async function startRecord(form) {
  document.documentElement.classList.add("script");
  const early = touched(form);
  startSteppers(form);
  startSums(form);
  startGoto();
  startSend(form);
  startVoice(form);
  const place = startPlace(form);
  const photos = startPhotos(form, place.fromPhoto);
  startOrder(form, photos);
  startMeasures(form);
  startOffers(form);
  startTodo(form);
  const rendered = early ? null : typed(form); // before anything is waited for: what is typed meanwhile is saved, too
  const local = await startLocal(form, photos);
  startAutosave(form, { local, photos, rendered });
  startPanel(form, local);
  startField(form);
  form.dataset.ready = "";
  return photos;
}
