/** The library: copy a text; look at sizes before anything is sent; show how far a sending is. */
import { toast } from "../ui/js/toast.js";

const MB = 1024 * 1024;

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break; // an old browser or a plain http address: select by hand
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).innerText);
    toast(button.dataset.copied, "ok");
  });
}

/** The kind a browser says a file is; what it does not know is weighed as a document. */
function kindOf(file) {
  const kind = file.type.split("/", 1)[0];
  return ["image", "video", "audio"].includes(kind) ? kind : "document";
}

function mostOf(input, kind) {
  return Number(input.getAttribute(`data-most-${kind}`));
}

/** The words that refuse the files chosen, or an empty string. */
function tooLarge(input) {
  return [...input.files]
    .filter((file) => file.size > mostOf(input, kindOf(file)) * MB)
    .map((file) => `${file.name} (${Math.ceil(file.size / MB)} MB) ${input.dataset.tooLarge} ${mostOf(input, kindOf(file))} MB`)
    .join(" · ");
}

function tell(form, words) {
  const place = form.querySelector("[data-upload-problem]");
  place.textContent = words;
  place.hidden = !words;
}

function send(form) {
  const bar = form.querySelector("[data-upload-progress]");
  const buttons = form.querySelectorAll("button");
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (event) => {
    const percent = Math.round((100 * event.loaded) / event.total);
    bar.querySelector("progress").value = percent;
    bar.querySelector("[role=status]").textContent = `${percent}%`;
  });
  request.addEventListener("loadend", () => {
    let answer = {};
    try {
      answer = JSON.parse(request.responseText);
    } catch { /* not ours: a proxy or a lost connection */ }
    if (request.status === 200 && answer.url) {
      location.assign(answer.url);
      return;
    }
    if (request.status === 0 || !answer.error) {
      form.submit(); // without this module the server shows what is wrong
      return;
    }
    bar.hidden = true;
    for (const button of buttons) button.disabled = false;
    tell(form, answer.error);
  });
  for (const button of buttons) button.disabled = true;
  bar.hidden = false;
  request.send(new FormData(form));
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  input.addEventListener("change", () => {
    const words = tooLarge(input);
    tell(form, words);
    if (words) input.value = ""; // nothing too large is ever sent
  });
  form.addEventListener("submit", (event) => {
    if (!input.files.length || event.defaultPrevented) return;
    event.preventDefault();
    send(form);
  });
}
