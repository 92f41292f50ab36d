import { h } from "../core/html.js";

/** How much of a month's allowance is used, from 0 to 1; more than all of it is shown as all. */
export function allowanceMeter(share, label) {
  return h("meter", { min: 0, max: 1, low: 0.75, high: 0.9, optimum: 0, value: Math.min(1, share), "aria-label": label });
}
