// The line that says where the words are now.
const line = () => document.querySelector("#save-state");

export function say(words, tone = "") {
  const element = line();
  if (!element) return;
  element.className = `save-state small ${tone}`;
  if (element.textContent !== words) element.textContent = words;
}

export const english = document.documentElement.lang === "en";
export const words = (thai, other) => (english ? other : thai);
