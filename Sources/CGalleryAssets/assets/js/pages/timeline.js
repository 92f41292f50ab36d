// The timeline of a camera: what happened when, from five years to a minute.
import { get, ofCamera } from "../core/api.js";
import { drawing, fill, h, paced, settled } from "../core/html.js";
import { icon } from "../core/icons.js";
import { onNews } from "../core/live.js";
import { clamp, percent } from "../core/numbers.js";
import { outcome } from "../core/outcomes.js";
import { go, href, note } from "../core/router.js";
import { addDays, fullText, now, stamp } from "../core/times.js";
import { calendar } from "../parts/calendar.js";
import { cameraSelect, chooseCamera } from "../parts/camera-choice.js";
import { gapList } from "../parts/gap-list.js";
import { toastProblem } from "../parts/toast.js";
import { welcome } from "../parts/welcome.js";
import { TimelineData } from "../timeline/data.js";
import { drawTimeline } from "../timeline/draw.js";
import { takeInput } from "../timeline/input.js";
import { Preview } from "../timeline/preview.js";
import { LONGEST, TimeScale } from "../timeline/scale.js";
import { swatch } from "../timeline/swatch.js";

const HOUR = 3_600_000;

export async function open({ root, name, query, signal, title }) {
  const choice = await chooseCamera(name, signal);
  if (!choice) return void fill(root, welcome());
  const camera = choice.chosen;
  title(`Timeline of ${camera}`);
  const span = await get(ofCamera(camera, "span"), {}, signal);
  const ends = {
    from: span.from ? Date.parse(span.from) : now() - HOUR,
    until: Math.max(span.until ? Date.parse(span.until) : 0, span.from ? 0 : now()),
  };
  const scale = beginning(query, ends);
  let cursor = query.at ? Date.parse(query.at) : Math.min(scale.until, ends.until) - 1;

  const canvas = h("canvas", {
    class: "timeline",
    tabindex: "0",
    role: "slider",
    "aria-label": `Timeline of ${camera}`,
    "aria-orientation": "horizontal",
    "aria-describedby": "timeline-help",
    "aria-valuemin": "0",
    "aria-valuemax": "100",
    "aria-valuenow": "100",
  });
  const preview = new Preview(camera, signal);
  const legend = h("ul", { class: "legend", "aria-label": "What happened in this stretch" });
  const gaps = gapList(camera, {
    chosen: (from, until) => {
      scale.show(from - (until - from), until + (until - from));
      cursor = from;
      moved();
      point(from);
    },
    signal,
  });
  const data = new TimelineData(camera, {
    changed: () => {
      redraw();
      tellLegend();
    },
    failed: toastProblem,
    signal,
  });

  const redraw = drawing(() => !signal.aborted && drawTimeline(canvas, scale, data, { cursor, now: now() }));
  const tellLegend = settled(120, () => {
    if (signal.aborted) return;
    fill(
      legend,
      data
        .shares(scale.from, scale.until)
        .map(([name, share]) =>
          h(
            "li",
            {},
            swatch(name),
            outcome(name).word,
            h(
              "span",
              { class: "faint" },
              share > 0 && share < 0.001 ? " < 0.1 %" : ` ${percent(share, share < 0.1 ? 1 : 0)}`,
            ),
          ),
        ),
      h("li", {}, h("i", { class: "line light" }), "light"),
      h("li", {}, h("i", { class: "line change" }), "change"),
      data.curves?.prediction && h("li", {}, h("i", { class: "line prediction" }), "failure detection"),
    );
  });
  const rest = settled(220, () => {
    if (signal.aborted) return;
    preview.ready(scale.from, scale.until, cursor);
    gaps.show(scale.from, scale.until);
    note("timeline", camera, { from: stamp(scale.from), until: stamp(scale.until) });
  });
  const moved = () => {
    data.want(scale);
    redraw();
    tellLegend();
    rest();
  };
  const point = (instant) => {
    cursor = instant;
    preview.show(instant);
    redraw();
    tellCursor();
  };
  const tellCursor = settled(150, () => {
    canvas.setAttribute("aria-valuenow", String(Math.round(clamp((cursor - scale.from) / scale.length, 0, 1) * 100)));
    canvas.setAttribute("aria-valuetext", fullText(cursor));
  });
  const play = (instant) => go("play", null, { camera, at: stamp(instant) });

  const ranges = [
    ["Hour", HOUR],
    ["Day", 24 * HOUR],
    ["Week", 7 * 24 * HOUR],
    ["Month", 30 * 24 * HOUR],
    ["All", null],
  ];
  const tools = h(
    "div",
    { class: "toolbar timeline-tools" },
    h(
      "div",
      { class: "pair", role: "group", "aria-label": "How much is shown" },
      ranges.map(([text, length]) =>
        h(
          "button",
          {
            type: "button",
            class: "quiet",
            on: {
              click: () => {
                length ? around(scale, cursor, length, ends) : scale.show(ends.from, ends.until);
                moved();
              },
            },
          },
          text,
        ),
      ),
    ),
    tool("zoomIn", "Closer", () => {
      scale.zoom(0.5, cursor);
      moved();
    }),
    tool("zoomOut", "Further", () => {
      scale.zoom(2, cursor);
      moved();
    }),
    h("button", { type: "button", class: "button", on: { click: () => play(cursor) } }, icon("play"), "Play from here"),
    h("a", { class: "button", href: href("when", camera) }, icon("when"), "When did it happen?"),
  );
  const days = calendar(camera, {
    year: new Date(ends.until).getFullYear(),
    signal,
    chosen: (day) => {
      scale.show(day, addDays(day, 1));
      point(day + 12 * HOUR);
      moved();
      canvas.scrollIntoView({ block: "center" });
    },
  });

  fill(
    root,
    h(
      "div",
      { class: "page-head" },
      h("h1", { class: choice.names.length > 1 ? "unseen" : "" }, camera),
      choice.names.length > 1 &&
        cameraSelect(choice, (next) => go("timeline", next, { from: stamp(scale.from), until: stamp(scale.until) })),
      tools,
    ),
    preview.element,
    h("div", { class: "timeline-frame" }, canvas, legend),
    h(
      "p",
      { class: "faint small", id: "timeline-help" },
      "Wheel or pinch to zoom, drag to move, click to play. Keys: arrows, + and −, Page Up and Down, Home, End, Enter.",
    ),
    h("div", { class: "below" }, gaps.element, days.element),
  );

  takeInput(canvas, scale, {
    moved,
    pointed: point,
    left: () => {},
    chosen: play,
    cursor: () => cursor,
    ends: () => ends,
    signal,
  });
  const sized = new ResizeObserver(() => moved());
  sized.observe(canvas);
  signal.addEventListener("abort", () => sized.disconnect());
  addEventListener("theme-changed", redraw, { signal });
  point(cursor);
  moved();
  days.ready.catch((error) => signal.aborted || toastProblem(error));

  const renewed = paced(2000, () => {
    if (!signal.aborted) {
      data.want(scale, { again: true });
      redraw();
    }
  });
  onNews(
    "frame",
    (frame) => {
      if (frame.camera !== camera) return;
      ends.until = Math.max(ends.until, Date.parse(frame.captured_at));
      if (scale.until > now() - HOUR) renewed();
    },
    signal,
  );
  onNews("again", renewed, signal);
}

function beginning({ from, until, at }, ends) {
  const scale = new TimeScale(ends.until - 24 * HOUR, ends.until);
  if (from && until && Date.parse(from) < Date.parse(until)) scale.show(Date.parse(from), Date.parse(until));
  else if (at) around(scale, Date.parse(at), HOUR, ends);
  else {
    const length = Math.min(ends.until - ends.from, 24 * HOUR);
    scale.show(ends.until - length * 1.02, ends.until + length * 0.03);
  }
  return scale;
}

function around(scale, instant, length, ends) {
  const until = Math.min(instant + length / 2, Math.max(ends.until, instant) + length * 0.02);
  scale.show(until - Math.min(length, LONGEST), until);
}

const tool = (name, text, click) =>
  h("button", { type: "button", class: "icon-button", "aria-label": text, title: text, on: { click } }, icon(name));
