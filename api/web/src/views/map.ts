/** Places on a plain grid of meridians and parallels: no picture of the earth is fetched from anywhere. */

import { h, svg } from "../dom.js";
import type { Term } from "../ntriples.js";
import type { Answer, Row } from "../query.js";
import { figure, place, say } from "../site.js";
import { columnsWhere, naming, nameOf, numberOf, WKT } from "../values.js";
import { parseShapes, type Point, type Shape } from "../wkt.js";
import { ticks } from "./chart.js";
import { asTable } from "./table.js";

const MOST = 2000;
const NAMED = 150;
const WIDEST = 720;
const NARROWEST = 280;
const MARGINS = 66; // of the page and of the frame, left and right
const HIGHEST = 760;
const EDGE = 44;
const GAP = 9;
const LETTER = 7.5;

interface Spot { name: string; thing: Term | undefined; label: Term | undefined; shapes: Shape[] }

export function mapView(answer: Answer): HTMLElement {
  const spots = findSpots(answer);
  if (spots.length === 0) return h("p", { class: "notice" }, say("noMap"));
  const drawn = spots.slice(0, MOST);
  return h("div", {},
    h("div", { class: "drawing" }, picture(drawn)),
    spots.length > drawn.length ? h("p", { class: "tally" }, say("shown", { shown: drawn.length, rows: spots.length })) : null,
    asTable([say("name"), say("geometry"), say("longitude"), say("latitude")], drawn.map(described)));
}

function findSpots(answer: Answer): Spot[] {
  const [geometry] = columnsWhere(answer, (term) => term.datatype === WKT);
  const find = (pattern: RegExp) => answer.columns.findIndex((column) => pattern.test(column));
  const [latitude, longitude] = [find(/^lat(itude)?$/i), find(/^(lon|lng|long|longitude)$/i)];
  if (geometry === undefined && (latitude < 0 || longitude < 0) && answer.form !== "graph") return [];
  const things = columnsWhere(answer, (term) => term.kind === "iri");
  const label = naming(answer, things[0] ?? -1);
  return answer.rows.map((row): Spot => {
    const thing = things[0] === undefined ? undefined : row[things[0]];
    return { name: nameOf(row[label] ?? thing), thing, label: row[label], shapes: shapesOf(row, geometry, latitude, longitude) };
  }).filter((spot) => spot.shapes.length > 0);
}

function shapesOf(row: Row, geometry: number | undefined, latitude: number, longitude: number): Shape[] {
  const literal = row.find((term, column) => term?.datatype === WKT && (geometry === undefined || column === geometry));
  if (literal) return parseShapes(literal.value);
  const [north, east] = [numberOf(row[latitude]), numberOf(row[longitude])];
  return north === null || east === null ? [] : [{ kind: "point", points: [[east, north]] }];
}

function described(spot: Spot): (Term | string | undefined)[] {
  const points = spot.shapes.flatMap((shape) => shape.points);
  const middle = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const kinds = [...new Set(spot.shapes.map((shape) => shape.kind))].join(", ");
  const named = spot.thing?.kind === "iri" && place(spot.thing.value) && spot.name === nameOf(spot.thing) ? spot.thing : spot.name;
  return [named, kinds, figure(Number(middle(0).toFixed(4))), figure(Number(middle(1).toFixed(4)))];
}

function picture(spots: Spot[]): SVGElement {
  const points = spots.flatMap((spot) => spot.shapes.flatMap((shape) => shape.points));
  const [west, east] = span(points.map((point) => point[0]));
  const [south, north] = span(points.map((point) => point[1]));
  // Equirectangular, true to scale at its middle parallel: enough for a region.
  // As wide as the screen, so that a phone shows all of it and letters keep their size.
  const widest = Math.min(WIDEST, Math.max(NARROWEST, document.documentElement.clientWidth - MARGINS));
  const squeeze = Math.max(0.05, Math.cos((south + north) / 2 * Math.PI / 180));
  const scale = Math.min((widest - 2 * EDGE) / ((east - west) * squeeze), (HIGHEST - 2 * EDGE) / (north - south));
  const width = (east - west) * squeeze * scale + 2 * EDGE;
  const height = (north - south) * scale + 2 * EDGE;
  const at = ([longitude, latitude]: Point): [number, number] =>
    [EDGE + (longitude - west) * squeeze * scale, EDGE + (north - latitude) * scale];

  const map = svg("svg", { viewBox: `0 0 ${Math.round(width)} ${Math.round(height)}`, role: "img", class: "map", "aria-label": say("mapText", { n: spots.length }) });
  for (const longitude of ticks(west, east)) {
    const [x] = at([longitude, north]);
    map.append(svg("line", { class: "grid", x1: x, x2: x, y1: EDGE, y2: height - EDGE }),
      svg("text", { class: "figure", x, y: height - EDGE + 18, "text-anchor": "middle" }, degrees(longitude, "E", "W")));
  }
  for (const latitude of ticks(south, north)) {
    const [, y] = at([west, latitude]);
    map.append(svg("line", { class: "grid", x1: EDGE, x2: width - EDGE, y1: y, y2: y }),
      svg("text", { class: "figure", x: EDGE - 5, y: y + 4, "text-anchor": "end" }, degrees(latitude, "N", "S")));
  }
  const taken: [number, number, number][] = [];
  const dots = spots.flatMap((spot) => spot.shapes.flatMap((shape) => shape.kind === "point" ? shape.points.map(at) : []));
  const isFree = (from: number, y: number, length: number) =>
    dots.every(([left, top]) => Math.abs(top - y) > 9 || left < from || left > from + length)
    && taken.every(([left, top, long]) => Math.abs(top - y) > 13 || from > left + long || from + length < left);
  for (const spot of spots) {
    const title = svg("title", {}, spot.name);
    const group = svg("g", {}, title, ...spot.shapes.map((shape) => drawn(shape, at)));
    const [first] = spot.shapes[0]?.points ?? [];
    if (first && spots.length <= NAMED) {
      const [x, y] = at(first);
      const length = GAP + LETTER * spot.name.length;
      const left = [x + 1, x - length - 1].find((from) => from > 0 && from + length < width && isFree(from, y, length));
      if (left !== undefined) {
        taken.push([left, y, length]);
        const after = left > x;
        group.append(svg("text", { x: x + (after ? GAP : -GAP), y: y + 4, "text-anchor": after ? "start" : "end" }, spot.name));
      }
    }
    map.append(group);
  }
  return map;
}

function drawn(shape: Shape, at: (point: Point) => [number, number]): SVGElement {
  const [first] = shape.points;
  if (shape.kind === "point" && first) {
    const [cx, cy] = at(first);
    return svg("circle", { cx, cy, r: 5 });
  }
  const points = shape.points.map((point) => at(point).join(",")).join(" ");
  return shape.kind === "area" ? svg("polygon", { class: "area", points }) : svg("polyline", { class: "curve", points });
}

function span(values: number[]): [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const room = Math.max((high - low) * 0.06, 0.1);
  return [low - room, high + room];
}

function degrees(value: number, positive: string, negative: string): string {
  return `${figure(Math.abs(value))}° ${value < 0 ? negative : positive}`;
}
