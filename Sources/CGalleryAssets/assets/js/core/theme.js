// Light or dark: by the system, or as chosen here.
import { icon } from "./icons.js";
import { fill, say } from "./html.js";

const order = ["system", "light", "dark"];
const chosen = () => document.documentElement.dataset.theme ?? "system";

export function beginTheme(button) {
  const show = () => {
    fill(button, icon({ system: "auto", light: "sun", dark: "moon" }[chosen()]));
    button.setAttribute("aria-label", `Colours: ${chosen()}. Change`);
    button.title = `Colours: ${chosen()}`;
  };
  button.addEventListener("click", () => {
    const next = order[(order.indexOf(chosen()) + 1) % order.length];
    if (next === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem("theme", next);
    } catch {
      // It holds until the page is closed.
    }
    show();
    say(`Colours: ${next}`);
    dispatchEvent(new Event("theme-changed"));
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
    dispatchEvent(new Event("theme-changed")),
  );
  show();
}

const resolved = new Map();
addEventListener("theme-changed", () => resolved.clear(), { capture: true });

/** A colour of the style sheet as a canvas takes it: a property may say `light-dark(…)`, an element's colour is settled. */
export function colour(name) {
  if (!resolved.has(name)) {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = `var(${name})`;
    resolved.set(name, getComputedStyle(probe).color);
    probe.remove();
  }
  return resolved.get(name);
}
