"""Runs of days off."""

from __future__ import annotations

from typing import ClassVar

from wfm.domain.text import Text
from wfm.roster.base import Example
from wfm.roster.runs import Days, RunRule


class RestRun(RunRule):
    """A run of days off has a least and a most length.

    With `least = 2` days off come in pairs at least: no isolated day off. Leave and statutory days off lengthen a run;
    towards the most only rest days count, and leave or a statutory day off starts the count anew, so that nobody's
    leave breaks the rule. The run is seen across the start of the period. A run whose beginning or end is not known is
    not too short: days before the known ones, days outside employment and, with `at_end = "open"`, the days after the
    period leave it open. A soft rule pays its weight for each run that is too short and for each day too many.

    Source: minimum sequences of days off, as in Curtois and Qu (2014); paired days off.
    """

    kind: ClassVar[str] = "rest_run"
    phrase: ClassVar[Text] = Text(en="at least {least} days off in a row", zh="连续休息至少 {least} 天")
    up_to: ClassVar[Text] = Text(
        en="at least {least} days off in a row, at most {most} rest days in a row",
        zh="连续休息至少 {least} 天，连续休息日最多 {most} 天",
    )
    too_short: ClassVar[Text] = Text(
        en="only {n} days off in a row, at least {least} required", zh="仅连续休息 {n} 天，至少需 {least} 天"
    )
    too_long: ClassVar[Text] = Text(
        en="{n} rest days in a row, at most {most} allowed", zh="连续休息日 {n} 天，最多允许 {most} 天"
    )
    bounds: ClassVar[tuple[str, ...]] = ("least",)
    caps: ClassVar[tuple[str, ...]] = ("most",)
    floors: ClassVar[tuple[str, ...]] = ("least",)
    good: ClassVar[tuple[Example, ...]] = (
        Example("D - - D D - -"),
        Example("- D D - H D D"),
        Example("- D D D - - -", tail="D -"),
        Example("D - - L L - - D", fields={"most": 2}),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("D - D D D - -"),
        Example("D D D - - D", tail="D -"),
        Example("D L D D D"),
        Example("D - - D D D -", fields={"at_end": "short"}),
        Example("D - - - D", fields={"most": 2}),
    )
    inside: ClassVar[Days] = "RL"
    counted: ClassVar[Days] = "R"
    around: ClassVar[Days] = "W"
