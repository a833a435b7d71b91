/* The session went while somebody was typing: open the dialog of accounts/again.html, wait until the
   same person is signed in again (in another tab), take a fresh CSRF token, and let the page go on.

   import { signInAgain } from "…/accounts/again.js";
   if (response.status === 401) { await signInAgain(); return send(again); }

   htmx requests open the dialog by themselves (event "sign-in-again"); send them again after the
   event "signed-in-again" on document. */

const dialog = document.getElementById("sign-in-again");
let waiting = null;

export function csrfToken() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

function useToken(token) {
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
  const meta = document.querySelector("meta[name=csrf-token]");
  if (meta) meta.content = token;
  for (const holder of document.querySelectorAll("[hx-headers]")) {
    try {
      const headers = JSON.parse(holder.getAttribute("hx-headers"));
      if ("X-CSRFToken" in headers) holder.setAttribute("hx-headers", JSON.stringify({ ...headers, "X-CSRFToken": token }));
    } catch {
      /* not JSON: not ours */
    }
  }
}

async function check() {
  if (!waiting) return;
  let answer;
  try {
    const response = await fetch(dialog.dataset.tokenUrl, { headers: { "X-Requested-With": "fetch" }, cache: "no-store" });
    answer = await response.json();
  } catch {
    return; // no network: the button asks again
  }
  if (!waiting) return;
  const other = answer.signed_in && answer.username !== dialog.dataset.username;
  dialog.querySelector("[data-other]").hidden = !other;
  if (!answer.signed_in || other) return;
  useToken(answer.token);
  const { resolve } = waiting;
  waiting = null;
  dialog.close();
  document.dispatchEvent(new CustomEvent("signed-in-again", { detail: { token: answer.token } }));
  resolve(answer.token);
}

/** Resolves with a fresh CSRF token once the same person is signed in again. */
export function signInAgain() {
  if (!dialog) return Promise.reject(new Error("accounts/again.html is not on this page"));
  if (waiting) return waiting.promise;
  let resolve;
  const promise = new Promise((done) => { resolve = done; });
  waiting = { promise, resolve };
  dialog.showModal();
  return promise;
}

if (dialog) {
  dialog.querySelector("[data-check]").addEventListener("click", check);
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  document.addEventListener("visibilitychange", () => { if (!document.hidden) check(); });
  window.addEventListener("focus", check);
  document.body.addEventListener("sign-in-again", () => { signInAgain(); });
  new BroadcastChannel("jitasa-signed-in").addEventListener("message", check);
}
