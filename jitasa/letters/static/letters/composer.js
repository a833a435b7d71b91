// Writing a letter: the page beside the form follows what is typed, asked of the server a moment after
// the last key; lines are added on the spot; fields that do not apply step back. Works without all of it.

import { csrfToken, urlencoded } from "../ui/js/http.js";
import { startLines } from "./lines.js";
import { startWhen } from "./when.js";

const WAIT = 900;
const form = document.querySelector("#composer");
const place = document.querySelector("#preview");
const desk = document.querySelector("#desk");
let timer;
let asked = 0;

async function look() {
  clearTimeout(timer);
  const mine = (asked += 1);
  const data = urlencoded(form); // files stay here
  try {
    const answer = await fetch(form.dataset.preview, {
      method: "POST",
      body: data,
      headers: { "HX-Request": "true", "X-CSRFToken": csrfToken() },
    });
    if (answer.ok && mine === asked) {
      const open = place.querySelector(".letter-whom")?.open;
      place.innerHTML = await answer.text();
      beside();
      recount(place.querySelector(".letter-count b")?.textContent);
      if (open && place.querySelector(".letter-whom")) place.querySelector(".letter-whom").open = true;
    }
  } catch {
    // no network: the button below the form looks later
  }
}

// On a narrow screen, where the page is out of sight, each warning stands in the part of the form it belongs to.
function beside() {
  for (const slot of form.querySelectorAll("[data-warned]")) {
    const said = place.querySelectorAll(`[data-warns="${slot.dataset.warned}"]`);
    slot.replaceChildren(...[...said].map((each) => each.cloneNode(true)));
  }
}

// What is asked before sending names the recipients that stand in the form now.
function recount(count) {
  const send = form.querySelector('button[value="issue"]');
  const words = form.querySelector("#sign p b");
  if (!count || !send) return;
  send.dataset.confirm = send.dataset.confirm.replace(/[\d,]+/, count);
  if (words) words.textContent = words.textContent.replace(/[\d,]+/, count);
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(look, WAIT);
}

// On a narrow screen the form and the page take turns.
function show(view) {
  desk.dataset.view = view;
  for (const button of desk.querySelectorAll("[data-view]")) {
    if (button.dataset.view === view) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  desk.scrollIntoView({ block: "start" }); // the tabs stick to the top: what begins below them is seen whole
}

function startViews() {
  const tabs = desk.querySelector(".letter-views");
  tabs.hidden = false;
  desk.dataset.view = "write";
  tabs.addEventListener("click", (event) => {
    const view = event.target.closest("[data-view]")?.dataset.view;
    if (view) show(view);
    if (view === "look") look();
  });
  form.querySelector(".letter-look").addEventListener("click", (event) => {
    event.preventDefault();
    look();
    show("look");
    if (tabs.offsetParent === null) place.scrollIntoView({ block: "start" });
  });
}

if (form && place && desk) {
  startViews();
  startWhen(form);
  startLines(form, later);
  form.addEventListener("input", later);
  form.addEventListener("change", later);
}
