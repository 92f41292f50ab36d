// Asks for the password where the gallery wants one.
import { change } from "../core/api.js";
import { h, setText } from "../core/html.js";

let asking = null;

export function askPassword() {
  asking ??= ask().finally(() => {
    asking = null;
  });
  return asking;
}

function ask() {
  return new Promise((done) => {
    const wrong = h("p", { class: "field-problem", role: "alert" });
    const input = h("input", {
      type: "password",
      name: "password",
      autocomplete: "current-password",
      required: true,
      id: "password",
    });
    const dialog = h(
      "dialog",
      { class: "dialog login", "aria-labelledby": "login-title" },
      h(
        "form",
        { method: "dialog", on: { submit } },
        h("h2", { id: "login-title" }, "This gallery has a password"),
        h("label", { for: "password" }, "Password"),
        input,
        wrong,
        h("div", { class: "dialog-end" }, h("button", { class: "primary", type: "submit" }, "Open")),
      ),
    );
    async function submit(event) {
      event.preventDefault();
      try {
        await change("POST", "login", { password: input.value });
        dialog.close();
        dialog.remove();
        done();
      } catch (error) {
        setText(wrong, error.message + (error.hint ? " " + error.hint : ""));
        input.select();
      }
    }
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    document.body.append(dialog);
    dialog.showModal();
  });
}
