// The dialog of the search over everything: Ctrl-K, arrows, Enter, Escape. Without it the button leads to the page.
const WAIT = 200; // ms after the last letter

const dialog = document.getElementById("find");
const input = dialog?.querySelector("[role=combobox]");
const lines = document.getElementById("find-lines");
const status = dialog?.querySelector("[data-status]");
let timer = 0;
let asking = null;
let answered = lines?.innerHTML && ""; // the words whose answer stands in the list

function open() {
  if (!dialog || dialog.open || document.querySelector("dialog[open]")) return;
  dialog.showModal();
  input.select();
}

const options = () => [...lines.querySelectorAll("[role=option]")];
const chosen = () => lines.querySelector("[aria-selected=true]");

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  if (!option) { input.removeAttribute("aria-activedescendant"); return; }
  option.setAttribute("aria-selected", "true");
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = options();
  if (!all.length) return;
  const at = all.indexOf(chosen());
  choose(all[(at + by + all.length) % all.length]);
}

function show(html, words) {
  lines.innerHTML = html;
  answered = words;
  lines.removeAttribute("aria-busy");
  const all = options();
  input.setAttribute("aria-expanded", String(all.length > 0));
  input.setAttribute("aria-controls", all.length ? "find-list" : "find-lines");
  choose(all[0]);
  status.textContent = lines.querySelector("[data-said]")?.dataset.said || "";
}

function failed() {
  const note = document.createElement("p");
  note.className = "find-note";
  note.dataset.said = note.textContent = lines.dataset.failed;
  show("", null);
  lines.append(note);
  status.textContent = lines.dataset.failed;
}

async function ask(words) {
  asking?.abort();
  asking = new AbortController();
  lines.setAttribute("aria-busy", "true");
  const address = new URL(input.form.action);
  address.searchParams.set("q", words);
  try {
    const answer = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin", signal: asking.signal });
    if (answer.redirected || answer.status === 401) { location.assign(address); return; } // signed out meanwhile
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.text(), words);
  } catch (error) {
    if (error.name !== "AbortError") failed();
  }
}

if (dialog) {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (dialog.open) dialog.close(); else open();
  });
  document.querySelectorAll("[data-find]").forEach((link) => link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  }));
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { clearTimeout(timer); asking?.abort(); });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    choose(null);
    timer = setTimeout(() => ask(input.value.trim()), WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); step(event.key === "ArrowDown" ? 1 : -1); }
    if (event.key !== "Enter") return;
    // The line chosen, once the list answers what stands in the box; else the page of the search.
    const line = answered === input.value.trim() ? chosen() : null;
    if (line) { event.preventDefault(); line.click(); }
  });
  lines.addEventListener("click", (event) => { if (event.target.closest("[role=option]")) dialog.close(); });
}
