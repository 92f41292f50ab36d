// Marks on frames, from the player: left out of exports, pinned, noted; each can be taken back.
import { change, get } from "../core/api.js";
import { say } from "../core/html.js";
import { counted } from "../core/numbers.js";
import { mayChange } from "../core/session.js";
import { textDialog } from "../parts/dialog.js";
import { toast, toastProblem } from "../parts/toast.js";

/** @param redraw is called when marks changed. */
export function marker(reel, playback, redraw) {
  /** The frames meant: those between the in and out points where there are both, else the one that is seen. */
  const stretch = () => {
    const { inPoint, outPoint, place } = playback;
    return inPoint !== null && outPoint !== null && place >= inPoint && place <= outPoint
      ? [inPoint, outPoint]
      : [place, place];
  };
  const numbers = (first, last) => {
    const ids = reel.ids.slice(first, last + 1).sort((a, b) => a - b);
    const ranges = [];
    for (const id of ids) {
      const range = ranges.at(-1);
      if (range && range[1] === id - 1) range[1] = id;
      else ranges.push([id, id]);
    }
    return ranges;
  };

  async function toggle(kind, words) {
    if (!mayChange()) return refuse();
    const [first, last] = stretch();
    const isOn = !reel.marks[kind].has(playback.place);
    try {
      const report = await change("POST", "marks", { frames: numbers(first, last), [kind]: isOn });
      reel.set(kind, first, last, isOn);
      redraw();
      const text = `${counted(report.frames, "frame")} ${isOn ? words[0] : words[1]}`;
      say(text);
      toast(text, { undo: () => takeBack(report, kind, !isOn) });
    } catch (error) {
      toastProblem(error);
    }
  }

  /** Only what was changed is changed back. */
  async function takeBack(report, kind, isOn) {
    try {
      await change("POST", "marks/undo", { undo: report.undo });
      for (const [first, last] of report.changed_frames) {
        for (let place = 0; place < reel.count; place++)
          if (reel.ids[place] >= first && reel.ids[place] <= last) reel.set(kind, place, place, isOn);
      }
      redraw();
      say("Taken back");
    } catch (error) {
      toastProblem(error);
    }
  }

  async function note() {
    if (!mayChange()) return refuse();
    const id = reel.ids[playback.place];
    const place = playback.place;
    try {
      const frame = await get(`frames/${id}`);
      const text = await textDialog(
        "Note",
        "A line about this frame. Noted frames are never pruned.",
        frame.note ?? "",
      );
      if (text === null) return;
      const report = await change("POST", "marks", { frames: [[id, id]], note: text || null });
      reel.set("noted", place, place, text !== "");
      redraw();
      toast(text ? "Noted" : "Note removed", {
        undo: () =>
          change("POST", "marks/undo", { undo: report.undo })
            .then(() => {
              reel.set("noted", place, place, frame.note !== null);
              redraw();
            })
            .catch(toastProblem),
      });
    } catch (error) {
      toastProblem(error);
    }
  }

  return {
    exclude: () => toggle("excluded", ["left out of exports", "taken into exports again"]),
    pin: () => toggle("pinned", ["pinned: never pruned", "no longer pinned"]),
    note,
  };
}

function refuse() {
  toast("This page only shows.", { hint: "“printlapse serve --allow-changes” lets it mark, make and delete." });
}
