// The recording form comes alive: the same on the office's page and on the one without a signal.
import { startAutosave } from "./autosave.js";
import { startSteppers, startSums } from "./counts.js";
import { touched, typed } from "./fields.js";
import { startLocal } from "./local.js";
import { startPhotos } from "./photos.js";
import { startPlace } from "./place.js";

/** Resolves to the photos, for what was shared into the app. */
export async function startRecord(form) {
  document.documentElement.classList.add("script");
  const early = touched(form);
  startSteppers(form);
  startSums(form);
  const place = startPlace(form);
  const photos = startPhotos(form, place.fromPhoto);
  const rendered = early ? null : typed(form); // before anything is waited for: what is typed meanwhile is saved, too
  const local = await startLocal(form, photos);
  startAutosave(form, { local, photos, rendered });
  form.dataset.ready = "";
  import("./later.js").then(({ startLater }) => startLater(form, photos, local)).catch(() => {}); // without a signal the form is whole without it
  return photos;
}
