// What a newcomer sees, whose archive is empty.
import { h } from "../core/html.js";

export function welcome() {
  const step = (title, text, ...commands) =>
    h(
      "li",
      {},
      h("h2", {}, title),
      h("p", {}, text),
      commands.map((command) => h("code", {}, command)),
    );
  return h(
    "section",
    { class: "welcome" },
    h("h1", {}, "Nothing captured yet"),
    h(
      "p",
      { class: "lead" },
      "Pictures appear here by themselves as soon as the first one is kept. There are three ways to begin:",
    ),
    h(
      "ol",
      { class: "steps" },
      step(
        "A printer behind an Obico tunnel",
        "The browser opens your server’s page; then it captures.",
        "printlapse authorize printer",
        "printlapse capture printer",
      ),
      step(
        "A camera on your network",
        "Any camera with a snapshot address.",
        "printlapse cameras add garage --url 'http://192.168.1.20/webcam/?action=snapshot'",
        "printlapse capture",
      ),
      step(
        "Just trying it out",
        "A simulated printer prints in quick motion.",
        "printlapse simulate --endpoint-file tunnel.txt",
        "printlapse capture --endpoint-file tunnel.txt --interval 1s",
      ),
    ),
    h(
      "p",
      {},
      "Pictures that you have already come in with ",
      h("code", { class: "inline" }, "printlapse import FOLDER"),
      "; ",
      h("code", { class: "inline" }, "printlapse doctor"),
      " says what is amiss.",
    ),
  );
}
