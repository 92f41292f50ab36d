// Requests to the server. Addresses are relative to the page, so that it works below any path of a proxy.

const root = new URL("api/v1/", document.baseURI);

/** An answer that is none: what is wrong, and what to do. */
export class Problem extends Error {
  constructor({ status = 0, label = "unreachable", detail, hint = null }) {
    super(detail);
    Object.assign(this, { status, label, hint });
  }
}

/** Changes carry it; `null` where the server allows none. */
let token = null;
export const setToken = (value) => {
  token = value;
};

export function address(path, query = {}) {
  const url = new URL(path, root);
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") url.searchParams.set(key, value);
  }
  return url.href;
}

/** A camera's address: its name may hold anything but slashes. */
export const ofCamera = (camera, rest = "") => `cameras/${encodeURIComponent(camera)}${rest && "/" + rest}`;

export const framePicture = (frame, width) => address(`frames/${frame}/picture`, { width });

export async function get(path, query = {}, signal = undefined) {
  return (await answer(address(path, query), { signal, headers: { Accept: "application/json" } })).json();
}

/** Goes through the pages of a list. */
export async function* pages(path, query = {}, signal = undefined) {
  let after = null;
  do {
    const page = await get(path, { ...query, after }, signal);
    yield page.items;
    after = page.next;
  } while (after);
}

/** POST, PUT or DELETE; gives what came back, or `null`. */
export async function change(method, path, body = null) {
  const headers = { Accept: "application/json", "X-Printlapse-Token": token ?? "" };
  if (body !== null) headers["Content-Type"] = "application/json";
  const ask = () => answer(address(path), { method, headers, body: body === null ? undefined : JSON.stringify(body) });
  let response;
  try {
    response = await ask();
  } catch (error) {
    if (error.label !== "token") throw error;
    // The server was started anew, and has another session for this page.
    token = (await get("session")).token;
    headers["X-Printlapse-Token"] = token ?? "";
    response = await ask();
  }
  return response.status === 204 ? null : response.json();
}

/** Lines of JSON as they come; ends at once, here and on the server, when the signal says so. */
export async function* lines(path, query, signal) {
  const response = await answer(address(path, query), { signal, headers: { Accept: "application/x-ndjson" } });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    rest += value;
    const parts = rest.split("\n");
    rest = parts.pop();
    for (const part of parts) if (part) yield JSON.parse(part);
  }
  if (rest) yield JSON.parse(rest);
}

/** The bytes of a picture. */
export async function blob(url, signal) {
  return (await answer(url, { signal })).blob();
}

async function answer(url, options) {
  let response;
  try {
    response = await fetch(url, { credentials: "same-origin", redirect: "error", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem({ detail: "The gallery does not answer.", hint: "Is “printlapse serve” still running?" });
  }
  if (response.ok) return response;
  const said = await response.json().catch(() => ({}));
  if (response.status === 401) dispatchEvent(new Event("login-needed"));
  throw new Problem({
    status: response.status,
    label: said.label ?? "http_error",
    detail: said.detail ?? `The server answers ${response.status}.`,
    hint: said.hint ?? null,
  });
}

export const wasCancelled = (error) => error?.name === "AbortError";
