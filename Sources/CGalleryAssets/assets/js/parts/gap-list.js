// The holes of a stretch with their reasons, for reading: what the canvas shows, in words.
import { get, wasCancelled } from "../core/api.js";
import { fill, h } from "../core/html.js";
import { because } from "../core/outcomes.js";
import { fullText, lengthText, shortText, stamp, zoneText } from "../core/times.js";
import { swatch } from "../timeline/swatch.js";

const MOST = 12;

export function gapList(camera, { chosen, signal }) {
  const list = h("ul", { class: "gaps" });
  const element = h("section", { class: "panel", "aria-label": "Gaps" }, h("h2", {}, "Gaps in this stretch"), list);
  let request = new AbortController();
  signal.addEventListener("abort", () => request.abort());

  async function show(from, until) {
    request.abort();
    request = new AbortController();
    try {
      const { items, next } = await get(
        "runs",
        { camera, since: stamp(from), until: stamp(until), gaps: true, order: "newest", limit: MOST },
        request.signal,
      );
      fill(
        list,
        items.map(item),
        items.length === 0 && h("li", { class: "faint" }, "None: every slot has its picture."),
        next &&
          h(
            "li",
            { class: "faint small" },
            "Older ones too. Zoom in to see them, or ask ",
            h("code", { class: "inline" }, "printlapse timeline --gaps"),
          ),
      );
    } catch (error) {
      if (!wasCancelled(error)) fill(list, h("li", { class: "warn" }, error.message));
    }
  }

  function item(run) {
    const [from, until] = [Date.parse(run.from), Date.parse(run.until)];
    return h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: "gap",
          on: { click: () => chosen(from, until) },
          title: `${fullText(from)}\n${zoneText(from)}`,
        },
        swatch(run.outcome),
        h("span", { class: "gap-text" }, because(run.outcome, run.detail)),
        h("span", { class: "faint" }, `${shortText(from)}, ${lengthText(until - from)}`),
      ),
    );
  }
  return { element, show };
}
