/**
 * A text field with a list of suggestions: the editable combobox with list autocomplete and manual
 * selection of https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. Nothing is chosen by itself.
 */

import { h } from "../dom.js";
import { Away, type Service, type Span, type Suggestion } from "./service.js";
import type { Speech } from "./words.js";

const PAUSE = 120;
const SHORTEST = 2;

export interface Parts { input: HTMLInputElement; list: HTMLElement; status: HTMLElement }
export interface Wishes {
  service: Service;
  speech: Speech;
  size: number;
  /** Goes to what was chosen; `aside` is a wish for another tab. */
  choose(suggestion: Suggestion, aside: boolean): void;
  /** The service does not answer, or does again. */
  away?(isAway: boolean): void;
}

export class Combobox {
  private suggestions: Suggestion[] = [];
  private active = -1;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked: AbortController | undefined;
  /** Ends all that listens, when the field gets another box around it. */
  private readonly end = new AbortController();

  constructor(private readonly parts: Parts, private readonly wishes: Wishes) {
    const { input, list } = parts;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    input.autocomplete = "off";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", wishes.speech.say("suggestions"));
    list.hidden = true;
    const { signal } = this.end;
    input.addEventListener("input", () => this.typed(), { signal });
    input.addEventListener("keydown", (event) => this.pressed(event), { signal });
    input.addEventListener("blur", () => this.close(), { signal });
    input.addEventListener("click", () => this.reopen(), { signal });
    // The focus stays in the field, so that a press on the list does not close it.
    list.addEventListener("mousedown", (event) => event.preventDefault(), { signal });
    list.addEventListener("click", (event) => this.clicked(event), { signal });
    list.addEventListener("auxclick", (event) => event.button === 1 && this.clicked(event, true), { signal });
  }

  stop(): void {
    this.withdraw();
    this.end.abort();
  }

  close(): void {
    this.withdraw();
    this.activate(-1);
    this.parts.list.hidden = true;
    this.parts.input.setAttribute("aria-expanded", "false");
  }

  private get isOpen(): boolean {
    return !this.parts.list.hidden;
  }

  private withdraw(): void {
    clearTimeout(this.timer);
    this.asked?.abort();
  }

  private typed(): void {
    this.withdraw();
    this.activate(-1);
    if (this.parts.input.value.trim().length < SHORTEST) {
      this.suggestions = [];
      this.parts.status.textContent = "";
      this.close();
      return;
    }
    this.timer = setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    const { service, speech, size } = this.wishes;
    const asked = (this.asked = new AbortController());
    try {
      const text = this.parts.input.value.trim();
      const found = await service.suggest(text, speech.language, size, asked.signal);
      if (asked.signal.aborted) return;
      this.wishes.away?.(false);
      this.show(found);
    } catch (error) {
      if (asked.signal.aborted || !(error instanceof Away)) return;
      this.suggestions = [];
      this.close();
      this.wishes.away?.(true);
    }
  }

  private show(found: Suggestion[]): void {
    const { list, status } = this.parts;
    const { speech } = this.wishes;
    this.suggestions = found;
    this.activate(-1);
    list.replaceChildren(...found.map((each, place) => this.option(each, place)));
    status.textContent = found.length ? speech.count("count", found.length) : speech.say("none");
    if (found.length) this.open();
    else this.close();
  }

  private open(): void {
    if (!this.suggestions.length) return;
    this.parts.list.hidden = false;
    this.parts.input.setAttribute("aria-expanded", "true");
  }

  private reopen(): void {
    if (this.parts.input.value.trim().length >= SHORTEST) this.open();
  }

  private option(suggestion: Suggestion, place: number): HTMLElement {
    const { speech } = this.wishes;
    const { text, matched, type, type_label: kind, count } = suggestion;
    const about = type === "Document" || !count ? kind : `${kind} · ${speech.count("documents", count)}`;
    const other = text === matched ? null
      : h("span", { class: "other", lang: tag(suggestion.language) }, text);
    return h("li", {
      role: "option", id: `${this.parts.list.id}-${place}`, "aria-selected": "false", part: "option",
    },
      h("span", { class: "name", lang: tag(suggestion.matched_language) },
        ...marked(matched, suggestion.highlights)),
      " ", other, " ",
      h("span", { class: "type", part: "type" }, about));
  }

  /** Make an option the active one; -1 for none: the field itself. */
  private activate(place: number): void {
    const { input, list } = this.parts;
    list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = list.children[place];
    if (!option) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  private move(step: 1 | -1): void {
    const count = this.suggestions.length;
    if (!count) return;
    const wasOpen = this.isOpen;
    this.open();
    if (!wasOpen || this.active < 0) this.activate(step > 0 ? 0 : count - 1);
    else this.activate((this.active + step + count) % count);
  }

  private pressed(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const { input } = this.parts;
    switch (event.key) {
      case "ArrowDown":
        if (event.altKey) this.open();
        else this.move(1);
        break;
      case "ArrowUp":
        if (event.altKey) this.close();
        else this.move(-1);
        break;
      case "Enter":
        if (!this.isOpen || this.active < 0) {
          this.close();
          return; // the form is sent as it is
        }
        this.choose(this.active, false);
        break;
      case "Escape":
        if (this.isOpen) this.close();
        else if (input.value) {
          input.value = "";
          this.typed();
        } else return;
        break;
      case "Home":
      case "End": {
        if (event.shiftKey || this.active < 0) return;
        const place = event.key === "Home" ? 0 : input.value.length;
        input.setSelectionRange(place, place);
        this.activate(-1);
        break;
      }
      case "ArrowLeft":
      case "ArrowRight":
        this.activate(-1);
        return;
      default:
        return; // Tab too: it leaves, and the field's blur closes the list
    }
    event.preventDefault();
  }

  private clicked(event: MouseEvent, aside = event.ctrlKey || event.metaKey): void {
    const option = (event.target as Element).closest("[role=option]");
    const place = option ? [...this.parts.list.children].indexOf(option) : -1;
    if (place >= 0) this.choose(place, aside);
  }

  private choose(place: number, aside: boolean): void {
    const suggestion = this.suggestions[place];
    if (!suggestion) return;
    if (!aside) {
      this.parts.input.value = suggestion.text;
      this.close();
    }
    this.wishes.choose(suggestion, aside);
  }
}

/** Where to go once something is chosen. */
export function go(address: string, aside: boolean): void {
  if (aside) window.open(address, "_blank", "noopener");
  else location.assign(address);
}

/** The text with what was typed marked; places count characters, not the halves of rare ones. */
export function marked(text: string, spans: readonly Span[]): (Node | string)[] {
  const characters = [...text];
  const pieces: (Node | string)[] = [];
  let at = 0;
  for (const [start, end] of spans) {
    pieces.push(characters.slice(at, start).join(""), h("mark", {}, characters.slice(start, end).join("")));
    at = end;
  }
  return [...pieces, characters.slice(at).join("")];
}

export function tag(language: string): string {
  return language === "und" ? "" : language;
}
