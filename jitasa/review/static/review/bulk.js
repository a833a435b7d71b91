// Accept many in small portions, so that progress is seen and stopping loses nothing.
const PORTION = 20;
const $ = (selector, from = document) => from.querySelector(selector);
const say = (words, n, m) => words.replace("{n}", n).replace("{m}", m);

async function ask(url, options = {}) {
  const answer = await fetch(url, { ...options, headers: { Accept: "application/json", ...options.headers }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function send(form, portion) {
  const body = new URLSearchParams();
  portion.forEach((choice) => body.append("choice", choice));
  return ask(form.action, { method: "POST", body, headers: { "X-CSRFToken": $("[name=csrfmiddlewaretoken]", form).value } });
}

function list(place, skipped) {
  skipped.forEach((row) => {
    const item = document.createElement("li");
    const name = document.createElement("b");
    name.textContent = `${row.office} ${row.name}`.trim();
    const why = document.createElement("span");
    why.className = "mute";
    why.textContent = row.reason;
    item.append(name, why);
    place.append(item);
  });
}

/** Accept the choices (``null``: all that match the filters and carry no flag), and show how it goes. */
export async function acceptMany(form, chosen) {
  const dialog = $("[data-bulk-progress]");
  const words = $("[data-bulk-words]", dialog);
  const bar = $("progress", dialog);
  const stop = $("[data-bulk-stop]", dialog);
  let going = true;
  let accepted = 0;
  let skipped = 0;
  stop.addEventListener("click", () => { going = false; }, { once: true });
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); going = false; });
  dialog.showModal();
  try {
    const choices = chosen ?? (await ask(form.dataset.selectable)).choices;
    bar.max = Math.max(choices.length, 1);
    for (let at = 0; going && at < choices.length; at += PORTION) {
      const answer = await send(form, choices.slice(at, at + PORTION));
      accepted += answer.accepted.length;
      skipped += answer.skipped.length;
      list($("[data-bulk-skipped]", dialog), answer.skipped);
      bar.value = accepted + skipped;
      words.textContent = say(words.dataset.ofWords, accepted + skipped, choices.length);
    }
    words.textContent = say(words.dataset.doneWords, accepted, skipped);
  } catch {
    words.textContent = `${say(words.dataset.doneWords, accepted, skipped)} ${words.dataset.failedWords}`;
  }
  stop.hidden = true;
  const close = $("[data-bulk-close]", dialog);
  close.hidden = false;
  close.focus();
}
