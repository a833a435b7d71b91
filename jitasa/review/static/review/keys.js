// Keys of the review page. They go by the place of the key, so that they work on the Thai layout too.
const $ = (selector) => document.querySelector(selector);
const press = (selector) => { const target = $(selector); if (target) target.click(); return Boolean(target); };

function move(step) {
  const lines = [...document.querySelectorAll(".mail")];
  const at = lines.findIndex((line) => line.classList.contains("is-open"));
  const next = lines[at === -1 ? 0 : at + step];
  if (next) { next.querySelector(".mail-link").click(); return; }
  press(step > 0 ? "[data-following]" : "[data-before]");
}

/** A second press that was meant for the first question is no answer to the next. */
function justAsked() {
  const asks = $("[data-asks]");
  if (!asks) return false;
  asks.dataset.since ||= String(performance.now());
  return performance.now() - Number(asks.dataset.since) < 800;
}

function choose() {
  const box = $(".mail.is-open input[name=choice]:not(:disabled)");
  if (box) box.click();
}

export function startKeys({ openReturn }) {
  const help = $("#keys");
  const button = $("[data-keys-button]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  }
  const acts = {
    KeyJ: () => move(1),
    ArrowDown: () => move(1),
    KeyK: () => move(-1),
    ArrowUp: () => move(-1),
    KeyA: () => { if (!justAsked()) $("[data-accept]")?.requestSubmit(); },
    KeyR: openReturn,
    KeyU: () => press("[data-undo] button"),
    KeyX: choose,
    "Shift+KeyA": () => press("[data-accept-chosen]:not(:disabled)"),
    "Shift+Slash": () => help.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat && !event.code.startsWith("Arrow") && !/Key[JK]/.test(event.code)) return;
    if (document.querySelector("dialog[open]") || event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const act = acts[(event.shiftKey ? "Shift+" : "") + event.code] || (event.key === "?" ? acts["Shift+Slash"] : null);
    if (!act) return;
    event.preventDefault();
    act();
  });
}
