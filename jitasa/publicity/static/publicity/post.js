// The ready post: copy the words, at most four pictures, hand picture and link to the machine's own share sheet.
import { toast } from "../ui/js/toast.js";

const MOST = 4;
const root = document.querySelector("[data-post]");
const form = root.querySelector("[data-post-form]");

async function copy(source) {
  const text = "value" in source ? source.value : source.textContent;
  try {
    await navigator.clipboard.writeText(text);
    toast(root.dataset.copied, "ok");
  } catch {
    if ("select" in source) source.select();
    toast(root.dataset.notCopied, "warn");
  }
}

for (const button of root.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(document.querySelector(button.dataset.copy)));
}

const ticks = [...form.querySelectorAll("[name=picture]")];
const leads = [...form.querySelectorAll("[name=lead]")];
const ticked = () => ticks.filter((tick) => tick.checked);

// The leading picture is always one of the chosen: marking it ticks it, unticking it passes the mark on.
function keepLead(changed) {
  if (changed.name === "lead") {
    const own = ticks.find((tick) => tick.value === changed.value);
    own.checked = true;
    if (ticked().length > MOST) ticked().filter((tick) => tick !== own).at(-1).checked = false;
  }
  const lead = leads.find((each) => each.checked);
  if (ticked().every((tick) => tick.value !== lead?.value)) {
    for (const each of leads) each.checked = each.value === ticked()[0]?.value;
  }
}

form.addEventListener("change", (event) => {
  const changed = event.target;
  if (changed.name === "picture" && changed.checked && ticked().length > MOST) {
    changed.checked = false;
    toast(root.dataset.tooMany, "warn");
  } else if (changed.name === "picture" || changed.name === "lead") {
    keepLead(changed);
  }
});
form.addEventListener("input", (event) => {
  if (event.target.name !== "text") root.querySelector("[data-stale]").hidden = false;
});

const share = root.querySelector("[data-share]");

async function sendOn() {
  const given = { title: share.dataset.shareTitle, text: form.querySelector("[name=text]").value };
  share.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(share.dataset.share, { credentials: "same-origin" });
    const files = [new File([await answer.blob()], share.dataset.shareName, { type: "image/png" })];
    const whole = { ...given, files };
    await navigator.share(answer.ok && navigator.canShare?.(whole) ? whole : { ...given, url: share.dataset.shareUrl });
  } catch (problem) {
    if (problem.name !== "AbortError") toast(root.dataset.notShared, "warn");
  } finally {
    share.removeAttribute("aria-busy");
  }
}

if (share && navigator.share) { share.hidden = false; share.addEventListener("click", sendOn); }
