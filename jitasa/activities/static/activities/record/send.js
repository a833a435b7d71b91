// The bar that stays in sight: how many are left and the first of them; Ctrl-Enter sends.
export function startSend(form) {
  const link = document.querySelector("#left-over");
  const todo = document.querySelector("#todo");
  const button = document.querySelector("#send");
  const show = () => {
    const words = todo.querySelector("[data-left]");
    if (!words) return;
    link.innerHTML = words.innerHTML;
    link.title = link.textContent.trim(); // where the bar is too narrow for all of it
    link.setAttribute("href", `#${words.dataset.left || "send"}`);
    for (const each of document.querySelectorAll("[data-errors] li")) each.classList.toggle("mended", !todo.querySelector(`[href="${each.querySelector("a")?.getAttribute("href")}"]`));
  };
  new MutationObserver(show).observe(todo, { childList: true });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    document.activeElement.blur(); // what is being typed counts as typed
    form.requestSubmit(button);
  });
}
