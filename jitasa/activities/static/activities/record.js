// The recording page. Each module works on the one form; the page works without any of them.
import { startAutosave } from "./record/autosave.js";
import { startGoto } from "./record/goto.js";
import { startLocal } from "./record/local.js";
import { startPhotos } from "./record/photos.js";
import { startPlace } from "./record/place.js";
import { startSums } from "./record/sums.js";

document.documentElement.classList.add("script");
const form = document.querySelector("#record");
if (form) {
  startSums(form);
  startGoto();
  const place = startPlace(form);
  const photos = startPhotos(form, place.fromPhoto);
  const local = startLocal(form);
  startAutosave(form, { local, photos });
}
