"""Rewrites property paths that end in a constant so that an engine begins at the constant.

`?d dcterms:subject/skos:broader* <c>` reads naturally, and makes Oxigraph walk from every subject
of every document: seconds with a million triples. What is narrower than `<c>` are a few concepts,
so the same is asked as `{ SELECT ?d { { SELECT ?x { ?x skos:broader* <c> } } ?d dcterms:subject ?x
} }`. Both have the same solutions, each as often: a sequence path is the join over its middle
(https://www.w3.org/TR/sparql11-query/#sparqlTranslatePathExpressions), a closure yields each pair
once, and the zero-length path has `<c>` itself in both.
"""

from __future__ import annotations

from dataclasses import dataclass

from amic_kg.graph.sparql_text import tokens

_LEFT_AS_IT_IS = frozenset(("GRAPH", "EXISTS", "LATERAL", "SERVICE"))
"""Within these a subquery would not mean the same: GRAPH's variable, an EXISTS' solution."""

_ENDS = frozenset((".", "}", "{"))


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int

    @property
    def is_variable(self) -> bool:
        return self.kind == "name" and self.text[0] in "?$"

    @property
    def is_iri(self) -> bool:
        return self.kind == "iri" or (self.kind == "name" and self.text[0] not in "?$@_")


def start_from_constants(query: str) -> str:
    """`query` itself where nothing is to be gained, or where it cannot be told to be safe."""
    found = list(_tokens(query))
    # A label of a blank node holds within one basic graph pattern, which a subquery would part.
    if any(
        (t.kind == "word" and t.text.upper() in _LEFT_AS_IT_IS) or t.text.startswith("_:")
        for t in found
    ):
        return query
    name = "from_constant"
    while name in query:
        name += "_"
    edits: list[tuple[int, int, str]] = []
    for index in range(len(found) - 1):
        path = _path_after(found, index)
        if path is not None:
            edits += _edits(found, index, path, f"?{name}{len(edits)}")
    for start, end, text in sorted(edits, reverse=True):
        query = query[:start] + text + query[end:]
    return query


@dataclass(frozen=True, slots=True)
class _Path:
    """`head/…/tail* constant`: texts of its parts, and the position of the constant's token."""

    head: str
    tail: str
    constant: str
    last: int


def _tokens(query: str) -> list[_Token]:
    found = []
    for match in tokens(query):
        kind, text, start = match.lastgroup or "", match.group(), match.start()
        if kind == "name" and text.endswith("."):
            # A name may hold points and not end in one: https://www.w3.org/TR/sparql11-query/#rPN_LOCAL
            found.append(_Token(kind, text[:-1], start, match.end() - 1))
            kind, text, start = "", ".", match.end() - 1
        found.append(_Token(kind, text, start, match.end()))
    return found


def _path_after(found: list[_Token], index: int) -> _Path | None:
    """The path that stands behind a subject or a semicolon at `index`."""
    if not (found[index].is_variable or found[index].text == ";"):
        return None
    steps: list[str] = []
    at = index + 1
    while at + 2 < len(found) and (found[at].is_iri or found[at].text == "a"):
        steps.append(found[at].text)
        sign = found[at + 1].text
        if sign == "/":
            at += 2
            continue
        constant = found[at + 2]
        if sign not in ("*", "+") or not constant.is_iri:
            return None
        return _Path("/".join(steps[:-1]), steps[-1] + sign, constant.text, at + 2)
    return None


def _edits(found: list[_Token], index: int, path: _Path, fresh: str) -> list[tuple[int, int, str]]:
    after = found[path.last + 1].text if path.last + 1 < len(found) else ""
    further = found[path.last + 2].text if path.last + 2 < len(found) else ""
    if after in (",", "") or (after == ";" and further in (";", ".", "}", "")):
        return []
    subject = found[index] if found[index].is_variable else _subject_of(found, index)
    if subject is None:
        return []
    end = found[path.last].end
    pattern = f"{{ {_subquery(subject.text, path, fresh)} }} "
    if found[index].is_variable:
        kept = subject.text if after == ";" else ""
        if not kept:
            return [(subject.start, end, pattern)]
        return [(subject.start, found[path.last + 1].end, pattern + kept)]
    return [(subject.start, subject.start, pattern), (found[index].start, end, "")]


def _subquery(subject: str, path: _Path, fresh: str) -> str:
    if not path.head:
        return f"SELECT {subject} {{ {subject} {path.tail} {path.constant} }}"
    near = f"{{ SELECT {fresh} {{ {fresh} {path.tail} {path.constant} }} }}"
    return f"SELECT {subject} {{ {near} {subject} {path.head} {fresh} }}"


def _subject_of(found: list[_Token], index: int) -> _Token | None:
    """The variable whose properties are listed up to the semicolon at `index`."""
    at = index - 1
    while at >= 0 and found[at].text not in _ENDS:
        if found[at].text in ("(", ")", "[", "]"):
            return None
        at -= 1
    subject = found[at + 1]
    return subject if at >= 0 and subject.is_variable else None
