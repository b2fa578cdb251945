/** What the search box says, in the reader's language; the box on other sites has no page to ask. */

export type Language = "fi" | "en" | "sv";

interface Words {
  label: string;
  button: string;
  suggestions: string;
  results: string;
  none: string;
  away: string;
  elsewhere: string;
  all: string;
  nothing: string;
  searching: string;
  page: string;
  count: Plural;
  documents: Plural;
}
interface Plural { one: string; other: string }

const WORDS: Record<Language, Words> = {
  fi: {
    label: "Hae kaivosalan asiakirjoista",
    button: "Hae",
    suggestions: "Ehdotukset",
    results: "Tulokset",
    none: "Ei ehdotuksia.",
    away: "Haku ei vastaa juuri nyt. Yritä hetken päästä uudelleen, tai avaa hakusivusto:",
    elsewhere: "Jatka hakuun AMIC-KG",
    all: "Kaikki tulokset AMIC-KG:ssä",
    nothing: "Mitään ei löytynyt. Kokeile lyhyempää tai yleisempää sanaa.",
    searching: "Haetaan…",
    page: "s. {page}",
    count: {
      one: "{count} ehdotus. Siirry ehdotuksiin nuolinäppäimillä.",
      other: "{count} ehdotusta. Siirry ehdotuksiin nuolinäppäimillä.",
    },
    documents: { one: "{count} asiakirja", other: "{count} asiakirjaa" },
  },
  en: {
    label: "Search documents about mining",
    button: "Search",
    suggestions: "Suggestions",
    results: "Results",
    none: "No suggestions.",
    away: "The search does not answer just now. Try again in a while, or open the search site:",
    elsewhere: "Go on to the search AMIC-KG",
    all: "All results on AMIC-KG",
    nothing: "Nothing was found. Try a shorter or more general word.",
    searching: "Searching…",
    page: "p. {page}",
    count: {
      one: "{count} suggestion. Reach it with the arrow keys.",
      other: "{count} suggestions. Reach them with the arrow keys.",
    },
    documents: { one: "{count} document", other: "{count} documents" },
  },
  sv: {
    label: "Sök i dokument om gruvor",
    button: "Sök",
    suggestions: "Förslag",
    results: "Resultat",
    none: "Inga förslag.",
    away: "Sökningen svarar inte just nu. Försök igen om en stund, eller öppna söksidan:",
    elsewhere: "Fortsätt till sökningen AMIC-KG",
    all: "Alla resultat i AMIC-KG",
    nothing: "Inget hittades. Pröva ett kortare eller mer allmänt ord.",
    searching: "Söker…",
    page: "s. {page}",
    count: {
      one: "{count} förslag. Gå till det med piltangenterna.",
      other: "{count} förslag. Gå till dem med piltangenterna.",
    },
    documents: { one: "{count} dokument", other: "{count} dokument" },
  },
};

type Text = { [K in keyof Words]: Words[K] extends string ? K : never }[keyof Words];
type Counted = Exclude<keyof Words, Text>;

/** The nearest of the three languages; English for any other. */
export function languageOf(tag: string | null | undefined): Language {
  const primary = (tag ?? "").toLowerCase().split("-")[0];
  return primary === "fi" || primary === "sv" ? primary : "en";
}

export class Speech {
  private readonly numbers: Intl.NumberFormat;
  private readonly plurals: Intl.PluralRules;

  constructor(readonly language: Language) {
    this.numbers = new Intl.NumberFormat(language);
    this.plurals = new Intl.PluralRules(language);
  }

  say(name: Text, page?: string): string {
    return WORDS[this.language][name].replace("{page}", page ?? "");
  }

  count(name: Counted, count: number): string {
    const form = this.plurals.select(count) === "one" ? "one" : "other";
    return WORDS[this.language][name][form].replace("{count}", this.numbers.format(count));
  }
}
