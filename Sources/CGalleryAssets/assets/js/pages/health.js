// Health: what status, doctor, verify and stats say, for people.
import { get } from "../core/api.js";
import { fill, h, paced, settled } from "../core/html.js";
import { icon } from "../core/icons.js";
import { onNews } from "../core/live.js";
import { counted, number, percent, sizeText } from "../core/numbers.js";
import { isHub, outcome, reason, stateText, suspicion } from "../core/outcomes.js";
import { href } from "../core/router.js";
import { inText, lengthText, now, timeElement } from "../core/times.js";
import { allowanceMeter } from "../parts/allowance-meter.js";
import { swatch } from "../timeline/swatch.js";

export async function open({ root, signal }) {
  const parts = {
    status: section("Cameras"),
    doctor: section("Set-up"),
    verify: section("Pictures at rest"),
    stats: section("In numbers"),
    usage: section("Allowance"),
    alerts: section("Alerts"),
  };
  fill(
    root,
    h("div", { class: "page-head" }, h("h1", {}, "Health")),
    h(
      "div",
      { class: "health" },
      Object.values(parts).map(({ element }) => element),
    ),
  );
  const part = async (name, path, query, draw) => {
    try {
      const answer = await get(path, query, signal);
      fill(parts[name].body, draw(answer));
    } catch (error) {
      if (!signal.aborted) fill(parts[name].body, h("p", { class: "warn" }, error.message));
    }
    parts[name].element.setAttribute("aria-busy", "false");
  };
  const load = () =>
    Promise.all([
      part("status", "status", {}, statusRows),
      part("doctor", "doctor", {}, doctorRows),
      part("verify", "verify", {}, verifyRows),
      part("stats", "stats", {}, statsRows),
      part("usage", "usage", {}, usageRows),
      part("alerts", "alerts", { limit: 50 }, alertRows),
    ]);
  await load();
  const status = paced(2000, () => signal.aborted || part("status", "status", {}, statusRows));
  onNews("camera", status, signal);
  onNews("status", status, signal);
  onNews("verify", (news) => fill(parts.verify.body, verifyRows(news)), signal);
  onNews(
    "alert",
    settled(300, () => part("alerts", "alerts", { limit: 50 }, alertRows)),
    signal,
  );
  onNews("again", settled(500, load), signal);
}

function section(title) {
  const body = h("div", { class: "health-body" }, h("p", { class: "faint" }, "Looking …"));
  return {
    body,
    element: h("section", { class: "panel", "aria-label": title, "aria-busy": "true" }, h("h2", {}, title), body),
  };
}

const tick = (ok) =>
  h(
    "span",
    { class: ok ? "tick good" : "tick warn" },
    icon(ok ? "good" : "bad"),
    h("span", { class: "unseen" }, ok ? "well: " : "needs you: "),
  );
const row = (ok, ...children) => h("li", { class: "check" }, tick(ok), h("div", {}, children));

const standingOf = ({ problem, reason: why, retired_at: retired }) =>
  retired ? " is followed no more" : problem ? `: ${why}` : " is followed";

function statusRows({
  cameras,
  capturing,
  writer,
  clock,
  archive_problem: problem,
  disk_free: free,
  archive_bytes: used,
  timelapses,
  machines,
}) {
  const many = cameras.length > 12;
  const shown = many ? cameras.filter((camera) => !camera.healthy) : cameras;
  const well = cameras.length - cameras.filter((camera) => !camera.healthy).length;
  return h(
    "ul",
    { class: "checks" },
    (capturing || !isHub({ cameras, machines })) &&
      row(
        capturing,
        h("p", {}, capturing ? "A capture is running" : "No capture is running"),
        writer && h("p", { class: "faint small" }, withLocalTime(writer)),
        !capturing && h("code", {}, "printlapse capture"),
      ),
    shown.map((camera) =>
      row(
        camera.healthy,
        h(
          "p",
          {},
          h("a", { href: href("timeline", camera.camera) }, camera.camera),
          `: ${stateText(camera)}`,
          camera.since && h("span", { class: "faint" }, `, for ${lengthText(now() - Date.parse(camera.since))}`),
        ),
        h(
          "p",
          { class: "faint small" },
          camera.last_frame_at ? ["last picture ", timeElement(camera.last_frame_at, { age: true })] : "no picture yet",
        ),
      ),
    ),
    machines.map((machine) =>
      row(
        !machine.problem,
        h("p", {}, `“${machine.name}”${standingOf(machine)}`),
        h(
          "p",
          { class: "faint small" },
          machine.segment_at ? ["told up to ", timeElement(machine.segment_at, { age: true })] : "has told nothing yet",
        ),
        machine.problem && machine.hint && h("p", { class: "faint small" }, machine.hint),
      ),
    ),
    many && well > 0 && row(true, h("p", {}, `${counted(well, "camera")} well`)),
    clock && row(false, h("p", {}, `The clock: ${clock.replaceAll("_", " ")}`), h("code", {}, "printlapse times")),
    problem && row(false, h("p", {}, `The archive’s file: ${problem.replaceAll("_", " ")}`)),
    timelapses.failing > 0 &&
      row(
        false,
        h("p", {}, h("a", { href: href("timelapses") }, counted(timelapses.failing, "timelapse")), " could not be made"),
        h("p", { class: "faint small" }, timelapses.reason),
      ),
    row(free > 1e9, h("p", {}, `${sizeText(free)} free; the archive takes ${sizeText(used)}`)),
  );
}

function doctorRows({ findings, at }) {
  return [
    h(
      "ul",
      { class: "checks" },
      findings.map(({ subject, ok, text, hint }) =>
        row(ok, h("p", {}, h("strong", {}, subject), ` ${text}`), hint && h("p", { class: "faint small" }, hint)),
      ),
    ),
    h("p", { class: "faint small" }, "Looked at ", timeElement(at, { age: true })),
  ];
}

function verifyRows({ last, running }) {
  const going = running && [
    h(
      "p",
      {},
      `Being checked: ${percent(running.pictures > 0 ? running.pictures_checked / running.pictures : 0)}, ${sizeText(running.bytes_checked)} read`,
    ),
    h("progress", {
      max: 1,
      value: running.pictures > 0 ? running.pictures_checked / running.pictures : 0,
      "aria-label": "How far the check is",
    }),
  ];
  if (!last)
    return [
      going,
      !running && [
        h("p", {}, "Not checked yet. A check reads, hashes and decodes every picture."),
        h("code", {}, "printlapse verify"),
      ],
    ];
  const { report } = last;
  return [
    going,
    h(
      "ul",
      { class: "checks" },
      row(
        report.ok,
        h(
          "p",
          {},
          report.ok
            ? "All is well"
            : `${counted(last.damaged_frames, "damaged picture")}, ${counted(report.problems.length, "problem")}`,
        ),
        h(
          "p",
          { class: "faint small" },
          `${counted(report.frames_checked, "frame")}, ${sizeText(report.bytes_checked)}, `,
          timeElement(last.at, { age: true }),
          last.options && [", a part of all: ", h("code", {}, last.options)],
        ),
      ),
      last.suspect_frames > 0 &&
        h(
          "li",
          { class: "check" },
          h("span", { class: "tick" }),
          h("p", {}, `${counted(last.suspect_frames, "suspect picture")}: they may not be what the camera saw`),
        ),
      report.problems.slice(0, 10).map((text) => row(false, h("p", {}, text))),
    ),
    !report.ok && h("code", {}, "printlapse verify --repair --from BACKUP"),
  ];
}

function statsRows(stats) {
  const slots = Object.entries(stats.slots)
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1]);
  const total = slots.reduce((sum, [, count]) => sum + count, 0);
  const item = (name, value) => h("div", {}, h("dt", {}, name), h("dd", {}, value));
  return [
    h(
      "dl",
      { class: "numbers" },
      item("Frames", number(stats.frames)),
      item("Pictures", sizeText(stats.stored_bytes ?? stats.bytes)),
      item("Saved by not keeping repeats", sizeText(stats.bytes_saved)),
      item("Received", sizeText(stats.received)),
      stats.removed > 0 && item("Removed since", number(stats.removed)),
      stats.offloaded_bytes > 0 && item("Of these in packs elsewhere", sizeText(stats.offloaded_bytes)),
      stats.compacted_bytes > 0 && item("Saved by compacting", sizeText(stats.compacted_bytes)),
    ),
    total > 0 &&
      h(
        "table",
        { class: "slots" },
        h("caption", {}, "Slots by outcome"),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col" }, "Outcome"),
            h("th", { scope: "col", class: "right" }, "Slots"),
            h("th", { scope: "col", class: "right" }, "Share"),
          ),
        ),
        h(
          "tbody",
          {},
          slots.map(([name, count]) =>
            h(
              "tr",
              {},
              h("th", { scope: "row" }, h("span", { class: "slot" }, swatch(name), outcome(name).word)),
              h("td", { class: "right" }, number(count)),
              h("td", { class: "right" }, percent(count / total, 1)),
            ),
          ),
        ),
      ),
    Object.keys(stats.rejections).length > 0 &&
      h(
        "p",
        { class: "small" },
        "Rejected: ",
        Object.entries(stats.rejections)
          .map(([label, count]) => `${reason(label)} ${number(count)}`)
          .join(", "),
      ),
    Object.keys(stats.suspects).length > 0 &&
      h(
        "p",
        { class: "small" },
        "Suspect: ",
        Object.entries(stats.suspects)
          .map(([label, count]) => `${suspicion(label)} ${number(count)}`)
          .join(", "),
      ),
  ];
}

function usageRows({ items }) {
  if (items.length === 0) return h("p", { class: "faint" }, "No camera here has an allowance.");
  return items.map((usage) => {
    const course = usage.forecast?.by_month;
    const met = course?.cap_met_at ?? course?.stop_met_at;
    return h(
      "div",
      { class: "usage" },
      h("h3", {}, usage.camera),
      usage.unlimited || !usage.monthly_cap
        ? h("p", {}, "Unlimited")
        : [
            allowanceMeter(usage.fraction ?? 0, `${percent(usage.fraction ?? 0)} used`),
            h(
              "p",
              {},
              `${sizeText(usage.total)} of ${sizeText(usage.monthly_cap)}; anew ${usage.reset_at ? inText(Date.parse(usage.reset_at)) : "at the next month"}`,
            ),
          ],
      usage.skipping && h("p", { class: "warn" }, "Slots are skipped for the sake of the allowance."),
      met
        ? h("p", { class: "warn" }, "At this pace it is met ", timeElement(met))
        : h("p", { class: "faint small" }, "At this pace it lasts."),
      usage.metered_bytes_per_frame !== null &&
        h(
          "p",
          { class: "faint small" },
          `A picture costs ${usage.metered_bytes_per_frame === 0 ? "nothing" : sizeText(usage.metered_bytes_per_frame)}`,
        ),
    );
  });
}

const changeWord = (change) => ({ opened: " began", closed: " is over" })[change] ?? "";

function alertRows({ open: current, items }) {
  if (current.length === 0 && items.length === 0) return h("p", { class: "faint" }, "Nothing to tell.");
  const words = (kind) => kind.replaceAll("_", " ");
  return h(
    "ul",
    { class: "checks" },
    current.map(({ event, camera, since }) =>
      row(
        false,
        h("p", {}, h("strong", {}, words(event)), camera && `: ${camera}`),
        h("p", { class: "faint small" }, "since ", timeElement(since)),
      ),
    ),
    items.map(({ event, change, message, hint, at }) =>
      h(
        "li",
        { class: "check" },
        change === "closed" ? tick(true) : h("span", { class: "tick" }),
        h(
          "div",
          {},
          h("p", {}, message),
          hint && h("p", { class: "faint small" }, hint),
          h("p", { class: "faint small" }, `${words(event)}${changeWord(change)}, `, timeElement(at)),
        ),
      ),
    ),
  );
}

/** What ends with an instant, as the archive names who writes to it: with the browser's time instead. */
function withLocalTime(text) {
  const [, words, instant] = text.match(/^(.*)(\d{4}-\d\d-\d\dT\S+Z)$/) ?? [];
  return instant ? [words, timeElement(instant)] : text;
}
