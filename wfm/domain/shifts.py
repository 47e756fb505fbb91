"""Shift templates (what people type) and shifts (a template on a date, as instants)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from wfm.domain.clock import elapsed_minutes, format_clock, instant, parse_clock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _clock(value: object) -> object:
    if isinstance(value, time):
        value = value.isoformat("auto" if value.second or value.microsecond else "minutes")
    return parse_clock(value) if isinstance(value, str) else value


Clock = Annotated[int, BeforeValidator(_clock), PlainSerializer(format_clock)]
"""Minutes after midnight, typed as `"08:00"`, `"24:00"` or `"08:00+1"`; a time of TOML or Python means the same."""


class Break(BaseModel):
    """A break at a fixed place of a shift: the agent is not on the queue."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    after_minutes: int = Field(ge=0)
    """Elapsed minutes between the start of the shift and the start of the break."""
    minutes: int = Field(gt=0)
    """Length in minutes."""
    in_turn: bool = False
    """True when agents take it one after the other, so that no interval loses an agent: the place is nominal (for pay),
    and the share of time that it takes belongs into `[shrinkage] unrostered`."""


class ShiftTemplate(BaseModel):
    """A pattern of work: when it starts and ends on the wall clock, and its breaks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(min_length=1)
    """Short name printed in the roster."""
    start: Clock
    """Minutes after midnight of the business date."""
    end: Clock
    """Minutes after midnight of the business date; above 1440 for the next day (`"08:00+1"`)."""
    unpaid_breaks: tuple[Break, ...] = ()
    """Meals: neither paid nor cover."""
    paid_breaks: tuple[Break, ...] = ()
    """Breaks that the roster places: paid, but no cover."""
    weekdays: tuple[Weekday, ...] = WEEKDAYS
    """Days of the week on which the shift may start."""
    name: str = ""
    """Long name for people; the code when empty."""

    @model_validator(mode="after")
    def _check(self) -> ShiftTemplate:
        if self.end <= self.start:
            raise ValueError(f"the end must be after the start; an overnight end is written {format_clock(self.end)}+1")
        if self.start >= 1440:
            raise ValueError("the start must lie on the business date (before 24:00)")
        if self.end - self.start > 1440:
            raise ValueError("a shift lasts at most 24 hours")
        spans = sorted((b.after_minutes, b.after_minutes + b.minutes) for b in self.unpaid_breaks + self.paid_breaks)
        if spans and (spans[-1][1] > self.end - self.start):
            raise ValueError("a break must end before the shift does")
        if any(a[1] > b[0] for a, b in zip(spans, spans[1:], strict=False)):
            raise ValueError("two breaks overlap")
        return self

    def on(self, day: date, zone: ZoneInfo) -> Shift:
        """Return the shift of this template that starts on `day`, as instants of `zone`.

        Breaks are counted in elapsed minutes from the start, so a clock change moves only the end.
        """
        start, end = instant(day, self.start, zone), instant(day, self.end, zone)
        return Shift(
            code=self.code,
            date=day,
            start=start,
            end=end,
            paid_minutes=elapsed_minutes(start, end) - sum(b.minutes for b in self.unpaid_breaks),
            unpaid=tuple(_span(start, b) for b in self.unpaid_breaks),
            paid_off_queue=tuple(_span(start, b) for b in self.paid_breaks),
            in_turn=tuple(_span(start, b) for b in self.unpaid_breaks + self.paid_breaks if b.in_turn),
        )


def _span(start: datetime, pause: Break) -> tuple[datetime, datetime]:
    begin = start + timedelta(minutes=pause.after_minutes)
    return begin, begin + timedelta(minutes=pause.minutes)


@dataclass(frozen=True, slots=True)
class Shift:
    """A template on a date; all times are UTC instants. Its hash goes by code, date and start."""

    code: str
    date: date
    """The business date: the local date on which the shift starts."""
    start: datetime
    end: datetime = field(hash=False)
    paid_minutes: int = field(hash=False)
    """Elapsed minutes less unpaid breaks."""
    unpaid: tuple[tuple[datetime, datetime], ...] = field(default=(), hash=False)
    """Unpaid breaks as (start, end)."""
    paid_off_queue: tuple[tuple[datetime, datetime], ...] = field(default=(), hash=False)
    """Paid breaks as (start, end)."""
    in_turn: tuple[tuple[datetime, datetime], ...] = field(default=(), hash=False)
    """Those of the breaks that are taken in turn."""

    def on_queue(self) -> tuple[tuple[datetime, datetime], ...]:
        """Return the spans, in order, that count as cover: the shift without the breaks that have a place of their own.

        A break taken in turn has none: colleagues cover for each other.
        """
        placed = [span for span in self.unpaid + self.paid_off_queue if span not in self.in_turn]
        return _without((self.start, self.end), placed)

    def paid_spans(self) -> tuple[tuple[datetime, datetime], ...]:
        """Return the spans, in order, that are paid: the shift without its unpaid breaks."""
        return _without((self.start, self.end), self.unpaid)


def _without(
    span: tuple[datetime, datetime], holes: Iterable[tuple[datetime, datetime]]
) -> tuple[tuple[datetime, datetime], ...]:
    pieces, at = [], span[0]
    for begin, end in sorted(holes):
        if begin > at:
            pieces.append((at, begin))
        at = max(at, end)
    if at < span[1]:
        pieces.append((at, span[1]))
    return tuple(pieces)
