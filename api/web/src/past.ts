/** The queries that were run here, kept in this browser alone. */

const KEY = "amic-kg.queries";
const MOST = 50;

export interface Past { query: string; at: string }

export function past(): Past[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isPast) : [];
  } catch {
    return []; // storage is refused, or holds what is not ours
  }
}

function isPast(kept: unknown): kept is Past {
  return typeof kept === "object" && kept !== null && "query" in kept && typeof kept.query === "string"
    && "at" in kept && typeof kept.at === "string";
}

export function remember(query: string): void {
  const others = past().filter((one) => one.query !== query);
  store([{ query, at: new Date().toISOString() }, ...others].slice(0, MOST));
}

export function forget(): void {
  store([]);
}

function store(kept: Past[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Full or refused: the page goes on without.
  }
}

/** What a query is known by in the list: its first line that is no prefix, and what follows. */
export function gist(query: string): string {
  const body = query.split("\n").filter((line) => !/^\s*(?:PREFIX\b|#|$)/i.test(line)).join(" ");
  const text = body.replace(/\s+/g, " ").trim();
  return text.length > 90 ? `${text.slice(0, 90)}…` : text || query.trim();
}
