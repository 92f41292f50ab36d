// The picture of the instant that is pointed at: at once from a sheet, and the frame itself when the pointer rests.
import { blob, framePicture, get, ofCamera, wasCancelled } from "../core/api.js";
import { fill, fitted, h } from "../core/html.js";
import { because } from "../core/outcomes.js";
import { levelFor } from "../core/levels.js";
import { Sheets } from "../core/sheets.js";
import { fullText, lengthText, stamp, zoneText } from "../core/times.js";
import { widthFor } from "../parts/picture.js";

const REST_MS = 90;

export class Preview {
  #at = null;
  #level = 0;
  #whole = null;
  #timer = null;
  #request = null;

  constructor(camera, signal) {
    this.camera = camera;
    this.canvas = h("canvas", { class: "preview-picture", "aria-hidden": "true" });
    this.text = h("p", { class: "preview-text", "aria-live": "polite" });
    this.element = h("div", { class: "preview" }, this.canvas, this.text);
    this.sheets = new Sheets(camera, { arrived: () => this.draw(), signal });
    const sized = new ResizeObserver(() => this.draw());
    sized.observe(this.canvas);
    signal.addEventListener("abort", () => {
      sized.disconnect();
      this.#request?.abort();
      clearTimeout(this.#timer);
    });
  }

  /** Fetches the sheets of a stretch before they are asked for. */
  ready(from, until, at) {
    this.#level = levelFor((until - from) / 96);
    this.sheets.wantRange(from, until, this.#level, at ?? (from + until) / 2);
  }

  show(at) {
    this.#at = at;
    this.#whole = this.#whole && at >= this.#whole.from && at < this.#whole.until ? this.#whole : null;
    this.draw();
    clearTimeout(this.#timer);
    if (!this.#whole) this.#timer = setTimeout(() => this.#exact(at), REST_MS);
  }

  draw() {
    const { context, width, height } = fitted(this.canvas);
    context.clearRect(0, 0, width, height);
    if (this.#at === null) return;
    context.imageSmoothingQuality = "high";
    if (this.#whole) {
      const { picture } = this.#whole;
      const scale = Math.min(width / picture.width, height / picture.height);
      const [w, t] = [picture.width * scale, picture.height * scale];
      context.drawImage(picture, (width - w) / 2, (height - t) / 2, w, t);
      this.canvas.dataset.frame = this.#whole.frame;
    } else {
      this.canvas.dataset.frame = "";
      this.canvas.dataset.sheet = this.sheets.draw(context, this.#at, this.#level, { x: 0, y: 0, width, height });
    }
  }

  async #exact(at) {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    try {
      const shown = await get(ofCamera(this.camera, "at"), { at: stamp(at) }, request.signal);
      this.#tell(at, shown);
      const picture = await createImageBitmap(
        await blob(framePicture(shown.id, widthFor(this.canvas)), request.signal),
      );
      if (request.signal.aborted) return;
      this.#whole = {
        picture,
        frame: shown.id,
        from: Date.parse(shown.captured_at),
        until: Math.max(at + 1, Date.parse(shown.last_seen_at)),
      };
      this.draw();
    } catch (error) {
      if (wasCancelled(error)) return;
      if (error.status === 404) fill(this.text, h("time", {}, fullText(at)), " · no picture yet then");
    }
  }

  #tell(at, { captured_at: captured, certain, gap, suspect, damaged_at: damaged }) {
    const notes = [];
    if (gap) notes.push(because(gap.outcome, gap.detail));
    if (!certain) notes.push(`last picture known is ${lengthText(at - Date.parse(captured))} older`);
    if (suspect && suspect !== "no_eoi") notes.push("suspect picture");
    if (damaged) notes.push("damaged picture");
    fill(
      this.text,
      h("time", { datetime: stamp(at), title: zoneText(at) }, fullText(at)),
      notes.length > 0 && ` · ${notes.join(" · ")}`,
    );
  }
}
