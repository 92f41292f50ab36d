// Where playing is, and where it will be: a pure value that is told how much time went by.

/** In real time a gap lasts no longer than this. */
const SQUEEZED_MS = 700;

export const speeds = {
  "Frames a second": [1, 2, 5, 10, 15, 24, 30, 60].map((fps) => ({ value: `${fps}fps`, text: `${fps} frames/s` })),
  "Times real time": [1, 10, 60, 300, 1000, 3000].map((times) => ({ value: `${times}x`, text: `${times} ×` })),
};

export class Playback {
  place = 0;
  direction = 1;
  isPlaying = false;
  isLooping = false;
  inPoint = null;
  outPoint = null;
  #left = 0;

  constructor(reel, speed = "15fps") {
    this.reel = reel;
    this.setSpeed(speed);
  }

  setSpeed(text) {
    const [, amount, unit] = /^(\d+(?:\.\d+)?)(fps|x)$/.exec(text) ?? [null, "15", "fps"];
    Object.assign(this, { speed: `${amount}${unit}`, amount: Math.max(0.1, Number(amount)), isRealTime: unit === "x" });
  }

  get first() {
    return this.inPoint ?? 0;
  }
  get last() {
    return Math.max(this.first, Math.min(this.outPoint ?? Infinity, this.reel.count - 1));
  }

  play(direction = 1) {
    this.direction = direction;
    // At the end already, playing means once more.
    if (direction > 0 ? this.place >= this.last : this.place <= this.first)
      this.place = direction > 0 ? this.first : this.last;
    [this.isPlaying, this.#left] = [true, 0];
  }

  pause() {
    [this.isPlaying, this.#left] = [false, 0];
  }

  go(place) {
    this.place = Math.min(Math.max(0, Math.round(place)), Math.max(0, this.reel.count - 1));
    this.#left = 0;
  }

  /** How long a frame is shown, in ms. */
  hold(place) {
    if (!this.isRealTime) return 1000 / this.amount;
    const next = place + this.direction;
    const { times } = this.reel;
    if (next < 0 || next >= times.length) return SQUEEZED_MS;
    return Math.min(Math.abs(times[next] - times[place]) / this.amount, SQUEEZED_MS);
  }

  /** Says whether another frame is due. At the end it holds, or begins again. */
  advance(milliseconds) {
    if (!this.isPlaying) return false;
    const before = this.place;
    // A page that slept, or a slow machine, does not race afterwards.
    this.#left += Math.min(milliseconds, 500);
    for (let hold = this.hold(this.place); this.#left >= hold; hold = this.hold(this.place)) {
      this.#left -= hold;
      const next = this.place + this.direction;
      if (next > this.last || next < this.first) {
        if (!this.isLooping) {
          this.pause();
          break;
        }
        this.place = this.direction > 0 ? this.first : this.last;
      } else {
        this.place = next;
      }
    }
    return this.place !== before;
  }

  /** The places to come, the next one first. */
  ahead(count) {
    const places = [];
    const stride = this.isPlaying ? Math.max(1, Math.round(1000 / 40 / Math.max(1, this.hold(this.place)))) : 1;
    for (let i = 0, place = this.place; i < count; i++) {
      places.push(place);
      place += this.direction * stride;
      if (place > this.last || place < this.first) {
        if (!this.isLooping) break;
        place = this.direction > 0 ? this.first : this.last;
      }
    }
    return places;
  }
}
