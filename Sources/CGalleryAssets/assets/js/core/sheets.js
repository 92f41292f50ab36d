// Small pictures by the sheet: 64 cells of time in one request, so that a scrub never waits for one picture after another.
import { address, blob, ofCamera, wasCancelled } from "./api.js";
import { levelFor, stepOf, TOP } from "./levels.js";

const CELLS = 64;
const COLUMNS = 8;

/** Sheets kept decoded; each takes about 4 MB. */
const KEPT = 24;
const AT_ONCE = 3;

export class Sheets {
  #kept = new Map();
  #coming = new Map();
  #wanted = [];
  #failed = new Set();

  /** @param arrived is called when a sheet is there. */
  constructor(camera, { width = 160, arrived = () => {}, signal }) {
    Object.assign(this, { camera, width, arrived });
    signal?.addEventListener("abort", () => this.close());
  }

  /** What is wanted now, the most urgent first; what was wanted before and is no longer is cancelled. */
  want(instants) {
    const keys = new Set(instants.map(({ at, level }) => keyOf(at, level)));
    this.#wanted = [...keys].filter((key) => !this.#kept.has(key) && !this.#failed.has(key));
    for (const [key, request] of this.#coming) {
      if (keys.has(key)) continue;
      // Forgotten at once: the same sheet may be wanted again before the cancelled request has ended.
      this.#coming.delete(key);
      request.abort();
    }
    this.#next();
  }

  /** The sheets between two instants, nearest to `at` first. */
  wantRange(from, until, level, at = from) {
    const length = stepOf(level) * CELLS;
    const starts = [];
    for (let start = Math.floor(from / length) * length; start < until && starts.length < KEPT; start += length)
      starts.push(start);
    starts.sort((a, b) => Math.abs(a + length / 2 - at) - Math.abs(b + length / 2 - at));
    this.want(starts.map((start) => ({ at: start, level })));
  }

  /** Draws the picture of an instant, from the sheet that fits best of those that are here; says whether there was one. */
  draw(context, at, level, { x, y, width, height }) {
    for (const candidate of near(level)) {
      const sheet = this.#kept.get(keyOf(at, candidate));
      if (!sheet) continue;
      const cell = Math.floor(at / stepOf(candidate)) % CELLS;
      const [w, t] = [sheet.width / COLUMNS, sheet.height / COLUMNS];
      const scale = Math.min(width / w, height / t);
      const [dw, dt] = [w * scale, t * scale];
      context.drawImage(
        sheet,
        (cell % COLUMNS) * w,
        Math.floor(cell / COLUMNS) * t,
        w,
        t,
        x + (width - dw) / 2,
        y + (height - dt) / 2,
        dw,
        dt,
      );
      return true;
    }
    return false;
  }

  has(at, level) {
    return this.#kept.has(keyOf(at, level));
  }

  close() {
    for (const request of this.#coming.values()) request.abort();
    for (const sheet of this.#kept.values()) sheet.close();
    this.#kept.clear();
    this.#wanted = [];
  }

  #next() {
    while (this.#coming.size < AT_ONCE) {
      const key = this.#wanted.find((key) => !this.#coming.has(key));
      if (key === undefined) return;
      this.#wanted = this.#wanted.filter((other) => other !== key);
      this.#load(key);
    }
  }

  async #load(key) {
    const request = new AbortController();
    this.#coming.set(key, request);
    try {
      const bytes = await blob(address(ofCamera(this.camera, `sheets/${key}`), { width: this.width }), request.signal);
      const sheet = await createImageBitmap(bytes);
      if (request.signal.aborted) return sheet.close();
      this.#kept.set(key, sheet);
      while (this.#kept.size > KEPT) {
        const [oldest, old] = this.#kept.entries().next().value;
        this.#kept.delete(oldest);
        old.close();
      }
      this.arrived();
    } catch (error) {
      if (!wasCancelled(error)) this.#failed.add(key);
    } finally {
      if (this.#coming.get(key) === request) this.#coming.delete(key);
      this.#next();
    }
  }
}

const keyOf = (at, level) => `${level}/${Math.floor(at / stepOf(level) / CELLS)}`;

/** The level itself, then finer and coarser ones, the nearest first. */
function near(level) {
  const levels = [level];
  for (let d = 1; d <= TOP; d++) levels.push(level + d, level - d);
  return levels.filter((candidate) => candidate >= 0 && candidate <= TOP);
}

/** The level at which a stretch has about so many cells. */
export const levelOfStretch = (from, until, cells = 64) => levelFor((until - from) / cells);
