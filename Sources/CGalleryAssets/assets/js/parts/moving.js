// A moving thumbnail: a print's frames in quick motion from one or two sheets, while somebody points at it. No video file.
import { fitted, h, wantsLessMotion } from "../core/html.js";
import { levelOfStretch, Sheets } from "../core/sheets.js";
import { stepOf } from "../core/levels.js";

const FRAMES = 40;
const FPS = 12;

/** @param poster what is seen else. */
export function moving(poster, { camera, from, until, signal }) {
  const canvas = h("canvas", { class: "moving", "aria-hidden": "true", hidden: true });
  const element = h("div", { class: "moving-frame" }, poster, canvas);
  const level = levelOfStretch(from, until, FRAMES);
  const step = stepOf(level);
  let sheets = null;
  let timer = null;

  function begin() {
    if (timer !== null || wantsLessMotion() || until <= from) return;
    sheets ??= new Sheets(camera, { arrived: () => {}, signal });
    sheets.wantRange(from, until, level, from);
    let at = from;
    timer = setInterval(() => {
      canvas.hidden = false;
      const { context, width, height } = fitted(canvas);
      context.imageSmoothingQuality = "high";
      if (!sheets.draw(context, Math.min(at, until - 1), level, { x: 0, y: 0, width, height })) {
        canvas.hidden = true;
        return;
      }
      at += step;
      // The last picture is held for a moment.
      if (at > until + step * FPS) at = from;
    }, 1000 / FPS);
  }

  function end() {
    clearInterval(timer);
    timer = null;
    canvas.hidden = true;
  }

  signal.addEventListener("abort", () => {
    end();
    sheets?.close();
  });
  return { element, begin, end };
}
