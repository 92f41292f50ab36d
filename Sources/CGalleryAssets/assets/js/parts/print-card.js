// A print as the Prints page has it.
import { change } from "../core/api.js";
import { fill, h, set, setText } from "../core/html.js";
import { icon } from "../core/icons.js";
import { counted, sizeText } from "../core/numbers.js";
import { href } from "../core/router.js";
import { mayChange } from "../core/session.js";
import { lengthText, now, timeElement } from "../core/times.js";
import { confirmDialog, textDialog } from "./dialog.js";
import { moving } from "./moving.js";
import { LivePicture } from "./picture.js";
import { toast, toastProblem } from "./toast.js";

const ends = {
  printing: "Printing",
  paused: "Paused",
  finished: "Finished",
  cancelled: "Cancelled",
  failed: "Failed",
  ended: "Ended",
};

/**
 * @param signal ends the card.
 * @param pageLeaves ends the page: a dialog stays when the cards behind it are drawn anew.
 */
export function printCard(print, signal, pageLeaves) {
  const name = print.name ?? `Print ${print.id}`;
  const from = Date.parse(print.first_captured_at ?? print.started_at);
  const until = Date.parse(print.last_captured_at ?? print.ended_at ?? print.started_at);
  const picture = new LivePicture("", signal);
  if (print.poster) picture.show(print.poster);
  else {
    picture.element.classList.add("none");
    picture.element.dataset.why = "No picture yet";
  }
  const film = moving(picture.element, { camera: print.camera, from, until, signal });
  const length = h("span", { class: "age" });
  const state = h("span", { class: "pill" });
  const counts = h("span", { class: "faint" });
  const marks = h("ul", { class: "marks" });
  const tools = h("div", { class: "print-tools" });
  const element = h(
    "article",
    { class: "print", "aria-label": name, data: { print: print.id } },
    h(
      "a",
      { class: "print-picture", href: href("play", null, { print: print.id }), "aria-label": `Play ${name}` },
      film.element,
      length,
    ),
    h(
      "div",
      { class: "print-text" },
      h("h2", {}, h("a", { href: href("play", null, { print: print.id }) }, name)),
      h("p", { class: "faint small" }, print.camera, " · ", timeElement(print.started_at)),
      h("p", { class: "small" }, state, " ", counts),
      marks,
      tools,
    ),
  );
  element.addEventListener("pointerenter", film.begin);
  element.addEventListener("pointerleave", film.end);
  element.addEventListener("focusin", film.begin);
  element.addEventListener("focusout", film.end);

  function show() {
    setText(length, lengthText((print.ended_at ? Date.parse(print.ended_at) : now()) - Date.parse(print.started_at)));
    setText(state, ends[print.state] ?? print.state);
    set(state, { class: ["failed", "cancelled"].includes(print.state) ? "pill bad" : "pill" });
    setText(counts, `${counted(print.frames, "frame")}, ${sizeText(print.bytes)}`);
    fill(
      marks,
      print.excluded && h("li", { class: "pill" }, icon("exclude"), "Left out of exports"),
      print.pinned && h("li", { class: "pill" }, icon("pin"), "Pinned"),
      print.note && h("li", { class: "note-text" }, print.note),
    );
    const button = (kind, text, click, pressed) =>
      h(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": `${text}: ${name}`,
          title: text,
          "aria-pressed": pressed ?? null,
          on: { click },
        },
        icon(kind),
      );
    fill(
      tools,
      mayChange() && [
        button(
          "pin",
          "Never prune it",
          () => mark({ pinned: !print.pinned }, print.pinned ? "Pinned no longer" : "Pinned"),
          String(print.pinned),
        ),
        button("exclude", "Leave it out of exports", () => exclude(), String(print.excluded)),
        button("note", "Write a note", () => note()),
      ],
      button("film", "Make a timelapse", () =>
        import("./make-timelapse.js").then(({ makeTimelapse }) => makeTimelapse({ print: print.id }, { signal: pageLeaves })),
      ),
    );
    set(element, { class: print.excluded ? "print excluded" : "print" });
  }

  async function mark(values, text) {
    const before = Object.fromEntries(Object.keys(values).map((key) => [key, print[key]]));
    try {
      const report = await change("POST", "marks", { print: print.id, ...values });
      Object.assign(print, values);
      show();
      toast(text, { undo: () => undo(before, report) });
    } catch (error) {
      toastProblem(error);
    }
  }

  /** The print is as it was, and so are its frames: the server knows which ones it changed. */
  async function undo(before, report) {
    try {
      await change("POST", "marks/undo", { undo: report.undo });
      Object.assign(print, before);
      show();
    } catch (error) {
      toastProblem(error);
    }
  }

  async function exclude() {
    if (
      !print.excluded &&
      !(await confirmDialog(
        "Leave this print out of exports?",
        `All ${counted(print.frames, "frame")} of “${name}”, and those it may yet get. They stay in the archive.`,
        "Leave it out",
      ))
    )
      return;
    mark({ excluded: !print.excluded }, print.excluded ? "Taken into exports again" : "Left out of exports");
  }

  async function note() {
    const text = await textDialog(
      "Note",
      `A line about “${name}”. Prints with a note are never pruned.`,
      print.note ?? "",
    );
    if (text !== null) mark({ note: text || null }, text ? "Noted" : "Note removed");
  }

  show();
  return {
    element,
    /** The same print, which has gone on. */
    update(told) {
      Object.assign(print, told);
      if (print.poster) picture.show(print.poster);
      show();
    },
  };
}
