// Speaking instead of typing, where the browser itself can listen. The sound goes to the browser's maker, not to us.
import { svg } from "../../ui/js/svg.js";
import { putInto } from "./fields.js";
import { english, words } from "./state.js";

const Recognition = globalThis.SpeechRecognition || globalThis.webkitSpeechRecognition;
const FIELDS = ["name", "place", "result"];
const MICROPHONE = "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v4";

function listen(control, button) {
  const ear = new Recognition();
  ear.lang = english ? "en-US" : "th-TH";
  ear.interimResults = false;
  button.setAttribute("aria-pressed", "true");
  ear.onresult = (event) => {
    const heard = [...event.results].map((each) => each[0].transcript.trim()).join(" ");
    control.value = [control.value.trim(), heard].filter(Boolean).join(" ");
    ["input", "change"].forEach((kind) => control.dispatchEvent(new Event(kind, { bubbles: true })));
  };
  ear.onerror = ear.onend = () => { button.setAttribute("aria-pressed", "false"); button.ear = null; control.focus(); };
  button.ear = ear;
  ear.start();
}

export function startVoice(form) {
  if (!Recognition) return;
  for (const name of FIELDS) {
    const control = form.elements[name];
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "icon-btn voice", title: words("พูดแทนพิมพ์ (เบราว์เซอร์ส่งเสียงไปแปลงเป็นข้อความ)", "Speak instead of typing (your browser sends the sound to be written down)") });
    button.setAttribute("aria-label", words(`พูด: ${control.labels[0].firstChild.textContent.trim()}`, `Speak: ${control.labels[0].firstChild.textContent.trim()}`));
    button.setAttribute("aria-pressed", "false");
    button.append(svg(MICROPHONE));
    button.addEventListener("click", () => (button.ear ? button.ear.stop() : listen(control, button)));
    const box = document.createElement("span");
    box.className = "with-voice";
    putInto(box, control, [control, button]);
  }
}
