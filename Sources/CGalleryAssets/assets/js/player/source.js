// What the stage draws: the whole frame where it is here, else its small picture from a sheet.
import { levelFor } from "../core/levels.js";
import { Sheets } from "../core/sheets.js";
import { Pictures } from "./pictures.js";

const AHEAD = 12;

export class Source {
  #level = 0;

  constructor(reel, { changed, signal }) {
    this.reel = reel;
    this.changed = changed;
    this.pictures = new Pictures({ arrived: changed, signal });
    this.sheets = new Sheets(reel.camera, { arrived: changed, signal });
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
      context.drawImage(picture, box.x, box.y, box.width, box.height);
      return true;
    }
    if (!this.sheets.draw(context, this.time(place), this.#level, box.x, box.y, box.width, box.height) && this.last) {
      context.drawImage(this.last, box.x, box.y, box.width, box.height);
    }
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

  /** While somebody scrubs: sheets around the place, no finer than the bar can tell apart. */
  scrub(place, pixels) {
    this.#level = levelFor(this.reel.timePerStep(place, pixels));
    const at = this.time(place);
    const step = this.reel.timePerStep(place, pixels) * 64;
    this.pictures.want([], null);
    this.sheets.want([
      { at, level: this.#level },
      { at: at + step, level: this.#level },
      { at: at - step, level: this.#level },
    ]);
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
