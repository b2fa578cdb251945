/** The answer as it came over the wire. */

import { h } from "../dom.js";
import type { Answer } from "../query.js";
import { say } from "../site.js";

const MOST = 200_000;

export function rawView(answer: Answer): HTMLElement {
  const text = answer.form === "graph" ? answer.text : JSON.stringify(JSON.parse(answer.text), null, 2);
  return h("div", {},
    h("pre", { tabindex: 0, role: "region", "aria-label": say("raw"), lang: "en" }, h("code", {}, text.slice(0, MOST))),
    text.length > MOST ? h("p", { class: "notice" }, say("cut")) : null);
}
