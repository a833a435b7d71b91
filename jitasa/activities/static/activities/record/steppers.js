// − and + beside each head count; arrow keys in the box do the same.
import { number } from "./fields.js";
import { words } from "./state.js";

const MOST = 1_000_000;

function step(input, by) {
  const next = Math.min(MOST, Math.max(0, number(input.value) + by));
  input.value = String(next);
  ["input", "change"].forEach((kind) => input.dispatchEvent(new Event(kind, { bubbles: true })));
}

function button(input, by, label) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "step", tabIndex: -1, textContent: by < 0 ? "−" : "+" });
  made.setAttribute("aria-label", by < 0 ? words(`ลด ${label}`, `Fewer: ${label}`) : words(`เพิ่ม ${label}`, `More: ${label}`));
  made.addEventListener("click", () => step(input, by));
  return made;
}

export function startSteppers(form) {
  for (const input of form.querySelectorAll('#groups input[name^="group_"]')) {
    const label = input.labels[0]?.firstChild?.textContent.trim() || "";
    const box = document.createElement("span");
    box.className = "stepper";
    input.replaceWith(box);
    box.append(button(input, -1, label), input, button(input, 1, label));
    input.addEventListener("keydown", (event) => {
      const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      step(input, event.shiftKey ? by * 10 : by);
    });
  }
}
