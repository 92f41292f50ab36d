// A small piece of an outcome's colour and pattern, for the legend.
import { fitted, h } from "../core/html.js";
import { fillOf } from "../core/outcomes.js";

export function swatch(name) {
  const canvas = h("canvas", { class: "swatch", "aria-hidden": "true" });
  requestAnimationFrame(() => {
    const { context, width, height } = fitted(canvas);
    context.fillStyle = fillOf(name, context);
    context.fillRect(0, 0, width, height);
  });
  return canvas;
}
