// Times as people read them: in the browser's zone, with the archive's zone on hover.
import { h } from "./html.js";

let archiveZone = "UTC";
let ahead = 0;

export function setArchiveZone(zone) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    archiveZone = zone;
  } catch {
    archiveZone = "UTC";
  }
}

/** Ages are told by the server's clock: a phone's may be wrong. */
export function setServerNow(text) {
  ahead = Date.parse(text) - Date.now();
}
export const now = () => Date.now() + ahead;

const format = (options) => new Intl.DateTimeFormat(undefined, options);
const clock = format({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const clockShort = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayLong = format({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
const dayOfYear = format({ weekday: "short", day: "numeric", month: "short" });

export const clockText = (ms) => clock.format(ms);
export const minuteText = (ms) => clockShort.format(ms);
export const dayText = (ms) =>
  (new Date(ms).getFullYear() === new Date(now()).getFullYear() ? dayOfYear : dayLong).format(ms);

/** `Today 14:05`, `Mon, 23 Nov 14:05` */
export function shortText(ms) {
  const day = startOfDay(ms);
  const today = startOfDay(now());
  if (day === today) return `Today ${minuteText(ms)}`;
  if (day === startOfDay(today - 3_600_000)) return `Yesterday ${minuteText(ms)}`;
  return `${dayText(ms)} ${minuteText(ms)}`;
}

export const fullText = (ms) => `${dayLong.format(ms)}, ${clock.format(ms)}`;

/** As it was where the archive lies. */
export function zoneText(ms) {
  const text = new Intl.DateTimeFormat(undefined, {
    dateStyle: "medium",
    timeStyle: "medium",
    timeZone: archiveZone,
    hourCycle: "h23",
  }).format(ms);
  return `${text} in ${archiveZone.replaceAll("_", " ")}, where the archive is`;
}

export const startOfDay = (ms) => new Date(ms).setHours(0, 0, 0, 0);
export const addDays = (ms, days) => {
  const date = new Date(ms);
  date.setDate(date.getDate() + days);
  return date.getTime();
};

/** A local day as `2026-11-23`. */
export function dayKey(ms) {
  const date = new Date(ms);
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** `4.2 s`, `12 min`, `3 h 10 min`, `5 d`; a line never ends between a number and its unit. */
export const lengthText = (ms) => spacedLength(ms).replace(/(\d) (?=[a-z])/g, "$1\u00a0");

function spacedLength(ms) {
  const seconds = Math.abs(ms) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1).replace(/\.0$/, "")} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = seconds / 60;
  if (minutes < 10) return `${Math.floor(minutes)} min ${Math.floor(seconds % 60)} s`.replace(" 0 s", "");
  if (minutes < 60) return `${Math.floor(minutes)} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${Math.floor(minutes % 60)} min`.replace(" 0 min", "");
  return `${Math.floor(hours / 24)} d ${hours % 24} h`.replace(" 0 h", "");
}

/** `now`, `12 s ago`, `3 h ago`; never from a negative age. */
export function agoText(ms) {
  const age = now() - ms;
  if (age < -2000) return "ahead of the clock";
  if (age < 2000) return "now";
  if (age < 60_000) return `${Math.floor(age / 1000)} s ago`;
  if (age < 3_600_000) return `${Math.floor(age / 60_000)} min ago`;
  if (age < 172_800_000) return `${Math.floor(age / 3_600_000)} h ago`;
  return `${Math.floor(age / 86_400_000)} d ago`;
}

export function inText(ms) {
  const left = ms - now();
  return left <= 0 ? "now" : `in ${lengthText(left)}`;
}

/** A time on the page. Ages go on by themselves: see `keepAges`. */
export function timeElement(text, { age = false, style = shortText } = {}) {
  if (!text) return h("span", { class: "faint" }, "–");
  const ms = typeof text === "number" ? text : Date.parse(text);
  return h(
    "time",
    {
      datetime: new Date(ms).toISOString(),
      title: `${fullText(ms)}\n${zoneText(ms)}`,
      data: age ? { age: ms } : {},
    },
    age ? agoText(ms) : style(ms),
  );
}

/** Renews the ages that are on the page once a second, while somebody looks. */
export function keepAges(root, signal) {
  const timer = setInterval(() => {
    if (document.hidden) return;
    for (const element of root.querySelectorAll("[data-age]")) {
      const text = agoText(Number(element.dataset.age));
      if (element.textContent !== text) element.textContent = text;
    }
  }, 1000);
  signal.addEventListener("abort", () => clearInterval(timer));
}

/** An instant as addresses and the API have it. */
export const stamp = (ms) => new Date(Math.round(ms)).toISOString();
