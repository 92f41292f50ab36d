// Dialogs, by the browser's own element: it keeps the focus in, and Escape closes it.
import { h } from "../core/html.js";
import { icon } from "../core/icons.js";

let count = 0;

/** Opens a dialog; gives a promise of what `close` was given, or `null` where it was dismissed. */
export function openDialog(title, build, { className = "", signal = null } = {}) {
  return new Promise((done) => {
    const id = `dialog-${++count}`;
    const before = document.activeElement;
    const leaving = new AbortController();
    let result = null;
    const close = (value = null) => {
      result = value;
      dialog.close();
    };
    const dialog = h(
      "dialog",
      { class: `dialog ${className}`, "aria-labelledby": id },
      h(
        "header",
        { class: "dialog-head" },
        h("h2", { id }, title),
        h(
          "button",
          { type: "button", class: "icon-button", "aria-label": "Close", on: { click: () => close() } },
          icon("close"),
        ),
      ),
    );
    dialog.append(build({ close, signal: leaving.signal, dialog }));
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) close();
    });
    dialog.addEventListener("close", () => {
      leaving.abort();
      dialog.remove();
      if (before?.isConnected) before.focus();
      done(result);
    });
    signal?.addEventListener("abort", () => dialog.isConnected && dialog.close());
    document.body.append(dialog);
    dialog.showModal();
    // What one came for is nearer than the way out.
    dialog.querySelector(".dialog-body :is(input, select, button)")?.focus();
  });
}

/** Asks before what cannot be taken back. */
export function confirmDialog(title, text, action) {
  return openDialog(
    title,
    ({ close }) =>
      h(
        "div",
        { class: "dialog-body" },
        h("p", {}, text),
        h(
          "div",
          { class: "dialog-end" },
          h("button", { type: "button", class: "quiet", on: { click: () => close(false) } }, "Leave it"),
          h("button", { type: "button", class: "danger", on: { click: () => close(true) } }, action),
        ),
      ),
    { className: "small" },
  );
}

/** Asks for one line; gives the text, `""` to remove it, or `null` where it was dismissed. */
export function textDialog(title, label, value = "") {
  return openDialog(
    title,
    ({ close }) => {
      const input = h("input", {
        type: "text",
        id: "dialog-text",
        maxlength: 1000,
        autocomplete: "off",
        prop: { value },
      });
      return h(
        "form",
        {
          class: "dialog-body",
          on: {
            submit: (event) => {
              event.preventDefault();
              close(input.value.trim());
            },
          },
        },
        h("label", { for: "dialog-text" }, label),
        input,
        h(
          "div",
          { class: "dialog-end" },
          value && h("button", { type: "button", class: "quiet", on: { click: () => close("") } }, "Remove it"),
          h("button", { type: "submit", class: "primary" }, "Keep"),
        ),
      );
    },
    { className: "small" },
  );
}
