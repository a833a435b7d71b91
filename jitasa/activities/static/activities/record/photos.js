// Photos: drop, choose or take; sent one by one with progress, again when it failed; ordered and removed.
import { csrfToken } from "../../ui/js/http.js";
import { words } from "./state.js";

const TRIES = 3;

class Photos {
  constructor(form, fromPhoto) {
    Object.assign(this, { form, fromPhoto });
    this.list = form.querySelector("#shots");
    this.add = this.list.querySelector(".add-shot");
    this.most = Number(form.dataset.most);
    this.queue = Promise.resolve();
    this.waiting = 0;
  }

  take(files) {
    for (const file of files) this.enqueue(file, this.newTile(file));
  }

  newTile(file) {
    const tile = this.form.querySelector("#shot-template").content.firstElementChild.cloneNode(true);
    const preview = new Image();
    preview.alt = file.name;
    preview.src = URL.createObjectURL(file);
    preview.onload = () => { if (tile.isConnected && !tile.dataset.sha) tile.querySelector(".ph").replaceChildren(preview); };
    tile.querySelector("[data-retry]").addEventListener("click", () => this.enqueue(file, tile));
    tile.preview = preview;
    this.add.before(tile);
    return tile;
  }

  enqueue(file, tile) {
    this.waiting += 1;
    tile.querySelector("[data-retry]").hidden = true;
    tile.querySelector(":scope > .error").hidden = true;
    this.queue = this.queue.then(() => this.send(file, tile)).finally(() => { this.waiting -= 1; });
  }

  settled() { return this.queue; }

  async send(file, tile) {
    if (!tile.isConnected) return;
    for (let attempt = 1; ; attempt += 1) {
      try { this.done(tile, await upload(this.form.dataset.upload, file, (part) => this.progress(tile, part))); return; } catch (problem) {
        if (problem.final || attempt === TRIES) { this.failed(tile, problem); return; }
        await new Promise((resolve) => { setTimeout(resolve, attempt * 1500); });
      }
    }
  }

  progress(tile, part) {
    tile.querySelector("progress").value = part;
    const percent = tile.querySelector("[data-percent]");
    if (percent) percent.textContent = `${Math.round(part)}%`;
  }

  failed(tile, problem) {
    const error = tile.querySelector(":scope > .error");
    error.textContent = problem.message;
    error.hidden = false;
    tile.querySelector("progress").hidden = true;
    tile.querySelector("[data-retry]").hidden = Boolean(problem.final);
  }

  done(tile, photo) {
    if (!tile.isConnected) return;
    if (this.list.querySelector(`[data-sha="${photo.sha256}"]`)) { this.failed(tile, { final: true, message: words("ภาพนี้อยู่ในรายการแล้ว", "This picture is here already") }); return; }
    this.makeReal(tile, photo.sha256);
    if (tile.preview.complete && tile.preview.naturalWidth) tile.querySelector(".ph").replaceWith(this.figure(tile.preview));
    else this.ask(tile.querySelector(".ph"), photo.sha256);
    this.fromPhoto(photo);
    this.changed();
  }

  figure(preview) {
    const figure = document.createElement("figure");
    figure.className = "ph";
    preview.dataset.large = preview.src;
    figure.append(preview);
    return figure;
  }

  /** Let the server's own tile take the place, which asks for itself until the picture is ready. */
  ask(figure, sha) {
    figure.setAttribute("hx-get", this.form.dataset.tile.replace("0".repeat(64), sha));
    figure.setAttribute("hx-trigger", "load");
    figure.setAttribute("hx-swap", "outerHTML");
    globalThis.htmx?.process(figure);
  }

  makeReal(tile, sha) {
    tile.dataset.sha = sha;
    tile.querySelectorAll(":scope > progress, :scope > .error, :scope > .row").forEach((element) => element.remove());
    const holder = document.createElement("div");
    holder.innerHTML = this.form.querySelector("#shot-done").innerHTML.replaceAll("SHA", sha);
    tile.append(holder.firstElementChild);
  }

  /** Photos of a restored copy that this page has not yet: they are on the server already. */
  bringBack(shas) {
    for (const sha of shas) {
      const tile = this.form.querySelector("#shot-template").content.firstElementChild.cloneNode(true);
      this.add.before(tile);
      this.makeReal(tile, sha);
      this.ask(tile.querySelector(".ph"), sha);
    }
  }

  changed() {
    this.form.dispatchEvent(new CustomEvent("record:photos"));
    this.add.hidden = this.list.querySelectorAll(".shot").length >= this.most;
  }
}

/** One file by POST with progress; an error with ``final`` is not worth another try. */
function upload(url, file, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (message, final = false) => reject(Object.assign(new Error(message), { final }));
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) onProgress(100 * event.loaded / event.total); });
    request.addEventListener("error", () => fail(words("ส่งภาพไม่ได้ สัญญาณขาด กดส่งอีกครั้ง", "Not sent: no signal. Send again")));
    request.addEventListener("load", () => {
      const data = request.response || {};
      if (request.status === 200 && data.sha256) resolve(data);
      else if (request.status === 401) fail(words("ออกจากระบบแล้ว เข้าสู่ระบบแล้วกดส่งอีกครั้ง", "Signed out. Sign in and send again"));
      else if (request.status >= 500 || !request.response) fail(words("ระบบไม่ตอบ กดส่งอีกครั้ง", "No answer. Send again"));
      else fail(data.error || data.files?.[0]?.error || words("ส่งภาพนี้ไม่ได้ เลือกภาพอื่น", "This picture cannot be sent"), true);
    });
    const body = new FormData();
    body.append("file", file, file.name);
    request.send(body);
  });
}

export function startPhotos(form, fromPhoto) {
  const photos = new Photos(form, fromPhoto);
  const input = form.querySelector("#photo_files");
  input.addEventListener("change", () => { photos.take([...input.files]); input.value = ""; });
  listenDrop(form, photos);
  photos.list.addEventListener("click", (event) => {
    const tile = event.target.closest(".shot");
    if (event.target.closest("[data-drop]")) { tile.remove(); photos.changed(); photos.add.querySelector("input").focus(); }
    const move = event.target.closest("[data-move]");
    if (!move) return;
    const other = move.dataset.move === "1" ? tile.nextElementSibling : tile.previousElementSibling;
    if (!other?.classList.contains("shot")) return;
    if (move.dataset.move === "1") other.after(tile); else other.before(tile);
    move.focus();
    photos.changed();
  });
  form.addEventListener("record:filled", (event) => photos.bringBack(event.detail.absent));
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
