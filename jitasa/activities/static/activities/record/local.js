// The record and its photos on this device until the server has them: for a lost signal, session or power, and for a page that is closed.
import { holdForEver, lockOfRecord } from "../device/locks.js";
import * as store from "../device/store.js";
import { fill, pairs, typed } from "./fields.js";
import { tellRoom } from "./room.js";
import { words } from "./state.js";

const SOON = 250; // ms after a letter

class Local {
  constructor(form, photos, key) {
    Object.assign(this, { form, photos, key, restored: false, held: "", written: false, unkept: new Set(), writing: null, again: false });
  }

  row() {
    return {
      key: this.key, uuid: this.form.dataset.key, person: this.form.elements.writer.value, username: this.form.elements.writer.dataset.username,
      fields: pairs(this.form), photos: this.shas(), state: this.held ? "waiting" : "draft", action: this.held || "save", at: Date.now(), path: this.form.getAttribute("action"), // a button is called action, too
    };
  }

  shas() { return [...this.form.querySelectorAll("#shots .shot input[name=photo]")].map((input) => input.value); }

  /** All of it is on the device: the words, and every picture that the server does not have. */
  get kept() { return this.written && !this.unkept.size; }

  /** Write the form as it is now. Resolves to whether the device has it. */
  keep() {
    clearTimeout(this.timer);
    this.again = true;
    this.writing ??= this.write().finally(() => { this.writing = null; });
    return this.writing;
  }

  keepSoon() { clearTimeout(this.timer); this.timer = setTimeout(() => this.keep(), SOON); }

  async write() {
    while (this.again) {
      this.again = false;
      try { await store.putRecord(this.row()); this.written = true; } catch (problem) { this.written = false; this.failed(problem); }
    }
    return this.kept;
  }

  failed(problem) {
    const why = [[store.isFull, "full"], [store.isElsewhere, "elsewhere"]].find(([is]) => is(problem))?.[1];
    tellRoom(this.form, why ?? "failed");
  }

  /** "Kept on this device", or that it is not: nothing is called kept that is not. */
  said(thai, english) {
    return this.kept
      ? words(`${thai} เก็บไว้ในเครื่องแล้ว`, `${english}: kept on this device`)
      : words(`${thai} เครื่องนี้เก็บไว้ไม่ได้ อย่าเพิ่งปิดหน้านี้`, `${english}: this device cannot keep it. Do not close this page`);
  }

  /** The server has all of it. */
  async drop() {
    clearTimeout(this.timer);
    this.again = false;
    await this.writing;
    await store.dropRecord(this.key).catch(() => {});
  }

  /** Sent as soon as it can be: by this page, by another one, by the service worker. */
  hold(action) { this.held = action; return this.keep(); }

  /** Somebody goes on writing: it is a draft again until the button is pressed once more. */
  unhold() { if (this.held) { this.held = ""; this.keepSoon(); } }

  async keepPhoto(photo) {
    store.holdOn();
    try {
      await store.putPhoto(this.key, photo);
      this.unkept.delete(photo.sha256);
      await this.keep();
    } catch (problem) {
      this.unkept.add(photo.sha256);
      this.failed(problem);
    }
    if (this.kept) tellRoom(this.form);
    return this.kept;
  }

  photoArrived(sha) { this.unkept.delete(sha); return store.photoArrived(this.key, sha).catch(() => {}); }

  dropPhoto(sha) { this.unkept.delete(sha); return store.dropPhoto(this.key, sha).catch(() => {}); }

  async restore(row) {
    const kept = new Map((await store.photosOf(row.key)).map((photo) => [photo.sha256, photo]));
    const waiting = row.photos.filter((sha) => kept.get(sha)?.arrived === false);
    if (!waiting.length && typed(this.form) === JSON.stringify(row.fields.filter(([name]) => name !== "base_revision" && name !== "page"))) return this.drop();
    const named = fill(this.form, row.fields);
    const here = new Set(this.shas());
    const absent = (row.photos.length ? row.photos : named).filter((sha) => !here.has(sha));
    this.restored = true;
    await this.move(row, kept);
    this.form.dispatchEvent(new CustomEvent("record:filled", { detail: { absent, kept, fields: row.fields } }));
    return tell(words(`นำข้อความที่ยังไม่ถึงระบบ (${clock(row.at)}) กลับมาแล้ว`, `Brought back what had not reached the system (${clock(row.at)})`));
  }

  /** A copy kept under another name (a second tab's) is this page's from now on. */
  async move(row, kept) {
    if (row.key === this.key) return;
    for (const photo of kept.values()) await store.putPhoto(this.key, photo);
    await store.putRecord({ ...row, key: this.key });
    await store.dropRecord(row.key);
  }
}

const clock = (at) => new Date(at).toLocaleString(document.documentElement.lang === "en" ? "en-GB" : "th-TH", { dateStyle: "medium", timeStyle: "short" });

function tell(text) {
  const note = document.querySelector("#local-note");
  if (!note) return;
  note.replaceChildren(text);
  note.hidden = false;
}

/** Whether a version before the field client left texts here (device/old_copies.js). */
const hasOldCopies = () => Object.keys(localStorage).some((key) => key.startsWith("jitasa-record:"));

/** The copy that this page goes on with: the one that was asked for, else the record's own. */
async function kept(form, key) {
  const asked = new URLSearchParams(location.hash.slice(1)).get("kept");
  const own = await store.readRecord(asked && asked.startsWith(form.dataset.key) ? asked : key);
  return own && own.person === form.elements.writer.value && own.state !== "sent" ? own : null;
}

export async function startLocal(form, photos) {
  const uuid = form.dataset.key;
  const first = await holdForEver(lockOfRecord(uuid));
  const local = new Local(form, photos, first ? uuid : `${uuid}~${form.elements.page.value}`);
  if (!first) await holdForEver(lockOfRecord(local.key));
  photos.keeper = local;
  try {
    if (hasOldCopies()) await (await import("../device/old_copies.js")).bringOverOldCopies();
    if (form.hasAttribute("data-settled")) await local.drop(); // the person has just chosen between two versions
    if (form.hasAttribute("data-typed")) await store.changeRecord(local.key, { state: "draft" }); // it came back to be mended
    const row = form.hasAttribute("data-typed") ? null : await kept(form, local.key);
    if (row) await local.restore(row);
    tellRoom(form);
  } catch (problem) { local.failed(problem); }
  form.addEventListener("input", (event) => { if (event.isTrusted) local.unhold(); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && local.timer) local.keep(); });
  return local;
}
