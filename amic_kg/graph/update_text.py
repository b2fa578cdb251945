"""A SPARQL update read as far as it takes to know every graph that it writes to.

A parser of the update's frame (https://www.w3.org/TR/sparql11-update/#sparqlGrammar, rules 29 to
52): operations, graph names, templates. What stands within templates and patterns is kept as
tokens; braces and the word GRAPH in a template are understood, so no quad goes unseen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NoReturn
from urllib.parse import urljoin

from amic_kg.errors import InvalidQuery
from amic_kg.graph.sparql_text import TOKEN
from amic_kg.graph.terms import PREFIXES

_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_STRING_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|.)", re.DOTALL)
_IRI_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_LOCAL_ESCAPE = re.compile(r"\\(.)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DOTS = re.compile(r"/\.{1,2}(?:[/?#]|$)")
_ESCAPED = {'"': '\\"', "'": "\\'", "\\": "\\\\", "\n": "\\n", "\r": "\\r"}


@dataclass(frozen=True, slots=True)
class Token:
    """A token and its place in the text; `apart`: a blank or a comment stands before it."""

    kind: str
    text: str
    start: int
    apart: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Triples of a template in one graph: an IRI, a variable (`?g`), or None for the default."""

    graph: str | None
    tokens: tuple[Token, ...]

    @property
    def variable(self) -> bool:
        return self.graph is not None and self.graph[0] in "?$"


@dataclass(frozen=True, slots=True)
class DataChange:
    """INSERT DATA or DELETE DATA."""

    prologue: tuple[Token, ...]
    verb: Literal["INSERT", "DELETE"]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Using:
    iri: str
    named: bool


@dataclass(frozen=True, slots=True)
class Modification:
    """DELETE and INSERT by a pattern; DELETE WHERE has its pattern as template too."""

    prologue: tuple[Token, ...]
    within: str | None
    delete: tuple[Block, ...] | None
    insert: tuple[Block, ...] | None
    using: tuple[Using, ...]
    where: tuple[Token, ...]


Place = Literal["GRAPH", "DEFAULT", "NAMED", "ALL"]


@dataclass(frozen=True, slots=True)
class GraphRef:
    """A graph, or a group of them, as graph management names it."""

    place: Place
    iri: str = ""


@dataclass(frozen=True, slots=True)
class GraphManagement:
    """CLEAR, DROP and CREATE of `target`; ADD, MOVE and COPY of `source` to it."""

    verb: str
    silent: bool
    target: GraphRef
    source: GraphRef | None = None


Operation = DataChange | Modification | GraphManagement


def operations_of(update: str, base: str) -> tuple[Operation, ...]:
    """The operations in order; raises InvalidQuery with line and column.

    Relative IRIs before a BASE are read from `base`.
    """
    reader = _Reader(update, base)
    found: list[Operation] = []
    while True:
        prologue = reader.prologue()
        if reader.ended():
            return tuple(found)
        found.append(reader.operation(prologue))
        if reader.ended():
            return tuple(found)
        reader.expect(";")


def position_of(text: str, offset: int) -> tuple[int, int]:
    """Line and column of a character, both from 1."""
    before = text[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


def place_of(text: str, offset: int) -> str:
    """Where a character stands, as errors name it: `line 2, column 7`."""
    line, column = position_of(text, offset)
    return f"line {line}, column {column}"


class _Reader:
    def __init__(self, text: str, base: str) -> None:
        self._text = text
        self._at = 0
        self._base = base
        self._prefixes = dict(PREFIXES)
        self._tokens = tuple(self._read_tokens())

    def ended(self) -> bool:
        return self._at >= len(self._tokens)

    def prologue(self) -> tuple[Token, ...]:
        begin = self._at
        while self._word() in ("BASE", "PREFIX"):
            if self._take().text.upper() == "BASE":
                self._base = self._reference()
                continue
            name = self._take_kind("name", "a prefix such as ex:")
            if not name.text.endswith(":") or name.text.count(":") != 1 or name.text == "_:":
                self._fail("a prefix such as ex:", name)
            self._prefixes[name.text[:-1]] = self._reference()
        return self._tokens[begin : self._at]

    def operation(self, prologue: tuple[Token, ...]) -> Operation:
        first = self._word()
        if first == "LOAD":
            self._refuse(
                "LOAD is refused: this server fetches nothing by order of an update",
                "Fetch the file yourself and send it to the graph store, by PUT or POST",
            )
        if first in ("CLEAR", "DROP", "CREATE"):
            verb, silent = self._take().text.upper(), self._accept("SILENT")
            return GraphManagement(verb, silent, self._target(single=verb == "CREATE"))
        if first in ("ADD", "MOVE", "COPY"):
            verb, silent = self._take().text.upper(), self._accept("SILENT")
            source = self._graph_or_default()
            self._expect_word("TO")
            return GraphManagement(verb, silent, self._graph_or_default(), source)
        if first in ("INSERT", "DELETE") and self._word(1) == "DATA":
            inserts = self._take().text.upper() == "INSERT"
            self._take()
            blocks = self._quads(variables=False)
            return DataChange(prologue, "INSERT" if inserts else "DELETE", blocks)
        if first == "DELETE" and self._word(1) == "WHERE":
            self._at += 2
            begin = self._at
            blocks = self._quads()
            where = self._tokens[begin + 1 : self._at - 1]
            return Modification(prologue, None, blocks, None, (), where)
        return self._modification(prologue)

    def expect(self, sign: str) -> None:
        if self.ended() or self._tokens[self._at].text != sign:
            self._fail(f"'{sign}'")
        self._at += 1

    def _modification(self, prologue: tuple[Token, ...]) -> Modification:
        within = self._graph_iri() if self._accept("WITH") else None
        delete = self._quads() if self._accept("DELETE") else None
        insert = self._quads() if self._accept("INSERT") else None
        if delete is None and insert is None:
            self._fail("INSERT, DELETE, CLEAR, DROP, CREATE, ADD, MOVE or COPY")
        using = []
        while self._accept("USING"):
            named = self._accept("NAMED")
            using.append(Using(self._graph_iri(), named))
        self._expect_word("WHERE")
        return Modification(prologue, within, delete, insert, tuple(using), self._braced())

    def _target(self, *, single: bool) -> GraphRef:
        if not single:
            for place in ("DEFAULT", "NAMED", "ALL"):
                if self._accept(place):
                    return GraphRef(place)
        self._expect_word("GRAPH")
        return GraphRef("GRAPH", self._graph_iri())

    def _graph_or_default(self) -> GraphRef:
        if self._accept("DEFAULT"):
            return GraphRef("DEFAULT")
        self._accept("GRAPH")
        return GraphRef("GRAPH", self._graph_iri())

    def _quads(self, *, variables: bool = True) -> tuple[Block, ...]:
        """A template: every brace in it belongs to a GRAPH whose name is known or a variable."""
        self.expect("{")
        blocks: list[Block] = []
        run: list[Token] = []
        while not self._accept_sign("}"):
            if self._word() != "GRAPH":
                run.append(self._triple_token())
                continue
            self._take()
            if run:
                blocks.append(Block(None, tuple(run)))
                run = []
            graph = self._graph_or_variable(variables=variables)
            self.expect("{")
            inner = []
            while not self._accept_sign("}"):
                inner.append(self._triple_token())
            blocks.append(Block(graph, tuple(inner)))
            self._accept_sign(".")
        if run:
            blocks.append(Block(None, tuple(run)))
        return tuple(blocks)

    def _triple_token(self) -> Token:
        if self.ended() or self._tokens[self._at].text == "{":
            self._fail("triples, or GRAPH with a name before its brace")
        return self._take()

    def _braced(self) -> tuple[Token, ...]:
        self.expect("{")
        begin, depth = self._at, 1
        while depth:
            if self.ended():
                self._fail("'}'")
            depth += {"{": 1, "}": -1}.get(self._take().text, 0)
        return self._tokens[begin : self._at - 1]

    def _graph_or_variable(self, *, variables: bool) -> str:
        token = None if self.ended() else self._tokens[self._at]
        if variables and token and token.kind == "name" and token.text[0] in "?$":
            return self._take().text
        return self._graph_iri()

    def _graph_iri(self) -> str:
        """The name of a graph, in full."""
        token = None if self.ended() else self._tokens[self._at]
        iri = self._reference()
        if _DOTS.search(iri):
            self._fail("an IRI without /./ and /../", token)
        return iri

    def _reference(self) -> str:
        if self.ended() or self._tokens[self._at].kind not in ("iri", "name"):
            self._fail("an IRI")
        token = self._take()
        if token.kind == "iri":
            iri = token.text[1:-1]
            iri = iri if _SCHEME.match(iri) else urljoin(self._base, iri)
        else:
            prefix, _, local = token.text.partition(":")
            if prefix[:1] in ("?", "$", "_"):
                self._fail("an IRI", token)
            if prefix not in self._prefixes:
                self._fail(f"an IRI, or PREFIX {prefix}: declared before", token)
            iri = self._prefixes[prefix] + _LOCAL_ESCAPE.sub(r"\1", local)
        if not _SCHEME.match(iri) or _NOT_IN_IRI.search(iri):
            self._fail("an absolute IRI", token)
        return iri

    def _word(self, ahead: int = 0) -> str:
        at = self._at + ahead
        token = self._tokens[at] if at < len(self._tokens) else None
        return token.text.upper() if token is not None and token.kind == "word" else ""

    def _take(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _take_kind(self, kind: str, wanted: str) -> Token:
        if self.ended() or self._tokens[self._at].kind != kind:
            self._fail(wanted)
        return self._take()

    def _accept(self, word: str) -> bool:
        if self._word() != word:
            return False
        self._at += 1
        return True

    def _accept_sign(self, sign: str) -> bool:
        if self.ended() or self._tokens[self._at].text != sign:
            return False
        self._at += 1
        return True

    def _expect_word(self, word: str) -> None:
        if not self._accept(word):
            self._fail(word)

    def _fail(self, wanted: str, token: Token | None = None) -> NoReturn:
        if token is None and not self.ended():
            token = self._tokens[self._at]
        found = f"at '{token.text[:30]}'" if token else "where it ends"
        offset = token.start if token else len(self._text)
        raise InvalidQuery(
            place_of(self._text, offset),
            f"the update does not parse {found}",
            f"Expected here is {wanted}",
        )

    def _refuse(self, cause: str, remedy: str) -> NoReturn:
        raise InvalidQuery(place_of(self._text, self._tokens[self._at].start), cause, remedy)

    def _read_tokens(self) -> Sequence[Token]:
        found: list[Token] = []
        apart = True
        for match in TOKEN.finditer(self._text):
            text, kind = match.group(), match.lastgroup or "sign"
            if kind == "comment" or text.isspace():
                apart = True
                continue
            if text == "\\" or (kind == "iri" and "'''" in text):
                # An escape elsewhere, or an IRI that some engines could read as a string's
                # beginning, would let two readers see two updates.
                raise InvalidQuery(
                    place_of(self._text, match.start()),
                    f"'{text[:30]}' may be read in two ways",
                    "Write the character itself, or percent-encode it within an IRI",
                )
            found.append(Token(kind, self._resolved(kind, match), match.start(), apart))
            apart = False
        return found

    def _resolved(self, kind: str, match: re.Match[str]) -> str:
        """Without codepoint escapes (section 19.2 of the query language), which engines read
        before, or after, they find where a string ends.
        """
        text = match.group()
        if "\\" not in text or kind not in ("string", "iri"):
            return text
        if kind == "string":
            return _STRING_ESCAPE.sub(lambda found: self._in_string(found, match.start()), text)
        resolved = _IRI_ESCAPE.sub(lambda found: self._character(found, match.start()), text)
        if _NOT_IN_IRI.search(resolved[1:-1]):
            raise InvalidQuery(
                place_of(self._text, match.start()),
                "an escape in an IRI stands for a character that no IRI has",
                "Percent-encode it",
            )
        return resolved

    def _in_string(self, found: re.Match[str], offset: int) -> str:
        if not (found.group(1) or found.group(2)):
            return found.group()
        character = self._character(found, offset)
        return _ESCAPED.get(character, character)

    def _character(self, found: re.Match[str], offset: int) -> str:
        code = int(found.group(1) or found.group(2), 16)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise InvalidQuery(
                place_of(self._text, offset), f"{found.group()} is no character", "Mend the escape"
            )
        return chr(code)
