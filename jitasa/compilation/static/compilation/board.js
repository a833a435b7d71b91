// The chaser: choose offices, see how many, remind them together. Works without this as a plain form.
const form = document.querySelector("[data-chaser]");
if (form) {
  const all = form.querySelector("[data-all]");
  const bar = form.querySelector("[data-bar]");
  const count = form.querySelector("[data-count]");
  const boxes = [...form.querySelectorAll('input[name="office"]')];
  const words = count?.dataset.words || "{n}";

  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    if (bar) bar.hidden = chosen === 0;
    if (count) count.textContent = words.replace("{n}", chosen);
    if (all) {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
  };
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      boxes.forEach((box) => { box.checked = all.checked; });
      show();
    });
  }
  form.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
}
