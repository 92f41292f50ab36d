// A picture that is replaced without a flicker: the next one is decoded before it is shown.
import { blob, framePicture } from "../core/api.js";
import { h } from "../core/html.js";

/** The steps in which the server scales: eighths of a picture. It takes the smallest that is wide enough. */
export function widthFor(element, limit = 2) {
  const width = (element.clientWidth || 320) * Math.min(devicePixelRatio || 1, limit);
  return Math.ceil(width / 80) * 80;
}

const unreadable = "This picture cannot be shown.";

export class LivePicture {
  #wanted = null;
  #shown = null;
  #loading = false;
  #visible = false;

  constructor(alt, signal) {
    this.image = h("img", { alt, decoding: "async", draggable: "false" });
    this.element = h("div", { class: "picture" }, this.image);
    const seen = new IntersectionObserver(
      (entries) => {
        this.#visible = entries.at(-1).isIntersecting;
        this.#next();
      },
      { rootMargin: "200px" },
    );
    seen.observe(this.element);
    signal.addEventListener("abort", () => seen.disconnect());
  }

  /** @param frame its record. */
  show(frame) {
    if (!frame) return;
    if (!this.#shown) this.element.style.setProperty("--shape", `${frame.width} / ${frame.height}`);
    this.#wanted = frame;
    this.#next();
  }

  async #next() {
    if (this.#loading || !this.#visible || !this.#wanted || this.#wanted.id === this.#shown) return;
    this.#loading = true;
    const frame = this.#wanted;
    try {
      const next = new Image();
      next.src = framePicture(frame.id, widthFor(this.element));
      await next.decode();
      this.image.src = next.src;
      // As it stands, which its record does not say.
      this.element.style.setProperty("--shape", `${next.naturalWidth} / ${next.naturalHeight}`);
      this.image.dataset.frame = frame.id;
      this.element.classList.remove("broken");
    } catch {
      this.element.classList.add("broken");
      // An image does not say why.
      this.element.dataset.why = await blob(framePicture(frame.id)).then(() => unreadable, (error) => error.message);
    }
    this.#shown = frame.id;
    this.#loading = false;
    this.#next();
  }
}
