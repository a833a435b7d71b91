// The machine's own calendar beside a date field. The field keeps text, of the Buddhist era on Thai screens; typing always works.
import { svg } from "./svg.js";

const MONTHS = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."];
const ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const english = () => document.documentElement.lang === "en";

/** "2026-11-22" → "22 พ.ย. 2569", on English screens "22 Nov 2026" */
export function thaiDate(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return english() ? `${day} ${ENGLISH[month - 1]} ${year}` : `${day} ${MONTHS[month - 1]} ${year + 543}`;
}

/** A written year in the common era; of two digits, the nearest one of either calendar (as the server reads it). */
function fullYear(written) {
  const year = Number(written);
  if (written.length > 2) return year >= 2400 ? year - 543 : year;
  const now = new Date().getFullYear();
  const either = [1900, 2000, 2100, 2200, 2400 - 543, 2500 - 543, 2600 - 543, 2700 - 543].map((century) => century + year);
  return either.reduce((best, each) => (Math.abs(each - now) < Math.abs(best - now) ? each : best));
}

/** What the field says, as "2026-11-22", or "" when it cannot be told. */
export function isoDate(text) {
  const plain = text.replace(/[๐-๙]/g, (digit) => "๐๑๒๓๔๕๖๗๘๙".indexOf(digit)).trim();
  let match = plain.match(/^(\d{4})-(\d{1,2})-(\d{1,2})$/);
  let parts = match && [match[1], match[2], match[3]];
  if (!parts && (match = plain.match(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/))) parts = [match[3], match[2], match[1]];
  if (!parts && (match = plain.match(/^(\d{1,2})\s*(\D+?)\s*(\d{4}|\d{2})$/))) {
    const name = match[2].replace(/[.\s]/g, "");
    const month = (MONTHS.findIndex((each) => each.replace(/\./g, "") === name)
      + 1) || ENGLISH.findIndex((each) => name.toLowerCase().startsWith(each.toLowerCase())) + 1;
    if (month) parts = [match[3], month, match[1]];
  }
  if (!parts) return "";
  return `${fullYear(parts[0])}-${String(parts[1]).padStart(2, "0")}-${String(parts[2]).padStart(2, "0")}`;
}

function enhance(box) {
  const text = box.querySelector("input");
  if (!text || box.dataset.ready || text.disabled || text.readOnly) return;
  box.dataset.ready = "1";
  const native = document.createElement("input");
  native.type = "date";
  native.className = "native";
  native.tabIndex = -1;
  native.setAttribute("aria-hidden", "true");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "icon-btn";
  button.dataset.dateButton = "";
  button.setAttribute("aria-label", box.dataset.label || "เลือกวันจากปฏิทิน");
  button.append(svg("M4 6h16v14H4zM4 11h16M8 3v5M16 3v5"));
  button.addEventListener("click", () => {
    native.value = isoDate(text.value);
    try { native.showPicker(); } catch { native.focus(); native.click(); }
  });
  native.addEventListener("change", () => {
    if (!native.value) return;
    text.value = thaiDate(native.value);
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.dispatchEvent(new Event("change", { bubbles: true }));
  });
  box.append(native, button);
}

export function startDates(root) {
  root.querySelectorAll?.("[data-date]").forEach(enhance);
}
