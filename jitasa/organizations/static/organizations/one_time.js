// Copies the password that is shown once. Without a clipboard it is selected by one tap and copied by hand.
import { toast } from "../ui/js/toast.js";

const button = document.querySelector("[data-copy]");
if (navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
    toast(button.dataset.copied, "ok");
  });
}
