// Where the picture is seen: one, or two that are compared side by side or with a wipe.
import { fill, fitted, h } from "../core/html.js";
import { icon } from "../core/icons.js";
import { fullText, shortText } from "../core/times.js";
import { takeView, View } from "./view.js";

export class Stage {
  view = new View();
  /** `null`, `"side"` or `"wipe"`, beside the place that is compared with. */
  compared = null;
  wipe = 0.5;

  /**
   * @param source has `size`, `draw(context, place, box)`, which says whether it was the whole picture, `time(place)` and
   *   `notes(place)`.
   */
  constructor(source, { tapped, signal }) {
    this.source = source;
    this.canvas = h("canvas", { class: "screen", role: "img", "aria-label": "The picture" });
    this.badges = h("ul", { class: "badges" });
    this.slider = h("input", {
      type: "range",
      min: 0,
      max: 1000,
      value: 500,
      class: "wipe",
      "aria-label": "Where one picture ends and the other begins",
      hidden: true,
      on: {
        input: (event) => {
          this.wipe = event.target.value / 1000;
          this.draw();
        },
      },
    });
    this.tools = h("div", { class: "compare-tools", hidden: true });
    this.wait = h("p", { class: "stage-note", hidden: true });
    this.element = h("div", { class: "stage" }, this.canvas, this.badges, this.tools, this.slider, this.wait);
    takeView(this.canvas, this.view, { size: () => this.source.size, changed: () => this.draw(), tapped, signal });
    const sized = new ResizeObserver(() => this.draw());
    sized.observe(this.canvas);
    signal.addEventListener("abort", () => sized.disconnect());
    this.place = 0;
  }

  show(place) {
    this.place = place;
    this.draw();
  }

  draw() {
    const { context, width, height } = fitted(this.canvas);
    context.fillStyle = "#000";
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = "high";
    if (this.source.count === 0) return;
    const isWhole = this.compared
      ? this.#drawBoth(context, width, height)
      : this.#drawOne(context, this.place, 0, width, height);
    this.canvas.dataset.frame = this.source.frame(this.place);
    this.canvas.dataset.whole = String(isWhole);
    fill(
      this.badges,
      this.source.notes(this.place).map(([kind, text]) => h("li", { class: `badge ${kind}` }, text)),
    );
  }

  #drawOne(context, place, x, width, height) {
    context.save();
    context.beginPath();
    context.rect(x, 0, width, height);
    context.clip();
    const box = this.view.box(this.source.size, width, height);
    const isWhole = this.source.draw(context, place, { ...box, x: box.x + x });
    context.restore();
    return isWhole;
  }

  #drawBoth(context, width, height) {
    const { mode, place } = this.compared;
    if (mode === "side") {
      const half = Math.floor(width / 2);
      const first = this.#drawOne(context, place, 0, half - 1, height);
      this.#label(context, place, 8);
      const second = this.#drawOne(context, this.place, half + 1, width - half - 1, height);
      this.#label(context, this.place, half + 9);
      return first && second;
    }
    const edge = Math.round(width * this.wipe);
    const isWhole = this.#drawOne(context, this.place, 0, width, height);
    context.save();
    context.beginPath();
    context.rect(0, 0, edge, height);
    context.clip();
    context.fillStyle = "#000";
    context.fillRect(0, 0, edge, height);
    const first = this.#drawOne(context, place, 0, width, height);
    context.restore();
    context.fillStyle = "#fff";
    context.fillRect(edge - 1, 0, 2, height);
    this.#label(context, place, 8);
    this.#label(context, this.place, width - 8, "right");
    return isWhole && first;
  }

  #label(context, place, x, align = "left") {
    const at = this.source.time(place);
    const text = this.canvas.clientWidth < 480 ? shortText(at) : fullText(at);
    context.font = "13px system-ui, sans-serif";
    context.textAlign = align;
    context.textBaseline = "middle";
    const width = context.measureText(text).width + 16;
    context.fillStyle = "rgb(0 0 0 / .66)";
    context.fillRect(align === "left" ? x : x - width, 8, width, 24);
    context.fillStyle = "#fff";
    context.fillText(text, align === "left" ? x + 8 : x - 8, 21);
  }

  /** Compares what is seen now with what will be, or no longer. */
  compare(mode) {
    this.compared = mode ? { mode, place: this.compared?.place ?? this.place } : null;
    this.tools.hidden = !mode;
    this.slider.hidden = mode !== "wipe";
    const choice = (value, text) =>
      h(
        "button",
        {
          type: "button",
          class: "button",
          "aria-pressed": String(mode === value),
          on: { click: () => this.compare(value) },
        },
        text,
      );
    fill(
      this.tools,
      mode && [
        choice("side", "Side by side"),
        choice("wipe", "Wipe"),
        h(
          "button",
          {
            type: "button",
            class: "icon-button",
            "aria-label": "Compare no longer",
            on: { click: () => this.compare(null) },
          },
          icon("close"),
        ),
      ],
    );
    this.draw();
  }

  tell(text) {
    this.wait.hidden = !text;
    this.wait.textContent = text ?? "";
  }
}
