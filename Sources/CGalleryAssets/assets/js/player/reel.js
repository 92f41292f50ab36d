// The frames that are played: their numbers and times in columns, so that 100,000 of them are small. What each shows comes later.
import { get } from "../core/api.js";

/** More than so many are not held at once. */
export const MOST = 100_000;
const PAGE = 20_000;

export class Reel {
  ids = [];
  times = [];
  marks = { suspect: new Set(), damaged: new Set(), excluded: new Set(), pinned: new Set(), noted: new Set() };
  total = 0;
  isWhole = false;

  /** @param query `camera` or `print`, `since`, `until`: which frames. */
  constructor(query) {
    this.query = query;
  }

  get count() {
    return this.ids.length;
  }

  /** Loads page after page; `arrived` is called after each, so that playing begins with the first. */
  async load(signal, arrived = () => {}) {
    let after = null;
    do {
      const page = await get("reel", { ...this.query, limit: PAGE, after }, signal);
      this.#add(page);
      after = page.next;
      arrived();
    } while (after && this.count < MOST);
    this.isWhole = !after;
    arrived();
  }

  #add(page) {
    this.camera = page.camera;
    this.total = page.total;
    this.size = { width: page.width, height: page.height };
    const start = this.count;
    let [id, time] = [page.first_id ?? 0, page.first_at ? Date.parse(page.first_at) : 0];
    for (let i = 0; i < page.ids.length; i++) {
      id += page.ids[i];
      time += page.times[i];
      this.ids.push(id);
      this.times.push(time);
    }
    for (const [kind, set] of Object.entries(this.marks)) for (const place of page[kind] ?? []) set.add(start + place);
  }

  /** A frame that was captured just now. */
  append(frame) {
    const time = Date.parse(frame.captured_at);
    if (this.count > 0 && time < this.times[this.count - 1]) return false;
    this.ids.push(frame.id);
    this.times.push(time);
    this.total++;
    if (frame.suspect && frame.suspect !== "no_eoi") this.marks.suspect.add(this.count - 1);
    return true;
  }

  /** The place of the frame that was shown at an instant: the newest one by then, or the first. */
  placeOf(instant) {
    let [low, high] = [0, this.count - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.times[middle] <= instant) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  placeOfFrame(id) {
    return this.ids.indexOf(id);
  }

  /** How much time one step of a bar of so many pixels covers around a place: it decides which sheets are fine enough. */
  timePerStep(place, pixels) {
    const reach = Math.max(1, Math.ceil(this.count / pixels / 2));
    const [a, b] = [Math.max(0, place - reach), Math.min(this.count - 1, place + reach)];
    return b > a ? (this.times[b] - this.times[a]) / Math.max(1, (b - a) / Math.max(1, this.count / pixels)) : 1000;
  }

  set(kind, first, last, isOn) {
    for (let place = first; place <= last; place++) this.marks[kind][isOn ? "add" : "delete"](place);
  }
}
