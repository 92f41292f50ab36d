// The newest prints of a camera that has the page to itself.
import { framePicture, get } from "../core/api.js";
import { fill, h, settled } from "../core/html.js";
import { onNews } from "../core/live.js";
import { href } from "../core/router.js";
import { timeElement } from "../core/times.js";

const SHOWN = 4;

export function lastPrints(camera, signal) {
  const list = h("ul");
  const element = h(
    "section",
    { class: "last-prints", "aria-label": "Last prints", hidden: true },
    h("h3", {}, "Last prints"),
    list,
    h("a", { class: "small", href: href("prints") }, "All prints"),
  );
  const load = async () => {
    const page = await get("prints", { camera, limit: SHOWN }, signal).catch(() => null);
    if (!page || signal.aborted) return;
    element.hidden = page.items.length === 0;
    fill(list, page.items.map(row));
  };
  onNews("print", settled(500, load), signal);
  load();
  return element;
}

function row({ id, name, poster, started_at: started }) {
  return h(
    "li",
    {},
    h(
      "a",
      { href: href("play", null, { print: id }) },
      poster
        ? h("img", { src: framePicture(poster.id, 160), alt: "", loading: "lazy" })
        : h("span", { class: "no-poster" }),
      h(
        "span",
        {},
        h("span", { class: "print-name" }, name ?? `Print ${id}`),
        h("span", { class: "faint small" }, timeElement(started)),
      ),
    ),
  );
}
