/** The two questions that a search box asks of the service, and nothing else. */

export type Span = [number, number];

export interface Suggestion {
  text: string;
  language: string;
  matched: string;
  matched_language: string;
  highlights: Span[];
  type: string;
  type_label: string;
  url: string;
  count: number;
}

export interface Passage { language: string; page: number; page_label: string | null; url: string }
export interface Hit {
  title: string;
  language: string;
  year: number | null;
  snippet: string;
  highlights: Span[];
  passages: Passage[];
  url: string;
}
export interface Found { total: number; hits: Hit[] }

const PATIENCE = 8000;
const KEPT = 60;

/** An answer did not come, or was none: the box says so and stays usable. */
export class Away extends Error {}

export class Service {
  private readonly kept = new Map<string, Suggestion[]>();

  /** `base` is where the service's site begins, with a slash at its end. */
  constructor(private readonly base: URL) {}

  /** The page at a path that the service names; `language` null leaves the choice to the site. */
  page(path: string, language: string | null): string {
    const url = new URL(path, this.base);
    if (language !== null) url.searchParams.set("lang", language);
    return url.href;
  }

  results(text: string, language: string | null): string {
    const url = new URL(this.base);
    url.searchParams.set("q", text);
    if (language !== null) url.searchParams.set("lang", language);
    return url.href;
  }

  async suggest(text: string, language: string, size: number, signal: AbortSignal): Promise<Suggestion[]> {
    const query = new URLSearchParams({ q: text, lang: language, size: String(size) }).toString();
    const known = this.kept.get(query);
    if (known) return known;
    const answer = await this.ask<{ complete: boolean; suggestions: Suggestion[] }>(`api/suggest?${query}`, signal);
    if (answer.complete) {
      if (this.kept.size === KEPT) this.kept.delete(this.kept.keys().next().value ?? "");
      this.kept.set(query, answer.suggestions);
    }
    return answer.suggestions;
  }

  search(text: string, language: string, size: number, signal: AbortSignal): Promise<Found> {
    const query = new URLSearchParams({ q: text, lang: language, size: String(size) });
    return this.ask<Found>(`api/search?${query}`, signal);
  }

  /** Throws Away; an AbortError when `signal` takes the question back. */
  private async ask<T>(path: string, signal: AbortSignal): Promise<T> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), PATIENCE);
    const withdraw = (): void => late.abort();
    signal.addEventListener("abort", withdraw);
    try {
      const answer = await fetch(new URL(path, this.base), {
        signal: late.signal,
        // Another site's reader is not to be known here: no cookie, no address of the page.
        credentials: "omit",
        referrerPolicy: "no-referrer",
        headers: { Accept: "application/json" },
      });
      if (!answer.ok) throw new Away(`${answer.status}`);
      return (await answer.json()) as T;
    } catch (error) {
      if (signal.aborted || error instanceof Away) throw error;
      throw new Away(String(error));
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", withdraw);
    }
  }
}
