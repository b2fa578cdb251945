/** What can be taken along: files in every format, a link, the query as a program. */

import { h } from "./dom.js";
import { LONGEST_ADDRESS, parameters } from "./query.js";
import { say, site, type Form } from "./site.js";

interface Language { name: string; write: (query: string, form: Form, endpoint: string) => string }

const FORMAT: Record<Form, string> = { rows: "csv", boolean: "json", graph: "ttl" };

/** An address of this page that holds the query; without script it is answered too. */
export function permalink(query: string, view: string): string {
  const asked = parameters(query);
  if (site.named) asked.set("lang", site.language);
  return `/sparql?${asked}${view && view !== "table" ? `#${view}` : ""}`;
}

export function takeAlong(query: string, form: Form, view: () => string, announce: (text: string) => void): HTMLElement {
  const endpoint = new URL("/sparql", location.href).href;
  const files = site.formats[form].map((format) => h("li", {}, file(query, format.name, format.title)));
  const link = h("a", { href: permalink(query, view()) }, say("link"));
  return h("div", {},
    h("h3", {}, say("take")),
    h("ul", { class: "inline" }, ...files),
    h("p", { class: "actions" }, link, " ",
      h("button", { type: "button", class: "second", click: () => void copy(new URL(permalink(query, view()), location.href).href, announce) }, say("copyLink"))),
    ...LANGUAGES.map((language) => program(language.name, language.write(query, form, endpoint), announce)));
}

function file(query: string, format: string, title: string): HTMLElement {
  const asked = parameters(query, format);
  const name = `amic-kg.${format}`;
  if (asked.toString().length <= LONGEST_ADDRESS) return h("a", { href: `/sparql?${asked}`, download: name }, title);
  const fields = [...asked].map(([key, value]) => h("input", { type: "hidden", name: key, value }));
  return h("form", { action: "/sparql", method: "post" }, ...fields, h("button", { class: "second" }, title));
}

function program(name: string, text: string, announce: (text: string) => void): HTMLElement {
  return h("details", { class: "program" },
    h("summary", {}, say("as", { language: name })),
    h("pre", { tabindex: 0, role: "region", "aria-label": name, lang: "en" }, h("code", {}, text)),
    h("p", {}, h("button", { type: "button", class: "second", click: () => void copy(text, announce) }, say("copy"))));
}

async function copy(text: string, announce: (text: string) => void): Promise<void> {
  try {
    // Not there where the page came without TLS from another machine.
    await navigator.clipboard.writeText(text);
    announce(say("copied"));
  } catch {
    announce(say("notCopied"));
  }
}

const LANGUAGES: readonly Language[] = [
  {
    name: "curl",
    write: (query, form, endpoint) => {
      const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
      const parts = [...parameters(query, FORMAT[form])].map(([name, value]) => `  --data-urlencode ${quoted(`${name}=${value}`)}`);
      return `curl ${quoted(endpoint)} \\\n${parts.join(" \\\n")}`;
    },
  },
  {
    name: "Python",
    write: (query, form, endpoint) => {
      const quoted = `"""${query.replaceAll("\\", "\\\\").replaceAll('"""', '\\"\\"\\"')}\n"""`;
      const rest = [...parameters("", FORMAT[form])].filter(([name]) => name !== "query");
      const fields = rest.map(([name, value]) => `(${JSON.stringify(name)}, ${JSON.stringify(value)})`).join(", ");
      const read = {
        rows: "import csv\nimport io\n", boolean: "import json\n", graph: "",
      }[form];
      const show = {
        rows: 'for row in csv.DictReader(io.StringIO(text, newline="")):\n    print(row)',
        boolean: 'print(json.loads(text)["boolean"])',
        graph: "print(text)",
      }[form];
      return `${read}from urllib.parse import urlencode\nfrom urllib.request import urlopen\n\nquery = ${quoted}\n`
        + `fields = [("query", query), ${fields}]\n`
        + `with urlopen(${JSON.stringify(endpoint)}, urlencode(fields).encode()) as answer:\n    text = answer.read().decode()\n${show}\n`;
    },
  },
  {
    name: "R",
    write: (query, form, endpoint) => {
      let dashes = "";
      while (query.includes(`)${dashes}"`)) dashes += "-";
      const quoted = `r"${dashes}(${query}\n)${dashes}"`;
      const rest = [...parameters("", FORMAT[form])].filter(([name]) => name !== "query")
        .map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join("");
      const read = form === "rows" ? "answer <- read.csv(address)\nprint(answer)" : 'answer <- readLines(address)\ncat(answer, sep = "\\n")';
      return `query <- ${quoted}\naddress <- paste0(${JSON.stringify(`${endpoint}?query=`)}, URLencode(query, reserved = TRUE), ${JSON.stringify(rest)})\n${read}\n`;
    },
  },
];
