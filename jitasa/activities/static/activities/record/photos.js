// Photos: dropped, chosen or taken; made smaller and kept here, sent two at a time, again until they have arrived; ordered and removed.
import { csrfToken } from "../../ui/js/http.js";
import { send, sendWhole } from "../device/upload.js";
import { askSignIn, refreshToken } from "./session.js";
import { words } from "./state.js";
import { Tile } from "./tile.js";

const canName = () => Boolean(globalThis.crypto?.subtle); // not over plain http
const AT_ONCE = 2, LONGEST_WAIT = 60; // seconds between two tries

// So many jobs at a time, the rest in their order.
class Line {
  constructor(width) { Object.assign(this, { free: width, waiting: [] }); }

  async run(job) {
    if (this.free > 0) this.free -= 1; else await new Promise((go) => { this.waiting.push(go); });
    try { return await job(); } finally {
      const next = this.waiting.shift();
      if (next) next(); else this.free += 1;
    }
  }
}

class Photos {
  constructor(form, fromPhoto) {
    Object.assign(this, { form, fromPhoto, keeper: null, waiters: [] });
    this.list = form.querySelector("#shots");
    this.add = this.list.querySelector(".add-shot");
    this.most = Number(form.dataset.most);
    this.preparing = Promise.resolve(); // one after the other: an open picture takes memory
    this.line = new Line(AT_ONCE);
    window.addEventListener("online", () => this.hurry());
  }

  get tiles() { return [...this.list.querySelectorAll(".shot")].map((element) => element.tile).filter(Boolean); }

  /** Chosen pictures that the server has not. */
  get unarrived() { return this.tiles.filter((tile) => tile.state !== "arrived"); }

  has(sha) { return this.list.querySelector(`.shot input[name=photo][value="${sha}"]`) !== null; }

  take(files) {
    for (const file of files) {
      const tile = this.newTile();
      this.preparing = this.preparing.then(() => this.prepare(file, tile));
    }
  }

  newTile() {
    const tile = new Tile(this.form, { again: (each) => this.send(each) });
    this.add.before(tile.element);
    return tile;
  }

  async prepare(file, tile) {
    if (!tile.here) return;
    if (!file.size) { this.failed(tile, { final: true, message: words("ไฟล์ว่าง (0 ไบต์) เปิดดูภาพในเครื่องก่อน แล้วเลือกใหม่", "The file is empty (0 bytes). Look at the picture first, then choose it again") }); return; }
    const photo = canName() ? await this.read(file).catch(() => null) : { blob: file, name: file.name, sha256: "", facts: {} };
    if (!photo) this.failed(tile, { final: true, message: words("อ่านไฟล์นี้ไม่ได้ เลือกภาพนี้ใหม่อีกครั้ง", "This file cannot be read. Choose it again") });
    else if (photo.sha256 && this.has(photo.sha256)) this.double(tile);
    else await this.prepared(tile, photo);
  }

  /** What opens, turns and names pictures: it comes when the page can be used. */
  reader() { return import("../device/prepare.js"); }

  async read(file) {
    const reader = await this.reader().catch(() => null);
    return reader ? reader.prepare(file) : { blob: file, name: file.name, sha256: "", facts: {} }; // the signal went before it came: as it is
  }

  async prepared(tile, photo) {
    tile.takes(photo);
    this.tellFacts(tile, photo.facts);
    this.changed();
    if (photo.sha256) await this.keeper?.keepPhoto(photo);
    this.send(tile);
  }

  tellFacts(tile, facts) {
    if (tile.told || (!facts?.taken_at && facts?.latitude == null)) return;
    tile.told = true;
    this.fromPhoto(facts);
  }

  async send(tile) {
    clearTimeout(tile.timer);
    if (!tile.here || !tile.photo || tile.state === "arrived") return;
    tile.sending();
    try { this.done(tile, await this.line.run(() => (tile.here ? this.reach(tile) : null))); } catch (problem) { this.failed(tile, problem); }
  }

  async reach(tile) {
    const { blob, name, sha256 } = tile.photo;
    const url = this.form.dataset.upload;
    const way = () => (sha256
      ? send({ url: `${url}${sha256}/`, blob, name, token: csrfToken(), onProgress: (part) => tile.progress(part) })
      : sendWhole({ url, blob, name, token: csrfToken() }));
    try { return await way(); } catch (problem) {
      if (!problem.token) throw problem;
      await refreshToken(this.form);
      return way();
    }
  }

  done(tile, answer) {
    if (!tile.here || !answer) { this.moved(); return; }
    if (!tile.photo.sha256 && this.has(answer.sha256)) { this.double(tile); return; }
    tile.arrived(answer.sha256);
    this.keeper?.photoArrived(answer.sha256);
    this.tellFacts(tile, answer);
    this.changed();
  }

  double(tile) { this.failed(tile, { final: true, message: words("ภาพนี้อยู่ในรายการแล้ว", "This picture is here already") }); tile.photo = null; }

  /** Said, and tried again by itself after a while that grows; what can never be taken waits to be removed. */
  failed(tile, problem) {
    if (problem.final) tile.failed(problem.message);
    else {
      const wait = Math.min(LONGEST_WAIT, 2 ** (tile.tries += 1));
      tile.waits(`${problem.message} ${words(`จะส่งใหม่เองใน ${wait} วินาที`, `· again in ${wait} s`)}`);
      tile.timer = setTimeout(() => this.send(tile), wait * 1000);
      if (problem.signedOut) askSignIn(this.form, () => this.hurry());
    }
    this.moved();
  }

  /** What waits for its next try is tried now. */
  hurry() { for (const tile of this.unarrived) if (tile.state === "waiting") this.send(tile); }

  /** When no picture is being read or sent any more; some may still not have arrived. */
  async settled() {
    await this.preparing;
    while (this.unarrived.some((tile) => tile.state === "busy")) await new Promise((go) => { this.waiters.push(go); });
  }

  moved() { this.waiters.splice(0).forEach((go) => go()); }

  /** Photos of a copy kept here that this page has not yet: sent from here, or on the server already. */
  bringBack(shas, kept = new Map(), fields = []) {
    for (const sha of shas) {
      if (this.has(sha)) continue;
      const tile = this.newTile(), photo = kept.get(sha);
      if (photo && !photo.arrived) { tile.takes(photo); this.send(tile); } else tile.fromServer(sha);
      tile.says(sha, fields);
    }
    this.changed();
  }

  remove(tile) {
    clearTimeout(tile?.timer);
    if (tile?.photo?.sha256) this.keeper?.dropPhoto(tile.photo.sha256);
  }

  changed() {
    this.form.dispatchEvent(new CustomEvent("record:photos"));
    this.add.hidden = this.list.querySelectorAll(".shot").length >= this.most;
    this.moved();
  }
}

export function startPhotos(form, fromPhoto) {
  const photos = new Photos(form, fromPhoto);
  const input = form.querySelector("#photo_files");
  const chosen = () => { photos.take([...input.files]); input.value = ""; };
  input.addEventListener("change", chosen);
  if (input.files.length) chosen(); // while the page was still coming
  listenDrop(form, photos);
  photos.list.addEventListener("click", (event) => {
    const shot = event.target.closest(".shot");
    if (event.target.closest("[data-drop]")) { shot.remove(); photos.remove(shot.tile); photos.changed(); photos.add.querySelector("input").focus(); }
    const move = event.target.closest("[data-move]");
    if (!move) return;
    const other = move.dataset.move === "1" ? shot.nextElementSibling : shot.previousElementSibling;
    if (!other?.classList.contains("shot")) return;
    if (move.dataset.move === "1") other.after(shot); else other.before(shot);
    move.focus();
    photos.changed();
  });
  form.addEventListener("record:filled", (event) => photos.bringBack(event.detail.absent, event.detail.kept, event.detail.fields));
  return photos;
}

function listenDrop(form, photos) {
  let depth = 0;
  const over = (on) => form.classList.toggle("dropping", on);
  form.addEventListener("dragenter", (event) => { if (event.dataTransfer?.types.includes("Files")) { depth += 1; over(true); } });
  form.addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); if (!depth) over(false); });
  form.addEventListener("dragover", (event) => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    depth = 0;
    over(false);
    photos.take([...event.dataTransfer.files]);
  });
}
