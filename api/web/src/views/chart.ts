/** Bars or a line over one column of names and one of numbers. */

import { chooser, h, svg } from "../dom.js";
import type { Answer, Row } from "../query.js";
import { figure, say, site } from "../site.js";
import { columnsWhere, isYear, nameOf, numberOf, sorted } from "../values.js";
import { asTable } from "./table.js";

const MOST = 60;
const WIDTH = 720;
const NAMES = 240;
const STEP = 26;

export function chartView(answer: Answer): HTMLElement {
  const numeric = columnsWhere(answer, (term) => numberOf(term) !== null);
  const counted = numeric.filter((column) => !answer.rows.every((row) => isYear(row[column]) || !row[column]));
  const first = counted.at(-1) ?? numeric.at(-1);
  if (first === undefined || answer.columns.length < 2) return h("p", { class: "notice" }, say("noChart"));
  const texts = columnsWhere(answer, (term) => term.kind === "literal").filter((column) => column !== first && !counted.includes(column));
  let values = first;
  let labels = texts[0] ?? answer.columns.findIndex((_, column) => column !== first);
  let form = answer.rows.every((row) => isYear(row[labels])) ? "curve" : "bars";

  const drawn = h("div");
  const options = (columns: number[]) => columns.map((column) => [String(column), answer.columns[column] ?? ""] as const);
  function draw(): void {
    const name = (column: number) => answer.columns[column] ?? "";
    const there = answer.rows.filter((row) => numberOf(row[values]) !== null);
    const rows = (form === "curve" ? sorted(there, labels, false, site.language) : there).slice(0, MOST);
    const figures = rows.map((row) => numberOf(row[values]) ?? 0);
    const text = say("chartText", {
      values: name(values), labels: name(labels), n: rows.length,
      low: Math.min(...figures), high: Math.max(...figures),
    });
    const picture = form === "curve" ? line(rows, labels, figures, text) : bars(rows, labels, figures, text);
    drawn.replaceChildren(
      h("div", { class: "drawing" }, picture),
      rows.length < there.length ? h("p", { class: "tally" }, say("shown", { shown: rows.length, rows: there.length })) : "",
      asTable([name(labels), name(values)], rows.map((row) => [row[labels], row[values]])));
  }
  draw();
  return h("div", {},
    h("p", { class: "choices" },
      chooser(say("labels"), options(answer.columns.map((_, column) => column)), String(labels), (chosen) => { labels = Number(chosen); draw(); }),
      chooser(say("values"), options(numeric), String(values), (chosen) => { values = Number(chosen); draw(); }),
      chooser(say("shape"), [["bars", say("bars")], ["curve", say("curve")]], form, (chosen) => { form = chosen; draw(); })),
    drawn);
}

function bars(rows: readonly Row[], labels: number, figures: number[], text: string): SVGElement {
  const low = Math.min(0, ...figures);
  const high = Math.max(0, ...figures);
  const room = WIDTH - NAMES - 70;
  const x = (value: number) => NAMES + room * (value - low) / (high - low || 1);
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${rows.length * STEP + 4}`, role: "img", "aria-label": text });
  rows.forEach((row, at) => {
    const value = figures[at] ?? 0;
    const name = nameOf(row[labels]);
    const middle = at * STEP + STEP / 2;
    picture.append(
      svg("text", { x: NAMES - 8, y: middle + 4, "text-anchor": "end" }, name.length > 31 ? `${name.slice(0, 30)}…` : name),
      svg("rect", { x: Math.min(x(0), x(value)), y: middle - 8, width: Math.max(1, Math.abs(x(value) - x(0))), height: 16, rx: 2 },
        svg("title", {}, `${name}: ${figure(value)}`)),
      svg("text", { x: Math.max(x(0), x(value)) + 6, y: middle + 4, class: "figure" }, figure(value)));
  });
  return picture;
}

function line(rows: readonly Row[], labels: number, figures: number[], text: string): SVGElement {
  const [height, left, bottom] = [300, 64, 40];
  const steps = rows.map((row) => numberOf(row[labels]));
  const byNumber = steps.every((step): step is number => step !== null);
  const places = byNumber ? (steps as number[]) : rows.map((_, at) => at);
  const [from, to] = [Math.min(...places), Math.max(...places)];
  const low = Math.min(0, ...figures);
  const high = Math.max(...figures, low + 1);
  const x = (place: number) => left + (WIDTH - left - 30) * (place - from) / (to - from || 1);
  const y = (value: number) => 12 + (height - bottom - 12) * (1 - (value - low) / (high - low));
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": text });
  for (const value of ticks(low, high)) {
    picture.append(svg("line", { class: "grid", x1: left, x2: WIDTH - 30, y1: y(value), y2: y(value) }),
      svg("text", { x: left - 8, y: y(value) + 4, "text-anchor": "end", class: "figure" }, figure(value)));
  }
  picture.append(svg("polyline", { class: "curve", points: places.map((place, at) => `${x(place)},${y(figures[at] ?? 0)}`).join(" ") }));
  const every = Math.ceil(rows.length / 10);
  rows.forEach((row, at) => {
    const [across, up] = [x(places[at] ?? 0), y(figures[at] ?? 0)];
    picture.append(svg("circle", { cx: across, cy: up, r: 4 }, svg("title", {}, `${nameOf(row[labels])}: ${figure(figures[at] ?? 0)}`)));
    if (at % every === 0) {
      picture.append(svg("text", { x: across, y: height - 14, "text-anchor": "middle", class: "figure" }, nameOf(row[labels]).slice(0, 12)));
    }
  });
  return picture;
}

/** Round numbers from low to high, five or so. */
export function ticks(low: number, high: number): number[] {
  const rough = (high - low) / 5 || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
  const found: number[] = [];
  for (let value = Math.ceil(low / step) * step; value <= high + step / 1e6; value += step) found.push(Number(value.toPrecision(12)));
  return found;
}
