// Light, dark, or as the machine says: one button that goes round, kept on this device.
const ORDER = ["auto", "light", "dark"];

function chosen() {
  return document.documentElement.dataset.theme || "auto";
}

function choose(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === "auto") localStorage.removeItem("jitasa-theme");
    else localStorage.setItem("jitasa-theme", theme);
  } catch { /* storage is closed: the choice lasts for this page */ }
}

export function startThemeSwitch() {
  const buttons = document.querySelectorAll("[data-theme-switch]");
  const label = () => buttons.forEach((button) => { button.querySelector("span").textContent = button.dataset[chosen()]; });
  buttons.forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => { choose(ORDER[(ORDER.indexOf(chosen()) + 1) % ORDER.length]); label(); });
  });
  label();
}
