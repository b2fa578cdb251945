/** N-Triples as the endpoint writes them, one a line: https://www.w3.org/TR/n-triples/ */

export interface Term {
  kind: "iri" | "literal" | "blank";
  value: string;
  language: string;
  datatype: string;
}

const TERM = /<([^>]*)>|_:([^\s.]+(?:\.[^\s.]+)*)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?/gs;
const ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gs;
const PLAIN: Record<string, string> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

export function parseTriples(text: string): Term[][] {
  return text.split("\n").filter((line) => line.length > 0).map(terms);
}

function terms(line: string): Term[] {
  return [...line.matchAll(TERM)].map(([, iri, blank, literal, language, datatype]) => {
    if (iri !== undefined) return { kind: "iri", value: unescaped(iri), language: "", datatype: "" };
    if (blank !== undefined) return { kind: "blank", value: blank, language: "", datatype: "" };
    return { kind: "literal", value: unescaped(literal ?? ""), language: language ?? "", datatype: datatype ?? "" };
  });
}

function unescaped(text: string): string {
  return text.replace(ESCAPE, (_, four?: string, eight?: string, one = "") => {
    const code = four ?? eight;
    return code ? String.fromCodePoint(parseInt(code, 16)) : (PLAIN[one] ?? one);
  });
}
