"""LaTeX in values of BibTeX to plain text: accents, braces, dashes."""

from __future__ import annotations

import re

from pylatexenc.latex2text import LatexNodes2Text

_LATEX = re.compile(r"[\\{}~$]|--|``|''")
_BARE = re.compile(r"(?<!\\)([%#&_^])")
_BARE_DOLLARS = re.compile(r"(?<!\\)\$(?=[^$]*$)")
_DECODER = LatexNodes2Text(math_mode="text", keep_comments=True, strict_latex_spaces=False)


def plain_text(value: str) -> str:
    r"""`{\"a}` gives "ä". A bare % or a lone $ is taken as it is: BibTeX has no comments in values.

    What is no LaTeX after all is given as it stands, without its braces.
    """
    if not _LATEX.search(value):
        return " ".join(value.split())
    text = _BARE_DOLLARS.sub(r"\\$", value)
    if "$" not in text.replace("\\$", ""):
        text = _BARE.sub(r"\\\1", text)
    else:
        text = re.sub(r"(?<!\\)%", r"\\%", text)
    try:
        plain = _DECODER.latex_to_text(text, tolerant_parsing=True)
    except (ValueError, IndexError, RecursionError):
        plain = re.sub(r"[{}]", "", value)
    return " ".join(plain.replace("\u00a0", " ").split())
