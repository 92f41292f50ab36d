// Which page is shown: `#/play?camera=printer&at=…`. The fragment never leaves the browser, so names and instants stand in no
// server's log, and one document serves every place.

/** The place that an address names. */
export function place(hash = location.hash) {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [page = "", ...rest] = path.split("/").map(decodeURIComponent);
  return { page: page || "now", name: rest.join("/") || null, query: Object.fromEntries(new URLSearchParams(query)) };
}

export function href(page, name = null, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const text = new URLSearchParams(given).toString();
  return `#/${page}${name === null ? "" : "/" + encodeURIComponent(name)}${text && "?" + text}`;
}

export function go(page, name, query) {
  location.hash = href(page, name, query);
}

/** Notes where one is within a page, without a new page and without a step in the history. */
export function note(page, name, query) {
  history.replaceState(null, "", href(page, name, query));
}
