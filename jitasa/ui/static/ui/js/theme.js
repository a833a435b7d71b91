// Before the first paint: the theme the person chose, if any. Without a choice the machine decides (tokens.css).
try {
  const chosen = localStorage.getItem("jitasa-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch { /* storage is closed: the machine decides */ }
