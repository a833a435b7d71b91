// A ready reason fills the text beside it; what it filled is replaced by the next one, what a person wrote is added to.

document.addEventListener("change", (event) => {
  const chosen = event.target.closest("input[name=ready]");
  const text = chosen?.form.querySelector("textarea");
  if (!text) return;
  const written = text.value.replace(text.dataset.filled ?? "", "").trim();
  text.value = written ? `${chosen.dataset.text} ${written}` : chosen.dataset.text;
  text.dataset.filled = chosen.dataset.text;
  text.dispatchEvent(new Event("input", { bubbles: true }));
});
