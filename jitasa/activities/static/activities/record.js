// The recording page. Each module works on the one form; the page works without any of them.
import { startAutosave } from "./record/autosave.js";
import { startGoto } from "./record/goto.js";
import { startLocal } from "./record/local.js";
import { startMeasures } from "./record/measures.js";
import { startOffers } from "./record/offers.js";
import { startOrder } from "./record/order.js";
import { startPhotos } from "./record/photos.js";
import { startPlace } from "./record/place.js";
import { startSend } from "./record/send.js";
import { startSteppers } from "./record/steppers.js";
import { startSums } from "./record/sums.js";
import { startVoice } from "./record/voice.js";

document.documentElement.classList.add("script");
const form = document.querySelector("#record");
if (form) {
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
  const local = startLocal(form);
  startAutosave(form, { local, photos });
}
