// Begins the page: the session, the news, and whichever place the address names.
import { fill, h, say, set, setText } from "./core/html.js";
import { icon } from "./core/icons.js";
import { beginNews, onNews } from "./core/live.js";
import { place } from "./core/router.js";
import { beginSession } from "./core/session.js";
import { beginTheme } from "./core/theme.js";
import { keepAges } from "./core/times.js";

const pages = {
  now: { title: "Now", icon: "now", load: () => import("./pages/now.js") },
  timeline: { title: "Timeline", icon: "timeline", load: () => import("./pages/timeline.js") },
  prints: { title: "Prints", icon: "prints", load: () => import("./pages/prints.js") },
  timelapses: { title: "Timelapses", icon: "timelapses", load: () => import("./pages/timelapses.js") },
  when: { title: "When did it happen?", short: "When?", icon: "when", load: () => import("./pages/when.js") },
  health: { title: "Health", icon: "health", load: () => import("./pages/health.js") },
  play: { title: "Player", load: () => import("./pages/play.js") },
};

const root = document.getElementById("page");
let leaving = new AbortController();
let shown = null;

function drawPlaces() {
  const links = Object.entries(pages)
    .filter(([, page]) => page.icon)
    .map(([name, page]) =>
      h("a", { href: `#/${name}`, data: { page: name } }, icon(page.icon), h("span", {}, page.short ?? page.title)),
    );
  fill(document.querySelector(".places"), links);
}

async function show() {
  const where = place();
  if (!pages[where.page]) where.page = "now";
  const page = pages[where.page];
  leaving.abort();
  root.setAttribute("aria-busy", "true");
  leaving = new AbortController();
  const { signal } = leaving;
  document.body.dataset.page = where.page;
  for (const link of document.querySelectorAll(".places a")) {
    set(link, { "aria-current": link.dataset.page === where.page ? "page" : null });
  }
  const [module] = await Promise.all([page.load(), styled(where.page)]);
  if (signal.aborted) return;
  root.replaceChildren();
  window.scrollTo(0, 0);
  document.title = `${page.title} · Printlapse`;
  keepAges(document, signal);
  try {
    await module.open({
      root,
      name: where.name,
      query: where.query,
      signal,
      title: (text) => {
        document.title = `${text} · Printlapse`;
      },
    });
  } catch (error) {
    if (!signal.aborted) showProblem(error);
  }
  if (signal.aborted) return;
  root.setAttribute("aria-busy", "false");
  if (shown !== null && shown !== where.page) {
    root.focus({ preventScroll: true });
    say(page.title);
  }
  shown = where.page;
}

/** Brings a page's own style sheet, once, before it is drawn. */
function styled(name) {
  const address = `css/${name}.css`;
  if (document.querySelector(`link[href="${address}"]`)) return null;
  return new Promise((done) => {
    const link = h("link", { rel: "stylesheet", href: address, on: { load: done, error: done } });
    document.head.append(link);
  });
}

function showProblem(error) {
  fill(
    root,
    h(
      "section",
      { class: "problem", role: "alert" },
      h("h1", {}, "This could not be shown"),
      h("p", {}, error.message),
      error.hint && h("p", { class: "hint" }, error.hint),
      h("button", { type: "button", on: { click: begin } }, "Try again"),
    ),
  );
  if (!error.label) console.error(error);
}

async function begin() {
  try {
    await beginSession();
  } catch (error) {
    if (error.status === 401) return;
    return showProblem(error);
  }
  beginNews();
  await show();
}

addEventListener("hashchange", show);
addEventListener("login-needed", async () => {
  const { askPassword } = await import("./parts/login.js");
  await askPassword();
  await begin();
});

onNews("connection", (state) => {
  const element = document.querySelector(".connection");
  element.dataset.state = state;
  setText(element, state === "lost" ? "No connection. Trying again." : "");
});

// The fragment is the router's: the link for keyboards goes to the page without it.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  root.focus();
});

drawPlaces();
beginTheme(document.getElementById("theme"));
begin();
