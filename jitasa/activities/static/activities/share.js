// "Send on": the one-page picture through the machine's own share sheet (LINE among others).
document.documentElement.classList.add("script");
const button = document.querySelector("[data-share]");

async function share() {
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(button.dataset.share, { credentials: "same-origin" });
    const file = new File([await answer.blob()], button.dataset.shareName, { type: "image/png" });
    await navigator.share({ files: [file], title: button.dataset.shareTitle });
  } catch (problem) {
    if (problem.name !== "AbortError") location.href = button.dataset.share;
  } finally {
    button.removeAttribute("aria-busy");
  }
}

const able = button && navigator.canShare?.({ files: [new File([""], "a.png", { type: "image/png" })] });
if (able) { button.hidden = false; button.addEventListener("click", share); }
