/**
 * `<amic-search>`: the search box for other sites, see docs/how-to/embed-the-search.md.
 *
 * It holds to a strict policy of the site that shows it: styles are adopted as objects, no markup is
 * parsed, and it speaks with its endpoint alone.
 */

import { h } from "./dom.js";
import { Combobox, go, marked, tag } from "./search/combobox.js";
import { LOOKS } from "./search/looks.js";
import { Away, type Hit, Service } from "./search/service.js";
import { type Language, languageOf, Speech } from "./search/words.js";

const NAME = "amic-search";
const MOST = 20;
const SIZE = 6;
const OWN = ownAddress();
const sheet = new CSSStyleSheet();
sheet.replaceSync(LOOKS);

/** Where the service is whose script this is. */
function ownAddress(): URL {
  const written = document.currentScript as HTMLScriptElement | null
    ?? document.querySelector<HTMLScriptElement>(`script[src*="/${NAME}.js"]`);
  const address = new URL(written?.src ?? location.href, location.href);
  return new URL(address.pathname.replace(/(?:static\/)?embed\/[^/]*$/, ""), address.origin);
}

class AmicSearch extends HTMLElement {
  static readonly observedAttributes = ["lang", "endpoint", "placeholder", "size", "results"];
  private readonly root = this.attachShadow({ mode: "open", delegatesFocus: true });
  private box: Combobox | undefined;
  private asked: AbortController | undefined;

  connectedCallback(): void {
    this.root.adoptedStyleSheets = [sheet];
    this.draw();
  }

  disconnectedCallback(): void {
    this.box?.stop();
    this.asked?.abort();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.draw();
  }

  private get language(): Language {
    return languageOf(this.getAttribute("lang") || this.closest("[lang]")?.getAttribute("lang"));
  }

  private get size(): number {
    const size = Number(this.getAttribute("size"));
    return Number.isInteger(size) && size > 0 ? Math.min(size, MOST) : SIZE;
  }

  private get base(): URL {
    const named = this.getAttribute("endpoint");
    if (!named) return OWN;
    try {
      const base = new URL(named.endsWith("/") ? named : `${named}/`, location.href);
      if (/^https?:$/.test(base.protocol)) return base;
    } catch { /* told below */ }
    console.warn(`<${NAME}>: endpoint is no address: ${named}`);
    return OWN;
  }

  private draw(): void {
    this.box?.stop();
    this.asked?.abort();
    const old = this.root.querySelector("input");
    const before = old?.value ?? "";
    const hadFocus = old !== null && this.root.activeElement === old;
    const speech = new Speech(this.language);
    const service = new Service(this.base);
    const list = h("ul", { id: "list", part: "list" });
    const status = h("p", { role: "status", class: "unseen" });
    const label = speech.say("label");
    const input = h("input", {
      id: "q", part: "input", type: "search", name: "q", maxlength: 400, value: before,
      placeholder: this.getAttribute("placeholder") ?? label,
      autocapitalize: "none", spellcheck: "false", enterkeyhint: "search",
    });
    const notice = h("div", { "aria-live": "polite" });
    const found = h("div", {});
    const form = h("form", { role: "search", part: "form" },
      h("label", { for: "q", class: "unseen" }, label),
      h("div", { class: "row", part: "box" }, input,
        h("button", { type: "submit", part: "button" }, speech.say("button"))),
      list, status);
    const toSite = (): string => service.results(input.value.trim(), speech.language);
    const away = (isAway: boolean): void => notice.replaceChildren(...(isAway
      ? [h("p", { class: "notice", part: "notice" }, `${speech.say("away")} `,
        h("a", { href: toSite(), part: "link" }, speech.say("elsewhere")))]
      : []));
    this.box = new Combobox({ input, list, status }, {
      service, speech, size: this.size, away,
      choose: (suggestion, aside) => go(service.page(suggestion.url, speech.language), aside),
    });
    // Not the form itself: the policy of the site around may forbid forms that lead elsewhere.
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.box?.close();
      const text = input.value.trim();
      if (!text) return;
      if (this.getAttribute("results") === "inline") void this.search(text, { service, speech, found, status, away });
      else go(toSite(), false);
    });
    this.root.replaceChildren(h("div", { lang: speech.language }, form, notice, found));
    if (hadFocus) {
      input.focus();
      input.setSelectionRange(before.length, before.length);
    }
  }

  private async search(text: string, at: {
    service: Service; speech: Speech; found: HTMLElement; status: HTMLElement; away(isAway: boolean): void;
  }): Promise<void> {
    const { service, speech, found, status, away } = at;
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    status.textContent = speech.say("searching");
    try {
      const answer = await service.search(text, speech.language, this.size, asked.signal);
      if (asked.signal.aborted) return;
      away(false);
      const tally = answer.total ? speech.count("documents", answer.total) : speech.say("nothing");
      status.textContent = tally;
      found.replaceChildren(h("section", { class: "found", part: "results", "aria-label": speech.say("results") },
        h("p", { class: "tally" }, tally),
        h("ol", {}, ...answer.hits.map((hit) => result(hit, service, speech))),
        h("a", { href: service.results(text, speech.language), part: "link" }, speech.say("all"))));
    } catch (error) {
      if (asked.signal.aborted || !(error instanceof Away)) return;
      status.textContent = "";
      found.replaceChildren();
      away(true);
    }
  }
}

function result(hit: Hit, service: Service, speech: Speech): HTMLElement {
  const [best] = hit.passages;
  const language = tag(best?.language ?? hit.language);
  const page = best && speech.say("page", best.page_label ?? String(best.page));
  // The answer does not tell in which of its languages a document's title stands.
  return h("li", { part: "result" },
    h("a", { class: "title", part: "title", href: service.page(hit.url, speech.language), lang: "" }, hit.title),
    hit.year ? h("span", { class: "where" }, ` ${hit.year}`) : null,
    h("p", { class: "passage", part: "passage", lang: language }, ...marked(hit.snippet, hit.highlights)),
    best && page ? h("p", { class: "passage links" },
      h("a", { href: service.page(best.url, speech.language), part: "link" }, page,
        h("span", { class: "unseen" }, `, ${hit.title}`))) : null);
}

// Two copies of the script on one page, as content systems do it, are no fault.
if (!customElements.get(NAME)) customElements.define(NAME, AmicSearch);
