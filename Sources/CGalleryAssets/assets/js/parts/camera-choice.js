// Which camera a page is about: the one that was named, the one looked at last, or the first.
import { get } from "../core/api.js";
import { h } from "../core/html.js";

/** @returns `null` where there is no camera at all. */
export async function chooseCamera(name, signal) {
  const names = (await get("cameras/names", {}, signal)).items;
  if (names.length === 0) return null;
  let chosen = name;
  if (!names.includes(chosen)) {
    try {
      chosen = localStorage.getItem("camera");
    } catch {
      chosen = null;
    }
  }
  if (!names.includes(chosen)) chosen = names[0];
  try {
    localStorage.setItem("camera", chosen);
  } catch {
    // Then the next page begins with the first one.
  }
  return { names, chosen };
}

export function cameraSelect({ names, chosen }, changed) {
  return h(
    "select",
    { "aria-label": "Camera", class: "camera-select", on: { change: (event) => changed(event.target.value) } },
    names.map((name) => h("option", { value: name, selected: name === chosen }, name)),
  );
}
