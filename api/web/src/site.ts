/** What the page tells its script: words in the reader's language, and where it stands. */

import { part } from "./dom.js";

export interface Format { name: string; title: string }
export type Form = "rows" | "boolean" | "graph";

interface Site {
  language: string;
  named: boolean;
  bases: string[];
  prefixes: Record<string, string>;
  formats: Record<Form, Format[]>;
  defaultGraphs: string[];
  namedGraphs: string[];
}

export const site = JSON.parse(part("site").textContent ?? "") as Site;
const words = JSON.parse(part("words").textContent ?? "") as Record<string, string>;
const numbers = new Intl.NumberFormat(site.language);

/** A text of the page, with its places filled. */
export function say(name: string, values: Record<string, string | number> = {}): string {
  const text = words[name];
  if (text === undefined) throw new Error(`no text ${name}`);
  return text.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = values[key] ?? "";
    return typeof value === "number" ? numbers.format(value) : value;
  });
}

export function figure(value: number): string {
  return numbers.format(value);
}

/** `mrdi:Report`, or what stands after the last / or #. */
export function short(iri: string): string {
  for (const [prefix, namespace] of Object.entries(site.prefixes)) {
    if (iri.startsWith(namespace) && iri !== namespace) return `${prefix}:${iri.slice(namespace.length)}`;
  }
  const local = iri.replace(/[/#]+$/, "").replace(/^.*[/#]/s, "");
  try {
    return decodeURIComponent(local) || iri;
  } catch {
    return local || iri;
  }
}

/** Where a thing is read: ours on this host, whatever host its IRI names; null for what is no link. */
export function place(iri: string): string | null {
  for (const base of site.bases) {
    if (iri.startsWith(base)) {
      const path = `/${iri.slice(base.length)}`;
      return site.named && !path.includes("#") ? `${path}?lang=${site.language}` : path;
    }
  }
  return /^https?:\/\//.test(iri) ? iri : null;
}
