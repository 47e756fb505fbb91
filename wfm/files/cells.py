"""Single cells: text to values. Every parser raises `BadCell` and knows nothing of files."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from wfm.domain.guard import unguard
from wfm.files import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from zoneinfo import ZoneInfo

    from wfm.domain.text import Text

T = TypeVar("T")
DISTINCT = 65536
"""Texts whose meaning is remembered: ids, dates and codes stand in a file thousands of times."""
_YES = {"1", "true", "yes", "y", "是", "真"}
_NO = {"", "0", "false", "no", "n", "否", "假"}
_YEAR_FIRST = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日?)")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|z|[+-]\d{2}:?\d{2})?")
YEARS = 1970, 2199
"""First and last year of a moment; dates alone may lie anywhere, since people write 9999-12-31 for an open end."""
_MIDNIGHT = re.compile(r"[ T]0?0:00(:00(\.0+)?)?")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3}){1,4}(\.\d+)?")
_NUMBER = re.compile(r"\d{1,15}(\.\d*)?|\.\d+")


class BadCell(Exception):
    """A cell that says something else than expected."""

    def __init__(self, expected: Text, mend: Text | None = None) -> None:
        super().__init__(expected.en)
        self.expected, self.mend = expected, mend


def label(text: str) -> str:
    """Return free text as it stands, without the `'` that guards a formula.

    Examples
    --------
    >>> label("'=SUM(A1)"), label("'t Hart")
    ('=SUM(A1)', "'t Hart")
    """
    return unguard(text)


@lru_cache(maxsize=DISTINCT)
def clean(text: str) -> str:
    """Return an id, number, date or code in its plain form: NFKC, no spaces around, no formula guard.

    Examples
    --------
    >>> clean(" ００７ ")
    '007'
    """
    return normal(label(text))


def normal(text: str) -> str:
    """Return a name as `clean` does when it was read already, so that no guard is left on it."""
    return unicodedata.normalize("NFKC", text).strip()


def yes(text: str) -> bool:
    """Return a yes or no; empty means no."""
    word = clean(text).lower()
    if word not in _YES | _NO:
        raise BadCell(messages.YES_OR_NO)
    return word in _YES


@lru_cache(maxsize=DISTINCT)
def count(text: str, least: int = 0) -> int:
    """Return a whole number, at least `least`; `3.0` and `1,775` are whole numbers too."""
    expected = messages.A_POSITIVE_COUNT if least else messages.A_COUNT
    number = _number(text, expected)
    if number != number.to_integral_value() or number < least:
        raise BadCell(expected)
    return int(number)


@lru_cache(maxsize=DISTINCT)
def amount(text: str) -> Decimal:
    """Return a number that is not negative, exactly as written."""
    return _number(text, messages.AN_AMOUNT)


def signed(text: str) -> Decimal:
    """Return a number, exactly as written; a minus sign may stand before it."""
    plain = clean(text)
    size = _number(plain.removeprefix("-"), messages.A_SIGNED_AMOUNT)
    return -size if plain.startswith("-") else size


def seconds(text: str) -> float:
    """Return seconds as a number that is not negative; NaN when empty."""
    return float(amount(text)) if clean(text) else float("nan")


def is_number(text: str) -> bool:
    """Return whether a cell looks like a number, its sign aside."""
    plain = clean(text).lstrip("-")
    return bool(_THOUSANDS.fullmatch(plain) or _NUMBER.fullmatch(plain))


def _number(text: str, expected: Text) -> Decimal:
    plain = clean(text)
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    raised = any(unicodedata.category(char) == "No" for char in text)
    if raised or not plain.isascii() or not _NUMBER.fullmatch(plain):
        raise BadCell(expected)
    return Decimal(plain)


@cache
def day_parser(day_first: bool) -> Callable[[str], date]:
    """Return a parser of dates; `day_first` decides 03/04/2026 (the 3rd of April when True)."""

    @lru_cache(maxsize=DISTINCT)
    def parse(text: str) -> date:
        found, rest = _date(clean(text), day_first, messages.A_DATE)
        if rest and not _MIDNIGHT.fullmatch(rest):
            raise BadCell(messages.A_DATE)
        return found

    return parse


class Moment(NamedTuple):
    """A date and time as written: the wall clock, the offset from UTC when given, and whether a time was given."""

    wall: datetime
    offset: timedelta | None
    timed: bool


@cache
def moment_parser(day_first: bool) -> Callable[[str], Moment]:
    """Return a parser of dates with times; 24:00 is the next midnight, a date alone its first."""

    @lru_cache(maxsize=DISTINCT)
    def parse(text: str) -> Moment:
        plain = clean(text)
        if _CLOCK.fullmatch(plain):
            raise BadCell(messages.NOT_CLOCK_ALONE)
        found, rest = _date(plain, day_first, messages.A_MOMENT)
        if not YEARS[0] <= found.year <= YEARS[1]:
            raise BadCell(messages.A_NEAR_DATE.fill(first=YEARS[0], last=YEARS[1]))
        since_midnight, offset = _clock(rest)
        wall = datetime(found.year, found.month, found.day) + since_midnight  # noqa: DTZ001
        return Moment(wall, offset, bool(rest))

    return parse


@lru_cache(maxsize=DISTINCT)
def instant_of(moment: Moment, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of a moment; without an offset the wall clock is that of `zone`."""
    clock = zone if moment.offset is None else timezone(moment.offset)
    return moment.wall.replace(tzinfo=clock).astimezone(UTC)


def _date(text: str, day_first: bool, expected: Text) -> tuple[date, str]:
    match = _YEAR_FIRST.match(text)
    if match:
        year, month, day = int(match[1]), int(match[3] or match[5]), int(match[4] or match[6])
        rest = text[match.end() :]
        return _real(year, month, day, None), f" {rest}" if rest and match[5] else rest
    match = _YEAR_LAST.match(text)
    if not match:
        raise BadCell(expected)
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if day_first or match[2] == ".":
        return _real(year, second, first, None), text[match.end() :]
    return _real(year, first, second, messages.DAY_FIRST if first > 12 else None), text[match.end() :]


def _real(year: int, month: int, day: int, mend: Text | None) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise BadCell(messages.A_REAL_DATE, mend) from error


def _clock(text: str) -> tuple[timedelta, timedelta | None]:
    if not text:
        return timedelta(0), None
    match = _CLOCK.fullmatch(text[1:].strip())
    if not match or text[0] not in " T":
        raise BadCell(messages.A_MOMENT)
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    part = int((match[4] or "0")[:6].ljust(6, "0"))
    if minute > 59 or second > 59 or hour > 24 or (hour == 24 and (minute, second, part) != (0, 0, 0)):
        raise BadCell(messages.A_REAL_TIME, messages.NEXT_DAY if hour >= 24 else None)
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=part), _offset(match[5])


def _offset(text: str | None) -> timedelta | None:
    if text is None:
        return None
    if text in "Zz":
        return timedelta(0)
    size = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    if size >= timedelta(hours=24):
        raise BadCell(messages.A_REAL_TIME)
    return -size if text[0] == "-" else size


def choice(words: Mapping[str, T]) -> Callable[[str], T]:
    """Return a parser of one of some words, capital letters and width aside; `words` maps each to its meaning."""
    expected = messages.ONE_OF.fill(names=", ".join(words))

    @lru_cache(maxsize=DISTINCT)
    def parse(text: str) -> T:
        word = clean(text).lower()
        if word not in words:
            raise BadCell(expected)
        return words[word]

    return parse
