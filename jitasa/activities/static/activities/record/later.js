// What the form can be used without: proposals, the list of what is left, the queue, dragging, speaking, reading pictures;
// last what is kept for a day without a signal.
import { startField } from "../device/field.js";
import { startMeasures } from "./measures.js";
import { startOffers } from "./offers.js";
import { startOrder } from "./order.js";
import { startPanel } from "./panel.js";
import { startProposing } from "./proposing.js";
import { startSend } from "./send.js";
import { startGoto, startTodo } from "./todo.js";
import { startVoice } from "./voice.js";

export async function startLater(form, photos, local) {
  startGoto();
  startSend(form);
  startMeasures(form);
  startOffers(form);
  startTodo(form);
  startProposing();
  startPanel(form, local);
  startOrder(form, photos);
  startVoice(form);
  await photos.reader();
  startField(form);
}
