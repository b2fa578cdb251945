/** The search box of this site's pages: suggestions while one types, over the form that was there. */

import { h } from "./dom.js";
import { Combobox, go } from "./search/combobox.js";
import { Service } from "./search/service.js";
import { languageOf, Speech } from "./search/words.js";

const SIZE = 8;

for (const input of document.querySelectorAll<HTMLInputElement>("form.search input[data-suggest]")) {
  const form = input.form;
  if (!form) continue;
  const service = new Service(new URL("/", location.href));
  const speech = new Speech(languageOf(document.documentElement.lang));
  // Links keep the language that was chosen by name; else the browser's wish holds.
  const named = form.elements.namedItem("lang") ? speech.language : null;
  const list = h("ul", { id: `${input.id}-suggestions`, class: "suggestions" });
  const status = h("p", { role: "status", class: "unseen" });
  form.append(list, status);
  new Combobox({ input, list, status }, {
    service, speech, size: SIZE,
    choose: (suggestion, aside) => go(service.page(suggestion.url, named), aside),
  });
}
