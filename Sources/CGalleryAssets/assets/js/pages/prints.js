// Prints: posters that move, by name, time, length and size.
import { get, wasCancelled } from "../core/api.js";
import { fill, h, paced, settled } from "../core/html.js";
import { onNews } from "../core/live.js";
import { note } from "../core/router.js";
import { printCard } from "../parts/print-card.js";
import { toastProblem } from "../parts/toast.js";

const PAGE = 60;
const sorts = [
  ["newest", "Newest"],
  ["oldest", "Oldest"],
  ["longest", "Longest"],
  ["frames", "Most frames"],
  ["size", "Largest"],
  ["name", "By name"],
];
const states = [
  ["", "All"],
  ["printing", "Printing"],
  ["finished", "Finished"],
  ["failed", "Failed"],
  ["cancelled", "Cancelled"],
  ["ended", "Ended"],
];

export async function open({ root, query, signal }) {
  const wanted = {
    name: query.q ?? "",
    sort: query.sort ?? "newest",
    state: query.state ?? "",
    camera: query.camera ?? "",
  };
  const cameras = (await get("cameras/names", {}, signal)).items;
  const shelf = h("div", { class: "prints" });
  const cards = new Map();
  const more = h("button", { type: "button", class: "button", hidden: true, on: { click: () => load() } }, "More");
  const empty = h("p", { class: "note", hidden: true });
  let [after, request, cardsLeave] = [null, new AbortController(), new AbortController()];
  signal.addEventListener("abort", () => {
    request.abort();
    cardsLeave.abort();
  });

  async function load() {
    request.abort();
    request = new AbortController();
    try {
      const page = await get("prints", { ...wanted, limit: PAGE, after }, request.signal);
      after = page.next;
      for (const print of page.items) {
        const card = printCard(print, cardsLeave.signal, signal);
        cards.set(print.id, card);
        shelf.append(card.element);
      }
      more.hidden = !after;
      empty.hidden = shelf.children.length > 0;
      fill(
        empty,
        wanted.name || wanted.state || wanted.camera
          ? "No print is like that."
          : [
              "No prints yet. They are known by OctoPrint (",
              h("code", { class: "inline" }, "printlapse authorize NAME --octoprint"),
              "), by the pictures’ addresses, or by pictures that change.",
            ],
      );
      shelf.setAttribute("aria-busy", "false");
    } catch (error) {
      if (!wasCancelled(error)) toastProblem(error);
    }
  }
  const again = () => {
    cardsLeave.abort();
    cardsLeave = new AbortController();
    after = null;
    cards.clear();
    shelf.replaceChildren();
    shelf.setAttribute("aria-busy", "true");
    note("prints", null, {
      q: wanted.name,
      sort: wanted.sort === "newest" ? "" : wanted.sort,
      state: wanted.state,
      camera: wanted.camera,
    });
    return load();
  };
  const typed = settled(180, again);
  // A print that goes on is asked for alone, at most once in five seconds: the others stay as they are looked at.
  const due = new Set();
  const renew = paced(5000, async () => {
    const prints = [...due];
    due.clear();
    for (const id of prints) {
      const print = await get(`prints/${id}`, {}, signal).catch(() => null);
      if (print) cards.get(id)?.update(print);
    }
  });
  const grown = (id) => {
    due.add(id);
    renew();
  };
  const begun = paced(2000, () => signal.aborted || (window.scrollY < 200 && again()));
  const select = (key, label, options) =>
    h(
      "select",
      {
        "aria-label": label,
        on: {
          change: (event) => {
            wanted[key] = event.target.value;
            again();
          },
        },
      },
      options.map(([value, text]) => h("option", { value, selected: value === wanted[key] }, text)),
    );

  fill(
    root,
    h(
      "div",
      { class: "page-head" },
      h("h1", {}, "Prints"),
      h(
        "div",
        { class: "toolbar", role: "search" },
        h("input", {
          type: "search",
          "aria-label": "Name of a print",
          placeholder: "Name",
          prop: { value: wanted.name },
          on: {
            input: (event) => {
              wanted.name = event.target.value.trim();
              typed();
            },
          },
        }),
        cameras.length > 1 && select("camera", "Camera", [["", "All cameras"], ...cameras.map((name) => [name, name])]),
        select("state", "How they ended", states),
        select("sort", "Order", sorts),
      ),
    ),
    shelf,
    empty,
    h("div", { class: "more" }, more),
  );
  await again();
  onNews(
    "print",
    (print) => {
      if (cards.has(print.id)) grown(print.id);
      else begun();
    },
    signal,
  );
  onNews("frame", (frame) => cards.has(frame.print) && grown(frame.print), signal);
}
