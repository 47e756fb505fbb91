"""The words of roster files: agent ids as spreadsheets leave them, shifts by code or name, days off, leave."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wfm.domain.options import suggestion
from wfm.files import messages
from wfm.files.cells import BadCell, clean, normal
from wfm.files.names import Known, enumerated
from wfm.files.people import is_day_off
from wfm.files.rosters import messages as m

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from wfm.domain.shifts import ShiftTemplate

DIGITS = 15
"""Digits of a number that a spreadsheet keeps."""
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+?\d{2,}", re.IGNORECASE)
_WHOLE = re.compile(r"(\d+)\.0+")
_OFF = {
    "rest",
    "day off",
    "holiday",
    "statutory_off",
    "not_employed",
    "法定",
    "法定休",
    "法定节假日休",
    "公休",
    "不在职",
}
_LEAVE = {"leave", "请假", "休假", "年假", "病假", "事假", "婚假", "产假", "陪产假", "丧假"}


class AgentIds:
    """A parser of agent ids that also knows what a spreadsheet does to them.

    Lost leading zeros (`7` for `007`) are put back where one agent only can be meant; ids that were rounded
    (`1.23457E+17`) cannot be.
    """

    def __init__(self, ids: Iterable[str]) -> None:
        self.known = Known(ids, messages.AN_AGENT)
        self.mended: dict[str, str] = {}
        self._bare: dict[str, list[str]] = {}
        for name in self.known:
            self._bare.setdefault(normal(name).lstrip("0"), []).append(name)

    def __call__(self, text: str) -> str:
        """Return the id as agents.csv has it."""
        found, plain = self.known.meant(text), clean(text)
        if found is not None:
            return found
        whole = _WHOLE.fullmatch(plain)
        plain = whole[1] if whole else plain
        if _ROUNDED.fullmatch(plain) or self._cut(plain):
            raise BadCell(m.WHOLE_ID, m.FORMAT_AS_TEXT)
        meant = self._bare.get(plain.lstrip("0"), []) if plain.isdecimal() else []
        if len(meant) > 1:
            raise BadCell(m.ONE_AGENT.fill(names=enumerated(meant)), m.FORMAT_AS_TEXT)
        if not meant:
            return self.known(text)
        self.mended[plain] = meant[0]
        return meant[0]

    def _cut(self, plain: str) -> bool:
        """Return whether a long number is an id whose last digits were lost."""
        if not plain.isdecimal() or len(plain) <= DIGITS or plain in self._bare:
            return False
        head = plain[: DIGITS - 1]
        return any(len(bare) == len(plain) and bare.startswith(head) for bare in self._bare)


class ShiftWords:
    """A parser of what names a shift: its code, its name, and other words given for it.

    Parameters
    ----------
    words
        Further words, to the codes that each can mean; they go before codes and names.
    """

    def __init__(self, shifts: Sequence[ShiftTemplate], words: Mapping[str, Sequence[str]]) -> None:
        names: dict[str, list[str]] = {}
        for template in shifts:
            names.setdefault(normal(template.name), []).append(template.code)
        self._codes: Mapping[str, Sequence[str]] = {
            **{name: codes for name, codes in names.items() if name},
            **{normal(template.code): [template.code] for template in shifts},
            **words,
        }

    def __call__(self, text: str) -> Sequence[str]:
        """Return the codes of the shifts that a word can mean, at least one."""
        codes = self._meant(text)
        if codes is None:
            raise BadCell(m.A_SHIFT_OR_OFF.fill(names=enumerated(self._codes)), suggestion(clean(text), self._codes))
        return codes

    def __contains__(self, text: str) -> bool:
        return self._meant(text) is not None

    def _meant(self, text: str) -> Sequence[str] | None:
        return self._codes.get(clean(text)) or self._codes.get(normal(text))


def is_off_word(text: str) -> bool:
    """Return whether a cell says that nothing is worked, leave aside.

    Examples
    --------
    >>> is_off_word("休"), is_off_word("法定"), is_off_word(""), is_off_word("D8")
    (True, True, True, False)
    """
    return is_day_off(text) or clean(text).lower() in _OFF


def is_leave_word(text: str, types: Collection[str] = ()) -> bool:
    """Return whether a cell says leave, in general or by one of the given types."""
    plain = clean(text)
    return plain.lower() in _LEAVE or plain in types
