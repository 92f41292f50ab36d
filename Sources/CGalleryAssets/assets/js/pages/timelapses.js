// Timelapses: what was made, by hand or by itself, and what is being made.
import { address, change, get } from "../core/api.js";
import { fill, h, say, settled } from "../core/html.js";
import { icon } from "../core/icons.js";
import { onNews } from "../core/live.js";
import { counted, percent, sizeText } from "../core/numbers.js";
import { mayChange } from "../core/session.js";
import { lengthText, timeElement } from "../core/times.js";
import { confirmDialog, openDialog } from "../parts/dialog.js";
import { toast, toastProblem } from "../parts/toast.js";

export async function open({ root, signal }) {
  const shelf = h("div", { class: "films" });
  const empty = h(
    "div",
    { class: "note", hidden: true },
    h("p", {}, "None yet. Make one from a print, or from the player between an in and an out point."),
    h("p", {}, h("a", { class: "button", href: "#/prints" }, "Prints")),
  );
  const cards = new Map();
  fill(root, h("div", { class: "page-head" }, h("h1", {}, "Timelapses")), shelf, empty);

  async function load() {
    const { items } = await get("timelapses", { limit: 200 }, signal);
    for (const id of cards.keys()) if (!items.some((film) => film.id === id)) cards.delete(id);
    fill(
      shelf,
      items.map((film) => {
        show(film);
        return cards.get(film.id).element;
      }),
    );
    empty.hidden = items.length > 0;
  }
  function show(film) {
    const card = cards.get(film.id);
    if (card) return card.show(film);
    const made = filmCard(film, { changed: load, signal });
    cards.set(film.id, made);
    return made;
  }
  const again = settled(150, () => signal.aborted || load().catch(toastProblem));
  await load();
  onNews(
    "timelapse",
    (film) => {
      const card = cards.get(film.id);
      card ? card.show(film) : again();
    },
    signal,
  );
  onNews("again", again, signal);
  addEventListener("timelapses-changed", again, { signal });
}

function filmCard(film, { changed, signal }) {
  const element = h("article", { class: "film", "aria-label": film.name, data: { timelapse: film.id } });
  let state = null;
  let bar = null;

  function show(next) {
    film = next;
    element.dataset.state = film.state;
    // While it renders only the numbers change: the button under a finger stays the same.
    if (state === "rendering" && film.state === "rendering") return showProgress();
    if (state === "rendering") say(`${film.name}: ${film.state}`);
    state = film.state;
    fill(
      element,
      picture(),
      h(
        "div",
        { class: "film-text" },
        h("h2", {}, film.name),
        h(
          "p",
          { class: "faint small" },
          [film.camera, film.rule && `by itself, ${film.rule}`].filter(Boolean).join(" · "),
          film.camera && " · ",
          timeElement(film.created_at),
        ),
        words(),
        tools(),
      ),
    );
    showProgress();
  }

  function picture() {
    const isMade = film.state === "made";
    const image = film.poster
      ? h("img", { src: address(`timelapses/${film.id}/poster`, { width: 480 }), alt: "", loading: "lazy" })
      : h("span", { class: "film-none" }, icon("film"));
    const length = film.duration !== null && h("span", { class: "age" }, lengthText(film.duration * 1000));
    return isMade
      ? h(
          "button",
          { type: "button", class: "film-picture", "aria-label": `Play ${film.name}`, on: { click: play } },
          image,
          length,
          h("span", { class: "film-play" }, icon("play")),
        )
      : h("div", { class: "film-picture" }, image);
  }

  function words() {
    switch (film.state) {
      case "made":
        return h(
          "p",
          { class: "small" },
          [
            counted(film.frames, "frame"),
            film.width !== null && `${film.width} × ${film.height}`,
            film.bytes !== null && sizeText(film.bytes),
          ]
            .filter(Boolean)
            .join(", "),
        );
      case "rendering":
      case "queued":
        bar = {
          value: h("progress", { max: 1, value: 0, "aria-label": `${film.name}: how far it is` }),
          text: h("p", { class: "small" }),
        };
        return [bar.value, bar.text];
      case "failed":
        return h("p", { class: "warn small" }, film.problem ?? "It failed.", film.hint && ` ${film.hint}`);
      default:
        return h("p", { class: "faint small" }, "Cancelled");
    }
  }

  function showProgress() {
    if (!bar || !["rendering", "queued"].includes(film.state)) return;
    if (film.state === "queued") return fill(bar.text, "Waits for its turn");
    // Another process makes it, which tells when it is done.
    bar.value.hidden = film.rule !== null;
    if (film.rule !== null) return fill(bar.text, "Is being made");
    const { frames_done: done, frames_total: total, seconds_left: left } = film.progress;
    bar.value.value = total > 0 ? done / total : 0;
    fill(
      bar.text,
      `${percent(total > 0 ? done / total : 0)}${left === null ? "" : `, ${lengthText(left * 1000)} left`}`,
    );
  }

  function tools() {
    const button = (name, text, click) =>
      h(
        "button",
        { type: "button", class: "icon-button", "aria-label": `${text}: ${film.name}`, title: text, on: { click } },
        icon(name),
      );
    const isGoing = ["rendering", "queued"].includes(film.state);
    return h(
      "div",
      { class: "print-tools" },
      film.state === "made" &&
        h(
          "a",
          {
            class: "icon-button",
            href: address(`timelapses/${film.id}/file`, { download: 1 }),
            download: "",
            "aria-label": `Download ${film.name}`,
            title: "Download",
          },
          icon("download"),
        ),
      !isGoing &&
        button("again", "Make again with other options", () =>
          import("../parts/make-timelapse.js").then(({ makeTimelapse }) => makeTimelapse(film.request, { signal })),
        ),
      mayChange() &&
        isGoing &&
        film.rule === null &&
        h("button", { type: "button", class: "quiet", on: { click: cancel } }, "Cancel"),
      mayChange() && !isGoing && button("trash", "Delete", remove),
    );
  }

  const play = () =>
    openDialog(
      film.name,
      () =>
        h(
          "div",
          { class: "dialog-body" },
          h("video", {
            src: address(`timelapses/${film.id}/file`),
            controls: true,
            autoplay: true,
            playsinline: true,
            loop: film.duration < 10,
            "aria-label": film.name,
            preload: "metadata",
          }),
        ),
      { className: "film-dialog", signal },
    );

  async function cancel() {
    try {
      await change("POST", `timelapses/${film.id}/cancel`);
    } catch (error) {
      toastProblem(error);
    }
  }

  async function remove() {
    if (
      film.state === "made" &&
      !(await confirmDialog(
        "Delete this timelapse?",
        `“${film.name}” is removed for good. Its pictures stay in the archive.`,
        "Delete",
      ))
    )
      return;
    try {
      await change("DELETE", `timelapses/${film.id}`);
      toast("Deleted.");
      changed();
    } catch (error) {
      toastProblem(error);
    }
  }

  show(film);
  return { element, show };
}
