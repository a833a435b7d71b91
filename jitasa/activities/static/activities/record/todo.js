// Without a signal the server cannot say what is left: what is filled is ticked off here; what is wrong is said when it arrives.
import { number } from "./fields.js";
import { words } from "./state.js";

const filled = {
  photos: (form) => form.querySelectorAll("#shots .shot input[name=photo]").length >= Number(form.dataset.least || 1),
  people: (form) => [...form.querySelectorAll('#groups input[name^="group_"]')].some((input) => number(input.value) > 0),
  measures: (form) => [...form.querySelectorAll('#measures input[name^="measure_"]')].some((input) => input.value),
  "place-point": (form) => Boolean(form.elements.latitude.value),
};

function isFilled(form, anchor) {
  if (filled[anchor]) return filled[anchor](form);
  const control = document.getElementById(anchor);
  if (!control) return false;
  return control.type === "radio" ? Boolean(form.elements[control.name].value) : Boolean(control.value);
}

export function startTodo(form) {
  const todo = document.querySelector("#todo");
  const show = () => {
    if (navigator.onLine && !form.hasAttribute("data-shell")) return;
    const open = [...todo.querySelectorAll("li.no")];
    for (const line of open) line.hidden = isFilled(form, line.querySelector("a").hash.slice(1));
    const left = open.filter((line) => !line.hidden), heading = todo.querySelector("h2");
    if (!open.length || !heading) return;
    heading.textContent = left.length ? words(`เหลืออีก ${left.length} อย่าง`, `${left.length} left`) : words("กรอกครบแล้ว", "All filled");
    const bar = document.querySelector("#left-over");
    bar.textContent = left.length ? `${heading.textContent}: ${left[0].textContent.trim()}` : heading.textContent;
    bar.setAttribute("href", left.length ? left[0].querySelector("a").hash : "#send");
  };
  ["input", "change", "record:photos", "record:filled"].forEach((kind) => form.addEventListener(kind, show));
  show();
}

// A line of the to-do list leads into its control, opening what hides it.
export function startGoto() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('#todo a[href^="#"], .errors a[href^="#"], #left-over');
    if (!link) return;
    const target = document.querySelector(link.getAttribute("href"));
    if (!target) return;
    event.preventDefault();
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    if (target.matches("details")) target.open = true;
    const control = target.matches("input, select, textarea, summary, button") ? target : target.querySelector("input:not([type=hidden]), select, textarea, summary");
    target.scrollIntoView({ block: "center" });
    (control || target).focus({ preventScroll: true });
  });
}
