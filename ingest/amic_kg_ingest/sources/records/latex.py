"""LaTeX in values of BibTeX to plain text: accents, braces, dashes."""

from __future__ import annotations

import re

from pylatexenc.latex2text import LatexNodes2Text

_LATEX = re.compile(r"[\\{}~$]|--|``|''")
_BARE = re.compile(r"(?<!\\)([%#&_^])")
_PERCENT = re.compile(r"(?<!\\)([%#&])")
_DOLLAR = re.compile(r"(?<!\\)\$")
_DECODER = LatexNodes2Text(math_mode="text", keep_comments=True, strict_latex_spaces=False)


def plain_text(value: str) -> str:
    r"""`{\"a}` gives "ä". A bare % or a lone $ is taken as it is: BibTeX has no comments in values.

    What is no LaTeX after all is given as it stands, without its braces.
    """
    if not _LATEX.search(value):
        return " ".join(value.split())
    dollars = len(_DOLLAR.findall(value))
    text = _DOLLAR.sub(r"\\$", value) if dollars % 2 else value
    # Between dollars, _ and ^ are those of a formula.
    bare = _PERCENT if dollars and dollars % 2 == 0 else _BARE
    text = bare.sub(r"\\\1", text)
    try:
        plain = _DECODER.latex_to_text(text, tolerant_parsing=True)
    except (ValueError, IndexError, RecursionError):
        plain = re.sub(r"[{}]", "", value)
    return " ".join(plain.replace("\u00a0", " ").split())
