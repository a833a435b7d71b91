// The page beside the form follows what is typed: asked of the server a moment after the last key.

import { csrfToken } from "../ui/js/http.js";

const WAIT = 900;
const form = document.querySelector("#composer");
const place = document.querySelector("#preview");
let timer;
let asked = 0;

async function look() {
  const mine = (asked += 1);
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name); // files stay here
  try {
    const answer = await fetch(form.dataset.preview, {
      method: "POST",
      body: data,
      headers: { "HX-Request": "true", "X-CSRFToken": csrfToken() },
    });
    if (answer.ok && mine === asked) place.innerHTML = await answer.text();
  } catch {
    // no network: the button below the form looks later
  }
}

if (form && place) {
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
}
