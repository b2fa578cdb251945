/** Rows as a table that sorts by its columns and goes on where it ends. */

import { h } from "../dom.js";
import type { Term } from "../ntriples.js";
import type { Answer, Row } from "../query.js";
import { place, say, short, site } from "../site.js";
import { sorted } from "../values.js";

const STEP = 200;

export function tableView(answer: Answer, announce: (text: string) => void): HTMLElement {
  const heading = (column: number) => answer.form === "graph" ? say(answer.columns[column] ?? "") : answer.columns[column] ?? "";
  let rows: readonly Row[] = answer.rows;
  let order = { column: -1, down: false };
  let shown = 0;

  const body = h("tbody");
  const more = h("button", { type: "button", class: "second", click: () => grow(true) }, say("more"));
  const tally = h("span", { class: "tally" });
  const heads = answer.columns.map((_, column) => h("th", { scope: "col" },
    h("button", { type: "button", class: "sort", title: say("sort", { column: heading(column) }), click: () => sort(column) }, heading(column))));

  function grow(byHand: boolean): void {
    const next = rows.slice(shown, shown + STEP);
    const made = next.map((row) => h("tr", {}, ...row.map(cell)));
    body.append(...made);
    shown += next.length;
    tally.textContent = say("shown", { shown, rows: rows.length });
    more.hidden = shown >= rows.length;
    tally.hidden = more.hidden && shown <= STEP;
    if (byHand) {
      announce(tally.textContent);
      const first = made[0];
      if (first) { first.tabIndex = -1; first.focus(); }
    }
  }

  function sort(column: number): void {
    order = { column, down: order.column === column && !order.down };
    rows = sorted(answer.rows, column, order.down, site.language);
    heads.forEach((head, at) => {
      if (at === column) head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    body.replaceChildren();
    shown = 0;
    grow(false);
  }

  grow(false);
  return h("div", {},
    h("div", { class: "table", tabindex: 0, role: "region", "aria-label": say("table") },
      h("table", {}, h("thead", {}, h("tr", {}, ...heads)), body)),
    h("p", { class: "actions" }, more, " ", tally));
}

export function cell(term: Term | undefined): HTMLTableCellElement {
  if (!term) return h("td");
  if (term.kind === "blank") return h("td", {}, `_:${term.value}`);
  if (term.kind === "literal") return h("td", term.language ? { lang: term.language } : {}, term.value);
  const address = place(term.value);
  const name = short(term.value);
  return h("td", {}, address ? h("a", { href: address, title: term.value }, name) : name);
}

/** A small table below a drawing: the same in words and figures. */
export function asTable(columns: string[], rows: readonly (readonly (Term | string | undefined)[])[]): HTMLElement {
  return h("details", { class: "same", open: true },
    h("summary", {}, say("asTable")),
    h("div", { class: "table", tabindex: 0, role: "region", "aria-label": say("asTable") },
      h("table", {},
        h("thead", {}, h("tr", {}, ...columns.map((column) => h("th", { scope: "col" }, column)))),
        h("tbody", {}, ...rows.map((row) => h("tr", {},
          ...row.map((value) => typeof value === "string" ? h("td", {}, value) : cell(value))))))));
}
