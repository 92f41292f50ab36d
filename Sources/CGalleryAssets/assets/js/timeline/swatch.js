// A small piece of an outcome's colour and pattern, for the legend.
import { fitted, h } from "../core/html.js";
import { fillOf } from "../core/outcomes.js";

export function swatch(name) {
  const canvas = h("canvas", { class: "swatch", "aria-hidden": "true", data: { outcome: name } });
  requestAnimationFrame(() => draw(canvas));
  return canvas;
}

function draw(canvas) {
  const { context, width, height } = fitted(canvas);
  context.fillStyle = fillOf(canvas.dataset.outcome, context);
  context.fillRect(0, 0, width, height);
}

addEventListener("theme-changed", () => {
  for (const canvas of document.querySelectorAll("canvas.swatch")) draw(canvas);
});
