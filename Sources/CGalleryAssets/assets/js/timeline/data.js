// What the timeline is drawn of, fetched for a stretch somewhat longer than is seen, in cells of the server's grid. Until an
// answer is there, the one before is drawn: panning and zooming never wait.
import { get, ofCamera, wasCancelled } from "../core/api.js";
import { levelFor, stepOf } from "../core/levels.js";
import { stamp } from "../core/times.js";

/** Of more prints than that the newest are drawn: closer there are fewer. */
const MOST_PRINTS = 1000;

export class TimelineData {
  ledger = null;
  curves = null;
  prints = [];
  hasMorePrints = false;
  #request = null;
  #asked = null;

  constructor(camera, { changed, failed, signal }) {
    Object.assign(this, { camera, changed, failed });
    signal.addEventListener("abort", () => this.#request?.abort());
  }

  /** Sees to it that there is what this scale shows. */
  want(scale, { again = false } = {}) {
    const level = levelFor(scale.perPixel * 2);
    const covered =
      this.#asked && this.#asked.level === level && this.#asked.from <= scale.from && this.#asked.until >= scale.until;
    if (covered && !again) return;
    const [margin, step] = [scale.length * 0.4, stepOf(level)];
    const from = Math.max(0, Math.floor((scale.from - margin) / step) * step);
    const until = Math.ceil((scale.until + margin) / step) * step;
    this.#asked = { level, from, until };
    this.#fetch(level, from, until);
  }

  async #fetch(level, from, until) {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    const stretch = { level, from: stamp(from), until: stamp(until) };
    const part = async (path, query, take) => {
      take(await get(path, query, request.signal));
      this.changed();
    };
    try {
      await Promise.all([
        part(ofCamera(this.camera, "timeline"), stretch, (answer) => {
          this.ledger = timed(answer);
        }),
        part(ofCamera(this.camera, "curves"), stretch, (answer) => {
          this.curves = timed(answer);
        }),
        part(
          "prints",
          { camera: this.camera, since: stamp(from), until: stamp(until), limit: MOST_PRINTS, posters: false },
          (answer) => {
            this.hasMorePrints = answer.next !== null;
            this.prints = answer.items.map((print) => ({
              ...print,
              from: Date.parse(print.started_at),
              until: print.ended_at ? Date.parse(print.ended_at) : Date.now(),
            }));
          },
        ),
      ]);
    } catch (error) {
      if (wasCancelled(error)) return;
      this.#asked = null;
      this.failed(error);
    }
  }

  /** The shares of the outcomes within a stretch, the greatest first: `[name, share]`. */
  shares(from, until) {
    if (!this.ledger) return [];
    const { outcomes, shares, start, step } = this.ledger;
    const first = Math.max(0, Math.floor((from - start) / step));
    const last = Math.min(this.ledger.cells, Math.ceil((until - start) / step));
    const sums = shares.map((cells) => cells.slice(first, last).reduce((sum, share) => sum + share, 0));
    const total = sums.reduce((sum, share) => sum + share, 0);
    return total === 0
      ? []
      : outcomes
          .map((name, i) => [name, sums[i] / total])
          .filter(([, share]) => share > 0)
          .sort((a, b) => b[1] - a[1]);
  }

  printAt(instant) {
    return this.prints.find((print) => print.from <= instant && instant < print.until);
  }
}

const timed = (answer) => ({ ...answer, start: Date.parse(answer.from), step: answer.step_ms });
