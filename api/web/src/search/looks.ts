/** How the box looks on other sites: quiet, in its own colours, which the site may set by name. */

const COLOURS: Record<string, [light: string, dark: string]> = {
  ink: ["#17211f", "#e4eaea"],
  quiet: ["#56625f", "#a3b0b1"],
  paper: ["#ffffff", "#0f1517"],
  edge: ["#7d8a87", "#75858a"],
  accent: ["#0f5f6e", "#8fd0da"],
  "accent-ink": ["#ffffff", "#0c2a30"],
  tint: ["#d6ebee", "#1d4048"],
};

function colours(choose: (light: string, dark: string) => string): string {
  return Object.entries(COLOURS)
    .map(([name, [light, dark]]) => `--${name}: var(--amic-${name}, ${choose(light, dark)});`)
    .join(" ");
}

const LIGHT = `${colours((light) => light)} color-scheme: light;`;
const DARK = `${colours((_, dark) => dark)} color-scheme: dark;`;
// The page around says whether it has a dark side; a dark box on a page that has none were odd.
const AUTO = `${colours((light, dark) => `light-dark(${light}, ${dark})`)} color-scheme: inherit;`;

export const LOOKS = `
:host { display: block; position: relative; ${LIGHT}
  font: 1em/1.5 var(--amic-font, inherit); color: var(--ink); text-align: start; }
:host([hidden]) { display: none; }
:host([theme="dark"]) { ${DARK} }
@supports (color: light-dark(#000, #fff)) { :host(:not([theme="light"], [theme="dark"])) { ${AUTO} } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; margin: 0; }
form { position: relative; margin: 0; }
.row { display: flex; border: 1.5px solid var(--edge); border-radius: var(--amic-radius, 8px); background: var(--paper); }
.row:focus-within { border-color: var(--accent); outline: 3px solid var(--accent); outline-offset: 1px; }
input { flex: 1; min-width: 0; font: inherit; color: inherit; background: transparent; border: 0; margin: 0;
  padding: .55em .85em; appearance: none; -webkit-appearance: none; outline: none; }
input::placeholder { color: var(--quiet); opacity: 1; }
input::-webkit-search-cancel-button { display: none; }
button { font: inherit; font-weight: 600; color: var(--accent-ink); background: var(--accent); border: 0; margin: 0;
  padding: .55em 1em; cursor: pointer; border-radius: 0 calc(var(--amic-radius, 8px) - 2px) calc(var(--amic-radius, 8px) - 2px) 0; }
button:focus-visible { outline: 3px solid var(--accent-ink); outline-offset: -5px; }
ul { list-style: none; margin: 0; padding: .25em; position: absolute; z-index: 1000; inset-inline: 0; top: calc(100% + 4px);
  max-height: min(24em, 70vh); overflow-y: auto; background: var(--paper); border: 1px solid var(--edge);
  border-radius: var(--amic-radius, 8px); box-shadow: 0 6px 24px rgb(0 0 0 / .18); }
li[role="option"] { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .6em; padding: .4em .6em; cursor: pointer;
  border-radius: calc(var(--amic-radius, 8px) - 3px); min-height: 2.25em; overflow-wrap: anywhere; }
li[role="option"]:hover { background: color-mix(in srgb, var(--tint) 50%, var(--paper)); }
li[aria-selected="true"] { background: var(--tint); outline: 2px solid var(--accent); outline-offset: -2px; }
.other { color: var(--ink); font-style: italic; }
.type, .where { color: var(--quiet); font-size: .875em; }
.type { margin-inline-start: auto; color: var(--ink); opacity: .86; }
mark { background: transparent; color: inherit; font-weight: 700; text-decoration: underline; text-underline-offset: .2em; }
.tally { margin: .6em 0 0; }
a { color: var(--accent); text-underline-offset: .2em; }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.found, .notice { background: var(--paper); color: var(--ink); border-radius: var(--amic-radius, 8px); padding: .1em .85em .85em; margin: .5em 0 0; border: 1px solid var(--edge); }
.notice { padding-block: .6em; }
ol { list-style: none; margin: .5em 0; padding: 0; }
ol li { margin-block-start: .9em; overflow-wrap: anywhere; }
.title { font-weight: 600; }
.passage { margin: .2em 0; }
.links a { display: inline-block; padding-block: .25em; margin-inline-end: 1em; }
@media (pointer: coarse) { li[role="option"] { min-height: 44px; align-items: center; } }
@media (prefers-reduced-motion: no-preference) { li[role="option"] { transition: background-color .1s; } }
@media (forced-colors: active) {
  .row:focus-within { outline-color: Highlight; }
  li[aria-selected="true"] { forced-color-adjust: none; background: Highlight; color: HighlightText; outline-color: Highlight; }
  li[aria-selected="true"] :is(.type, .other, mark) { color: HighlightText; opacity: 1; }
  button { border: 1px solid ButtonText; }
}
`;
