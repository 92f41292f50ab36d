// Elements without a framework. Text is always text: nothing here parses markup, so a camera's name cannot become any.

/**
 * Makes an element: `h("button", { class: "quiet", on: { click } }, "Play")`.
 *
 * Properties are attributes, but `class`, `on` (listeners), `style` (custom properties too; by the object model, which
 * a content security policy without inline styles allows), `data` and `prop` (properties of the object, as `value`).
 * Those that are `null`, `undefined` or `false` are left out.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  set(element, properties);
  add(element, children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  add(element, children);
  return element;
}

export function set(element, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (name === "on") {
      for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
    } else if (name === "style") {
      for (const [key, text] of Object.entries(value)) element.style.setProperty(key, text);
    } else if (name === "data") {
      Object.assign(element.dataset, value);
    } else if (name === "prop") {
      Object.assign(element, value);
    } else if (value === null || value === undefined || value === false) {
      element.removeAttribute(name);
    } else {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
}

function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/** Puts these children in place of those that are there. */
export function fill(element, ...children) {
  element.replaceChildren();
  add(element, children);
  return element;
}

/** Changes text only where it is another: nothing is laid out, and nothing read out, for the same again. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Calls with the last arguments only, `delay` ms after the last call. */
export function settled(delay, body) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => body(...values), delay);
  };
}

/** Calls with the last arguments at most once in `delay` ms, however long the calls go on; the last one always counts. */
export function paced(delay, body) {
  let isDue = false;
  let last = [];
  return (...values) => {
    last = values;
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      body(...last);
    }, delay);
  };
}

/** Calls once before the next drawing, however often it is asked. */
export function drawing(body) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      body();
    });
  };
}

/** Fits a canvas to its place in device pixels; draws then in CSS pixels. */
export function fitted(canvas) {
  const ratio = devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  const [w, t] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  if (canvas.width !== w || canvas.height !== t) [canvas.width, canvas.height] = [w, t];
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { context, width, height, ratio };
}

export const wantsLessMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Says something to those who listen, and to nobody else. */
export function say(text) {
  setText(document.getElementById("said"), text);
}
