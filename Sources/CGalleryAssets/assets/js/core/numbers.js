// Numbers as people read them.

const grouped = new Intl.NumberFormat();
export const number = (value) => grouped.format(value);

export function counted(count, one, many = one + "s") {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** `2.4 MB`, as the commands write sizes. */
export function sizeText(bytes) {
  if (bytes === null || bytes === undefined) return "–";
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}

export const percent = (fraction, digits = 0) => `${(fraction * 100).toFixed(digits)} %`;
export const clamp = (value, least, greatest) => Math.min(Math.max(value, least), greatest);
