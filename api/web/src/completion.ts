/** What can be written next: variables, keywords, prefixes, classes, properties, concepts. */

import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import { say, site } from "./site.js";

interface TermName { iri: string; name: string; label: Record<string, string>; comment: Record<string, string>; uses: number }
interface Terms { prefixes: Record<string, string>; classes: TermName[]; properties: TermName[] }
interface Concepts { concepts: { iri: string; label: string; matched: string; type: string }[] }

// https://www.w3.org/TR/sparql11-query/#sparqlGrammar
const KEYWORDS = `SELECT CONSTRUCT DESCRIBE ASK WHERE FILTER OPTIONAL UNION MINUS GRAPH VALUES BIND PREFIX DISTINCT
REDUCED FROM NAMED LIMIT OFFSET AS IN EXISTS COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG
LANGMATCHES DATATYPE BOUND IRI REGEX REPLACE CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER STRLEN SUBSTR LCASE UCASE
CONCAT COALESCE IF YEAR MONTH DAY NOW ABS ROUND CEIL FLOOR ISIRI ISBLANK ISLITERAL ISNUMERIC SAMETERM`
  .split(/\s+/).concat("GROUP BY", "ORDER BY", "HAVING", "NOT EXISTS", "NOT IN", "ASC", "DESC", "UNDEF", "SERVICE search:");

const SHOWN = 40;
const SHORTEST_NAME = 3;
const WORD = /[\p{L}\p{N}_-]+$/u;
const PREFIXED = /(?:[A-Za-z][\w-]*)?:[\w-]*$/;
const VARIABLE = /[?$]\w*$/;

let asked: Promise<Terms> | undefined;

async function fetched<T>(address: string): Promise<T> {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return (await response.json()) as T;
}

function terms(): Promise<Terms> {
  asked ??= fetched<Terms>("/api/sparql/terms").catch((): Terms => {
    asked = undefined; // the next key tries again
    return { prefixes: site.prefixes, classes: [], properties: [] };
  });
  return asked;
}

function inText<T>(texts: Record<string, T>): T | undefined {
  return texts[site.language] ?? texts["en"] ?? Object.values(texts)[0];
}

function termOptions(found: TermName[], type: "class" | "property", wanted: string): Completion[] {
  const options: [number, Completion][] = [];
  for (const term of found) {
    const names = [term.name, ...Object.values(term.label)].map((name) => name.toLowerCase());
    const rank = Math.min(...names.map((name) => fit(name, wanted)));
    if (rank > 2) continue;
    const said = [inText(term.comment), term.uses ? say("used", { n: term.uses }) : ""].filter(Boolean).join(" — ");
    options.push([rank, {
      label: term.name, type, boost: type === "class" ? 1 : 0,
      detail: inText(term.label) ?? say(type), ...(said ? { info: said } : {}),
    }]);
  }
  // They come with the most used first, and a sort keeps what is equal in its order.
  return options.sort(([a], [b]) => a - b).map(([, option]) => option);
}

/** 0 the beginning, 1 the beginning of a word in it, 2 inside, 3 not at all. */
function fit(name: string, wanted: string): number {
  const at = name.indexOf(wanted);
  if (at < 0) return 3;
  if (at === 0) return 0;
  return /[\s:#/-]/.test(name[at - 1] ?? "") ? 1 : 2;
}

async function conceptOptions(word: string): Promise<Completion[]> {
  const asking = new URLSearchParams({ q: word, lang: site.language });
  const found = await fetched<Concepts>(`/api/sparql/concepts?${asking}`).catch((): Concepts => ({ concepts: [] }));
  return found.concepts.map((concept) => ({
    label: concept.label,
    apply: `<${concept.iri}>`,
    type: "constant",
    detail: concept.matched === concept.label ? concept.type : `${concept.matched} · ${concept.type}`,
    info: concept.iri,
  }));
}

function variables(text: string, begun: string): Completion[] {
  const names = [...new Set(text.match(/[?$]\w+/g))].filter((name) => name !== begun && name.startsWith(begun));
  return names.map((label) => ({ label, type: "variable", detail: say("variable") }));
}

export async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const token = syntaxTree(context.state).resolveInner(context.pos, -1).name;
  if (/comment|string/.test(token)) return null;

  const variable = context.matchBefore(VARIABLE);
  if (variable) {
    return { from: variable.from, options: variables(context.state.doc.toString(), variable.text), filter: false };
  }
  const prefixed = context.matchBefore(PREFIXED);
  if (prefixed) {
    const { classes, properties } = await terms();
    const wanted = prefixed.text.toLowerCase();
    const [prefix = "", local = ""] = wanted.split(":");
    const of = (found: TermName[]) => found.filter((term) => term.name.toLowerCase().startsWith(`${prefix}:`));
    const options = [...termOptions(of(classes), "class", local), ...termOptions(of(properties), "property", local)];
    return { from: prefixed.from, options: options.slice(0, 4 * SHOWN), filter: false };
  }
  const word = context.matchBefore(WORD);
  if (!word && !context.explicit) return null;
  const wanted = word?.text.toLowerCase() ?? "";
  const { prefixes, classes, properties } = await terms();
  const before = context.state.doc.sliceString(Math.max(0, context.pos - wanted.length - 20), context.pos - wanted.length);
  if (/(?:^|[\s;])a\s+$/.test(before)) {
    return { from: word?.from ?? context.pos, options: termOptions(classes, "class", wanted).slice(0, 4 * SHOWN), filter: false };
  }
  const options: Completion[] = [
    ...KEYWORDS.filter((name) => name.toLowerCase().startsWith(wanted))
      .map((label) => ({ label, type: "keyword", detail: say("keyword") })),
    ...Object.entries(prefixes).filter(([name]) => name.startsWith(wanted))
      .map(([name, namespace]) => ({ label: `${name}:`, type: "namespace", detail: say("prefix"), info: namespace })),
  ];
  if (wanted.length > 1) {
    options.push(...termOptions(classes, "class", wanted).slice(0, SHOWN), ...termOptions(properties, "property", wanted).slice(0, SHOWN));
  }
  if (wanted.length >= SHORTEST_NAME) options.push(...await conceptOptions(word?.text ?? ""));
  return { from: word?.from ?? context.pos, options, filter: false };
}
