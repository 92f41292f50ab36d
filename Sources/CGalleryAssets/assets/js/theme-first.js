// Before anything is drawn, and no module, so that a page chosen dark never flashes white.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage can be forbidden: then the system's setting holds.
}
