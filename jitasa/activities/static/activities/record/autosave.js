// Saves a few seconds after typing, when a field is left, and when the page is put away.
import { post, urlencoded } from "../../ui/js/http.js";
import { typed } from "./fields.js";
import { askSignIn, refreshToken } from "./session.js";
import { say, words } from "./state.js";
import { photosThere } from "./waiting.js";

const QUIET = 2500, LONGEST = 10000, AGAIN = 8000;

class Autosave {
  constructor(form, { local, photos, rendered }) {
    Object.assign(this, { form, local, photos });
    this.saved = local.restored || form.hasAttribute("data-typed") ? null : rendered;
    this.timer = this.running = null;
    this.since = 0;
    this.stopped = false;
    this.tokenTried = false;
    if (local.restored) this.later(0);
    else if (!form.hasAttribute("data-typed")) this.changed();
  }

  get dirty() { return this.saved !== typed(this.form); }

  changed() {
    if (this.stopped) return;
    if (this.photos.unarrived.length) this.local.keepSoon();
    if (!this.dirty) return;
    this.local.keepSoon();
    this.since ||= Date.now();
    this.later(Math.max(0, Math.min(QUIET, this.since + LONGEST - Date.now())));
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), wait);
  }

  /** Save now what is not saved; resolves to "ok", "unchanged", "offline", "signed_out", "conflict", "refused" or "failed". */
  async flush() {
    clearTimeout(this.timer);
    if (this.running) { await this.running; }
    if (this.stopped) return "conflict";
    if (!this.dirty) return "unchanged";
    this.running = this.send();
    try { return await this.running; } finally { this.running = null; }
  }

  async send() {
    const sent = typed(this.form);
    const body = urlencoded(this.form);
    if (!this.local.held) say(words("กำลังบันทึก", "Saving")); // else it waits to be sent, and goes on saying so
    let answer;
    try { answer = await post(this.form.dataset.autosave, body, { headers: { Accept: "application/json" } }); } catch { return this.offline(); }
    const data = await answer.json().catch(() => ({}));
    if (answer.status === 200) return this.done(sent, data);
    if (answer.status === 401) return this.signedOut();
    if (answer.status === 409) return this.conflict(data);
    if (answer.status === 422) return this.refused(data);
    if (answer.status === 403 && !data.error && !this.tokenTried) return this.newToken();
    if (answer.status >= 500) return this.offline("ระบบไม่ตอบ", "No answer");
    await this.local.keep();
    say(data.error || this.local.said("บันทึกไม่ได้", "Not saved"), "bad");
    return "failed";
  }

  done(sent, data) {
    this.saved = sent;
    this.since = 0;
    this.tokenTried = false;
    this.form.elements.base_revision.value = data.revision;
    if (this.dirty) this.changed(); else if (this.photos.unarrived.length) this.local.keepSoon(); else this.local.drop();
    say(words(`บันทึกแล้ว ${data.saved_at} น.`, `Saved ${data.saved_at}`), "ok");
    document.querySelector("#todo").innerHTML = data.html;
    return "ok";
  }

  async offline(thai = "ยังไม่มีสัญญาณ", english = "No signal") {
    await this.local.keep();
    if (!this.local.held) say(this.local.said(thai, english), "warn"); // else it waits to be sent, and the page says so
    this.later(AGAIN);
    return "offline";
  }

  async signedOut() {
    await this.local.keep();
    say(this.local.said("ออกจากระบบแล้ว", "Signed out"), "warn");
    askSignIn(this.form, () => this.flush());
    return "signed_out";
  }

  async newToken() {
    this.tokenTried = true;
    try {
      const { signed_in } = await refreshToken(this.form);
      return signed_in ? await this.send() : this.signedOut();
    } catch { return this.offline(); }
  }

  conflict(data) {
    this.stopped = true;
    this.local.keep();
    say(data.error, "bad");
    const dialog = document.querySelector("#changed");
    dialog.querySelector("[data-words]").textContent = data.error;
    dialog.showModal();
    return "conflict";
  }

  refused(data) {
    this.local.keep();
    if (data.html) document.querySelector("#todo").innerHTML = data.html;
    say(words(`ยังไม่ได้บันทึก: ${data.error}`, `Not saved yet: ${data.error}`), "bad");
    return "refused";
  }
}

export function startAutosave(form, parts) {
  const autosave = new Autosave(form, parts);
  ["input", "change", "record:photos"].forEach((kind) => form.addEventListener(kind, () => autosave.changed()));
  form.addEventListener("record:tapped", () => { if (autosave.dirty) autosave.later(300); });
  form.addEventListener("focusout", () => { if (autosave.dirty) autosave.later(300); });
  window.addEventListener("online", () => { if (!parts.local.held) autosave.later(0); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && !autosave.stopped) autosave.flush(); });
  takeSubmit(form, autosave, parts);
}

/** Send only what the server already has, so that a lost signal never costs a word. */
function takeSubmit(form, autosave, { photos, local }) {
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    const action = event.submitter?.value || "save";
    event.submitter?.setAttribute("aria-busy", "true");
    try { await go(action); } finally {
      busy = false;
      event.submitter?.removeAttribute("aria-busy");
    }
  });

  async function go(action) {
    if (navigator.onLine === false) return wait(action);
    if (!await photosThere(photos)) return null;
    const result = await autosave.flush();
    if (result === "offline") return wait(action);
    if (["signed_out", "failed"].includes(result)) return null;
    if (action === "submit") await local.hold(action); // until the receipt is there: the line may break now
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "action", value: action });
    form.append(field);
    document.querySelector("#photo_files").disabled = true;
    form.enctype = "application/x-www-form-urlencoded"; // no file goes with it, and the server reads this five times as fast
    return form.submit();
  }

  async function wait(action) {
    await local.hold(action);
    if (action === "save" || !local.kept) say(local.said("ยังไม่มีสัญญาณ", "No signal"), "warn");
    else say(words("ยังไม่มีสัญญาณ เก็บไว้ในเครื่องแล้ว จะส่งให้เองเมื่อมีสัญญาณ", "No signal: kept on this device, and sent by itself when there is one"), "warn");
    form.dispatchEvent(new CustomEvent("record:held"));
  }

  const goOn = () => { if (local.held && !busy) form.requestSubmit(form.ownerDocument.querySelector(`button[form=record][value="${local.held}"]`)); };
  window.addEventListener("online", goOn);
}
