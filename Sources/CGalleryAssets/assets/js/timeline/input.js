// Moving through time: wheel, drag, pinch, touch and keys.

/**
 * @param moved is called after the scale changed, `pointed` with an instant under the pointer, `left` when it leaves,
 *   `chosen` with the instant of a click or of Enter.
 */
export function takeInput(canvas, scale, { moved, pointed, left, chosen, cursor, ends, signal }) {
  const pointers = new Map();
  let travelled = 0;
  const x = (event) => event.clientX - canvas.getBoundingClientRect().left;
  const on = (type, body, options = {}) => canvas.addEventListener(type, body, { signal, ...options });

  on(
    "wheel",
    (event) => {
      event.preventDefault();
      const unit = event.deltaMode === 1 ? 16 : 1;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
        scale.move((event.deltaX || event.deltaY) * unit * scale.perPixel);
      else
        scale.zoom(
          Math.exp(Math.max(-1, Math.min(1, event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0022)))),
          scale.instant(x(event)),
        );
      moved();
    },
    { passive: false },
  );

  on("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, x(event));
    if (pointers.size === 1) travelled = 0;
    canvas.focus({ preventScroll: true });
    pointed(scale.instant(x(event)));
  });
  on("pointermove", (event) => {
    const at = x(event);
    if (!pointers.has(event.pointerId)) return pointed(scale.instant(at));
    const before = [...pointers.values()];
    const last = pointers.get(event.pointerId);
    pointers.set(event.pointerId, at);
    if (pointers.size === 2) {
      const [a, b] = [...pointers.values()];
      const middle = (before[0] + before[1]) / 2;
      const spread = Math.max(8, Math.abs(before[0] - before[1]));
      scale.move((middle - (a + b) / 2) * scale.perPixel);
      scale.zoom(spread / Math.max(8, Math.abs(a - b)), scale.instant((a + b) / 2));
      travelled = 99;
    } else {
      travelled += Math.abs(at - last);
      if (travelled > 4) scale.move((last - at) * scale.perPixel);
    }
    moved();
    pointed(scale.instant(at));
  });
  const up = (event) => {
    const was = pointers.size;
    if (!pointers.delete(event.pointerId)) return;
    if (event.type === "pointerup" && was === 1 && travelled <= 4 && event.pointerType === "mouse")
      chosen(scale.instant(x(event)));
  };
  on("pointerup", up);
  on("pointercancel", up);
  on("pointerleave", (event) => event.pointerType === "mouse" && pointers.size === 0 && left());

  on("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = cursor();
    const step = scale.length / (event.shiftKey ? 10 : 100);
    const point = (instant) => {
      scale.reveal(instant);
      moved();
      pointed(instant);
    };
    const keys = {
      ArrowLeft: () => point(at - step),
      ArrowRight: () => point(at + step),
      PageUp: () => point(at - scale.length * 0.8),
      PageDown: () => point(at + scale.length * 0.8),
      "+": () => {
        scale.zoom(0.5, at);
        moved();
      },
      "=": () => {
        scale.zoom(0.5, at);
        moved();
      },
      "-": () => {
        scale.zoom(2, at);
        moved();
      },
      ArrowUp: () => {
        scale.zoom(0.5, at);
        moved();
      },
      ArrowDown: () => {
        scale.zoom(2, at);
        moved();
      },
      Home: () => point(ends().from),
      End: () => point(ends().until),
      Enter: () => chosen(at),
      " ": () => chosen(at),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
