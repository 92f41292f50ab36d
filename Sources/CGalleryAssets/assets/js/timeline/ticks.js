// Marks of the axis, at whole hours, days, months and years of the browser's zone.

const second = 1000,
  minute = 60 * second,
  hour = 60 * minute,
  day = 24 * hour;
const steps = [
  second,
  5 * second,
  10 * second,
  30 * second,
  minute,
  5 * minute,
  10 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  7 * day,
  30.4 * day,
  91 * day,
  365 * day,
];

const format = (options) => new Intl.DateTimeFormat(undefined, options);
const texts = {
  second: format({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }),
  minute: format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
  day: format({ weekday: "short", day: "numeric", month: "short" }),
  date: format({ day: "numeric", month: "short" }),
  month: format({ month: "short" }),
  year: format({ year: "numeric" }),
};

/** Marks about `spacing` pixels apart: `{ at, text, strong }`. */
export function ticks(scale, spacing = 92) {
  const step = steps.find((step) => step / scale.perPixel >= spacing) ?? 365 * day;
  const marks = [];
  for (let at = first(scale.from, step); at <= scale.until && marks.length < 200; at = next(at, step))
    marks.push(mark(at, step));
  return marks;
}

function first(from, step) {
  const date = new Date(from);
  if (step < day) {
    // Whole steps since midnight: zones with odd offsets have their own hours.
    date.setHours(0, 0, 0, 0);
    return date.getTime() + Math.floor((from - date.getTime()) / step) * step;
  }
  date.setHours(0, 0, 0, 0);
  if (step === 7 * day) date.setDate(date.getDate() - ((date.getDay() + 6) % 7));
  else if (step > 7 * day) {
    date.setDate(1);
    if (step > 31 * day) date.setMonth(step > 92 * day ? 0 : Math.floor(date.getMonth() / 3) * 3);
  }
  return date.getTime();
}

function next(at, step) {
  if (step < day) {
    const midnight = new Date(at).setHours(24, 0, 0, 0);
    return Math.min(at + step, midnight);
  }
  const date = new Date(at);
  if (step <= 7 * day) date.setDate(date.getDate() + Math.round(step / day));
  else date.setMonth(date.getMonth() + (step > 92 * day ? 12 : step > 31 * day ? 3 : 1));
  return date.getTime();
}

function mark(at, step) {
  const date = new Date(at);
  const isMidnight = date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0;
  if (step < day) {
    if (isMidnight) return { at, text: texts.day.format(at), strong: true };
    return { at, text: (step < minute ? texts.second : texts.minute).format(at), strong: false };
  }
  if (step > 7 * day) {
    const isYear = date.getMonth() === 0;
    return { at, text: (isYear ? texts.year : texts.month).format(at), strong: isYear };
  }
  return { at, text: texts.date.format(at), strong: date.getDate() === 1 };
}
