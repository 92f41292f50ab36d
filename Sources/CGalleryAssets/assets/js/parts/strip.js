// A strip of outcomes: one letter a cell, `a` for the first outcome of the list, `.` for nothing known.
import { fitted, h } from "../core/html.js";
import { fillOf, isGap, outcome } from "../core/outcomes.js";
import { percent } from "../core/numbers.js";
import { colour } from "../core/theme.js";

export function stripElement(signal) {
  const canvas = h("canvas", { class: "strip", role: "img", "aria-label": "The last 24 hours: nothing known yet" });
  let last = null;
  const redraw = () => last && drawStrip(canvas, ...last);
  addEventListener("theme-changed", redraw, { signal });
  const sized = new ResizeObserver(redraw);
  sized.observe(canvas);
  signal.addEventListener("abort", () => sized.disconnect());
  return {
    element: canvas,
    show(names, cells) {
      last = [names, cells];
      redraw();
      canvas.setAttribute("aria-label", `The last 24 hours: ${summary(names, cells)}`);
      canvas.title = summary(names, cells);
    },
  };
}

function drawStrip(canvas, names, cells) {
  const { context, width, height } = fitted(canvas);
  if (width < 2) return;
  context.clearRect(0, 0, width, height);
  context.fillStyle = colour("--hole");
  context.fillRect(0, 0, width, height);
  for (let i = 0; i < cells.length; ) {
    let end = i + 1;
    while (end < cells.length && cells[end] === cells[i]) end++;
    if (cells[i] !== ".") {
      context.fillStyle = fillOf(names[cells.charCodeAt(i) - 97], context);
      const from = Math.round((i / cells.length) * width);
      context.fillRect(from, 0, Math.max(1, Math.round((end / cells.length) * width) - from), height);
    }
    i = end;
  }
}

function summary(names, cells) {
  const counts = new Map();
  let known = 0;
  for (const cell of cells) {
    if (cell === ".") continue;
    known++;
    const name = names[cell.charCodeAt(0) - 97];
    const word = isGap(name) ? outcome(name).word : "pictures";
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  if (known === 0) return "no slots";
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([word, count]) => `${word} ${percent(count / known)}`)
    .join(", ");
}
