// How much changed inside the box, over time, with the instants that were found.
import { fitted, h } from "../core/html.js";
import { colour } from "../core/theme.js";
import { clockText, dayText, fullText } from "../core/times.js";

export function whenCurve({ chosen, signal }) {
  const canvas = h("canvas", {
    class: "when-curve",
    role: "img",
    "aria-label": "How much changed inside the box over time",
  });
  let [points, moments, range] = [[], [], null];
  const sized = new ResizeObserver(draw);
  sized.observe(canvas);
  signal.addEventListener("abort", () => sized.disconnect());
  addEventListener("theme-changed", draw, { signal });
  const instant = (event) => {
    const frame = canvas.getBoundingClientRect();
    return range.from + ((event.clientX - frame.left) / frame.width) * (range.until - range.from);
  };
  canvas.addEventListener(
    "pointermove",
    (event) => {
      if (range) canvas.title = fullText(instant(event));
    },
    { signal },
  );
  canvas.addEventListener("click", (event) => range && chosen(instant(event)), { signal });

  function draw() {
    if (!range) return;
    const { context, width, height } = fitted(canvas);
    context.clearRect(0, 0, width, height);
    const x = (at) => ((at - range.from) / Math.max(1, range.until - range.from)) * width;
    const most = Math.max(1, ...points.map((point) => point.change));
    const base = height - 20;
    context.fillStyle = colour("--sunk");
    context.fillRect(0, base, width, 1);
    context.fillStyle = colour("--curve-change");
    for (const { at, change } of points) {
      const t = (change / most) * (base - 14);
      context.fillRect(x(at) - 0.75, base - t, 1.5, t);
    }
    for (const { at, isForGood } of moments) {
      context.fillStyle = isForGood ? colour("--warn") : colour("--soft");
      context.beginPath();
      context.moveTo(x(at), base + 2);
      context.lineTo(x(at) - 4, base + 9);
      context.lineTo(x(at) + 4, base + 9);
      context.fill();
      if (isForGood) context.fillRect(x(at) - 1, 0, 2, base);
    }
    context.font = "12px system-ui, sans-serif";
    context.fillStyle = colour("--faint");
    const text = (at) => `${dayText(at)} ${clockText(at)}`;
    context.fillText(text(range.from), 0, height - 2);
    context.textAlign = "right";
    context.fillText(text(range.until), width, height - 2);
    context.textAlign = "left";
  }
  return {
    element: canvas,
    show(next) {
      ({ points = points, moments = moments, range = range } = next);
      draw();
    },
  };
}
