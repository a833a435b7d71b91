// data-confirm="…" on a form or a button asks once, in a dialog of our own, before the act (htmx acts too).
let asked = null;

function build() {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "confirm-words");
  const words = document.createElement("h2");
  words.id = "confirm-words";
  const actions = document.createElement("form");
  actions.method = "dialog";
  actions.className = "actions";
  const no = document.createElement("button");
  no.className = "btn";
  no.value = "";
  const yes = document.createElement("button");
  yes.className = "btn main";
  yes.value = "yes";
  actions.append(no, yes);
  dialog.append(words, actions);
  document.body.append(dialog);
  return { dialog, words, no, yes };
}

let parts = null;
function ask(element, go) {
  parts ??= build();
  const english = document.documentElement.lang === "en";
  parts.words.textContent = element.dataset.confirm;
  parts.yes.textContent = element.dataset.confirmYes || (english ? "Yes, go on" : "ใช่ ทำต่อ");
  parts.no.textContent = english ? "Not yet" : "ยังไม่ทำ";
  parts.yes.classList.toggle("danger", element.matches(".danger, .danger *"));
  parts.dialog.returnValue = "";
  parts.dialog.addEventListener("close", () => { if (parts.dialog.returnValue === "yes") go(); }, { once: true });
  parts.dialog.showModal();
  parts.no.focus();
}

function hold(event, element, go) {
  if (asked === element) { asked = null; return; }
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(element, () => { asked = element; go(); asked = null; });
}

export function startConfirm() {
  document.addEventListener("click", (event) => {
    const element = event.target.closest?.("button[data-confirm], a[data-confirm], input[data-confirm]");
    if (element && !element.disabled) hold(event, element, () => element.click());
  }, true);
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-confirm]")) hold(event, event.target, () => event.target.requestSubmit(event.submitter));
  }, true);
}
