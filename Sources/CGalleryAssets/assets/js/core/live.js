// News from the server as they happen, by one stream of server-sent events for the whole page.
//
// A page that nobody looks at lets go of it: it costs the server nothing, and takes up where things stand when somebody
// looks again.
import { address } from "./api.js";

const listeners = new Map();
let source = null;
let retry = 0;
let timer = null;
let state = "off";

/** Calls `body` with what is told of a kind, as `frame`; `again` when news may have been missed. */
export function onNews(kind, body, signal) {
  if (!listeners.has(kind)) listeners.set(kind, new Set());
  listeners.get(kind).add(body);
  if (source && kind !== "again" && kind !== "connection") hear(kind);
  signal?.addEventListener("abort", () => listeners.get(kind).delete(body));
}

function tell(kind, news) {
  for (const body of [...(listeners.get(kind) ?? [])]) body(news);
}

function become(next) {
  if (state === next) return;
  state = next;
  tell("connection", next);
}

let isBegun = false;

export function beginNews() {
  if (isBegun) return;
  isBegun = true;
  document.addEventListener("visibilitychange", () => (document.hidden ? end("asleep") : begin()));
  addEventListener("pagehide", () => end("asleep"));
  addEventListener("pageshow", (event) => {
    if (event.persisted) begin();
  });
  begin();
}

function begin() {
  if (source || document.hidden) return;
  clearTimeout(timer);
  source = new EventSource(address("events"));
  source.heard = new Set();
  source.addEventListener("open", () => {
    const wasLost = state !== "off";
    retry = 0;
    become("live");
    if (wasLost) tell("again");
  });
  source.addEventListener("error", () => {
    // A stream that ends is begun anew here, ever later up to half a minute: browsers give up at some answers.
    end("lost");
    timer = setTimeout(begin, Math.min(30_000, 500 * 2 ** retry++) * (0.7 + Math.random() * 0.6));
  });
  source.addEventListener("missed", () => tell("again"));
  for (const kind of listeners.keys()) if (kind !== "again" && kind !== "connection") hear(kind);
}

function hear(kind) {
  if (source.heard.has(kind)) return;
  source.heard.add(kind);
  source.addEventListener(kind, (event) => tell(kind, JSON.parse(event.data)));
}

function end(next) {
  clearTimeout(timer);
  source?.close();
  source = null;
  become(next);
}
