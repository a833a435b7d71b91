// Keys, the return dialog and accepting many. Every act is a form that works without this.
import { acceptMany } from "./bulk.js";
import { startKeys } from "./keys.js";

const WIDE = window.matchMedia("(min-width: 1001px)");
const $ = (selector, from = document) => from.querySelector(selector);
const record = $("#record");

// --- the list follows what is open -----------------------------------------------------------------
function markOpen() {
  const open = $("[data-record]", record)?.dataset.mail;
  document.querySelectorAll(".mail").forEach((line) => {
    line.classList.toggle("is-open", line.id === open);
    const link = $(".mail-link", line);
    if (line.id === open) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
  });
  const line = open && document.getElementById(open);
  if (line && WIDE.matches) line.scrollIntoView({ block: "nearest" });
  $(".review-page")?.classList.toggle("has-record", Boolean(open));
}

// --- the return dialog -------------------------------------------------------------------------------
function fillFrom(template, form) {
  const reason = $("textarea", form);
  reason.value = template.dataset.text;
  const wanted = new Set(template.dataset.fields.split(" "));
  form.querySelectorAll("input[name=field]").forEach((box) => { box.checked = wanted.has(box.value); });
  reason.focus();
  reason.setSelectionRange(reason.value.length, reason.value.length);
}

export function openReturn() {
  const dialog = $("[data-return-dialog]");
  if (!dialog || dialog.open) return;
  dialog.showModal();
  ($(".pill input", dialog) || $("textarea", dialog)).focus();
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-return-form] input[name=template]")) fillFrom(event.target, event.target.form);
  if (event.target.matches("[data-autosubmit] select")) event.target.form.requestSubmit();
});
document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey) return;
  if (event.target.closest("[data-return]") && $("[data-return-dialog]")) { event.preventDefault(); openReturn(); }
  const close = event.target.closest("[data-close-dialog]");
  if (close?.closest("dialog")) { event.preventDefault(); close.closest("dialog").close(); }
});

// --- undo is offered for a while ---------------------------------------------------------------------
let fading = null;
function startUndo() {
  clearTimeout(fading);
  const bar = $("[data-undo]");
  if (bar) fading = setTimeout(() => { if (!bar.contains(document.activeElement)) bar.remove(); }, Number(bar.dataset.seconds) * 1000);
}

function showState() {
  markOpen();
  startUndo();
  if ($("[data-return-dialog][data-open]")) openReturn();
}

if (record) {
  // What arrives late must not take away a dialog somebody is writing in.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target === record && event.detail.requestConfig.verb === "get" && $("[data-return-dialog][open]")) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== record) return;
    showState();
    const asks = $("[data-asks]", record);
    if (asks) { asks.dataset.since = String(performance.now()); asks.focus(); }
    else if (!$("[data-return-dialog][data-open]")) record.focus({ preventScroll: true });
  });
  showState();
  // On a wide screen the first record stands open beside the list, as in a mail box.
  if (WIDE.matches && !$("[data-record]", record)) $(".mail-link")?.click();
  startKeys({ openReturn });
}

// --- accepting many ----------------------------------------------------------------------------------
const bulk = $("[data-bulk]");
if (bulk) {
  const boxes = () => [...bulk.querySelectorAll("input[name=choice]:not(:disabled)")];
  const chosen = () => boxes().filter((box) => box.checked).map((box) => box.value);
  const all = $("[data-all]", bulk);
  const tell = () => {
    const count = chosen().length;
    const button = $("[data-accept-chosen]", bulk);
    if (!button) return;
    button.disabled = count === 0;
    $("[data-chosen]", bulk).textContent = count || "";
    all.checked = count > 0 && count === boxes().length;
    all.indeterminate = count > 0 && count < boxes().length;
  };
  if (all) {
    $("[data-all-label]", bulk).hidden = false;
    all.addEventListener("change", () => { boxes().forEach((box) => { box.checked = all.checked; }); tell(); });
  }
  bulk.addEventListener("change", tell);
  document.addEventListener("htmx:afterSettle", tell);
  tell();
  bulk.addEventListener("submit", async (event) => {
    event.preventDefault();
    acceptMany(bulk, event.submitter?.name === "all" ? null : chosen());
  });
}
