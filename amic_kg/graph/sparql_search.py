"""Searches inside SPARQL: found in the text of a query, and written back as VALUES.

    SERVICE search: { ?document search:text "kaivosvesi" ; search:score ?score ; search:page ?page }

reads as a federated query (https://www.w3.org/TR/sparql11-federated-query/), and is answered here
before the query goes to an engine: what the search finds is put in its place as inline data
(https://www.w3.org/TR/sparql11-query/#inline-data), which joins as the service's solutions would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NoReturn, get_args

from amic_kg.errors import InvalidQuery
from amic_kg.graph.sparql_text import tokens
from amic_kg.graph.terms import PREFIXES, text
from amic_kg.graph.update_text import place_of
from amic_kg.records import LANGUAGES

SEARCH_SERVICE = "https://w3id.org/amic/sparql/search"
SEARCH = f"{SEARCH_SERVICE}#"
"""What the terms of a search begin with; it names the service too, so that `SERVICE search:` does.

`search:` need not be declared. One name for all collections: a query may be carried to another.
"""

QUERY_PREFIXES: Mapping[str, str] = {**PREFIXES, "search": SEARCH}
"""Those that a query need not declare."""

MOST_SEARCHES = 5
MOST_FOUND = 200
FOUND_BY_DEFAULT = 20
LONGEST_TEXT = 400

Output = Literal["score", "passage", "page", "fragment"]
_OUTPUTS: tuple[Output, ...] = get_args(Output)

TERMS: Mapping[str, str] = {
    "text": "What is looked for, as in the search box: words, or a phrase in quotes. A constant, "
    f"of {LONGEST_TEXT} characters at most; its language tag says in which language it is read.",
    "language": f"Passages in this language alone: {', '.join(LANGUAGES)}. A constant.",
    "limit": f"So many documents at most, the best; {FOUND_BY_DEFAULT} without it, {MOST_FOUND} "
    "at most. A constant.",
    "score": "How well the document answers; comparable within one search.",
    "passage": "The words that answer best, in their language; unbound for a restricted document.",
    "page": "The page that they stand on, counted from 1; unbound for a restricted document.",
    "fragment": 'The same as the evidence in the graph has it, such as "page=3".',
}
"""What each term means; the subject of all of them is the document found."""
_WRITTEN = ", ".join(f"search:{name}" for name in TERMS)

_LONGEST_QUERY = 100_000
"""In characters: a longer text is not looked through by the server, so its SERVICE is refused."""

_SERVICE = re.compile(r"service", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_CODEPOINT_ESCAPE = re.compile(r"\\(?=[uU])")
_SHORT_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Search:
    """A search as it stands in a query, at characters `start`..`end`.

    `document` and `outputs` name the variables that are to be bound; `spoken` is the language tag
    of the text, '' without one. `silent`: a search that cannot be made binds nothing.
    """

    start: int
    end: int
    text: str
    document: str
    outputs: tuple[tuple[Output, str], ...] = ()
    spoken: str = ""
    language: str | None = None
    limit: int = FOUND_BY_DEFAULT
    silent: bool = False

    @property
    def unknown(self) -> str:
        """The solution that binds nothing."""
        return f"({' '.join(['UNDEF'] * (1 + len(self.outputs)))})"


def may_search(query: str) -> bool:
    """Whether it is worth the while to look for searches in `query`."""
    return len(query) <= _LONGEST_QUERY and _SERVICE.search(query) is not None


def searches_in(query: str) -> tuple[Search, ...]:
    """The searches of `query` in order; raises InvalidQuery, with line and column, for a wrong one.

    Any other SERVICE is passed over: it is for `refuse_calls` to refuse it.
    """
    if not may_search(query):
        return ()
    return tuple(_Reader(query).searches())


def with_found(query: str, searches: Sequence[Search], rows: Sequence[Sequence[str]]) -> str:
    """`query` with the `rows` of each search in its place, each row as text: `(<iri> 1.0e0)`."""
    for search, found in reversed(list(zip(searches, rows, strict=True))):
        values = f"{_head(search)} {{ {' '.join(found)} }}"
        query = query[: search.start] + values + query[search.end :]
    return query


def with_nothing_found(query: str, searches: Sequence[Search]) -> str:
    """`query` without its searches, where all that stands behind them keeps line and column.

    An error of the engine in this text has the place that it has in `query`.
    """
    for search in reversed(searches):
        written = query[search.start : search.end]
        *lines, last = written.split("\n")
        values = f"{_head(search)} {{}}"
        if lines:
            values += "\n" * len(lines) + " " * len(last)
        else:
            # Always the shorter of the two: each variable stands in the search with a term.
            values = values.ljust(len(written))
        query = query[: search.start] + values + query[search.end :]
    return query


def words_literal(words: str, language: str) -> str:
    """Words of a document as a literal that no reader of the query takes for more than that.

    Stores that resolve codepoint escapes before they read the grammar (section 19.2 of the query
    language) would find one in a backslash and a u, however these are escaped, and with it the end
    of the string: so a slash stands for that backslash. White space becomes one blank.
    """
    return text(_CODEPOINT_ESCAPE.sub("/", " ".join(words.split())), language)


def as_written(error: InvalidQuery, searches: Sequence[Search]) -> InvalidQuery:
    """`error` of a text without what was found, in the words of the query: nobody wrote VALUES."""
    cause = error.cause
    for search in searches:
        cause = cause.replace(f"{_head(search)} {{}}", "SERVICE search: { … }")
    return InvalidQuery(error.subject, cause, error.remedy)


def _head(search: Search) -> str:
    return f"VALUES ({' '.join([search.document, *(name for _, name in search.outputs)])})"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_variable(self) -> bool:
        return self.kind == "name" and self.text[0] in "?$"

    def is_word(self, word: str) -> bool:
        return self.kind == "word" and self.text.upper() == word


_END = _Token("end", "", -1)


@dataclass(slots=True)
class _Said:
    """What a search says, as far as it is read."""

    document: str = ""
    text: str = ""
    spoken: str = ""
    language: str | None = None
    limit: int = FOUND_BY_DEFAULT
    outputs: dict[Output, str] = field(default_factory=dict)
    terms: set[str] = field(default_factory=set)


class _Reader:
    def __init__(self, query: str) -> None:
        self._query = query
        self._tokens = list(_tokens_of(query))
        self._prefixes = dict(QUERY_PREFIXES)
        self._at = 0

    def searches(self) -> Iterator[Search]:
        number = 0
        while self._at < len(self._tokens):
            token = self._take()
            if token.is_word("PREFIX"):
                self._declare()
            elif token.is_word("SERVICE"):
                silent = self._next().is_word("SILENT")
                name = self._ahead(1) if silent else self._next()
                if (
                    self._iri(name) not in (SEARCH, SEARCH_SERVICE)
                    or self._ahead(2 if silent else 1).text != "{"
                ):
                    continue
                number += 1
                if number > MOST_SEARCHES:
                    self._fail(
                        token,
                        f"there are more than {MOST_SEARCHES} searches in the query",
                        "Ask with fewer, in several queries",
                    )
                self._at += 3 if silent else 2
                yield self._search(token.start, silent=silent)

    def _declare(self) -> None:
        name, iri = self._next(), self._ahead(1)
        if name.kind == "name" and name.text.endswith(":") and iri.kind == "iri":
            self._prefixes[name.text[:-1]] = iri.text[1:-1]

    def _search(self, start: int, *, silent: bool) -> Search:
        """Up to its closing brace; the opening one is behind."""
        said = _Said()
        while self._next().text != "}":
            subject = self._take()
            if not subject.is_variable or (said.document and said.document[1:] != subject.text[1:]):
                self._fail(
                    subject,
                    f"in a search {said.document or 'a variable'} is expected, the document found",
                    'Write the search as { ?document search:text "words" ; search:page ?page }',
                )
            said.document = subject.text
            self._property(said)
            while self._further():
                self._property(said)
        end = self._take().end
        if not said.text.strip():
            raise InvalidQuery(
                place_of(self._query, start),
                "the search has no text",
                'Say what is looked for: ?document search:text "words"',
            )
        return Search(
            start=start,
            end=end,
            text=said.text,
            document=said.document,
            outputs=tuple(said.outputs.items()),
            spoken=said.spoken,
            language=said.language,
            limit=said.limit,
            silent=silent,
        )

    def _property(self, said: _Said) -> None:
        term = self._take()
        name = (self._iri(term) or "").removeprefix(SEARCH)
        if self._iri(term) != SEARCH + name or name not in TERMS:
            self._fail(
                term,
                f"'{term.text[:40]}' is no term of a search" if term.text else "the search ends",
                f"There are {_WRITTEN}; write other patterns outside of SERVICE",
            )
        if name in said.terms:
            self._fail(term, f"{term.text} stands here twice", "Leave one of them out")
        said.terms.add(name)
        if name in _OUTPUTS:
            said.outputs[name] = self._variable(term, said)
        elif name == "limit":
            said.limit = self._number(term)
        elif name == "language":
            value = self._next()
            said.language = self._string(term)
            if said.language not in LANGUAGES:
                self._fail(
                    value,
                    f"'{said.language[:40]}' is no language of the collection",
                    f"Write one of {', '.join(LANGUAGES)}, or leave {term.text} out",
                )
        else:
            said.text = self._string(term)
            if self._next().text.startswith("@"):
                said.spoken = self._take().text[1:].split("-")[0].lower()

    def _further(self) -> bool:
        """Whether more is said of the same subject: behind a semicolon, and not after a point."""
        more = False
        while self._next().text == ";":
            self._take()
            more = True
        if self._next().text == ".":
            self._take()
            return False
        if self._next().text == "}":
            return False
        if not more:
            self._fail(
                self._next(), "a search is written as triples alone", "Put ; or } before this"
            )
        return True

    def _variable(self, term: _Token, said: _Said) -> str:
        value = self._take()
        if not value.is_variable:
            self._fail(
                value,
                f"{term.text} gives what is found, and needs a variable",
                f"Write a variable behind {term.text}, and compare it by FILTER",
            )
        if value.text[1:] in {name[1:] for name in (said.document, *said.outputs.values())}:
            self._fail(
                value, f"{value.text} is bound by the search already", "Take another variable"
            )
        return value.text

    def _number(self, term: _Token) -> int:
        first = value = self._take()
        digits = value.text
        # The lexer knows no numbers: their digits come one by one.
        while self._next().text.isdecimal() and self._next().start == value.end:
            value = self._take()
            digits += value.text
        if not (digits.isascii() and digits.isdecimal()) or self._next().text == "^":
            self._wrong(first, term, "a whole number")
        if not 1 <= int(digits[:9]) <= MOST_FOUND:
            self._fail(
                first,
                f"{term.text} is {digits[:12]}",
                f"A search gives from 1 to {MOST_FOUND} documents: choose among them",
            )
        return int(digits)

    def _string(self, term: _Token) -> str:
        value = self._take()
        if value.kind != "string" or self._next().text == "^":
            self._wrong(value, term, 'text in quotes, such as "fi" or "mine water"')
        quotes = 3 if value.text[:3] in ('"""', "'''") and len(value.text) > 5 else 1
        said = _ESCAPE.sub(_unescaped, value.text[quotes:-quotes])
        if len(said) > LONGEST_TEXT:
            self._fail(
                value,
                f"{term.text} is longer than {LONGEST_TEXT} characters",
                "Write fewer words, those that tell most",
            )
        return said

    def _wrong(self, value: _Token, term: _Token, wanted: str) -> NoReturn:
        self._fail(
            value,
            f"{term.text} takes a constant, for the search is made before the query",
            f"Write {wanted}",
        )

    def _iri(self, token: _Token) -> str | None:
        if token.kind == "iri":
            return token.text[1:-1]
        if token.kind != "name" or token.text[0] in "?$@_":
            return None
        prefix, _, local = token.text.partition(":")
        return self._prefixes[prefix] + local if prefix in self._prefixes else None

    def _next(self) -> _Token:
        return self._ahead(0)

    def _ahead(self, number: int) -> _Token:
        at = self._at + number
        return self._tokens[at] if at < len(self._tokens) else _END

    def _take(self) -> _Token:
        token = self._next()
        self._at += 1
        return token

    def _fail(self, token: _Token, cause: str, remedy: str) -> NoReturn:
        offset = token.start if token is not _END else len(self._query)
        raise InvalidQuery(place_of(self._query, offset), cause, remedy)


def _tokens_of(query: str) -> Iterator[_Token]:
    for match in tokens(query):
        kind, written, start = match.lastgroup or "sign", match.group(), match.start()
        if kind == "name" and written.endswith("."):
            # A name may hold points and not end in one (rule 169, PN_LOCAL).
            yield _Token(kind, written[:-1], start)
            kind, written, start = "sign", ".", match.end() - 1
        yield _Token(kind, written, start)


def _unescaped(match: re.Match[str]) -> str:
    short = match.group(3)
    if short is not None:
        return _SHORT_ESCAPES.get(short, short)
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else " "
