/** Ways to see one answer, as tabs: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */

import { h } from "./dom.js";

export interface Tab { name: string; title: string; draw: () => HTMLElement }

/** A tab is drawn when it is first chosen. */
export function tabs(label: string, all: readonly Tab[], chosen: string, choose: (name: string) => void): HTMLElement {
  const heads = all.map((tab) => h("button", {
    type: "button", role: "tab", id: `tab-${tab.name}`, "aria-controls": `view-${tab.name}`, click: () => show(tab.name), keydown: steer,
  }, tab.title));
  const panels = all.map((tab) => h("div", { role: "tabpanel", id: `view-${tab.name}`, "aria-labelledby": `tab-${tab.name}`, hidden: true }));

  function show(name: string): void {
    all.forEach((tab, at) => {
      const [head, panel, here] = [heads[at], panels[at], tab.name === name];
      if (!head || !panel) return;
      head.setAttribute("aria-selected", String(here));
      head.tabIndex = here ? 0 : -1;
      panel.hidden = !here;
      if (here && !panel.hasChildNodes()) panel.append(tab.draw());
    });
    choose(name);
  }

  function steer(event: Event): void {
    const { key } = event as KeyboardEvent;
    const at = heads.indexOf(event.currentTarget as HTMLButtonElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: heads.length - 1 }[key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + heads.length) % heads.length;
    heads[next]?.focus();
    const tab = all[next];
    if (tab) show(tab.name);
  }

  show(all.some((tab) => tab.name === chosen) ? chosen : all[0]?.name ?? "");
  return h("div", {}, h("div", { role: "tablist", "aria-label": label, class: "tabs" }, ...heads), ...panels);
}
