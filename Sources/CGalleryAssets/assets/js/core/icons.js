// Line icons, 24 × 24, drawn for this page.
import { svg } from "./html.js";

const paths = {
  now: "M4 6h16v10H4zM9 20h6M12 16v4",
  timeline: "M3 12h18M6 8v8M11 10v4M16 7v10M20 10v4",
  prints: "M12 3 4 7.5v9L12 21l8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9",
  timelapses: "M4 5h16v14H4zM4 9h16M8 5v4M12 5v4M16 5v4M10.5 12v4.5l4-2.2z",
  when: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M12 9v3l2 1.5",
  health: "M3 12h4l2.5-6 4 13 2.5-7h5",
  play: "M7 4.5v15l12-7.5z",
  pause: "M7 5v14M17 5v14",
  back: "M17 4.5v15L5 12z",
  first: "M18 5v14L8 12zM6 5v14",
  last: "M6 5v14l10-7zM18 5v14",
  stepBack: "M15 5l-7 7 7 7",
  stepOn: "M9 5l7 7-7 7",
  loop: "M5 12a6 6 0 0 1 6-6h8m0 0-3-3m3 3-3 3M19 12a6 6 0 0 1-6 6H5m0 0 3 3m-3-3 3-3",
  full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  compare: "M12 3v18M4 6h5v12H4M20 6h-5M20 18h-5M20 6v12",
  zoomIn: "M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15.5 15.5 20 20M11 8.5v5M8.5 11h5",
  zoomOut: "M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15.5 15.5 20 20M8.5 11h5",
  download: "M12 4v11m0 0-4-4m4 4 4-4M5 20h14",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  exclude: "M5 5l14 14M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z",
  note: "M5 4h14v11l-5 5H5zM14 20v-5h5M8 9h8M8 13h4",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13M10 11v5M14 11v5",
  film: "M4 5h16v14H4zM8 5v14M16 5v14M4 10h4M4 14h4M16 10h4M16 14h4",
  again: "M19 12a7 7 0 1 1-2-5m2-3v4h-4",
  search: "M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15.5 15.5 20 20",
  close: "M6 6l12 12M18 6 6 18",
  help: "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 18v.01",
  calendar: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5",
  moon: "M19 14.5A8 8 0 0 1 9.5 5a7.5 7.5 0 1 0 9.5 9.5z",
  auto: "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
  grid: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
  list: "M4 6h16M4 12h16M4 18h16",
  good: "M5 12.5l4.5 4.5L19 7.5",
  bad: "M12 4 2.5 20h19zM12 10v4.5M12 17.5v.01",
  inPoint: "M9 4H6v16h3M11 12h8",
  outPoint: "M15 4h3v16h-3M13 12H5",
  copy: "M8 8h12v12H8zM16 8V4H4v12h4",
  menu: "M5 12h.01M12 12h.01M19 12h.01",
  filter: "M4 6h16l-6 7v6l-4-2v-4z",
};

/** An icon that says nothing to a screen reader: what it is on has a name. */
export function icon(name) {
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, svg("path", { d: paths[name] }));
}
