// A camera as the Now page has it.
import { fill, h, set, setText } from "../core/html.js";
import { percent, sizeText } from "../core/numbers.js";
import { advice, because, stateText } from "../core/outcomes.js";
import { href } from "../core/router.js";
import { inText, lengthText, now, timeElement } from "../core/times.js";
import { allowanceMeter } from "./allowance-meter.js";
import { LivePicture } from "./picture.js";
import { stripElement } from "./strip.js";

export class CameraCard {
  constructor(camera, signal) {
    this.camera = camera;
    this.picture = new LivePicture(`${camera.camera}, newest picture`, signal);
    this.strip = stripElement(signal);
    this.age = h("span", { class: "age" });
    this.away = h("p", { class: "faint small", hidden: true });
    this.mark = h("span", { class: "state-mark", "aria-hidden": "true" });
    this.state = h("p", { class: "state" });
    this.job = h("div", { class: "job", hidden: true });
    this.trouble = h("div", { class: "trouble", hidden: true });
    this.allowance = h("div", { class: "allowance", hidden: true });
    const name = camera.camera;
    this.link = h("a", { class: "camera-picture", "aria-label": `Play ${name}` }, this.picture.element, this.age);
    this.element = h(
      "article",
      { class: "camera", "aria-label": name, data: { camera: name } },
      this.link,
      h(
        "div",
        { class: "camera-text" },
        h("h2", {}, this.mark, h("a", { href: href("timeline", name) }, name)),
        this.state,
        this.away,
        this.job,
        this.trouble,
      ),
      h(
        "a",
        { class: "camera-strip", href: href("timeline", name), tabindex: "-1", "aria-hidden": "true" },
        h("span", { class: "strip-name" }, "Last 24 hours"),
        this.strip.element,
      ),
      this.allowance,
    );
    this.update(camera);
  }

  update(told) {
    // What is told of a camera was read a moment ago: a frame may have come since.
    const { frame, shown } = this.camera;
    const camera = isBehind(told.frame, frame) ? { ...told, frame, shown } : told;
    this.camera = camera;
    const { element } = this;
    element.dataset.state = camera.state;
    set(element, { class: camera.healthy ? "camera" : "camera unwell" });
    this.#showState(camera);
    this.picture.element.classList.toggle("none", !camera.shown);
    if (!camera.shown) this.picture.element.dataset.why = camera.frame ? "No picture is here yet" : "No picture yet";
    if (camera.shown) this.showFrame(camera.shown);
    this.#showAway(camera);
    this.#showJob(camera);
    this.#showTrouble(camera);
    this.#showAllowance(camera);
  }

  /** A frame that was stored says itself that its camera stores frames. */
  showNew(frame) {
    if (isBehind(frame, this.camera.frame)) return;
    if (this.camera.state === "working" && this.camera.outcome !== "stored") {
      Object.assign(this.camera, { outcome: "stored", detail: null });
      this.#showState(this.camera);
    }
    this.camera.frame = this.camera.shown = frame;
    this.showFrame(frame);
  }

  showFrame(frame) {
    this.picture.show(frame);
    const seen = Date.parse(frame.last_seen_at);
    if (this.age.firstChild?.dataset?.age !== String(seen)) fill(this.age, timeElement(seen, { age: true }));
    this.#showJob(this.camera);
  }

  #showState(camera) {
    const lasts = !camera.healthy && camera.since ? `, for ${lengthText(now() - Date.parse(camera.since))}` : "";
    setText(this.state, stateText(camera) + lasts);
    this.state.title = because(camera.outcome ?? "", camera.detail);
  }

  /** Of another machine's camera the newest pictures are not here. */
  #showAway({ machine, frame, shown }) {
    const isAway = Boolean(frame) && frame.id !== shown?.id;
    this.away.hidden = !isAway;
    if (isAway) setText(this.away, `${shown ? "Newer" : "All"} pictures are still at “${machine}”.`);
    const latest = isAway && shown ? { at: shown.captured_at } : { follow: 1 };
    set(this.link, { href: href("play", null, { camera: this.camera.camera, ...latest }) });
  }

  #showJob({ print, frame }) {
    this.job.hidden = !print;
    if (!print) return;
    const done = frame?.print === print.id ? frame.progress : null;
    const failing = frame?.print === print.id ? frame.prediction : null;
    fill(
      this.job,
      h(
        "p",
        { class: "job-name" },
        h("a", { href: href("play", null, { print: print.id }) }, print.name ?? `Print ${print.id}`),
        done !== null && h("span", { class: "job-done" }, percent(done)),
      ),
      done !== null && h("progress", { max: 1, value: done, "aria-label": `Print ${percent(done)} done` }),
      failing !== null &&
        failing !== undefined &&
        h("p", { class: failing > 0.5 ? "prediction high" : "prediction" }, `Failure detection: ${percent(failing)}`),
    );
  }

  #showTrouble(camera) {
    const what = advice(camera);
    this.trouble.hidden = !what;
    if (!what) return;
    fill(this.trouble, h("p", {}, what.text), what.command && h("code", {}, what.command));
  }

  #showAllowance({ total, monthly_cap: cap, reset_at: reset, cap_met_at: met }) {
    const known = total !== null && cap && reset && Date.parse(reset) > now();
    this.allowance.hidden = !known;
    if (!known) return;
    const share = total / cap;
    fill(
      this.allowance,
      allowanceMeter(share, `Allowance: ${percent(share)} used`),
      h(
        "p",
        {},
        `Allowance: ${sizeText(total)} of ${sizeText(cap)}, new ${inText(Date.parse(reset))}`,
        met && Date.parse(met) < Date.parse(reset) && h("strong", {}, `, met ${inText(Date.parse(met))} at this pace`),
      ),
    );
  }
}

/** Whether a frame was captured before another one; times of one form are in order as texts. */
const isBehind = (frame, other) => Boolean(other) && (!frame || frame.captured_at < other.captured_at);
