// What the form says now, as pairs, without files and safety token.
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "photo_files"]);

export function pairs(form) {
  return [...new FormData(form)].filter(([name, value]) => !LEFT_OUT.has(name) && typeof value === "string");
}

/** The same, without what the page itself changes: to see whether anything was typed. */
export function typed(form) {
  return JSON.stringify(pairs(form).filter(([name]) => name !== "base_revision" && name !== "page"));
}

/** Whether somebody was quicker than the modules: a box says something else than the page came with. */
export function touched(form) {
  return [...form.elements].some((element) => {
    if (!element.name || LEFT_OUT.has(element.name)) return false;
    if (element.type === "radio" || element.type === "checkbox") return element.checked !== element.defaultChecked;
    if (element.options) return element.selectedIndex !== Math.max(0, [...element.options].findIndex((each) => each.defaultSelected));
    return "defaultValue" in element && element.value !== element.defaultValue;
  });
}

/** Put ``parts``, the control among them, into ``box`` at its place. A control that moves loses who writes in it, and
 * the next letters: one that somebody is in is put there when she leaves it. */
export function putInto(box, control, parts) {
  if (control === document.activeElement) {
    control.addEventListener("blur", () => setTimeout(() => putInto(box, control, parts)), { once: true });
    return;
  }
  control.replaceWith(box);
  box.append(...parts);
}

/** Put pairs back into the form. Photos not on the page are returned, for the photo module to add. */
export function fill(form, saved) {
  const wanted = new Map();
  for (const [name, value] of saved) wanted.set(name, [...(wanted.get(name) || []), value]);
  for (const element of form.elements) {
    const { name, type } = element;
    if (!name || LEFT_OUT.has(name) || ["photo", "writer", "photos_shown"].includes(name) || type === "submit") continue;
    const values = wanted.get(name);
    if (type === "radio" || type === "checkbox") element.checked = Boolean(values?.includes(element.value));
    else if (values) element.value = values[0];
  }
  const here = new Set([...form.querySelectorAll("input[name=photo]")].map((input) => input.value));
  return (wanted.get("photo") || []).filter((sha) => !here.has(sha));
}

const THAI = "๐๑๒๓๔๕๖๗๘๙";
/** A number typed in Thai or Arabic digits, 0 when it is none. */
export function number(text) {
  const plain = (text || "").replace(/[๐-๙]/g, (digit) => THAI.indexOf(digit)).replace(/[,\s]/g, "");
  const value = Number(plain);
  return Number.isFinite(value) ? value : 0;
}
