/** What a term is worth to a view: a number, a place, a name. */

import type { Term } from "./ntriples.js";
import type { Answer, Row } from "./query.js";
import { short } from "./site.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(["integer", "decimal", "double", "float", "int", "long", "short", "nonNegativeInteger", "positiveInteger", "gYear"].map((name) => XSD + name));
export const WKT = "http://www.opengis.net/ont/geosparql#wktLiteral";

export function numberOf(term: Term | undefined): number | null {
  if (!term || !NUMBERS.has(term.datatype)) return null;
  const value = Number(term.value);
  return Number.isFinite(value) ? value : null;
}

export function isYear(term: Term | undefined): boolean {
  return term?.datatype === `${XSD}gYear` || /^(?:1[5-9]|20)\d\d$/.test(term?.value ?? "") && numberOf(term) !== null;
}

export function nameOf(term: Term | undefined): string {
  if (!term) return "";
  return term.kind === "iri" ? short(term.value) : term.kind === "blank" ? `_:${term.value}` : term.value;
}

/** The columns in which every value that there is holds `test`, and there is one. */
export function columnsWhere(answer: Answer, test: (term: Term) => boolean): number[] {
  return answer.columns.map((_, column) => column).filter((column) => {
    const there = answer.rows.map((row) => row[column]).filter((term) => term !== undefined);
    return there.length > 0 && there.every(test);
  });
}

/** A column that names the things of `column`: ?siteLabel or ?label beside ?site; else the column itself. */
export function naming(answer: Answer, column: number): number {
  const own = answer.columns[column] ?? "";
  const texts = columnsWhere(answer, (term) => term.kind === "literal" && numberOf(term) === null && term.datatype !== WKT);
  return texts.find((text) => (answer.columns[text] ?? "").toLowerCase().startsWith(own.toLowerCase()) && text !== column)
    ?? texts.find((text) => /^(?:label|name|title)$/i.test(answer.columns[text] ?? "")) ?? column;
}

export function compare(a: Term | undefined, b: Term | undefined, order: Intl.Collator): number {
  const [one, other] = [numberOf(a), numberOf(b)];
  if (one !== null && other !== null) return one - other;
  return order.compare(nameOf(a), nameOf(b));
}

export function sorted(rows: readonly Row[], column: number, down: boolean, language: string): Row[] {
  const order = new Intl.Collator(language, { numeric: true });
  const turn = down ? -1 : 1;
  return [...rows].sort((a, b) => turn * compare(a[column], b[column], order));
}
