// Copies what is shown once (a password, a token, a key, recovery codes), one line each. Without a clipboard it is selected by one tap and copied by hand.
import { toast } from "../ui/js/toast.js";

const button = document.querySelector("[data-copy]");
if (navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const lines = document.querySelector(button.dataset.copy).querySelectorAll("kbd");
    await navigator.clipboard.writeText([...lines].map((line) => line.dataset.plain ?? line.textContent.trim()).join("\n"));
    toast(button.dataset.copied, "ok");
  });
}
