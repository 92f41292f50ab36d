// The bar on which one scrubs, with what is marked on it.
import { fitted, h } from "../core/html.js";
import { clockText, dayText, fullText, lengthText, zoneText } from "../core/times.js";
import { colour } from "../core/theme.js";

export class SeekBar {
  constructor(reel, playback, { scrubbed, settled, signal }) {
    Object.assign(this, { reel, playback });
    this.canvas = h("canvas", { class: "seek-marks", "aria-hidden": "true" });
    this.input = h("input", {
      type: "range",
      min: 0,
      max: 1,
      step: 1,
      value: 0,
      class: "seek-range",
      "aria-label": "Frame",
    });
    this.now = h("output", { class: "seek-now" });
    this.end = h("span", { class: "seek-end faint" });
    this.element = h(
      "div",
      { class: "seek" },
      h("div", { class: "seek-bar" }, this.canvas, this.input),
      h("div", { class: "seek-text" }, this.now, this.end),
    );
    this.input.addEventListener("input", () => scrubbed(Number(this.input.value), this.input.clientWidth), { signal });
    this.input.addEventListener("change", () => settled(Number(this.input.value)), { signal });
    // The page's own keys are for all of it; the bar would take arrows twice.
    this.input.addEventListener(
      "keydown",
      (event) => {
        if (/^(Arrow|Home|End|Page)/.test(event.key)) event.preventDefault();
      },
      { signal },
    );
    const sized = new ResizeObserver(() => this.drawMarks());
    sized.observe(this.canvas);
    signal.addEventListener("abort", () => sized.disconnect());
  }

  show(place) {
    const { times, count } = this.reel;
    if (count === 0) return;
    this.input.max = Math.max(1, count - 1);
    this.input.value = place;
    this.input.style.setProperty("--done", `${(place / Math.max(1, count - 1)) * 100}%`);
    const at = times[place];
    if (this.shown !== place) {
      this.shown = place;
      this.now.textContent = `${dayText(at)}, ${clockText(at)}`;
      this.now.title = `${fullText(at)}\n${zoneText(at)}`;
      // While it plays a screen reader would never come to rest.
      if (!this.playback.isPlaying)
        this.input.setAttribute("aria-valuetext", `${place + 1} of ${count}, ${fullText(at)}`);
    }
    this.end.textContent = `${place + 1} / ${this.reel.total > count ? `${count} of ${this.reel.total}` : count} · ${lengthText(times[count - 1] - times[0])}`;
  }

  drawMarks() {
    const { context, width, height } = fitted(this.canvas);
    context.clearRect(0, 0, width, height);
    const { count, marks, times } = this.reel;
    if (count < 2) return;
    const x = (place) => (place / (count - 1)) * (width - 16) + 8;
    const { inPoint, outPoint } = this.playback;
    if (inPoint !== null || outPoint !== null) {
      context.fillStyle = "rgb(255 255 255 / .22)";
      context.fillRect(x(inPoint ?? 0), 0, x(outPoint ?? count - 1) - x(inPoint ?? 0), height);
      context.fillStyle = "#fff";
      if (inPoint !== null) context.fillRect(x(inPoint) - 1, 0, 3, height);
      if (outPoint !== null) context.fillRect(x(outPoint) - 1, 0, 3, height);
    }
    // Gaps: where much more time went by than between two frames as a rule.
    const usual = (times[count - 1] - times[0]) / (count - 1);
    context.fillStyle = "rgb(255 255 255 / .45)";
    const stride = Math.max(1, Math.floor(count / 20_000));
    for (let place = stride; place < count; place += stride) {
      if (times[place] - times[place - stride] > usual * stride * 20 + 60_000)
        context.fillRect(x(place), height - 4, 1.5, 4);
    }
    const tick = (set, style, top, size) => {
      context.fillStyle = style;
      for (const place of set) context.fillRect(x(place) - 0.75, top, 1.5, size);
    };
    tick(marks.excluded, "rgb(255 255 255 / .5)", 0, 4);
    tick(marks.suspect, colour("--o-rejected"), 0, 7);
    tick(marks.damaged, colour("--o-rejected"), 0, height);
    tick(marks.pinned, colour("--o-cap"), 0, 5);
  }
}
