"""What a reader of one shape of roster file gets and gives."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from wfm.files import messages
from wfm.files.cells import Moment, clean, day_parser, moment_parser
from wfm.files.names import Known

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.files.findings import Findings
    from wfm.files.rosters.document import Document
    from wfm.files.rosters.words import AgentIds
    from wfm.files.tables import Sheet

_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})(?=$|[ T])")
_SERIAL = re.compile(r"[3-7]\d{4}")
_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's serial dates."""


@dataclass(frozen=True)
class Ground:
    """What a roster file is read against.

    Attributes
    ----------
    standing
        The roster that stands: it decides what a file leaves open. Empty when there is none.
    kind
        The export profile whose file it is.
    """

    plan: Plan
    standing: Roster
    findings: Findings
    agents: AgentIds
    kind: str = ""

    @property
    def options(self) -> Mapping[str, Any]:
        """The table `[export.<kind>]`."""
        found: Mapping[str, Any] = self.plan.settings.export.options.get(self.kind, {})
        return found

    def users(self, option: str) -> Callable[[str], str]:
        """Return a parser of the target's ids of agents, by the option that maps ours to them."""
        given: Mapping[str, object] = self.options.get(option, {})
        if not given:
            return self.agents
        ours = {clean(str(theirs)): agent for agent, theirs in given.items()}
        known = Known(ours, messages.AN_AGENT)
        return lambda text: self.agents(ours[known(text)])

    def shifts(self, option: str) -> Mapping[str, Sequence[str]]:
        """Return the codes that each of the target's ids of shifts can mean, by the option that maps codes to them."""
        meant: dict[str, list[str]] = {}
        for code, theirs in self.options.get(option, {}).items():
            meant.setdefault(clean(str(theirs)), []).append(code)
        return meant


@dataclass(frozen=True)
class Reading:
    """A file as a sheet with the columns of `roster.csv`.

    Attributes
    ----------
    whole
        Whether every agent-day has to be in it; else those that are not stay as they stand.
    words
        What else names shifts in it, to the codes that each word can mean.
    day, moment
        Parsers of its dates and times; None takes those of the settings.
    """

    sheet: Sheet
    whole: bool = False
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    day: Callable[[str], date] | None = None
    moment: Callable[[str], Moment] | None = None


class Shape(NamedTuple):
    """One shape of roster file: whether a document has it, and how it is read."""

    fits: Callable[[Document, Ground], bool]
    read: Callable[[Document, Ground], Reading | None]


def parsers(
    ground: Ground, *, workbook: bool, form: str | None = None
) -> tuple[Callable[[str], date], Callable[[str], Moment]]:
    """Return parsers of dates and of times.

    Parameters
    ----------
    workbook
        Whether a date may be a serial number.
    form
        How dates were written, as an export's `date_format`; None takes that of the profile.
    """
    form = str(ground.options.get("date_format", "")) if form is None else form
    first = form.startswith("DD") or (not form.startswith("MM") and ground.plan.settings.history.day_first)
    day, moment = day_parser(first), moment_parser(first)

    def plain(text: str) -> str:
        text = clean(text)
        if workbook and _SERIAL.fullmatch(text):
            return (_EPOCH + timedelta(days=int(text))).isoformat()
        return _RUN.sub(r"\1-\2-\3", text)

    return lambda text: day(plain(text)), lambda text: moment(plain(text))
