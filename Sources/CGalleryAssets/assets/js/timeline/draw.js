// The timeline on its canvas: axis, prints, ledger, curves, and where one is.
import { fitted } from "../core/html.js";
import { fillOf, isGap } from "../core/outcomes.js";
import { colour } from "../core/theme.js";
import { ticks } from "./ticks.js";

export const tracks = { axis: [0, 26], prints: [30, 24], ledger: [60, 46], curves: [114, 44], prediction: [164, 22] };

export function drawTimeline(canvas, scale, data, { cursor = null, now = null } = {}) {
  const { context, width, height } = fitted(canvas);
  scale.width = width;
  const look = Object.fromEntries(
    [
      "ink",
      "soft",
      "faint",
      "edge",
      "line",
      "card",
      "sunk",
      "hole",
      "curve-light",
      "curve-change",
      "curve-prediction",
    ].map((name) => [name, colour(`--${name}`)]),
  );
  context.clearRect(0, 0, width, height);
  context.font = `12px ${getComputedStyle(canvas).fontFamily}`;
  context.textBaseline = "middle";
  drawAxis(context, scale, look, height);
  drawPrints(context, scale, data.prints, look);
  drawLedger(context, scale, data.ledger, look);
  drawCurves(context, scale, data.curves, look);
  if (now !== null) line(context, scale.x(now), tracks.axis[1], height, look.faint, [2, 3]);
  if (cursor !== null) line(context, scale.x(cursor), 0, height, look.ink);
}

function line(context, x, from, until, style, dash = []) {
  context.save();
  context.setLineDash(dash);
  context.strokeStyle = style;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(Math.round(x) + 0.5, from);
  context.lineTo(Math.round(x) + 0.5, until);
  context.stroke();
  context.restore();
}

function drawAxis(context, scale, look, height) {
  for (const { at, text, strong } of ticks(scale, scale.width < 500 ? 76 : 96)) {
    const x = scale.x(at);
    line(context, x, 8, height, look.line);
    context.fillStyle = strong ? look.ink : look.faint;
    context.fillText(text, x + 5, 12);
  }
}

function drawPrints(context, scale, prints, look) {
  const [top, height] = tracks.prints;
  for (const print of prints) {
    const from = Math.max(-2, scale.x(print.from));
    const until = Math.min(scale.width + 2, Math.max(scale.x(print.until), scale.x(print.from) + 2));
    if (until < 0 || from > scale.width) continue;
    if (until - from < 6) {
      // From far away prints are a grey band, the denser the more there are.
      context.fillStyle = look.edge;
      context.globalAlpha = 0.35;
      context.fillRect(from, top + 6, until - from, height - 12);
      context.globalAlpha = 1;
      continue;
    }
    context.fillStyle = look.sunk;
    context.strokeStyle = look.edge;
    context.beginPath();
    context.roundRect(from + 0.5, top + 0.5, Math.max(1, until - from - 1), height - 1, 4);
    context.fill();
    context.stroke();
    if (until - from < 28) continue;
    context.save();
    context.clip();
    context.fillStyle = look.ink;
    const failed = ["failed", "cancelled"].includes(print.state) ? " ✕" : "";
    context.fillText((print.name ?? `Print ${print.id}`) + failed, Math.max(from, 0) + 7, top + height / 2 + 1);
    context.restore();
  }
}

function drawLedger(context, scale, ledger, look) {
  const [top, height] = tracks.ledger;
  context.fillStyle = look.hole;
  context.fillRect(0, top, scale.width, height);
  if (!ledger) return;
  const { outcomes, shares, start, step, cells } = ledger;
  const order = outcomes
    .map((name, index) => ({ name, index, gap: isGap(name) }))
    .sort((a, b) => a.gap - b.gap || a.index - b.index);
  const first = Math.max(0, Math.floor((scale.from - start) / step));
  const last = Math.min(cells, Math.ceil((scale.until - start) / step));
  for (let cell = first; cell < last; ) {
    // Neighbours alike are one box: patterns go through, and there is less to draw.
    let end = cell + 1;
    while (end < last && shares.every((row) => row[end] === row[cell])) end++;
    const x = Math.round(scale.x(start + cell * step));
    drawStack(context, order, shares, cell, x, Math.max(1, Math.round(scale.x(start + end * step)) - x), top, height);
    cell = end;
  }
}

/** From the top what is good, from below the gaps; however short one is, it can be seen. */
function drawStack(context, order, shares, cell, x, width, top, height) {
  let [above, below] = [top, top + height];
  for (const { name, index, gap } of order) {
    const share = shares[index][cell];
    if (share <= 0) continue;
    const size = Math.max(gap ? 3 : 1, (share / 1000) * height);
    context.fillStyle = fillOf(name, context);
    if (gap) {
      context.fillRect(x, Math.max(top, below - size), width, Math.min(size, below - top));
      below -= size;
    } else {
      context.fillRect(x, above, width, Math.min(size, top + height - above));
      above += size;
    }
  }
}

/** Values further apart than this many pixels are not joined: there is a gap between them. */
const NEAR = 40;

function drawCurves(context, scale, curves, look) {
  if (!curves) return;
  const plot = (values, [top, height], greatest, style, width) => {
    if (!values) return;
    context.strokeStyle = style;
    context.lineWidth = width;
    context.lineJoin = "round";
    context.fillStyle = style;
    context.beginPath();
    let last = null;
    for (let cell = 0; cell < values.length; cell++) {
      const x = scale.x(curves.start + (cell + 0.5) * curves.step);
      if (values[cell] === null || x < -NEAR || x > scale.width + NEAR) continue;
      const y = top + height - (Math.min(values[cell], greatest) / greatest) * (height - 2) - 1;
      if (last !== null && x - last <= NEAR) {
        context.lineTo(x, y);
      } else {
        // What has no neighbours is seen as a point.
        context.fillRect(x - 1, y - 1, 2, 2);
        context.moveTo(x, y);
      }
      last = x;
    }
    context.stroke();
  };
  plot(curves.brightness, tracks.curves, 255, look["curve-light"], 2);
  plot(curves.changed_percent, tracks.curves, 100, look["curve-change"], 1);
  if (curves.prediction?.some((value) => value !== null))
    plot(curves.prediction, tracks.prediction, 1, look["curve-prediction"], 1.5);
}
