// The live sum of the groups, and whether men and women add up to it.
import { number } from "./fields.js";
import { words } from "./state.js";

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
