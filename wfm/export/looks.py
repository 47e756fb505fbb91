"""How cells of a workbook look: colours of shifts and days off, forms of numbers and dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wfm.domain.roster import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfm.domain.plan import Plan
    from wfm.domain.text import Locale


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks.

    Attributes
    ----------
    fill, ink
        Colours as `RRGGBB`; no fill is the colour of the paper.
    form
        Number format of the spreadsheet; `@` is text.
    quoted
        Whether the text stays text also when somebody edits the cell.
    wrapped
        Whether text is broken into lines.
    """

    fill: str | None = None
    ink: str = "1F2937"
    bold: bool = False
    form: str = "General"
    across: str = "left"
    quoted: bool = False
    wrapped: bool = False


FONTS: Mapping[Locale, str] = {"en": "Calibri", "zh": "Microsoft YaHei"}
"""Fonts that spreadsheets have, by the language of the centre."""
PALETTE = (
    "FFF6CC",
    "FCE8A6",
    "EAF4C4",
    "D2EDB8",
    "BFE9CC",
    "BDEBE3",
    "BEE3F5",
    "C9DAFA",
    "D9D3FA",
    "EBD2F4",
    "FAD3E6",
    "FBD5CF",
    "FFDDBB",
    "E8D9C5",
    "B7C3F3",
    "9FAEEA",
)
"""Fills of shifts, those of the morning first, nights last."""
HEADING = Look(fill="33415C", ink="FFFFFF", bold=True, across="center", wrapped=True)
RED_HEADING = Look(fill="8C3A3A", ink="FFFFFF", bold=True, across="center")
ID = Look(form="@")
NUMBER = Look(form="0.00", across="right")
COUNT = Look(form="0", across="right")
DAY = Look(form="yyyy-mm-dd", across="center")
TIME = Look(form="@", across="center")
MOMENT = Look(form="yyyy-mm-dd hh:mm", across="center")
WORD = Look()
LONG_TEXT = Look(form="@", wrapped=True)
DAYS_OFF: Mapping[State, Look] = {
    State.REST: Look(fill="F3F4F6", ink="9AA3B0", across="center"),
    State.STATUTORY_OFF: Look(fill="FDE2E1", ink="B42318", across="center"),
    State.LEAVE: Look(fill="EFE3F8", ink="7A3EA8", across="center"),
    State.NOT_EMPLOYED: Look(fill="D5D9E0", across="center"),
}


def shift_looks(plan: Plan) -> dict[str, Look]:
    """Return the look of each shift by its code: spread over the palette in the order of their starts."""
    codes = [t.code for t in sorted(plan.settings.shifts, key=lambda t: (t.start, t.end, t.code))]
    last = max(len(codes) - 1, 1)
    step = (len(PALETTE) - 1) / last if last < len(PALETTE) else 1
    return {code: Look(PALETTE[round(n * step) % len(PALETTE)], across="center") for n, code in enumerate(codes)}
