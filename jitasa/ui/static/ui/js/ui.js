// Small helps on every page. Each page works without them.
import { startConfirm } from "./confirm.js";
import { startDates } from "./date.js";
import { startFileFields } from "./file_field.js";
import { startTables } from "./tables.js";
import { startThemeSwitch } from "./theme_switch.js";
import { startToasts, toast } from "./toast.js";
import { startWhole } from "./unbroken.js";

startThemeSwitch();
startConfirm();
startToasts();
startDates(document);
startFileFields(document);
startTables(document);
startWhole();
document.addEventListener("htmx:load", (event) => { startDates(event.target); startFileFields(event.target); startTables(event.target); });

// The error summary takes the focus, so that the first thing read is what to mend.
document.querySelector("[data-errors]")?.focus();
document.addEventListener("htmx:afterSwap", (event) => event.target.querySelector?.("[data-errors]")?.focus());

// Menus: one open at a time; Escape and a click elsewhere close them.
const menus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", (event) => menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  menus().forEach((menu) => { menu.open = false; if (menu.contains(document.activeElement)) menu.querySelector("summary").focus(); });
});

// A form is sent once however often the button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-many")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}));

// An htmx answer that failed is said, not swallowed.
const english = document.documentElement.lang === "en";
const quiet = (event) => event.detail.elt?.matches?.("[data-quiet]"); // a help that did not come is not missed
document.addEventListener("htmx:sendError", (event) => quiet(event) || toast(english ? "No connection. Check the signal and try again" : "ติดต่อระบบไม่ได้ ตรวจสัญญาณแล้วลองอีกครั้ง", "bad"));
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  // What asks for itself every few seconds asks on quietly: after signing in again it gets its answer.
  if (status === 401 && event.detail.elt.matches('[hx-trigger^="every"]')) return;
  if (status !== 422 && status !== 409 && !quiet(event)) {
    toast(english ? "That did not work. Try again, or load the page anew" : "ทำรายการไม่สำเร็จ ลองอีกครั้ง ถ้ายังไม่ได้ให้โหลดหน้าใหม่", "bad");
  }
});

// Pictures that open large, maps that bring Leaflet along and that come nearer: only where a page has one.
let viewing = null;
const view = () => { viewing ??= import("./viewer.js").then(({ startViewer }) => startViewer()).catch(() => { viewing = null; }); }; // no signal: tried again with the next picture
const lookFor = () => { if (!viewing && document.querySelector("[data-viewer] img")) view(); };
lookFor();
for (const list of document.querySelectorAll("[data-viewer]")) new MutationObserver(lookFor).observe(list, { childList: true, subtree: true }); // the first picture may still come
if (document.querySelector("[data-map]")) import("./map.js");
if (document.querySelector("[data-near]")) import("./near.js").then(({ startNear }) => startNear(document));
