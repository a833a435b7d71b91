// Lines of text, citations and enclosures: added without a round trip, and text moved up and down.

import { startDates } from "../ui/js/date.js";

const english = document.documentElement.lang === "en";
const UP = english ? "Move up" : "เลื่อนขึ้น";
const DOWN = english ? "Move down" : "เลื่อนลง";

function renumber(lines) {
  let number = 0;
  for (const order of lines.querySelectorAll('[name$="-ORDER"]')) order.value = String((number += 1));
}

function button(label, sign, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn small quiet";
  made.textContent = sign;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

function movable(line, lines, changed) {
  const order = line.querySelector(".letter-order");
  if (!order) return;
  const move = (up) => {
    const other = up ? line.previousElementSibling : line.nextElementSibling;
    if (!other) return;
    if (up) other.before(line);
    else other.after(line);
    renumber(lines);
    changed();
  };
  const tools = document.createElement("div");
  tools.className = "letter-move";
  tools.append(button(UP, "↑", () => move(true)), button(DOWN, "↓", () => move(false)));
  order.hidden = true; // the number is kept, the arrows set it
  order.after(tools);
}

function add(form, lines, kind) {
  const prefix = lines.dataset.lines;
  const total = form.elements[`${prefix}-TOTAL_FORMS`];
  const empty = form.querySelector(`template[data-empty="${prefix}"]`);
  const made = document.createElement("template");
  made.innerHTML = empty.innerHTML.replaceAll("__prefix__", total.value);
  const line = made.content.querySelector("[data-line]");
  if (kind) line.querySelector('[name$="-kind"]').value = kind;
  const own = line.querySelector('label input[name$="-own"]');
  if (own) own.checked = true; // a covering letter's new line is the office's own
  lines.append(made.content);
  total.value = String(Number(total.value) + 1);
  return line;
}

export function startLines(form, changed) {
  for (const lines of form.querySelectorAll("[data-lines]")) {
    for (const line of lines.querySelectorAll("[data-line]")) movable(line, lines, changed);
  }
  form.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-add]");
    if (!pressed) return;
    event.preventDefault();
    const lines = form.querySelector(`[data-lines="${pressed.dataset.add}"]`);
    const line = add(form, lines, pressed.dataset.kind);
    movable(line, lines, changed);
    renumber(lines);
    startDates(line);
    (line.querySelector("textarea") ?? line.querySelector('input:not([type="hidden"])')).focus();
    changed();
  });
}
