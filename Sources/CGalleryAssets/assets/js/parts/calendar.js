// A year of days with their heat: how many pictures were kept. A day is chosen to go there.
import { get } from "../core/api.js";
import { fill, h } from "../core/html.js";
import { counted } from "../core/numbers.js";
import { addDays, dayKey, startOfDay } from "../core/times.js";
import { icon } from "../core/icons.js";

const month = new Intl.DateTimeFormat(undefined, { month: "short" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** @param chosen is called with the beginning of a day. */
export function calendar(camera, { year = new Date().getFullYear(), chosen, signal }) {
  const grid = h("div", { class: "days", role: "grid", "aria-label": "Days and how many pictures each has" });
  const title = h("h2", { "aria-live": "polite" });
  const frame = h("div", { class: "days-frame" }, grid);
  const element = h(
    "section",
    { class: "calendar panel", "aria-label": "Calendar" },
    h(
      "div",
      { class: "calendar-head" },
      title,
      h(
        "div",
        { class: "menu-row" },
        button("stepBack", "The year before", () => show(year - 1)),
        button("stepOn", "The year after", () => show(year + 1)),
      ),
    ),
    frame,
    h(
      "p",
      { class: "calendar-key faint small" },
      "fewer ",
      [0, 1, 2, 3, 4].map((heat) => h("i", { class: "day", data: { heat } })),
      " more pictures",
    ),
  );
  grid.addEventListener("keydown", move);
  grid.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-day]");
    if (cell) chosen(Number(cell.dataset.day));
  });

  async function show(next) {
    year = next;
    fill(title, String(year));
    const heat = new Map();
    const answer = await get("heat", { camera, year, zone }, signal);
    const first = new Date(year, 0, 1).getTime();
    answer.frames.forEach((frames, index) => heat.set(dayKey(addDays(first, index)), frames));
    draw(heat);
  }

  function draw(heat) {
    const most = Math.max(1, ...heat.values());
    const first = new Date(year, 0, 1);
    const offset = (first.getDay() + 6) % 7;
    const today = startOfDay(Date.now());
    const weeks = [];
    const months = [];
    for (
      let at = addDays(first.getTime(), -offset), week = 0;
      new Date(at).getFullYear() <= year;
      at = addDays(at, 7), week++
    ) {
      const days = [];
      for (let i = 0; i < 7; i++) {
        const date = addDays(at, i);
        if (new Date(date).getFullYear() !== year) {
          days.push(h("span", { class: "day none", role: "gridcell", "aria-hidden": "true" }));
          continue;
        }
        const frames = heat.get(dayKey(date)) ?? 0;
        if (new Date(date).getDate() === 1)
          months.push(h("span", { style: { "--week": String(week + 1) } }, month.format(date)));
        const text = `${day.format(date)}: ${frames === 0 ? "no pictures" : counted(frames, "picture")}`;
        days.push(
          h("button", {
            type: "button",
            class: "day",
            role: "gridcell",
            tabindex: "-1",
            title: text,
            "aria-label": text,
            "aria-current": date === today ? "date" : null,
            data: { day: date, heat: frames === 0 ? 0 : 1 + Math.min(3, Math.floor((frames / most) * 3.999)) },
          }),
        );
      }
      weeks.push(h("div", { class: "week", role: "row" }, days));
    }
    fill(grid, weeks);
    frame.querySelector(".months")?.remove();
    frame.prepend(h("div", { class: "months", "aria-hidden": "true" }, months));
    const cells = [...grid.querySelectorAll("[data-day]")];
    const start = cells.findLast((cell) => cell.dataset.heat !== "0") ?? cells[0];
    start.tabIndex = 0;
    // Not by scrollIntoView: it would move the page as well.
    frame.scrollLeft = start.offsetLeft - frame.clientWidth / 2;
  }

  function move(event) {
    const steps = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -7, ArrowRight: 7, PageUp: -28, PageDown: 28 };
    const cells = [...grid.querySelectorAll("[data-day]")];
    const at = cells.indexOf(document.activeElement);
    if (at < 0) return;
    const to = event.key === "Home" ? 0 : event.key === "End" ? cells.length - 1 : at + (steps[event.key] ?? 0);
    if (to === at || !cells[to]) return;
    event.preventDefault();
    cells[at].tabIndex = -1;
    cells[to].tabIndex = 0;
    cells[to].focus();
  }

  const ready = show(year);
  return { element, show, ready };
}

const button = (name, text, click) =>
  h("button", { type: "button", class: "icon-button", "aria-label": text, title: text, on: { click } }, icon(name));
