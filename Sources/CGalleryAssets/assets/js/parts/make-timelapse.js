// Makes a timelapse: the options of `export` that people use, what would come out while they are changed, and the very same
// command to copy.
import { change, get, wasCancelled } from "../core/api.js";
import { fill, h, settled, setText } from "../core/html.js";
import { icon } from "../core/icons.js";
import { counted, sizeText } from "../core/numbers.js";
import { go } from "../core/router.js";
import { mayChange } from "../core/session.js";
import { lengthText, shortText } from "../core/times.js";
import { openDialog } from "./dialog.js";
import { toast, toastProblem } from "./toast.js";

const presets = [
  ["", "Nothing special"],
  ["web", "A web page (1080p, poster)"],
  ["discord", "Discord (10 MB at most)"],
  ["4k", "A large screen (4K)"],
  ["loop", "A short loop"],
];
const formats = [
  ["mp4", "MP4, plays everywhere"],
  ["webm", "WebM"],
  ["gif", "GIF"],
  ["webp", "WebP"],
  ["mkv", "MKV"],
];

/** @param what `print`, or `camera` with `since` and `until`; and options where it is made again. */
export function makeTimelapse(what, { signal = null } = {}) {
  return openDialog(
    "Make a timelapse",
    ({ close, signal: leaving }) => {
      const wanted = {
        format: "mp4",
        pace: "length",
        duration: 20,
        fps: 30,
        real_time: 60,
        squeeze: 10,
        hold_last: 2,
        steady: false,
        deflicker: false,
        clock: false,
        progress: false,
        title: "",
        for: "",
        ...paceOf(what),
        ...what,
      };
      const plan = h("div", { class: "plan", role: "status" });
      const command = h("code", { class: "command" });
      const make = h("button", { type: "submit", class: "primary", disabled: true }, "Make it");
      const form = h(
        "form",
        { class: "dialog-body make", on: { submit, input: changed, change: changed } },
        fieldset(
          "Pace",
          h(
            "div",
            { class: "choices one" },
            radio("pace", "length", "Length", number("duration", 1, 36_000, "s")),
            radio("pace", "fps", "Frames a second", number("fps", 0.1, 240, "")),
            radio(
              "pace",
              "real",
              "Times real time",
              number("real_time", 1, 1_000_000, "×"),
              h("span", {}, "gaps at most"),
              number("squeeze", 0, 3600, "s"),
            ),
          ),
        ),
        fieldset(
          "Looks",
          h(
            "div",
            { class: "choices" },
            check("steady", "Steady: the part grows by itself, the head stands still"),
            check("deflicker", "Level the light"),
            check("clock", "Clock in the picture"),
            check("progress", "Progress of the print"),
          ),
          h(
            "label",
            { class: "wide" },
            "Title",
            h("input", { type: "text", name: "title", maxlength: 200, prop: { value: wanted.title } }),
          ),
          h("div", { class: "choice" }, "Hold the last frame", number("hold_last", 0, 600, "s")),
        ),
        fieldset(
          "File",
          h("div", { class: "columns" }, select("for", "For", presets), select("format", "Format", formats)),
        ),
        plan,
        h(
          "div",
          { class: "command-row" },
          command,
          h(
            "button",
            {
              type: "button",
              class: "icon-button",
              "aria-label": "Copy this command",
              title: "Copy",
              on: { click: copy },
            },
            icon("copy"),
          ),
        ),
        h(
          "div",
          { class: "dialog-end" },
          h("button", { type: "button", class: "quiet", on: { click: () => close() } }, "Close"),
          mayChange() && make,
        ),
        !mayChange() &&
          h(
            "p",
            { class: "faint small" },
            "This page only shows: the command does it, or “printlapse serve --allow-changes”.",
          ),
      );

      let request = null;
      const planSoon = settled(250, ask);
      leaving.addEventListener("abort", () => request?.abort());
      ask();
      return form;

      function changed(event) {
        const { name, type, checked, value } = event.target;
        if (!name) return;
        wanted[name] = type === "checkbox" ? checked : type === "number" ? Number(value) : value;
        // A pace whose number is changed is the one that is meant.
        const pace = { duration: "length", fps: "fps", real_time: "real", squeeze: "real" }[name];
        if (pace && event.type === "input") {
          wanted.pace = pace;
          form.querySelector(`[name=pace][value=${pace}]`).checked = true;
        }
        planSoon();
      }

      async function ask() {
        request?.abort();
        request = new AbortController();
        plan.setAttribute("aria-busy", "true");
        try {
          // What is known at once, and then how large it becomes, for which a part is encoded.
          const { signal } = request;
          showPlan({ ...(await get("timelapses/plan", options(), signal)), estimated_bytes: undefined });
          make.disabled = false;
          showPlan(await get("timelapses/plan", { ...options(), try_size: true }, signal));
        } catch (error) {
          if (wasCancelled(error)) return;
          make.disabled = true;
          fill(plan, h("p", { class: "warn" }, error.message, error.hint && ` ${error.hint}`));
        }
        plan.setAttribute("aria-busy", "false");
      }

      function options() {
        const chosen = {
          ...what,
          format: wanted.format,
          for: wanted.for,
          title: wanted.title.trim(),
          steady: wanted.steady,
          deflicker: wanted.deflicker,
          clock: wanted.clock,
          progress: wanted.progress,
          hold_last: wanted.hold_last,
        };
        for (const key of ["duration", "fps", "real_time", "squeeze"]) delete chosen[key];
        if (wanted.pace === "length") chosen.duration = wanted.duration;
        if (wanted.pace === "fps") chosen.fps = wanted.fps;
        if (wanted.pace === "real") Object.assign(chosen, { real_time: wanted.real_time, squeeze: wanted.squeeze });
        return Object.fromEntries(
          Object.entries(chosen).filter(
            ([, value]) => value !== "" && value !== false && value !== null && value !== undefined && value !== 0,
          ),
        );
      }

      function showPlan({
        frames,
        first,
        last,
        duration,
        width,
        height,
        estimated_bytes: bytes,
        left_out: left,
        frames_per_second: rate,
        command: text,
      }) {
        const out = Object.entries(left ?? {})
          .filter(([, count]) => count > 0)
          .map(([why, count]) => `${count} ${why === "thinned" ? "between those taken" : why}`);
        fill(
          plan,
          h(
            "dl",
            { class: "plan-numbers" },
            item("Frames", counted(frames, "frame")),
            item("Length", duration === null ? "–" : lengthText(duration * 1000)),
            item("Size", bytes === undefined ? "being tried…" : bytes === null ? "–" : `about ${sizeText(bytes)}`),
            item("Picture", width ? `${width} × ${height}` : "–"),
            rate && item("Rate", `${Number(rate.toFixed(2))} a second`),
          ),
          h(
            "p",
            { class: "faint small" },
            `${shortText(Date.parse(first.captured_at))} to ${shortText(Date.parse(last.captured_at))}`,
            out.length > 0 && `; left out: ${out.join(", ")}`,
          ),
        );
        setText(command, text);
      }

      async function submit(event) {
        event.preventDefault();
        make.disabled = true;
        // How large it becomes is seen soon enough.
        request?.abort();
        try {
          await change("POST", "timelapses", options());
          close(true);
          toast("It is being made; it appears under Timelapses.");
          if (location.hash.startsWith("#/timelapses")) dispatchEvent(new Event("timelapses-changed"));
          else go("timelapses");
        } catch (error) {
          toastProblem(error);
          ask();
        }
      }

      async function copy() {
        await navigator.clipboard?.writeText(command.textContent).then(
          () => toast("Copied."),
          () => toast("Copying is not allowed here; select the text."),
        );
      }

      function number(name, least, most, unit) {
        return h(
          "span",
          { class: "number" },
          h("input", {
            type: "number",
            name,
            min: least,
            max: most,
            step: "any",
            "aria-label": {
              duration: "Length in seconds",
              fps: "Frames a second",
              real_time: "Times real time",
              squeeze: "Longest gap in seconds",
              hold_last: "Hold the last frame, seconds",
            }[name],
            prop: { value: wanted[name] },
          }),
          unit,
        );
      }
      function radio(name, value, text, ...rest) {
        return h(
          "div",
          { class: "choice" },
          h("label", {}, h("input", { type: "radio", name, value, checked: wanted[name] === value }), text),
          rest,
        );
      }
      function check(name, text) {
        return h(
          "label",
          { class: "choice" },
          h("input", { type: "checkbox", name, checked: wanted[name] === true }),
          text,
        );
      }
      function select(name, text, list) {
        return h(
          "label",
          {},
          text,
          h(
            "select",
            { name },
            list.map(([value, label]) => h("option", { value, selected: wanted[name] === value }, label)),
          ),
        );
      }
    },
    { className: "make-dialog", signal },
  );
}

const fieldset = (legend, ...children) => h("fieldset", {}, h("legend", {}, legend), children);
const item = (name, value) => h("div", {}, h("dt", {}, name), h("dd", {}, value));
const paceOf = (what) => (what.real_time ? { pace: "real" } : what.fps ? { pace: "fps" } : { pace: "length" });
