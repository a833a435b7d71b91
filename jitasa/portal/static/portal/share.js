// Copy the page's address. The button shows only where a browser can do it.
import { toast } from "../ui/js/toast.js";

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    toast(button.dataset.done, "ok");
  });
}
