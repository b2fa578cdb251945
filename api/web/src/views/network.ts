/** Things and the links between them, laid out by forces that start the same each time. */

import { chooser, h, svg } from "../dom.js";
import type { Term } from "../ntriples.js";
import type { Answer } from "../query.js";
import { say } from "../site.js";
import { columnsWhere, nameOf } from "../values.js";
import { asTable } from "./table.js";

const MOST = 300;
const NAMED = 60;
const SIZE = 720;
const ROUNDS = 250;
/** Beyond so many times the wanted length nothing pushes: parts without links stay near each other. */
const REACH = 2;
const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

interface Link { from: Term; to: Term; relation: Term | string }
interface Node { name: string; x: number; y: number; links: number }

export function networkView(answer: Answer): HTMLElement {
  if (answer.form === "graph") {
    const links = answer.rows.flatMap(([from, relation, to]): Link[] =>
      from && relation && to && to.kind !== "literal" && relation.value !== RDF_TYPE ? [{ from, relation, to }] : []);
    return links.length > 0 ? shown(links) : h("p", { class: "notice" }, say("noNetwork"));
  }
  const things = columnsWhere(answer, (term) => term.kind !== "literal");
  const texts = columnsWhere(answer, (term) => term.kind === "literal" && !term.datatype.includes("#int"));
  const columns = [...things, ...texts];
  let [from, to] = columns;
  if (from === undefined || to === undefined) return h("p", { class: "notice" }, say("noNetwork"));
  const drawn = h("div");
  const names = columns.map((column) => [String(column), answer.columns[column] ?? ""] as const);
  function draw(): void {
    const links = answer.rows.flatMap((row): Link[] => {
      const [one, other] = [row[from ?? 0], row[to ?? 0]];
      return one && other ? [{ from: one, to: other, relation: answer.columns[to ?? 0] ?? "" }] : [];
    });
    drawn.replaceChildren(shown(links));
  }
  draw();
  return h("div", {},
    h("p", { class: "choices" },
      chooser(say("from"), names, String(from), (chosen) => { from = Number(chosen); draw(); }),
      chooser(say("to"), names, String(to), (chosen) => { to = Number(chosen); draw(); })),
    drawn);
}

function shown(all: Link[]): HTMLElement {
  const links = all.slice(0, MOST);
  const nodes = new Map<string, Node>();
  const node = (term: Term): Node => {
    const key = `${term.kind} ${term.value}`;
    const turn = nodes.size * 2.4; // the golden angle: no two start on one spot
    const found = nodes.get(key) ?? { name: nameOf(term), x: SIZE / 2 + 12 * Math.sqrt(nodes.size) * Math.cos(turn), y: SIZE / 2 + 12 * Math.sqrt(nodes.size) * Math.sin(turn), links: 0 };
    nodes.set(key, found);
    found.links += 1;
    return found;
  };
  const edges = links.map((link) => [node(link.from), node(link.to)] as const);
  const placed = [...nodes.values()];
  layOut(placed, edges);
  return h("div", {},
    h("div", { class: "drawing" }, picture(placed, edges)),
    all.length > links.length ? h("p", { class: "tally" }, say("shown", { shown: links.length, rows: all.length })) : null,
    asTable([say("from"), say("relation"), say("to")], links.map((link) => [link.from, link.relation, link.to])));
}

/** Fruchterman and Reingold, 1991: all push each other away, links pull, steps become smaller. */
function layOut(nodes: Node[], edges: readonly (readonly [Node, Node])[]): void {
  const wanted = SIZE / Math.sqrt(nodes.length + 1);
  for (let round = 0; round < ROUNDS; round += 1) {
    const step = SIZE / 10 * (1 - round / ROUNDS) + 0.5;
    const moves = new Map(nodes.map((node) => [node, { x: 0, y: 0 }]));
    const push = (one: Node, other: Node, force: (distance: number) => number): void => {
      const [x, y] = [one.x - other.x || 0.01, one.y - other.y || 0.01];
      const distance = Math.hypot(x, y);
      const by = force(distance) / distance;
      const [mine, theirs] = [moves.get(one), moves.get(other)];
      if (mine && theirs) { mine.x += x * by; mine.y += y * by; theirs.x -= x * by; theirs.y -= y * by; }
    };
    nodes.forEach((one, at) => { for (const other of nodes.slice(at + 1)) push(one, other, (distance) => distance > REACH * wanted ? 0 : wanted * wanted / distance); });
    for (const [one, other] of edges) if (one !== other) push(one, other, (distance) => -distance * distance / wanted);
    for (const [node, move] of moves) {
      move.x += (SIZE / 2 - node.x) * 0.05;
      move.y += (SIZE / 2 - node.y) * 0.05;
      const length = Math.hypot(move.x, move.y) || 1;
      node.x += move.x / length * Math.min(length, step);
      node.y += move.y / length * Math.min(length, step);
    }
  }
}

function picture(nodes: Node[], edges: readonly (readonly [Node, Node])[]): SVGElement {
  const [left, right] = [Math.min(...nodes.map((node) => node.x)), Math.max(...nodes.map((node) => node.x))];
  const [top, bottom] = [Math.min(...nodes.map((node) => node.y)), Math.max(...nodes.map((node) => node.y))];
  const box = [left - 90, top - 30, right - left + 180, bottom - top + 60].map(Math.round).join(" ");
  const network = svg("svg", { viewBox: box, role: "img", class: "network", "aria-label": say("networkText", { things: nodes.length, links: edges.length }) });
  for (const [one, other] of edges) network.append(svg("line", { class: "link", x1: one.x, y1: one.y, x2: other.x, y2: other.y }));
  const named = new Set([...nodes].sort((a, b) => b.links - a.links).slice(0, NAMED));
  for (const node of nodes) {
    const name = node.name.length > 28 ? `${node.name.slice(0, 27)}…` : node.name;
    network.append(svg("g", {}, svg("title", {}, node.name),
      svg("circle", { cx: node.x, cy: node.y, r: Math.min(12, 4 + Math.sqrt(node.links)) })));
    if (named.has(node)) network.append(svg("text", { x: node.x, y: node.y - 9, "text-anchor": "middle" }, name));
  }
  return network;
}
