// One way to put a value into a field of the form and to say beside it where the value came from.

/** What the field says now; a choice that says "nothing special" counts as empty. */
export function valueOf(form, name) {
  const value = form.elements[name]?.value ?? "";
  return name === "basis" && value === "none" ? "" : value;
}

/** Put ``value``; a select without that option gets one called ``words``. Answers whether there is such a field. */
export function put(form, name, value, words = "") {
  const field = form.elements[name];
  if (!field) return false;
  let control = field;
  if (field instanceof RadioNodeList) {
    control = [...field].find((each) => (value ? each.value === value : each.checked));
    if (!control) return false;
    control.checked = Boolean(value);
  } else {
    const wanted = name === "basis" && !value ? "none" : value;
    if (field.tagName === "SELECT" && wanted && ![...field.options].some((each) => each.value === wanted)) field.add(new Option(words || wanted, wanted));
    field.value = wanted;
  }
  for (let box = control.closest("details"); value && box && box.id !== "place-point"; box = box.parentElement.closest("details")) box.open = true;
  ["input", "change"].forEach((kind) => control.dispatchEvent(new Event(kind, { bubbles: true })));
  return true;
}

function holder(form, name) {
  const field = form.elements[name];
  const control = field instanceof RadioNodeList ? field[0] : field;
  return name === "moo" || control?.closest(".counts") ? null : control?.closest(".field"); // too narrow for words
}

/** "✓ from the picture" beside the field's label; no words take it away. */
export function mark(form, name, words) {
  const box = holder(form, name);
  if (!box) return;
  box.querySelector(":scope > .from")?.remove();
  const control = box.matches("fieldset") ? box : box.querySelector("input, select, textarea");
  const id = `from-${name}`;
  const others = (control.getAttribute("aria-describedby") || "").split(" ").filter((each) => each && each !== id);
  if (words) {
    const from = document.createElement("span");
    Object.assign(from, { className: "from", id, textContent: words, title: words });
    box.append(from);
    others.push(id);
  }
  if (others.length) control.setAttribute("aria-describedby", others.join(" ")); else control.removeAttribute("aria-describedby");
}
