"""What can be told of a SPARQL text before an engine sees it: does it call out, does it write?

A lexer of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/#sparqlGrammar), enough to know
keywords from IRIs, names, strings and comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from amic_kg.errors import InvalidQuery
from amic_kg.graph.terms import PREFIXES, iri

# Codepoint escapes are resolved before the grammar applies (section 19.2), so they are resolved
# here too: otherwise \u0053ERVICE would slip through.
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

TOKEN = re.compile(
    r'''
      (?P<string>"""(?:[^\\"]|\\.|"(?!""))*+"""|\'\'\'(?:[^\\']|\\.|'(?!''))*+\'\'\'
        |"(?!"")(?:[^"\\\n\r]|\\.)*+"|'(?!'')(?:[^'\\\n\r]|\\.)*+')
    # What nothing closes is one token too: to look again from every quote within would take the
    # square of the time.
    | (?P<open>"""(?:[^\\"]|\\.|"(?!""))*+|\'\'\'(?:[^\\']|\\.|'(?!''))*+
        |"(?:[^"\\\n\r]|\\.)*+|'(?:[^'\\\n\r]|\\.)*+)
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
    | (?P<comment>\#[^\n\r]*)
    | (?P<name>[?$@][\w-]+|_:\w[\w.-]*
        |(?:(?<![\w.-])[^\W\d_][\w.-]*+)?:
         (?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?\#@%-])
            (?:[\w.:-]|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?\#@%-])*+)?)
    | (?P<word>[A-Za-z_]\w*)
    | .
    ''',
    re.VERBOSE | re.DOTALL,
)

_MOST_BRACKETS = 500
"""Open at once: parsers go down a step for each, and with thousands they fall off their stack."""

_BEFORE_GRAPH_NAME = ("GRAPH", "FROM", "NAMED")
_WRITES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"))

_SCHEME = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")


_SHORT = 20_000
"""In characters: what is longer is read as far as it is needed, and not kept."""


def _scanned(text: str) -> Iterable[re.Match[str]]:
    """The tokens of `text`, blanks and comments too; a query is looked through several times."""
    return _scanned_whole(text) if len(text) <= _SHORT else TOKEN.finditer(text)


@lru_cache(maxsize=64)
def _scanned_whole(text: str) -> tuple[re.Match[str], ...]:
    return tuple(TOKEN.finditer(text))


def tokens(query: str) -> Iterator[re.Match[str]]:
    """What `query` is made of but for blanks and comments; `lastgroup` tells the kind of each."""
    return (
        token
        for token in _scanned(query)
        if token.lastgroup != "comment" and not token.group().isspace()
    )


def keywords(query: str) -> list[str]:
    """The bare words of `query` in upper case, in order."""
    return list(words_of(query))


def words_of(query: str) -> Iterator[str]:
    """The same one by one: a long text is read no further than is asked for."""
    for token in _scanned(_CODEPOINT.sub(_character, query)):
        if token.lastgroup == "word":
            yield token.group().upper()


def undeclared_prefixes(query: str) -> list[str]:
    """The prefixes that `query` uses and does not declare, in order."""
    declared: set[str] = set()
    used: dict[str, None] = {}
    before = ""
    for token in _scanned(_CODEPOINT.sub(_character, query)):
        text = token.group()
        if token.lastgroup == "name" and text[0] not in "?$@":
            prefix = text.split(":", 1)[0]
            if before == "PREFIX":
                declared.add(prefix)
            else:
                used[prefix] = None
        if token.lastgroup != "comment" and not text.isspace():
            before = text.upper()
    return [prefix for prefix in used if prefix not in declared]


def refuse_calls(text: str) -> None:
    """Raise InvalidQuery for SERVICE, in a query or an update: it would make this server call."""
    # The engine does not resolve codepoint escapes before the grammar: both readings count.
    if _calls_out(text) or _calls_out(_CODEPOINT.sub(_character, text)):
        raise InvalidQuery(
            "SERVICE",
            "is refused: this endpoint calls no other one",
            "Query the other endpoint yourself and join the results, or ask the operator",
        )


def refuse_unsafe(query: str) -> None:
    """Raise InvalidQuery for SERVICE and for updates.

    Also for what is no query and could bring an engine down: a string without end, thousands of
    brackets within each other. Takes time in proportion to the length, whatever is written.
    """
    refuse_calls(query)
    words = keywords(query)
    first = next((word for word in words if word not in ("BASE", "PREFIX")), "")
    if first in _WRITES or first == "WITH":
        raise InvalidQuery(
            first,
            "is an update, and this address answers queries",
            "Use SELECT, ASK, CONSTRUCT or DESCRIBE",
        )
    _check_ends(query)


def _check_ends(query: str) -> None:
    depth = 0
    for token in _scanned(query):
        if token.lastgroup == "open":
            raise InvalidQuery(
                _place(query, token.start()),
                "a string begins and does not end",
                "Close it by the quotes that it begins with",
            )
        if token.lastgroup is None:
            depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(token.group(), 0)
            if depth > _MOST_BRACKETS:
                raise InvalidQuery(
                    _place(query, token.start()),
                    f"more than {_MOST_BRACKETS} brackets are open at once",
                    "Write it with fewer groups within each other",
                )


def _place(query: str, offset: int) -> str:
    before = query[:offset].split("\n")
    return f"line {len(before)}, column {len(before[-1]) + 1}"


def _calls_out(text: str) -> bool:
    """Whether an engine could read SERVICE as a keyword in `text`, be it in doubt.

    Engines read without blanks too: trueSERVICE, SERVICESILENT, and SERVICE:x { } where the prefix
    is the empty one. A comparison can look like an IRI: FILTER(?a<?b)SERVICE#>.
    """
    found = list(tokens(text))
    for index, token in enumerate(found):
        kind, written = token.lastgroup, token.group().upper()
        if "SERVICE" not in written:
            continue
        if kind == "word" or (kind == "iri" and _hides_service(written)):
            return True
        if (
            kind == "name"
            and written[0] not in "?$@"
            and "SERVICE" in written.split(":")[0]
            and index + 1 < len(found)
            and found[index + 1].group() == "{"
            and found[index - 1].group().upper() not in _BEFORE_GRAPH_NAME
        ):
            return True
    return False


def _hides_service(written: str) -> bool:
    """Whether a bracket, the word and a # stand in `written` one after the other."""
    _, bracket, rest = written.partition(")")
    _, word, rest = rest.partition("SERVICE")
    return bool(bracket and word and "#" in rest)


def _character(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code <= 0x10FFFF else match.group()


def prefix_declarations(query: str) -> str:
    """The known prefixes that `query` uses undeclared, on one line: its own keep their numbers."""
    return "".join(
        f"PREFIX {prefix}: <{PREFIXES[prefix]}> "
        for prefix in undeclared_prefixes(query)
        if prefix in PREFIXES
    )


def base_declaration(query: str, base: str | None) -> str:
    """Only where it is used: what stands before a query moves the columns of its first line."""
    relative = any(
        token.lastgroup == "iri" and not _SCHEME.match(token.group()) for token in tokens(query)
    )
    return f"BASE {iri(base)} " if base and relative else ""
