// Events of other offices that this one is asked to: one tap and the record begins with what the host wrote.
import { put } from "../activities/record/put.js";

function line(form, box, { name, detail, host, fill }) {
  const button = document.createElement("button"), item = document.createElement("li");
  Object.assign(button, { type: "button", className: "btn quiet", textContent: name });
  button.addEventListener("click", () => {
    for (const [field, value] of Object.entries(fill)) put(form, field, value, field === "host_activity" ? name : host);
    form.dispatchEvent(new CustomEvent("record:filled", { detail: { absent: [], kept: new Map(), fields: [] } }));
    box.open = false;
  });
  item.append(button, Object.assign(document.createElement("span"), { className: "mute small end", textContent: detail }));
  return item;
}

export function startJoint(form, events = []) {
  const box = document.querySelector("#invited");
  box.hidden = !events.length;
  box.querySelector("ul").replaceChildren(...events.map((each) => line(form, box, each)));
}
