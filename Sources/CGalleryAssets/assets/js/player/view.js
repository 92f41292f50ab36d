// How far one has zoomed into a picture, and where: the same for both pictures that are compared.
import { clamp } from "../core/numbers.js";

const MOST = 16;

export class View {
  zoom = 1;
  /** The middle of what is seen, as a share of the picture. */
  x = 0.5;
  y = 0.5;

  reset() {
    [this.zoom, this.x, this.y] = [1, 0.5, 0.5];
  }

  /** Where a picture of a size lies in a box. */
  box(size, width, height) {
    const fit = Math.min(width / size.width, height / size.height) * this.zoom;
    const [w, t] = [size.width * fit, size.height * fit];
    const along = (share, length, room) =>
      length <= room ? (room - length) / 2 : clamp(room / 2 - share * length, room - length, 0);
    return { x: along(this.x, w, width), y: along(this.y, t, height), width: w, height: t };
  }

  /** Zooms around a point of the box, which stays where it is. */
  zoomBy(factor, point, size, width, height) {
    const before = this.box(size, width, height);
    const share = { x: (point.x - before.x) / before.width, y: (point.y - before.y) / before.height };
    this.zoom = clamp(this.zoom * factor, 1, MOST);
    const fit = Math.min(width / size.width, height / size.height) * this.zoom;
    this.x = clamp(share.x + (width / 2 - point.x) / (size.width * fit), 0, 1);
    this.y = clamp(share.y + (height / 2 - point.y) / (size.height * fit), 0, 1);
    if (this.zoom === 1) this.reset();
  }

  pan(dx, dy, size, width, height) {
    if (this.zoom === 1) return;
    const box = this.box(size, width, height);
    const half = { x: width / 2 / box.width, y: height / 2 / box.height };
    this.x = clamp(this.x - dx / box.width, Math.min(0.5, half.x), Math.max(0.5, 1 - half.x));
    this.y = clamp(this.y - dy / box.height, Math.min(0.5, half.y), Math.max(0.5, 1 - half.y));
  }
}

/** Wheel, drag and pinch move the view; a double click goes in and out. */
export function takeView(canvas, view, { size, changed, tapped, signal }) {
  const pointers = new Map();
  let travelled = 0;
  const on = (type, body, options = {}) => canvas.addEventListener(type, body, { signal, ...options });
  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const zoom = (factor, at) => {
    view.zoomBy(factor, at, size(), canvas.clientWidth, canvas.clientHeight);
    changed();
  };
  on(
    "wheel",
    (event) => {
      event.preventDefault();
      zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 16 : 1) * (event.ctrlKey ? 0.01 : 0.002)), point(event));
    },
    { passive: false },
  );
  on("dblclick", (event) => {
    if (view.zoom === 1) return zoom(3, point(event));
    view.reset();
    changed();
  });
  on("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    if (pointers.size === 0) travelled = 0;
    pointers.set(event.pointerId, point(event));
  });
  on("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const at = point(event);
    const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, other]) => other);
    if (others.length === 1) {
      const spread = (a) => Math.max(8, Math.hypot(a.x - others[0].x, a.y - others[0].y));
      zoom(spread(at) / spread(before), { x: (at.x + others[0].x) / 2, y: (at.y + others[0].y) / 2 });
      travelled = 99;
    } else {
      travelled += Math.abs(at.x - before.x) + Math.abs(at.y - before.y);
      view.pan(at.x - before.x, at.y - before.y, size(), canvas.clientWidth, canvas.clientHeight);
      changed();
    }
    pointers.set(event.pointerId, at);
  });
  on("pointerup", (event) => {
    if (pointers.delete(event.pointerId) && pointers.size === 0 && travelled < 5) tapped(event);
  });
  on("pointercancel", (event) => pointers.delete(event.pointerId));
}
