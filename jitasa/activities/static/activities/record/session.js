// The session ended while somebody typed: sign in beside, fetch a fresh safety token, go on.
import { words } from "./state.js";

/** A fresh safety token for this page. Resolves to {signed_in, same}; rejects when offline. */
export async function refreshToken(form) {
  const answer = await fetch(form.dataset.token, { credentials: "same-origin", headers: { Accept: "application/json" } });
  const { token, signed_in, username } = await answer.json();
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token; });
  return { signed_in, same: username === form.elements.writer.dataset.username };
}

/** Ask to sign in again; calls ``goOn`` when the same person is back. */
export function askSignIn(form, goOn) {
  const dialog = document.querySelector("#signed-out");
  if (!dialog || dialog.open) return;
  const problem = dialog.querySelector(".error");
  dialog.querySelector("[data-login]").href = form.dataset.login;
  const check = async () => {
    problem.hidden = true;
    try {
      const { signed_in, same } = await refreshToken(form);
      if (signed_in && same) { dialog.close(); goOn(); return; }
      problem.textContent = signed_in
        ? words("ผู้ที่เข้าสู่ระบบเป็นคนละคน เข้าด้วยชื่อเดิมของท่าน", "Somebody else signed in. Use your own name")
        : words("ยังไม่ได้เข้าสู่ระบบ กดเข้าสู่ระบบในแท็บใหม่ก่อน", "Not signed in yet. Sign in in the new tab first");
    } catch {
      problem.textContent = words("ยังไม่มีสัญญาณ ลองอีกครั้งเมื่อมีสัญญาณ", "No signal yet. Try again when there is");
    }
    problem.hidden = false;
  };
  dialog.querySelector("[data-go-on]").onclick = check;
  const back = () => { if (document.visibilityState === "visible" && dialog.open) check(); };
  document.addEventListener("visibilitychange", back);
  dialog.addEventListener("close", () => document.removeEventListener("visibilitychange", back), { once: true });
  dialog.showModal();
}
