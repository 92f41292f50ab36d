// Which stretch of time is shown, and where its instants lie. A pure value, but for what moves it.
import { clamp } from "../core/numbers.js";

export const SHORTEST = 60_000;
export const LONGEST = 6 * 366 * 86_400_000;

export class TimeScale {
  constructor(from, until, width = 1000) {
    Object.assign(this, { from, until, width });
  }

  get length() {
    return this.until - this.from;
  }
  get perPixel() {
    return this.length / this.width;
  }
  x(instant) {
    return (instant - this.from) / this.perPixel;
  }
  instant(x) {
    return this.from + x * this.perPixel;
  }

  move(milliseconds) {
    this.from += milliseconds;
    this.until += milliseconds;
  }

  /** Shows more (factor above 1) or less around an instant, which stays where it is. */
  zoom(factor, around = (this.from + this.until) / 2) {
    const length = clamp(this.length * factor, SHORTEST, LONGEST);
    const share = (around - this.from) / this.length;
    this.from = around - share * length;
    this.until = this.from + length;
  }

  show(from, until) {
    const length = clamp(until - from, SHORTEST, LONGEST);
    const middle = (from + until) / 2;
    [this.from, this.until] = [middle - length / 2, middle + length / 2];
  }

  /** Moves as little as need be for an instant to be in sight. */
  reveal(instant) {
    const margin = this.length * 0.05;
    if (instant < this.from + margin) this.move(instant - margin - this.from);
    else if (instant > this.until - margin) this.move(instant + margin - this.until);
  }
}
