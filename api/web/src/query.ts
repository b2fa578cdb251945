/** One query to the endpoint of this site: its address, its answer, what went wrong. */

import { parseTriples, type Term } from "./ntriples.js";
import { site, type Form } from "./site.js";

export type Row = readonly (Term | undefined)[];

export interface Answer {
  form: Form;
  columns: string[];
  rows: Row[];
  truth: boolean;
  text: string;
  seconds: number;
}

export interface Problem {
  title: string;
  detail: string;
  remedy: string;
  line?: number;
  column?: number;
}

/** What the server refuses, in words for the reader. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
}

/** More than a page shows; the answer goes on. */
export class TooLarge extends Error {}

const ACCEPT = "application/sparql-results+json, application/n-triples";
const MOST_BYTES = 16_000_000;
/** Servers and browsers take addresses of this length; longer queries are posted. */
export const LONGEST_ADDRESS = 6000;

/** The parameters of the protocol, for an address or a form. */
export function parameters(query: string, format?: string): URLSearchParams {
  const asked = new URLSearchParams({ query });
  for (const graph of site.defaultGraphs) asked.append("default-graph-uri", graph);
  for (const graph of site.namedGraphs) asked.append("named-graph-uri", graph);
  if (format) asked.set("format", format);
  return asked;
}

export async function run(query: string, signal: AbortSignal): Promise<Answer> {
  const started = performance.now();
  const asked = parameters(query);
  const language = new URLSearchParams({ lang: site.language });
  const short = asked.toString().length <= LONGEST_ADDRESS;
  const headers = { Accept: ACCEPT };
  const response = short
    ? await fetch(`/sparql?${asked}&${language}`, { headers, signal })
    : await fetch(`/sparql?${language}`, { method: "POST", body: asked, headers, signal });
  if (!response.ok) throw new Refused((await response.json()) as Problem);
  const text = await read(response);
  const seconds = (performance.now() - started) / 1000;
  const type = response.headers.get("Content-Type") ?? "";
  return { ...(type.includes("json") ? table(text) : graph(text)), text, seconds };
}

async function read(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MOST_BYTES) {
      await reader.cancel(); // which frees the query's worker
      throw new TooLarge();
    }
    text += decoder.decode(value, { stream: true });
  }
}

interface Binding { type: "uri" | "literal" | "typed-literal" | "bnode"; value: string; datatype?: string; "xml:lang"?: string }
interface Results { head: { vars?: string[] }; boolean?: boolean; results?: { bindings: Record<string, Binding>[] } }

// https://www.w3.org/TR/sparql11-results-json/
function table(text: string): Omit<Answer, "text" | "seconds"> {
  const found = JSON.parse(text) as Results;
  if (found.results === undefined) return { form: "boolean", columns: [], rows: [], truth: found.boolean === true };
  const columns = found.head.vars ?? [];
  const rows = found.results.bindings.map((binding) => columns.map((column) => term(binding[column])));
  return { form: "rows", columns, rows, truth: false };
}

function term(bound: Binding | undefined): Term | undefined {
  if (!bound) return undefined;
  const kind = bound.type === "uri" ? "iri" : bound.type === "bnode" ? "blank" : "literal";
  return { kind, value: bound.value, language: bound["xml:lang"] ?? "", datatype: bound.datatype ?? "" };
}

function graph(text: string): Omit<Answer, "text" | "seconds"> {
  return { form: "graph", columns: ["subject", "predicate", "object"], rows: parseTriples(text), truth: false };
}
