// One picture of the form: what it looks like while it is read, sent, waiting, refused and when it has arrived.
export class Tile {
  constructor(form, { again }) {
    Object.assign(this, { form, state: "busy", tries: 0, told: false, photo: null });
    this.element = form.querySelector("#shot-template").content.firstElementChild.cloneNode(true);
    this.element.tile = this;
    this.find("[data-retry]").addEventListener("click", () => again(this));
  }

  get here() { return this.element.isConnected; }

  find(selector) { return this.element.querySelector(selector); }

  /** The picture stands here; its controls too, once it has a name. It counts for the record when it has arrived. */
  takes(photo) {
    this.photo = photo;
    this.preview = new Image();
    this.preview.alt = photo.name;
    this.preview.src = URL.createObjectURL(photo.blob);
    this.preview.onload = () => { if (this.here) this.figure(this.preview); };
    if (photo.sha256) this.named(photo.sha256);
  }

  figure(preview) {
    const figure = document.createElement("figure");
    figure.className = "ph";
    preview.dataset.large = preview.src;
    figure.append(preview);
    this.find(".ph").replaceWith(figure);
  }

  named(sha) {
    const holder = document.createElement("div");
    holder.innerHTML = this.form.querySelector("#shot-done").innerHTML.replaceAll("SHA", sha);
    this.element.append(holder.firstElementChild);
    this.input = this.find("input[name=photo]");
    this.input.disabled = true; // of a picture that has not arrived the server knows nothing
  }

  /** Caption and choices as they were in a copy. */
  says(sha, fields) {
    const value = (name) => fields.find(([each]) => each === `${name}_${sha}`)?.[1];
    if (value("caption") === undefined) return;
    this.find(`[name="caption_${sha}"]`).value = value("caption");
    for (const name of ["children", "publish"]) this.find(`[name="${name}_${sha}"]`).checked = value(name) !== undefined;
  }

  sending() {
    this.state = "busy";
    this.find("[data-retry]").hidden = true;
    this.find(":scope > .error").hidden = true;
    this.find("progress").hidden = false;
  }

  progress(part) {
    if (!this.find("progress")) return;
    this.find("progress").value = part;
    const percent = this.find("[data-percent]");
    if (percent) percent.textContent = `${Math.round(part)}%`;
  }

  waits(text) { this.stopped("waiting", text); this.find("[data-retry]").hidden = false; }

  failed(text) { this.stopped("failed", text); }

  stopped(state, text) {
    this.state = state;
    const error = this.find(":scope > .error");
    error.textContent = text;
    error.hidden = false;
    this.find("progress").hidden = true;
    this.find("[data-retry]").hidden = true;
  }

  arrived(sha) {
    this.state = "arrived";
    if (!this.input) this.named(sha);
    this.input.disabled = false;
    this.element.dataset.sha = sha;
    this.element.querySelectorAll(":scope > progress, :scope > .error, :scope > .row").forEach((element) => element.remove());
    if (this.find(".ph.pending") && !(this.preview?.complete && this.preview.naturalWidth)) this.ask(sha);
  }

  /** A picture of an earlier visit, which the server has. */
  fromServer(sha) { this.arrived(sha); }

  /** Let the server's own tile take the place, which asks for itself until the picture is ready. */
  ask(sha) {
    const figure = this.find(".ph");
    figure.setAttribute("hx-get", this.form.dataset.tile.replace("0".repeat(64), sha));
    figure.setAttribute("hx-trigger", "load");
    figure.setAttribute("hx-swap", "outerHTML");
    globalThis.htmx?.process(figure);
  }
}
