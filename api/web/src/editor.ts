/** The text of the query: CodeMirror in a shadow root, where its styles need no leave of the site's policy. */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { diagnosticCount, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { complete } from "./completion.js";

export interface Place { line: number; column: number; message: string }

export interface Editor {
  text(): string;
  write(text: string): void;
  focus(): void;
  mark(place: Place): void;
  goTo(place: Place): void;
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: tags.string, color: "var(--text-string)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
  { tag: tags.variableName, color: "var(--text-name)" },
  { tag: [tags.atom, tags.standard(tags.variableName)], color: "var(--text-atom)" },
  { tag: tags.number, color: "var(--text-atom)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--snow)", border: "1.5px solid var(--edge)", borderRadius: "8px" },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--code)", fontSize: "0.875rem", lineHeight: "1.55", minHeight: "18rem", maxHeight: "34rem", borderRadius: "8px" },
  ".cm-content": { caretColor: "var(--ink)", paddingBlock: "0.75rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { color: "var(--quiet)", backgroundColor: "transparent", border: "0" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--tint)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--tint)", outline: "1px solid var(--accent)" },
  ".cm-tooltip": { color: "var(--ink)", backgroundColor: "var(--paper)", border: "1px solid var(--edge)", borderRadius: "6px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--code)", fontSize: "0.85rem", maxHeight: "16rem", minWidth: "min(18rem, 80vw)", maxWidth: "min(36rem, 80vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.25rem 0.6rem", minHeight: "24px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { color: "var(--ink)", backgroundColor: "var(--tint)" },
  ".cm-completionDetail": { color: "var(--quiet)", fontFamily: "var(--face)", fontStyle: "normal" },
  "li[aria-selected] .cm-completionDetail": { color: "var(--ink)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600" },
  ".cm-completionInfo": { maxWidth: "22rem", padding: "0.5rem 0.75rem", fontSize: "0.85rem", overflowWrap: "anywhere" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--wrong)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--wrong) 1.5px", textUnderlineOffset: "3px" },
  ".cm-lintPoint-error:after": { borderBottomColor: "var(--wrong)" },
});

export function openEditor(host: HTMLElement, text: string, label: string, run: () => void, changed: (text: string) => void): Editor {
  const root = host.attachShadow({ mode: "open", delegatesFocus: true });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), highlightSpecialChars(), history(), drawSelection(), bracketMatching(), closeBrackets(),
        StreamLanguage.define(sparql), syntaxHighlighting(colours), look,
        autocompletion({ override: [complete], icons: false }),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "none", lang: "en" }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          changed(update.state.doc.toString());
          if (diagnosticCount(update.state) > 0) update.view.dispatch(setDiagnostics(update.state, []));
        }),
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => { run(); return true; } }])),
        // Tab is not among them: it leaves the editor (WCAG 2.2, 2.1.2).
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
      ],
    }),
  });

  function at({ line, column }: Place): number {
    const { doc } = view.state;
    const found = doc.line(Math.max(1, Math.min(line, doc.lines)));
    return Math.min(found.from + Math.max(0, column - 1), found.to);
  }

  return {
    text: () => view.state.doc.toString(),
    write: (written) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: written }, scrollIntoView: true }),
    focus: () => view.focus(),
    mark(place) {
      const from = at(place);
      const word = /^[^\s{}().;,]+/.exec(view.state.doc.sliceString(from, view.state.doc.lineAt(from).to));
      const to = from + Math.max(1, word?.[0].length ?? 1);
      const diagnostic = { from: Math.min(from, view.state.doc.length), to: Math.min(to, view.state.doc.length), severity: "error" as const, message: place.message };
      view.dispatch(setDiagnostics(view.state, [diagnostic]));
    },
    goTo(place) {
      view.dispatch({ selection: { anchor: at(place) }, scrollIntoView: true });
      view.focus();
    },
  };
}
