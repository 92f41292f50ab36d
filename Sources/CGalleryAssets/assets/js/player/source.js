// What the stage draws: the whole frame where it is here, else its small picture from a sheet.
import { settled } from "../core/html.js";
import { levelFor } from "../core/levels.js";
import { levelOfStretch, Sheets } from "../core/sheets.js";
import { Pictures } from "./pictures.js";

const AHEAD = 12;

/** All of it in so many small pictures is kept here: a scrub that flies over it asks for nothing. */
const OVERVIEW = 192;

/** Finer sheets are fetched where a scrub goes slower than from one to the next in this time. */
const SLOW_MS = 70;

export class Source {
  #level = 0;

  constructor(reel, { changed, signal }) {
    this.reel = reel;
    this.changed = changed;
    this.pictures = new Pictures({ arrived: changed, signal });
    this.sheets = new Sheets(reel.camera, { arrived: changed, signal });
    this.overview = new Sheets(reel.camera, { arrived: changed, signal });
    this.fetchSheets = settled(SLOW_MS, (wanted) => signal.aborted || this.sheets.want(wanted));
  }

  get size() {
    return this.reel.size ?? { width: 16, height: 9 };
  }
  get count() {
    return this.reel.count;
  }
  frame(place) {
    return this.reel.ids[place];
  }
  time(place) {
    return this.reel.times[place];
  }

  draw(context, place, box) {
    const picture = this.pictures.of(this.frame(place), this.width);
    if (picture) {
      context.imageSmoothingEnabled = box.width < picture.width * 3;
      // One of another shape, from before its camera was turned, keeps it; roundings of small ones are none.
      const isSame = Math.abs((picture.width * box.height) / (picture.height * box.width) - 1) < 0.03;
      const fit = Math.min(box.width / picture.width, box.height / picture.height);
      const [width, height] = isSame ? [box.width, box.height] : [picture.width * fit, picture.height * fit];
      context.drawImage(picture, box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height);
      return true;
    }
    const at = this.time(place);
    const isExact = this.sheets.has(at, this.#level) && this.sheets.draw(context, at, this.#level, box);
    if (!isExact && !this.overview.draw(context, at, this.#level, box)) this.sheets.draw(context, at, this.#level, box);
    return false;
  }

  /** Sees to it that what is shown, and what comes next, is here. */
  want(places, width) {
    this.width = width;
    this.pictures.want(
      [...new Set(places)].slice(0, AHEAD).map((place) => this.frame(place)),
      width,
    );
  }

  /** Fetches the overview, once it is known what there is. */
  look() {
    const { times, count } = this.reel;
    if (count < 2) return;
    const [from, until] = [times[0], times[count - 1] + 1];
    this.overview.wantRange(from, until, levelOfStretch(from, until, OVERVIEW));
  }

  /** While somebody scrubs: sheets around the place, no finer than the bar can tell apart. */
  scrub(place, pixels) {
    const step = this.reel.timePerStep(place, pixels);
    const at = this.time(place);
    this.#level = levelFor(step);
    this.pictures.want([]);
    this.fetchSheets([0, 64, -64].map((steps) => ({ at: at + steps * step, level: this.#level })));
  }

  notes(place) {
    const { marks } = this.reel;
    const notes = [];
    if (marks.suspect.has(place)) notes.push(["bad", "Suspect: it may not be what the camera saw"]);
    if (marks.damaged.has(place)) notes.push(["bad", "Damaged at rest"]);
    if (this.pictures.broken.has(this.frame(place))) notes.push(["bad", this.pictures.broken.get(this.frame(place))]);
    if (marks.excluded.has(place)) notes.push(["", "Left out of exports"]);
    if (marks.pinned.has(place)) notes.push(["", "Pinned"]);
    if (marks.noted.has(place)) notes.push(["", "Has a note"]);
    return notes;
  }
}
