// The player's keys, in one list: it is what works and what `?` shows.
import { h } from "../core/html.js";
import { openDialog } from "../parts/dialog.js";

/** @param act what each of these names does. */
export const keys = [
  [[" "], "Space", "Play, pause", "toggle"],
  [["ArrowLeft", ","], "← ,", "One frame back", "stepBack"],
  [["ArrowRight", "."], "→ .", "One frame on", "stepOn"],
  [["Shift+ArrowLeft"], "Shift ←", "Ten frames back", "jumpBack"],
  [["Shift+ArrowRight"], "Shift →", "Ten frames on", "jumpOn"],
  [["ArrowUp"], "↑", "Faster", "faster"],
  [["ArrowDown"], "↓", "Slower", "slower"],
  [["j"], "J", "Play backwards, again for faster", "backwards"],
  [["k"], "K", "Stop", "stop"],
  [["l"], "L", "Play forwards, again for faster", "forwards"],
  [["Home"], "Home", "First frame", "first"],
  [["End"], "End", "Last frame", "last"],
  [["i"], "I", "In point here", "inPoint"],
  [["o"], "O", "Out point here", "outPoint"],
  [["u"], "U", "No in and out points", "noPoints"],
  [["r"], "R", "Loop, or hold at the end", "loop"],
  [["c"], "C", "Compare with this instant", "compare"],
  [["+", "="], "+", "Closer", "zoomIn"],
  [["-"], "−", "Further", "zoomOut"],
  [["0"], "0", "The whole picture", "zoomReset"],
  [["w"], "W A S D", "Move in a picture that is zoomed into", "panUp"],
  [["a"], null, null, "panLeft"],
  [["s"], null, null, "panDown"],
  [["d"], null, null, "panRight"],
  [["f"], "F", "Full screen", "full"],
  [["x"], "X", "Leave out of exports, or take in again", "exclude"],
  [["p"], "P", "Pin, or pin no longer", "pin"],
  [["n"], "N", "Write a note", "note"],
  [["g"], "G", "Get this frame as a file", "download"],
  [["?"], "?", "These keys", "help"],
];

const byKey = new Map(keys.flatMap(([pressed, , , name]) => pressed.map((key) => [key, name])));

export function takeKeys(act, signal) {
  addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
      const { target } = event;
      if (target.matches("input:not([type=range]), textarea, select")) return;
      if (event.key === " " && target.matches("button, a, summary")) return;
      if (target.matches(".wipe")) return;
      const named =
        event.shiftKey && event.key.startsWith("Arrow")
          ? `Shift+${event.key}`
          : event.key.length === 1
            ? event.key.toLowerCase()
            : event.key;
      const name = byKey.get(named);
      if (!name || !act[name]) return;
      event.preventDefault();
      act[name]();
    },
    { signal },
  );
}

export function showKeys(signal) {
  return openDialog(
    "Keys",
    () =>
      h(
        "dl",
        { class: "dialog-body keys" },
        keys
          .filter(([, shown]) => shown)
          .map(([, shown, text]) => [
            h(
              "dt",
              {},
              shown.split(" ").map((key) => h("kbd", {}, key)),
            ),
            h("dd", {}, text),
          ]),
      ),
    { signal },
  );
}
