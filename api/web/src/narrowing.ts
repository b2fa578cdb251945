/** Filters, order, chips and pages of a result list without a full load.
 *
 * Every control is a link, and what the server answers to it is the page: this script fetches that
 * page and takes its list over. Address, title and focus follow; without it the links just work.
 */

export {}; // a module: its names are its own

const CONTROLS = "#found a[data-key], #found .paging a, #found .suggestion a";

let underWay: AbortController | null = null;

function status(text: string): void {
  const told = document.getElementById("status");
  if (told) told.textContent = text;
}

/** Folded parts stay as the reader left them. */
function folds(): Map<string, boolean> {
  const all = document.querySelectorAll<HTMLDetailsElement>("#found details[id]");
  return new Map([...all].map((each) => [each.id, each.open]));
}

function takeOver(answer: Document): void {
  const left = folds();
  const [old, fresh] = [document, answer].map((page) => page.getElementById("found"));
  if (!old || !fresh) throw new Error("no list of results");
  old.replaceWith(document.importNode(fresh, true));
  for (const [id, open] of left) {
    const fold = document.getElementById(id);
    if (fold instanceof HTMLDetailsElement && open) fold.open = true;
  }
  for (const links of document.querySelectorAll(".languages")) {
    const fresh = answer.querySelector(".languages");
    if (fresh) links.replaceChildren(...document.importNode(fresh, true).childNodes);
  }
  // What the form passes on unseen, so that the next words are looked for within the same filters.
  const form = document.querySelector("main form.search");
  form?.querySelectorAll("input[type=hidden]").forEach((field) => field.remove());
  for (const field of answer.querySelectorAll("main form.search input[type=hidden]")) {
    form?.append(document.importNode(field, true));
  }
  const [box, typed] = [document, answer].map((page) => page.querySelector<HTMLInputElement>("#q"));
  if (box && typed) box.value = typed.defaultValue;
  document.title = answer.title;
}

/** To the same control where it still is, else to the line that tells how many were found. */
function focusOn(key: string | undefined): void {
  const name = CSS.escape(key ?? "");
  const same = ["#filters", "#found"]
    .map((within) => document.querySelector<HTMLElement>(`${within} a[data-key="${name}"]`))
    .find((found) => found !== null);
  const next = same || document.getElementById("tally");
  next?.focus({ preventScroll: Boolean(same) });
  if (!same) next?.scrollIntoView({ block: "nearest" });
}

async function show(address: string, key?: string): Promise<boolean> {
  underWay?.abort();
  const mine = new AbortController();
  underWay = mine;
  document.getElementById("found")?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: mine.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    takeOver(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch (error) {
    if (mine.signal.aborted) return true;
    return false;
  }
  focusOn(key);
  status(document.querySelector("#tally strong")?.textContent ?? "");
  return true;
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(CONTROLS) : null;
  if (!link || link.origin !== location.origin) return;
  event.preventDefault();
  const { href } = link;
  void show(href, link.dataset["key"]).then((shown) => {
    // What the script cannot show, the browser can.
    if (!shown) location.assign(href);
    else if (location.href !== href) history.pushState(null, "", href);
  });
});

addEventListener("popstate", () => {
  void show(location.href).then((shown) => {
    if (!shown) location.reload();
  });
});
