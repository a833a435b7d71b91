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
