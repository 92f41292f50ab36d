// Which frames an address means, and what to call them.
import { get, ofCamera } from "../core/api.js";
import { href } from "../core/router.js";
import { fullText, lengthText, now, stamp } from "../core/times.js";
import { chooseCamera } from "../parts/camera-choice.js";

const HALF_DAY = 43_200_000;

/** So many frames are loaded well; a stretch that nobody asked for in so many words has no more. */
const COMFORTABLE = 50_000;

/** @returns `null` where there is no camera. */
export async function chosenFrames(query, signal) {
  if (query.print) return ofPrint(query.print, signal);
  const choice = await chooseCamera(query.camera, signal);
  if (!choice) return null;
  const camera = choice.chosen;
  const common = {
    title: camera,
    back: href("timeline", camera, query.at ? { at: query.at } : {}),
    backText: "Timeline",
    follows: false,
    atEnd: false,
  };
  if (query.since && query.until) {
    const { since, until } = query;
    const text = `${fullText(Date.parse(since))} to ${fullText(Date.parse(until))}`;
    return { ...common, query: { camera, since, until }, link: { camera, since, until }, text };
  }
  if (query.at && !query.follow) {
    const at = Date.parse(query.at);
    const [since, until] = await narrowed(camera, at - HALF_DAY, at + HALF_DAY, at, signal);
    return {
      ...common,
      query: { camera, since: stamp(since), until: stamp(until) },
      link: { camera },
      text: `${lengthText(at - since)} before and after.`,
      follows: until > now(),
    };
  }
  const span = await get(ofCamera(camera, "span"), {}, signal);
  const end = span.until ? Date.parse(span.until) : now();
  const [since] = await narrowed(camera, end - 2 * HALF_DAY, end + 1, end, signal);
  return {
    ...common,
    query: { camera, since: stamp(since) },
    link: { camera, follow: query.follow },
    text: `The last ${lengthText(end - since)}, and what comes.`,
    follows: true,
    atEnd: true,
  };
}

async function ofPrint(number, signal) {
  const print = await get(`prints/${encodeURIComponent(number)}`, {}, signal);
  return {
    query: { print: print.id },
    link: { print: print.id },
    title: print.name ?? `Print ${print.id}`,
    text: `${print.camera} · ${print.state}`,
    back: href("prints"),
    backText: "All prints",
    follows: ["printing", "paused"].includes(print.state),
    atEnd: false,
  };
}

/** The stretch, or as much of it around an instant as has a comfortable number of frames. */
async function narrowed(camera, since, until, around, signal) {
  let [from, to] = [since, until];
  for (let tries = 0; tries < 4; tries++) {
    const { total } = await get("reel", { camera, since: stamp(from), until: stamp(to), limit: 1 }, signal);
    if (total <= COMFORTABLE) break;
    const share = (0.8 * COMFORTABLE) / total;
    [from, to] = [around - (around - from) * share, around + (to - around) * share];
  }
  return [from, to];
}
