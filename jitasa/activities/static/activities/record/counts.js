// Head counts: − and + beside each group (arrow keys in the box do the same), the live sum, and whether men and women add up to it.
import { number, putInto } from "./fields.js";
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
    putInto(box, input, [button(input, -1, label), input, button(input, 1, label)]);
    input.addEventListener("keydown", (event) => {
      const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      step(input, event.shiftKey ? by * 10 : by);
    });
  }
}

export function startSums(form) {
  const groups = [...form.querySelectorAll('#groups input[name^="group_"]')];
  const sum = form.querySelector("#sum");
  const split = form.querySelector("#split-sum");
  const men = form.elements.men, women = form.elements.women;
  const show = (value) => value.toLocaleString("en-US");
  const count = () => {
    const total = groups.reduce((all, input) => all + number(input.value), 0);
    sum.textContent = show(total);
    if (!men.value && !women.value) { split.textContent = ""; return; }
    const both = number(men.value) + number(women.value);
    split.textContent = both === total
      ? words(`ชายและหญิงรวม ${show(both)} คน ตรงกับผู้เข้าร่วม`, `Men and women: ${show(both)}, as many as all`)
      : words(`ชายและหญิงรวม ${show(both)} คน ไม่ตรงกับผู้เข้าร่วม ${show(total)} คน`, `Men and women: ${show(both)}, but all are ${show(total)}`);
  };
  form.addEventListener("input", count);
  form.addEventListener("record:filled", count);
  count();
}
