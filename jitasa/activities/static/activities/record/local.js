// A copy of the form in this machine, until the server has it: for lost signal, session or power.
import { fill, pairs, typed } from "./fields.js";
import { words } from "./state.js";

const PREFIX = "jitasa-record:";
const KEPT_FOR = 30 * 24 * 3600 * 1000;

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function others(own, writer) {
  const found = [];
  for (let index = 0; index < localStorage.length; index += 1) {
    const key = localStorage.key(index);
    if (!key?.startsWith(PREFIX) || key === own) continue;
    const copy = read(key);
    if (!copy || Date.now() - copy.at > KEPT_FOR) localStorage.removeItem(key);
    else if (copy.writer === writer) found.push([key.slice(PREFIX.length), copy]);
  }
  return found;
}

const clock = (at) => new Date(at).toLocaleString(document.documentElement.lang === "en" ? "en-GB" : "th-TH", { dateStyle: "medium", timeStyle: "short" });

export function startLocal(form) {
  const key = PREFIX + form.dataset.key;
  const writer = form.elements.writer.value;
  const note = document.querySelector("#local-note");
  const local = {
    restored: false,
    keep() {
      try { localStorage.setItem(key, JSON.stringify({ writer, at: Date.now(), path: location.pathname, fields: pairs(form) })); return true; } catch { return false; }
    },
    drop() { localStorage.removeItem(key); },
  };
  if (form.hasAttribute("data-settled")) local.drop(); // the person has just chosen between two versions
  const copy = read(key);
  if (copy && copy.writer === writer && !form.hasAttribute("data-typed") && typed(form) !== JSON.stringify(copy.fields.filter(([name]) => name !== "base_revision" && name !== "page"))) {
    const absent = fill(form, copy.fields);
    local.restored = true;
    form.dispatchEvent(new CustomEvent("record:filled", { detail: { absent, fields: copy.fields } }));
    tell(note, words(`นำข้อความที่ยังไม่ถึงระบบ (${clock(copy.at)}) กลับมาแล้ว`, `Brought back what had not reached the system (${clock(copy.at)})`));
  } else if (copy && copy.writer === writer && !form.hasAttribute("data-typed")) {
    local.drop();
  }
  const rest = others(key, writer);
  if (rest.length && !local.restored) {
    const link = document.createElement("a");
    link.href = rest[0][1].path;
    link.textContent = words("เปิดร่างนั้น", "Open it");
    tell(note, words(`มีร่างที่ยังไม่ถึงระบบอยู่ในเครื่องนี้ (${clock(rest[0][1].at)}) `, `A draft on this machine has not reached the system (${clock(rest[0][1].at)}) `), link);
  }
  return local;
}

function tell(note, text, ...more) {
  if (!note) return;
  note.replaceChildren(text, ...more);
  note.hidden = false;
}
