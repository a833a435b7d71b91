// Everybody's form becomes this office's: its lists, its writer, a record of its own.
const ENGLISH = /^\/en(?=\/(work|accounts)\/)/; // what officers' programs answer has one address
const NOBODYS = /00000000-0000-0000-0000-000000000000/;

/** A UUID of version 7: the time first, so that rows stand in their order. */
export function newUuid(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let index = 0; index < 6; index += 1) bytes[index] = Math.floor(now / 2 ** (8 * (5 - index))) & 255;
  bytes[6] = 0x70 | (bytes[6] & 15);
  bytes[8] = 0x80 | (bytes[8] & 63);
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function fillIn(form, desk, uuid) {
  for (const element of [form, ...form.querySelectorAll("[hx-vals]")]) {
    for (const { name, value } of [...element.attributes]) if (NOBODYS.test(value) || ENGLISH.test(value)) element.setAttribute(name, value.replace(NOBODYS, uuid).replace(ENGLISH, ""));
  }
  form.elements.page.value = crypto.randomUUID().replaceAll("-", "");
  form.elements.writer.value = desk.person.id;
  form.elements.writer.dataset.username = desk.person.username;
  document.querySelector("[data-office]").textContent = `· ${desk.office.name}`;
  for (const [name, groups] of Object.entries(desk.lists)) offer(form.elements[name], groups);
  const map = form.querySelector("[data-map-later]");
  Object.assign(map.dataset, { lat: desk.office.latitude ?? "", lng: desk.office.longitude ?? "", province: desk.office.province });
}

function offer(select, groups) {
  for (const { label, options } of groups) {
    const group = document.createElement("optgroup");
    group.label = label;
    group.append(...options.map(([value, text]) => new Option(text, value)));
    select.append(group);
  }
}
