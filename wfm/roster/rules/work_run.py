"""Runs of work days."""

from __future__ import annotations

from typing import ClassVar

from wfm.domain.text import Text
from wfm.roster.base import Example
from wfm.roster.runs import Days, RunRule


class WorkRun(RunRule):
    """A run of worked days has a least and a most length.

    With `least = 2` nobody works a single day between days off. Leave and statutory days off end a run like a rest day;
    the run is seen across the start of the period. A run whose beginning or end is not known is not too short: days
    before the known ones, days outside employment and, with `at_end = "open"`, the days after the period leave it open.
    Where nothing but the most matters, `max_consecutive_days` also knows exceptions. A soft rule pays its weight for
    each run that is too short and for each day too many.

    Source: minimum and maximum sequences of work days, as in Curtois and Qu (2014).
    """

    kind: ClassVar[str] = "work_run"
    phrase: ClassVar[Text] = Text(en="at least {least} worked days in a row", zh="连续上班至少 {least} 天")
    up_to: ClassVar[Text] = Text(
        en="between {least} and {most} worked days in a row", zh="连续上班 {least} 至 {most} 天"
    )
    too_short: ClassVar[Text] = Text(
        en="only {n} days worked in a row, at least {least} required", zh="仅连续上班 {n} 天，至少需 {least} 天"
    )
    too_long: ClassVar[Text] = Text(
        en="{n} days worked in a row, at most {most} allowed", zh="连续上班 {n} 天，最多允许 {most} 天"
    )
    bounds: ClassVar[tuple[str, ...]] = ("least",)
    caps: ClassVar[tuple[str, ...]] = ("most",)
    floors: ClassVar[tuple[str, ...]] = ("least",)
    good: ClassVar[tuple[Example, ...]] = (
        Example("- D D - - D D"),
        Example("D - D D - - D"),
        Example("D - - D D D -", tail="- D"),
        Example("- D D D - D D", fields={"most": 3}),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("- D - - D D -"),
        Example("- - D D D", tail="- D"),
        Example("D D - D L D D"),
        Example("- D D - - - D", fields={"at_end": "short"}),
        Example("- D D D D - -", fields={"most": 3}),
    )
    inside: ClassVar[Days] = "W"
    counted: ClassVar[Days] = "W"
    around: ClassVar[Days] = "RL"
