// Now: is everything being captured, and what does it look like?
import { get } from "../core/api.js";
import { drawing, fill, h, settled, setText } from "../core/html.js";
import { icon } from "../core/icons.js";
import { onNews } from "../core/live.js";
import { counted, sizeText } from "../core/numbers.js";
import { isHub } from "../core/outcomes.js";
import { note } from "../core/router.js";
import { lengthText, now, stamp } from "../core/times.js";
import { CameraCard } from "../parts/card.js";
import { lastPrints } from "../parts/last-prints.js";

/** From so many cameras on, they are listed unless somebody wants otherwise. */
const MANY = 24;
const CELLS = 144;

export async function open({ root, query, signal }) {
  const cards = new Map();
  const [list, status] = await Promise.all([everyCamera(signal), get("status", {}, signal)]);
  if (signal.aborted) return;
  if (list.length === 0) {
    const { welcome } = await import("../parts/welcome.js");
    fill(root, welcome());
    onNews("frame", () => dispatchEvent(new Event("hashchange")), signal);
    return;
  }
  const summary = h("p", { class: "summary", role: "status" });
  const house = h("p", { class: "house faint" });
  const wanted = {
    text: query.q ?? "",
    state: query.state ?? "all",
    view: query.view ?? (list.length > MANY ? "list" : "grid"),
  };
  const shelf = h("div", { class: "cameras" });
  const none = h("p", { class: "note", hidden: true }, "No camera is like that.");
  const tools =
    list.length > 1
      ? toolbar(wanted, () => {
          note("now", null, { q: wanted.text, state: wanted.state === "all" ? "" : wanted.state, view: wanted.view });
          arrange();
        })
      : null;
  fill(
    root,
    h("div", { class: "page-head" }, h("h1", { class: "unseen" }, "Now"), h("div", {}, summary, house), tools),
    shelf,
    none,
  );

  const update = (camera) => {
    const card = cards.get(camera.camera);
    if (card) return card.update(camera);
    const made = new CameraCard(camera, signal);
    // One that has the page to itself has room for more.
    if (list.length === 1 && cards.size === 0) made.element.append(lastPrints(camera.camera, signal));
    cards.set(camera.camera, made);
    shelf.append(made.element);
  };
  const arrange = () => {
    shelf.dataset.view = wanted.view;
    shelf.dataset.count = cards.size > 4 ? "many" : cards.size;
    const order = [...cards.values()].sort(
      (a, b) =>
        rank(a.camera) - rank(b.camera) || a.camera.camera.localeCompare(b.camera.camera, undefined, { numeric: true }),
    );
    // Only what is out of place is moved: a picture that is looked at stays.
    order.forEach((card, index) => {
      if (shelf.children[index] !== card.element) shelf.insertBefore(card.element, shelf.children[index] ?? null);
      card.element.hidden = !matches(card.camera, wanted);
    });
    none.hidden = order.some((card) => !card.element.hidden);
    tell();
  };
  const tell = () => {
    const all = [...cards.values()].map((card) => card.camera);
    const unwell = all.filter((camera) => !camera.healthy).length;
    setText(
      summary,
      unwell === 0
        ? all.length === 1
          ? "All is well."
          : `All ${all.length} cameras are well.`
        : all.length === 1
          ? "The camera needs you."
          : `${unwell} of ${all.length} cameras ${unwell === 1 ? "needs" : "need"} you.`,
    );
    summary.dataset.well = unwell === 0;
  };
  const arrangeSoon = drawing(() => !signal.aborted && arrange());

  list.forEach(update);
  arrange();
  showHouse(house, status);

  const strips = async () => {
    const until = Math.ceil(now() / 600_000) * 600_000;
    const answer = await get(
      "coverage",
      { since: stamp(until - 86_400_000), until: stamp(until), cells: CELLS },
      signal,
    ).catch(() => null);
    for (const { camera, cells } of answer?.cameras ?? []) cards.get(camera)?.strip.show(answer.outcomes, cells);
  };
  const everything = async () => {
    for (const camera of await everyCamera(signal).catch(() => [])) update(camera);
    arrangeSoon();
    strips();
  };
  strips();
  const everythingSoon = settled(200, everything);
  onNews(
    "frame",
    (frame) => {
      const card = cards.get(frame.camera);
      // Another machine's may have no picture here yet.
      if (card && !card.camera.machine) card.showNew(frame);
      else everythingSoon();
    },
    signal,
  );
  onNews(
    "camera",
    (camera) => {
      update(camera);
      arrangeSoon();
    },
    signal,
  );
  onNews("status", (news) => showHouse(house, news), signal);
  onNews("again", everythingSoon, signal);
  const timer = setInterval(() => document.hidden || strips(), 60_000);
  signal.addEventListener("abort", () => clearInterval(timer));
}

async function everyCamera(signal) {
  const cameras = [];
  let after = null;
  do {
    const page = await get("cameras", { after, limit: 500 }, signal);
    cameras.push(...page.items);
    after = page.next;
  } while (after);
  return cameras;
}

const rank = (camera) => (camera.healthy ? (camera.print ? 1 : 2) : 0);

function matches(camera, { text, state }) {
  if (
    text &&
    !camera.camera.toLowerCase().includes(text.toLowerCase()) &&
    !camera.print?.name?.toLowerCase().includes(text.toLowerCase())
  )
    return false;
  return state === "all" || (state === "unwell" ? !camera.healthy : camera.print !== null);
}

function showHouse(element, status) {
  const days = status.bytes_per_day > 0 ? status.disk_free / status.bytes_per_day : null;
  const left =
    days === null
      ? ""
      : days > 730
        ? ", room for years at this pace"
        : `, ${counted(Math.floor(days), "day")} at this pace`;
  const hub = isHub(status);
  const stale = status.machines.find((machine) => machine.problem === "machine_not_looked_at");
  const looked = stale ? `, and nobody has looked for ${lengthText(now() - Date.parse(stale.looked_at))}` : "";
  const others = hub ? `Following ${counted(status.machines.length, "machine")}${looked}` : "No capture is running";
  const work = status.capturing ? "Capturing" : others;
  setText(
    element,
    `${work} · archive ${sizeText(status.archive_bytes)} · ${sizeText(status.disk_free)} free${left}`,
  );
  element.classList.toggle("warn", Boolean(stale) || (!status.capturing && !hub) || (days !== null && days < 7));
}

function toolbar(wanted, arrange) {
  const search = h("input", {
    type: "search",
    "aria-label": "Camera or print",
    placeholder: "Camera or print",
    prop: { value: wanted.text },
    on: {
      input: (event) => {
        wanted.text = event.target.value;
        arrange();
      },
    },
  });
  const state = h(
    "select",
    {
      "aria-label": "Which cameras",
      on: {
        change: (event) => {
          wanted.state = event.target.value;
          arrange();
        },
      },
    },
    [
      ["all", "All"],
      ["unwell", "That need you"],
      ["printing", "Printing"],
    ].map(([value, text]) => h("option", { value, selected: value === wanted.state }, text)),
  );
  const view = (name, text) =>
    h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": text,
        title: text,
        "aria-pressed": String(wanted.view === name),
        data: { view: name },
        on: {
          click: (event) => {
            wanted.view = name;
            for (const button of event.currentTarget.parentElement.children)
              button.setAttribute("aria-pressed", String(button.dataset.view === name));
            arrange();
          },
        },
      },
      icon(name),
    );
  return h(
    "div",
    { class: "toolbar", role: "group", "aria-label": "Which cameras" },
    search,
    state,
    h("div", { class: "pair", role: "group", "aria-label": "Layout" }, view("grid", "Pictures"), view("list", "List")),
  );
}
