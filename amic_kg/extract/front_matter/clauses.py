"""Sentences of title pages that present a thesis: "Academic dissertation to be presented …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from amic_kg.extract.front_matter.lines import Line

_THESIS = (
    r"(?:(?:academic|doctoral|licentiate|bachelor['’]?s|master['’]?s|final|degree|diploma|ph\.?d\.?)"
    r"\s)*(?:dissertation|thesis)"
)
_WORK = (
    r"(?:\w*opinnäyte(?:työ)?|diplomityö|\w*väitöskirja|pro gradu\s?-?\s?(?:tutkielma|työ)?|"
    r"\w*tutkielma|kandidaatintyö|lisensiaatintyö)"
)
_AVHANDLING = r"(?:\w*avhandling|\w*examensarbete|\w*arbete|lärdomsprov)"
_OPENS = re.compile(
    rf"(?:(?:an?|this)\s)?{_THESIS}(?:,|\s(?:which|that|is|will be))*\s"
    r"(?:to\sbe\s|for\sthe\sdegree\b|for\sthe\s(?:doctoral|master|bachelor)|submitted\b|"
    r"presented\b|by\sdue\b|with\sthe\s|in\spartial\b|approved\b)|"
    r"(?:to\sbe\s)?(?:publicly\s)?(?:presented|submitted|defended|discussed)\s"
    r"(?:with|for|in|at|to|by|on)\s|"
    r"(?:by|with)\s(?:the\s)?(?:due\s)?(?:permission|assent|consent)\sof\s|"
    r"in\spartial\sfulfil|(?:submitted\s)?for\sthe\sdegree\sof\s|"
    r"to\sbe\s(?:presented|publicly|defended|discussed)\b|"
    rf"{_WORK},?\s(?:joka|jonka|esitetään|on\s(?:jätetty|esitetty))\b|"
    rf"{_WORK}\s.{{0,70}}\btutkin(?:toa|non)\s(?:varten|suoritta)|"
    r"(?:esitetään|esitetty)\s.{3,90}|.{3,80}\ssuostumuksella\b|"
    rf"(?:akademisk\s)?{_AVHANDLING},?\ssom\s|(?:som\s)?(?:med|på)\stillstånd\sav\s|"
    rf"{_AVHANDLING}\sför\savläggande\b|(?:som\s)?(?:framläggs|framlägges|läggs\sfram)\b|"
    r".{3,80}\bjulkisesti\starkastettavaksi\b|.{0,80}\btill\soffentlig\s(?:granskning|disputation)",
    re.IGNORECASE,
)
_LONGEST = 12
"""Lines of the longest clause."""


def clause_length(lines: Sequence[Line], index: int) -> int:
    """Over how many lines a clause runs that opens at `index`, 0 if none does.

    It ends with its full stop, or before an empty line.
    """
    if not _OPENS.match(lines[index].text):
        return 0
    count = 1
    for before, line in zip(lines[index:], lines[index + 1 :], strict=False):
        parted = line.gap or line.page != before.page or line.row == before.row
        if parted or before.text.endswith(".") or count >= _LONGEST:
            break
        count += 1
    return count
