// The buttons below the picture.
import { fill, h } from "../core/html.js";
import { icon } from "../core/icons.js";
import { speeds } from "./playback.js";

const button = (name, text, key, click, extra = {}) =>
  h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": text,
      title: key ? `${text} (${key})` : text,
      on: { click },
      ...extra,
    },
    icon(name),
  );

export class Deck {
  constructor(act, playback, { mayChange }) {
    this.playback = playback;
    this.play = button("play", "Play", "Space", act.toggle, { class: "icon-button play" });
    this.reverse = button("back", "Play backwards", "J", act.backwards);
    this.loop = button("loop", "Loop", "R", act.loop, { "aria-pressed": "false" });
    this.speed = h(
      "select",
      {
        "aria-label": "Speed",
        class: "speed",
        on: {
          change: (event) => {
            act.speed(event.target.value);
            event.target.blur();
          },
        },
      },
      Object.entries(speeds).map(([label, list]) =>
        h(
          "optgroup",
          { label },
          list.map(({ value, text }) => h("option", { value, selected: value === playback.speed }, text)),
        ),
      ),
    );
    this.stretch = h("span", { class: "stretch", role: "status" });
    this.element = h(
      "div",
      { class: "deck" },
      h(
        "div",
        { class: "deck-group transport" },
        button("first", "First frame", "Home", act.first),
        button("stepBack", "One frame back", "←", act.stepBack),
        this.reverse,
        this.play,
        button("stepOn", "One frame on", "→", act.stepOn),
        button("last", "Last frame", "End", act.last),
      ),
      h("div", { class: "deck-group" }, this.speed, this.loop),
      h(
        "div",
        { class: "deck-group" },
        button("inPoint", "In point here", "I", act.inPoint),
        button("outPoint", "Out point here", "O", act.outPoint),
        this.stretch,
        h("button", { type: "button", class: "button", on: { click: act.make } }, icon("film"), "Make a timelapse"),
      ),
      h(
        "div",
        { class: "deck-group deck-end" },
        button("compare", "Compare with this instant", "C", act.compare),
        button("zoomIn", "Closer", "+", act.zoomIn),
        button("zoomOut", "Further", "−", act.zoomOut),
        mayChange && [
          button("exclude", "Leave out of exports", "X", act.exclude),
          button("pin", "Pin", "P", act.pin),
          button("note", "Write a note", "N", act.note),
        ],
        button("when", "When did it happen?", "", act.when),
        button("download", "Download this frame", "G", act.download),
        button("link", "Copy a link to this instant", "", act.link),
        button("full", "Full screen", "F", act.full),
        button("help", "Keys", "?", act.help),
      ),
    );
  }

  show() {
    const { isPlaying, direction, isLooping, speed } = this.playback;
    const isForward = isPlaying && direction > 0;
    if (this.shown !== isForward) {
      this.shown = isForward;
      fill(this.play, icon(isForward ? "pause" : "play"));
      this.play.setAttribute("aria-label", isForward ? "Pause" : "Play");
    }
    this.reverse.setAttribute("aria-pressed", String(isPlaying && direction < 0));
    this.loop.setAttribute("aria-pressed", String(isLooping));
    if (this.speed.value !== speed) this.speed.value = speed;
  }
}
