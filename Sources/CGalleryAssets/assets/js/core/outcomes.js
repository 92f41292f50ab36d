// The outcomes of slots: their words, and a colour and a pattern for each.
//
// The colours follow Okabe and Ito's set, which people with any colour vision tell apart; the patterns tell them apart
// without colour. What is good is calm; what needs somebody is warm.
import { colour } from "./theme.js";

export const outcomes = [
  { name: "stored", word: "new picture", pattern: "solid" },
  { name: "duplicate", word: "same picture", pattern: "solid" },
  { name: "unchanged", word: "known unchanged", pattern: "dots" },
  { name: "no_picture", word: "no picture", pattern: "sparse" },
  { name: "rejected", word: "rejected", pattern: "checks" },
  { name: "cap", word: "paused for the allowance", pattern: "levels" },
  { name: "offline", word: "printer offline", pattern: "slash" },
  { name: "timeout", word: "no answer in time", pattern: "uprights" },
  { name: "unauthorized", word: "unauthorized", pattern: "cross" },
  { name: "unavailable", word: "server unavailable", pattern: "backslash" },
  { name: "disk", word: "no room", pattern: "bricks" },
  { name: "missed", word: "missed", pattern: "hollow" },
];

const byName = new Map(outcomes.map((outcome) => [outcome.name, outcome]));
export const outcome = (name) => byName.get(name) ?? { name, word: name, pattern: "solid" };
export const isGap = (name) => !["stored", "duplicate", "unchanged"].includes(name);

/** Labels that alone do not say it; the commands have the same words. */
const reasons = {
  asleep: "the machine slept",
  busy: "the slot before was still busy",
  not_running: "the program was not running",
  clock_set: "the clock was set",
  none_announced: "none is announced",
  deleted: "deleted after the print",
  identical: "the same picture",
  near: "nearly the same picture",
  not_jpeg: "not a JPEG",
  empty: "nothing came",
  truncated: "cut short",
  corrupt_data: "damaged picture data",
  corrupt_structure: "damaged structure",
  incomplete: "scans are missing",
  cut_short: "the connection ended too soon",
  no_answer: "no answer in time",
  name_not_found: "the host’s name is not known",
  not_http: "it does not speak HTTP",
  descriptors: "too many open files",
  low_space: "little space left",
  quota: "the archive is at its largest",
  full: "the disk is full",
  locked: "the archive was locked",
  not_printing: "nothing is printed",
};
export const reason = (label) => (label ? (reasons[label] ?? label.replaceAll("_", " ")) : null);
export const because = (name, detail) => {
  const why = reason(detail);
  const { word } = outcome(name);
  return why && !word.includes(why) ? `${word}: ${why}` : word;
};

const suspicions = {
  seam: "a seam across the picture",
  grey_foot: "grey at its foot",
  odd_scan: "a scan that does not fit",
  no_eoi: "no end mark",
};
export const suspicion = (label) => suspicions[label] ?? label.replaceAll("_", " ");

/** Whether all cameras here are other machines', which capture them. */
export function isHub({ cameras, machines }) {
  const others = new Set(machines.flatMap((machine) => machine.cameras));
  return machines.length > 0 && cameras.every((camera) => others.has(camera.camera));
}

/** How a camera is doing, in words. */
export function stateText(camera) {
  switch (camera.state) {
    case "working":
      return camera.outcome === "stored" ? "Working" : `Working, ${because(camera.outcome, null)}`;
    case "idle":
      return camera.detail === "not_printing" ? "Idle: nothing is printed" : "Idle: no picture";
    case "still":
      return "The same picture for a while";
    case "frozen":
      return "Frozen while it prints";
    case "paused":
      return "Paused for the allowance";
    case "failing":
      return `Failing: ${because(camera.outcome, camera.detail)}`;
    case "unauthorized":
      return "Credentials are refused";
    case "silent":
      return "Nobody captures it";
    default:
      return "Never captured";
  }
}

/** What the person does now. */
export function advice(camera) {
  if (camera.healthy) return null;
  if (camera.machine) return { text: `See to it at “${camera.machine}”.` };
  const name = `'${camera.camera.replaceAll("'", "'\\''")}'`;
  switch (camera.state) {
    case "unauthorized":
      return { text: "Authorize it again:", command: `printlapse authorize ${name}` };
    case "frozen":
      return { text: "Start the camera again, or what streams it (crowsnest, mjpg-streamer, its power)." };
    case "silent":
    case "unknown":
      return { text: "Capture it:", command: `printlapse capture ${name}` };
    default:
      if (camera.outcome === "disk")
        return { text: "Make room; captures go on by themselves. What could go:", command: "printlapse prune" };
      return { text: "See what is wrong:", command: "printlapse doctor" };
  }
}

const made = new Map();
addEventListener("theme-changed", () => made.clear());

/** What an outcome is filled with on a canvas. */
export function fillOf(name, context) {
  const { pattern } = outcome(name);
  if (!made.has(name)) made.set(name, pattern === "solid" ? colour(`--o-${name}`) : tile(pattern, name, context));
  return made.get(name);
}

/** One pattern's tile of 8 × 8 pixels, in device pixels. */
function tile(pattern, name, context) {
  const scale = Math.max(1, Math.round(devicePixelRatio || 1));
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 8 * scale;
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.fillStyle = colour(`--o-${name}`);
  pen.fillRect(0, 0, 8, 8);
  pen.fillStyle = pen.strokeStyle = colour("--o-ink");
  pen.lineWidth = 1.4;
  const line = (...points) => {
    pen.beginPath();
    for (let i = 0; i < points.length; i += 4) {
      pen.moveTo(points[i], points[i + 1]);
      pen.lineTo(points[i + 2], points[i + 3]);
    }
    pen.stroke();
  };
  const marks = {
    dots: () =>
      [
        [1, 1],
        [5, 5],
      ].forEach(([x, y]) => pen.fillRect(x, y, 1.6, 1.6)),
    sparse: () => pen.fillRect(3, 3, 1.6, 1.6),
    checks: () =>
      [
        [0, 0],
        [4, 4],
      ].forEach(([x, y]) => pen.fillRect(x, y, 4, 4)),
    levels: () => line(0, 2, 8, 2, 0, 6, 8, 6),
    uprights: () => line(2, 0, 2, 8, 6, 0, 6, 8),
    slash: () => line(-2, 10, 10, -2, -2, 2, 2, -2, 6, 10, 10, 6),
    backslash: () => line(-2, -2, 10, 10, 6, -2, 10, 2, -2, 6, 2, 10),
    cross: () => line(0, 0, 8, 8, 0, 8, 8, 0),
    bricks: () => line(0, 0, 8, 0, 0, 4, 8, 4, 2, 0, 2, 4, 6, 4, 6, 8),
    hollow: () => line(-2, 10, 10, -2),
  };
  marks[pattern]?.();
  const made = context.createPattern(canvas, "repeat");
  made.setTransform(new DOMMatrix().scale(1 / scale));
  return made;
}
