/** The page /sparql with script: editor, answer in the page, views, history. Without it the form is the page. */

import { part, h } from "./dom.js";
import { openEditor, type Place } from "./editor.js";
import { forget, gist, past, remember } from "./past.js";
import { Refused, run, TooLarge, type Answer, type Problem } from "./query.js";
import { say, site } from "./site.js";
import { tabs, type Tab } from "./tabs.js";
import { permalink, takeAlong } from "./take.js";
import { chartView } from "./views/chart.js";
import { mapView } from "./views/map.js";
import { networkView } from "./views/network.js";
import { rawView } from "./views/raw.js";
import { tableView } from "./views/table.js";

const VIEWS = ["table", "chart", "map", "network", "raw"] as const;

const form = part<HTMLFormElement>("ask");
const area = part<HTMLTextAreaElement>("query");
const state = part("state");
const stop = part<HTMLButtonElement>("stop");
let view = location.hash.slice(1);
let running: AbortController | undefined;

/** Said by screen readers; seen too, unless it stands elsewhere. */
function announce(text: string, seen = true): void {
  state.className = seen ? "tally" : "unseen";
  state.textContent = text;
}

const editor = openEditor(part("editor"), area.value, `${say("editor")}. ${part("keys").textContent ?? ""}`, () => void ask(), (text) => { area.value = text; });
part("editor").hidden = false;
part("keys").hidden = false;
area.hidden = true;
part("query-label").addEventListener("click", () => editor.focus());

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void ask();
});
stop.addEventListener("click", () => running?.abort());
// Back and forward bring what the address says; a link within the page is no such step.
let asked = location.search;
addEventListener("popstate", () => { if (location.search !== asked) location.reload(); });

for (const link of document.querySelectorAll<HTMLAnchorElement>("aside .examples a")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void choose(new URL(link.href).searchParams.get("query") ?? "");
  });
}

async function choose(query: string): Promise<void> {
  editor.write(query);
  await ask();
}

async function ask(): Promise<void> {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  const query = editor.text();
  clear();
  announce(say("running"));
  stop.hidden = false;
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await run(query, mine.signal);
    if (running !== mine) return;
    const address = permalink(query, view);
    if (new URL(address, location.href).search !== location.search) history.pushState(null, "", address);
    asked = location.search;
    remember(query);
    listPast();
    show(query, answer);
  } catch (error) {
    if (running !== mine) return;
    explain(error, query);
  } finally {
    if (running === mine) {
      stop.hidden = true;
      form.removeAttribute("aria-busy");
      running = undefined;
    }
  }
}

function clear(): void {
  for (const id of ["given", "refused"]) document.getElementById(id)?.remove();
  part("wrong").hidden = true;
  part("result").hidden = true;
}

function show(query: string, answer: Answer): void {
  const size = answer.form === "boolean"
    ? say(answer.truth ? "yes" : "no")
    : answer.rows.length === 0 ? say("empty") : say(answer.form === "graph" ? "triples" : "rows", { rows: answer.rows.length });
  const seconds = say("done", { seconds: Number(answer.seconds.toPrecision(2)) });
  announce(`${size} ${seconds}`);
  const draw: Record<(typeof VIEWS)[number], () => HTMLElement> = {
    table: () => answer.form === "boolean" ? h("p", { class: "lead" }, size) : tableView(answer, announce),
    chart: () => chartView(answer),
    map: () => mapView(answer),
    network: () => networkView(answer),
    raw: () => rawView(answer),
  };
  const offered: Tab[] = VIEWS.filter((name) => name === "table" || name === "raw" || answer.rows.length > 0)
    .map((name) => ({ name, title: say(name), draw: draw[name] }));
  part("views").replaceChildren(tabs(say("views"), offered, view, (name) => {
    view = name;
    history.replaceState(null, "", permalink(query, view));
  }));
  part("take").replaceChildren(takeAlong(query, answer.form, () => view, announce));
  part("result").hidden = false;
}

function explain(error: unknown, query: string): void {
  if (error instanceof DOMException && error.name === "AbortError") {
    announce(say("stopped"));
    return;
  }
  if (error instanceof TooLarge) {
    announce(say("tooLarge"));
    part("take").replaceChildren(takeAlong(query, "rows", () => "", announce));
    part("views").replaceChildren();
    part("result").hidden = false;
    return;
  }
  const problem: Problem = error instanceof Refused
    ? error.problem
    : { title: say("failed"), detail: "", remedy: say("failedRemedy") };
  tell(problem);
}

function tell(problem: Problem): void {
  const cause = problem.detail.replace(/^line \d+, column \d+: /, "");
  part("wrong-title").textContent = problem.title;
  part("wrong-cause").textContent = cause;
  part("wrong-remedy").textContent = problem.remedy;
  const { line, column } = problem;
  const placed = line !== undefined && column !== undefined;
  part("wrong-place").hidden = !placed;
  if (placed) point({ line, column, message: cause }, part<HTMLButtonElement>("to-place"));
  part("wrong").hidden = false;
  const where = placed ? ` ${say("line", { line, column })}.` : "";
  announce(`${problem.title}.${where} ${cause}`, false);
}

function point(place: Place, button: HTMLButtonElement): void {
  editor.mark(place);
  button.textContent = say("toPlace", { line: place.line, column: place.column });
  button.onclick = () => editor.goTo(place);
}

function listPast(): void {
  const kept = past();
  part("history").hidden = kept.length === 0;
  part("past").replaceChildren(...kept.map((one) => h("li", {},
    h("a", { href: permalink(one.query, ""), title: new Date(one.at).toLocaleString(site.language), click: (event) => {
      event.preventDefault();
      editor.write(one.query);
      editor.focus();
    } }, gist(one.query)))));
}
part("forget").addEventListener("click", () => {
  forget();
  listPast();
});
listPast();

// What the server answered by itself: where it says no, the place is marked; an answer gets its other views.
const refused = document.getElementById("refused");
if (refused?.dataset["line"]) {
  editor.mark({ line: Number(refused.dataset["line"]), column: Number(refused.dataset["column"]), message: refused.textContent?.trim() ?? "" });
}
const given = document.getElementById("given");
if (given && (VIEWS as readonly string[]).includes(view)) void ask();
else if (given) given.querySelector("h2")?.after(h("p", {}, h("button", { type: "button", class: "second", click: () => { view ||= "chart"; void ask(); } }, say("showIn"))));
