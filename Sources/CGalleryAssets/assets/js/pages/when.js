// When did it happen? A box on a picture, and the instants at which what is inside it changed.
import { framePicture, get, lines, ofCamera, wasCancelled } from "../core/api.js";
import { fill, h, setText } from "../core/html.js";
import { icon } from "../core/icons.js";
import { number } from "../core/numbers.js";
import { go, href } from "../core/router.js";
import { addDays, clockText, fullText, now, shortText, stamp, startOfDay, zoneText } from "../core/times.js";
import { cameraSelect, chooseCamera } from "../parts/camera-choice.js";
import { regionPicker } from "../parts/region.js";
import { welcome } from "../parts/welcome.js";
import { whenCurve } from "../parts/when-curve.js";

export async function open({ root, name, query, signal, title }) {
  const choice = await chooseCamera(name, signal);
  if (!choice) return void fill(root, welcome());
  const camera = choice.chosen;
  title(`When did it happen? ${camera}`);
  const span = await get(ofCamera(camera, "span"), {}, signal);
  const end = span.until ? Date.parse(span.until) : now();
  let stretch =
    query.since && query.until
      ? { since: Date.parse(query.since), until: Date.parse(query.until) }
      : { since: Math.max(Date.parse(span.from ?? stamp(end - 1)), end - 86_400_000), until: end + 1 };
  const frame = query.frame
    ? await get(`frames/${encodeURIComponent(query.frame)}`, {}, signal)
    : await get(ofCamera(camera, "at"), { at: stamp(stretch.until - 1) }, signal).catch(() => null);

  let region = null;
  let asking = null;
  const picker = regionPicker({
    changed: (next) => {
      region = next;
      ask.disabled = !next;
      showCommand();
    },
    signal,
  });
  const ask = h(
    "button",
    { type: "button", class: "primary", disabled: true, on: { click: () => (asking ? asking.abort() : question()) } },
    "When did it happen?",
  );
  const command = h("code", { hidden: true });
  const progress = h("progress", { max: 1, value: 0, "aria-label": "How far the search is", hidden: true });
  const told = h("p", { role: "status", class: "when-told" });
  // Apart from what is told at the end: a screen reader would never come to rest.
  const step = h("p", { class: "faint small" });
  const curve = whenCurve({ chosen: (at) => go("play", null, { camera, at: stamp(at) }), signal });
  curve.element.hidden = true;
  const answer = h("div", { class: "moments" });
  if (frame) picker.show(framePicture(frame.id), frame);

  const field = (label, key) =>
    h(
      "label",
      {},
      label,
      h("input", {
        type: "datetime-local",
        step: "1",
        prop: { value: local(stretch[key]) },
        on: {
          change: (event) => {
            const at = Date.parse(event.target.value);
            if (!Number.isNaN(at)) stretch[key] = at;
            showCommand();
          },
        },
      }),
    );
  const since = field("From", "since");
  const until = field("Until", "until");
  const set = (from, to) => {
    stretch = { since: from, until: to };
    since.querySelector("input").value = local(from);
    until.querySelector("input").value = local(to);
    showCommand();
  };
  const quick = (text, from, to) =>
    h("button", { type: "button", class: "quiet", on: { click: () => set(from, to) } }, text);

  fill(
    root,
    h(
      "div",
      { class: "page-head" },
      h(
        "div",
        {},
        h("h1", {}, "When did it happen?"),
        h(
          "p",
          { class: "faint" },
          "Draw a box around what you mean: a part on the bed, a lamp, a door. You get the instants at which it changed.",
        ),
      ),
      choice.names.length > 1 && cameraSelect(choice, (next) => go("when", next)),
    ),
    h(
      "div",
      { class: "when" },
      h("div", { class: "when-picture" }, picker.field),
      h(
        "div",
        { class: "panel when-form" },
        picker.numbers,
        since,
        until,
        h(
          "div",
          { class: "menu-row" },
          quick("That day", startOfDay(stretch.until - 1), addDays(startOfDay(stretch.until - 1), 1)),
          quick("Week", stretch.until - 7 * 86_400_000, stretch.until),
          quick("All", Date.parse(span.from ?? stamp(0)), end + 1),
        ),
        ask,
        command,
      ),
    ),
    progress,
    step,
    told,
    curve.element,
    answer,
  );

  function showCommand() {
    command.hidden = !region;
    if (!region) return;
    const { x, y, width, height } = region;
    setText(
      command,
      `printlapse when --camera '${camera.replaceAll("'", "'\\''")}' --region ${x},${y},${width},${height} --since ${stamp(stretch.since)} --until ${stamp(stretch.until)}`,
    );
  }

  async function question() {
    asking = new AbortController();
    const leave = () => asking?.abort();
    signal.addEventListener("abort", leave);
    fill(ask, "Stop");
    answer.replaceChildren();
    [progress.hidden, curve.element.hidden] = [false, false];
    curve.show({ points: [], moments: [], range: { from: stretch.since, until: stretch.until } });
    setText(told, "Looking …");
    const { x, y, width, height } = region;
    try {
      for await (const news of lines(
        ofCamera(camera, "when"),
        { region: [x, y, width, height].join(","), since: stamp(stretch.since), until: stamp(stretch.until) },
        asking.signal,
      )) {
        if (news.kind === "progress") {
          progress.value = news.frames_total > 0 ? news.frames_done / news.frames_total : 0;
          setText(step, `${number(news.frames_done)} of ${number(news.frames_total)} pictures looked at`);
        } else if (news.kind === "curve") {
          curve.show({ points: news.times.map((at, i) => ({ at, change: news.changes[i] })) });
        } else if (news.kind === "result") {
          showResult(news);
        } else if (news.kind === "error") {
          setText(told, news.detail);
        }
      }
    } catch (error) {
      setText(told, wasCancelled(error) ? "Stopped." : error.message);
    }
    signal.removeEventListener("abort", leave);
    asking = null;
    if (signal.aborted) return;
    progress.hidden = true;
    setText(step, "");
    fill(ask, "When did it happen?");
  }

  function showResult({ moments, for_good: forGood, frames }) {
    const all = [
      ...(forGood ? [{ ...forGood, isForGood: true }] : []),
      ...moments.filter((moment) => moment.frame !== forGood?.frame),
    ];
    curve.show({ moments: all.map((moment) => ({ at: Date.parse(moment.at), isForGood: moment.isForGood === true })) });
    setText(
      told,
      forGood
        ? `It changed for good on ${fullText(Date.parse(forGood.at))}.`
        : all.length > 0
          ? "Nothing stayed changed; these are the instants at which it changed most."
          : `Nothing changed there in ${number(frames)} pictures.`,
    );
    fill(
      answer,
      all.map((moment) => row(moment)),
    );
  }

  function row(moment) {
    const at = Date.parse(moment.at);
    const picture = (id, text) =>
      h(
        "figure",
        {},
        h("img", { src: framePicture(id, 320), alt: `${text} ${clockText(at)}`, loading: "lazy" }),
        h("figcaption", {}, text),
      );
    return h(
      "article",
      { class: moment.isForGood ? "moment good-one panel" : "moment panel" },
      h(
        "h2",
        {},
        h(
          "a",
          { href: href("play", null, { camera, at: moment.at, frame: moment.frame }) },
          h(
            "time",
            { datetime: moment.at, title: zoneText(at) },
            moment.isForGood ? fullText(at) : shortText(at) + clockText(at).slice(5),
          ),
        ),
      ),
      h(
        "p",
        { class: moment.isForGood ? "" : "faint" },
        moment.isForGood ? [icon("good"), " changed for good"] : `change ${moment.change}`,
      ),
      h("div", { class: "moment-pictures" }, picture(moment.before_frame, "before"), picture(moment.frame, "after")),
    );
  }
}

/** As `datetime-local` has it. */
function local(ms) {
  const date = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 19);
}
