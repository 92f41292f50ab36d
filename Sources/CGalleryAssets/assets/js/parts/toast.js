// Short messages at the edge, with what takes back what was done.
import { h } from "../core/html.js";

const place = () => document.getElementById("toasts");

/** @param undo is called at most once, where the person wants it. */
export function toast(text, { undo = null, bad = false, hint = null } = {}) {
  const element = h(
    "div",
    { class: bad ? "toast bad" : "toast", role: bad ? "alert" : "status" },
    h("p", {}, text, hint && h("span", { class: "hint" }, " ", hint)),
  );
  const timer = setTimeout(close, bad ? 12_000 : 8000);
  function close() {
    clearTimeout(timer);
    element.remove();
  }
  if (undo) {
    element.append(
      h(
        "button",
        {
          type: "button",
          on: {
            click: () => {
              close();
              undo();
            },
          },
        },
        "Undo",
      ),
    );
  }
  element.append(
    h("button", { type: "button", class: "quiet", "aria-label": "Close this message", on: { click: close } }, "×"),
  );
  place().append(element);
  // Above whatever there is: dialogs and full screen too.
  if (place().showPopover) {
    if (place().matches(":popover-open")) place().hidePopover();
    place().showPopover();
  }
  while (place().children.length > 3) place().firstChild.remove();
}

export const toastProblem = (error) => toast(error.message, { bad: true, hint: error.hint });
