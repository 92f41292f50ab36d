// Whole frames, decoded ahead of where playing is, few at a time; what is no longer wanted is cancelled.
import { blob, framePicture, wasCancelled } from "../core/api.js";

const AT_ONCE = 4;

/** Decoded pictures are kept up to so many pixels: about 200 MB. */
const PIXELS = 50e6;

export class Pictures {
  #kept = new Map();
  #coming = new Map();
  #wanted = [];
  #pixels = 0;
  broken = new Map();

  /** @param arrived is called with a frame's number when its picture is there. */
  constructor({ arrived, signal }) {
    this.arrived = arrived;
    signal.addEventListener("abort", () => this.close());
  }

  /** @param frames their numbers, the most urgent first. @param width `null` for the picture as it was captured. */
  want(frames, width = null) {
    const keys = frames.map((frame) => keyOf(frame, width));
    const set = new Set(keys);
    for (const [key, request] of this.#coming) {
      if (set.has(key)) continue;
      // Forgotten at once: the same picture may be wanted again before the cancelled request has ended.
      this.#coming.delete(key);
      request.abort();
    }
    this.#wanted = keys.filter(
      (key) => !this.#kept.has(key) && !this.#coming.has(key) && !this.broken.has(frameOf(key)),
    );
    this.#next();
  }

  /** The picture of a frame, as wide as it is here. */
  of(frame, width = null) {
    for (const key of [keyOf(frame, null), keyOf(frame, width)]) {
      const picture = this.#kept.get(key);
      if (!picture) continue;
      // The newest use is at the end of the map.
      this.#kept.delete(key);
      this.#kept.set(key, picture);
      return picture;
    }
    return null;
  }

  close() {
    for (const request of this.#coming.values()) request.abort();
    for (const picture of this.#kept.values()) picture.close();
    this.#kept.clear();
    this.#wanted = [];
  }

  #next() {
    while (this.#coming.size < AT_ONCE && this.#wanted.length > 0) this.#load(this.#wanted.shift());
  }

  async #load(key) {
    const request = new AbortController();
    this.#coming.set(key, request);
    const [frame, width] = key.split("/").map(Number);
    try {
      const picture = await createImageBitmap(await blob(framePicture(frame, width || null), request.signal));
      if (request.signal.aborted) return picture.close();
      this.#keep(key, picture);
      this.arrived(frame);
    } catch (error) {
      if (!wasCancelled(error)) {
        this.broken.set(frame, error.message);
        this.arrived(frame);
      }
    } finally {
      if (this.#coming.get(key) === request) this.#coming.delete(key);
      this.#next();
    }
  }

  #keep(key, picture) {
    this.#kept.set(key, picture);
    this.#pixels += picture.width * picture.height;
    for (const [oldest, old] of this.#kept) {
      if (this.#pixels <= PIXELS || this.#kept.size <= 3) break;
      this.#kept.delete(oldest);
      this.#pixels -= old.width * old.height;
      old.close();
    }
  }
}

const keyOf = (frame, width) => `${frame}/${width ?? 0}`;
const frameOf = (key) => Number(key.split("/")[0]);
