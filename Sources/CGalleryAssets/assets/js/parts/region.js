// A box that is drawn on a picture, by pointer or by four numbers.
import { h, set } from "../core/html.js";
import { clamp } from "../core/numbers.js";

/** @param changed is called with `{ x, y, width, height }` in pixels of the picture as it is shown, or `null`. */
export function regionPicker({ changed, signal }) {
  const image = h("img", { alt: "The picture to draw a box on", draggable: "false" });
  const box = h("div", { class: "region-box", hidden: true });
  const field = h("div", { class: "region-field" }, image, box);
  // Known once the picture is there: its Exif data may have it stand otherwise than it is stored.
  let size = null;
  let region = null;
  let start = null;
  const names = { x: "Left", y: "Top", width: "Width", height: "Height" };
  const inputs = Object.fromEntries(
    Object.keys(names).map((key) => [
      key,
      h("input", { type: "number", min: 0, step: 1, "aria-label": names[key], inputmode: "numeric" }),
    ]),
  );
  const numbers = h(
    "div",
    { class: "region-numbers" },
    Object.entries(names).map(([key, text]) => h("label", {}, text, inputs[key])),
  );

  const at = (event) => {
    const frame = field.getBoundingClientRect();
    return {
      x: clamp((event.clientX - frame.left) / frame.width, 0, 1) * size.width,
      y: clamp((event.clientY - frame.top) / frame.height, 0, 1) * size.height,
    };
  };
  const put = (next) => {
    region = next && next.width >= 8 && next.height >= 8 ? next : null;
    set(box, { hidden: region === null });
    if (region) {
      const part = (value, whole) => `${(value / whole) * 100}%`;
      set(box, {
        style: {
          left: part(region.x, size.width),
          top: part(region.y, size.height),
          width: part(region.width, size.width),
          height: part(region.height, size.height),
        },
      });
      for (const key of Object.keys(names)) inputs[key].value = Math.round(region[key]);
    }
    changed(region && Object.fromEntries(Object.entries(region).map(([key, value]) => [key, Math.round(value)])));
  };
  const between = (a, b) => ({
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  });
  field.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0 || !size) return;
      event.preventDefault();
      field.setPointerCapture(event.pointerId);
      start = at(event);
    },
    { signal },
  );
  field.addEventListener("pointermove", (event) => start && put(between(start, at(event))), { signal });
  field.addEventListener(
    "pointerup",
    () => {
      start = null;
    },
    { signal },
  );
  field.addEventListener(
    "pointercancel",
    () => {
      start = null;
    },
    { signal },
  );
  for (const input of Object.values(inputs)) {
    input.addEventListener(
      "input",
      () => {
        if (!size) return;
        const value = (key, most) => clamp(Number(inputs[key].value) || 0, 0, most);
        const [x, y] = [value("x", size.width - 8), value("y", size.height - 8)];
        const next = {
          x,
          y,
          width: Math.min(value("width", size.width), size.width - x),
          height: Math.min(value("height", size.height), size.height - y),
        };
        if (next.width >= 8 && next.height >= 8) put(next);
      },
      { signal },
    );
  }
  return {
    field,
    numbers,
    show(url, picture) {
      field.style.setProperty("--shape", `${picture.width} / ${picture.height}`);
      image.addEventListener(
        "load",
        () => {
          size = { width: image.naturalWidth, height: image.naturalHeight };
          field.style.setProperty("--shape", `${size.width} / ${size.height}`);
        },
        { signal },
      );
      image.src = url;
    },
    put,
  };
}
