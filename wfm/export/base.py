"""The contract of an export format: what it gets, what it may hold about people, and what its page in the docs says."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict

from wfm.domain.errors import InputError
from wfm.domain.options import problem
from wfm.domain.own_parts import Family, blamed, breach, is_own
from wfm.domain.registry import Registry
from wfm.domain.text import Text
from wfm.export.messages import DECLARED, NO_NAMES, NO_PROBLEMS, OTHER_FILES
from wfm.export.tables import control_totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import pandas as pd

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.domain.settings import Settings

Personal = Literal["agent_id", "name", "team", "leave_type", "hours", "pay"]
PERSONAL: tuple[Personal, ...] = get_args(Personal)
"""Kinds of personal data that a file can hold."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, or one key of a body, as the page of a format documents it.

    Attributes
    ----------
    name
        As it stands in the file, behind the name of the file where there are several.
    source
        Where the value comes from: a column of the neutral files, an option, or a constant.
    """

    name: str
    meaning: Text
    source: str


@dataclass(frozen=True)
class Outgoing:
    """A finished roster with what belongs to it: what a format may write.

    Attributes
    ----------
    roster_table
        As made by `wfm.export.roster_table`.
    timesheet, payroll
        As made by payroll.
    before
        The roster that was published before this one; None when nothing was.
    folder
        The planning folder, from which files named in options are read; None when there is none.
    names
        Names for people of the element codes in the payroll; a code without one stands as it is.
    """

    plan: Plan
    roster: Roster
    roster_table: pd.DataFrame
    timesheet: pd.DataFrame
    payroll: pd.DataFrame
    before: Roster | None = None
    folder: Path | None = None
    names: Mapping[str, Text] = field(default_factory=dict)

    @cached_property
    def totals(self) -> Mapping[str, Any]:
        """The control totals of its three tables."""
        return control_totals(self.roster_table, self.timesheet, self.payroll)

    @property
    def version(self) -> str:
        """Name of the roster."""
        return str(self.roster_table["roster_version"].iloc[0])

    def only(self, allowed: Iterable[Personal]) -> Outgoing:
        """Return the same with no other personal data than the kinds allowed; the agent id always stays.

        Names, teams and types of leave become empty, rows of hours and of pay go. What the plan knows about people and
        no file needs (wishes, exceptions, balances, tags, mentors, protections) goes whatever is allowed.
        """
        barred = set(PERSONAL) - set(allowed)
        plan = replace(
            self.plan,
            agents=tuple(_agent(agent, barred) for agent in self.plan.agents),
            absences=() if "leave_type" in barred else self.plan.absences,
            requests=(),
            exemptions=(),
            balances=(),
        )
        hidden = [c for c, kind in _KIND_OF.items() if kind in barred and c in self.roster_table]
        return replace(
            self,
            plan=plan,
            roster=_nameless(self.roster) if "leave_type" in barred else self.roster,
            before=_nameless(self.before) if self.before and "leave_type" in barred else self.before,
            roster_table=self.roster_table.assign(**dict.fromkeys(hidden)) if hidden else self.roster_table,
            timesheet=_timesheet(self.timesheet, barred),
            payroll=self.payroll.iloc[:0] if "pay" in barred else self.payroll,
        )


_KIND_OF: Mapping[str, Personal] = {"name": "name", "team": "team", "paid_hours": "hours"}
"""Personal data in columns of the roster table."""


def _agent(agent: Agent, barred: set[Personal]) -> Agent:
    hidden: dict[str, object] = {kind: "" for kind in ("name", "team") if kind in barred}
    return agent.model_copy(update={"mentor": None, "tags": (), "no_night": False, "no_overtime": False, **hidden})


def _nameless(roster: Roster) -> Roster:
    """Return the roster with leave of no type."""
    hidden = {
        key: replace(cell, leave_type=None) for key, cell in roster.assignments.items() if cell.leave_type is not None
    }
    return replace(roster, assignments={**roster.assignments, **hidden})


def _timesheet(table: pd.DataFrame, barred: set[Personal]) -> pd.DataFrame:
    if "hours" in barred:
        return table.iloc[:0]
    return table.assign(leave_type=None) if "leave_type" in barred and "leave_type" in table else table


EXPORT = Family(
    name=Text(en="export", zh="导出格式"),
    instead=Text(en="take it out of [export] profiles", zh="从 [export] profiles 中去掉它"),
)


class ExportFormat(BaseModel, ABC):
    """Base of every export: a subclass in `wfm/export/formats/<kind>.py` is one target system.

    Its fields are its options in `[export.<kind>]`; its docstring, its page in `docs/exports.md`, names the source of
    the columns. A format that writes CSV also inherits `CsvOptions` or `MachineCsv` and hands itself to `write_csv`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ClassVar[str]
    """Name in `[export] profiles`."""
    phrase: ClassVar[Text]
    """What it writes and for whom, in one line."""
    personal: ClassVar[tuple[Personal, ...]]
    """Personal data that its files hold, of `PERSONAL`; anything else about a person never leaves with it."""
    columns: ClassVar[tuple[Column, ...]]
    """Every column or key that it writes, for its page in the docs; tests compare them with the files."""
    not_known: ClassVar[Text | None] = None
    """What is not known about the target system, said plainly."""
    example: ClassVar[Mapping[str, Any]] = {}
    """Options with which it works for the shifts `D8` (08:00-17:00) and `N20` (20:00-08:00): shown in the docs, tested.
    """

    personal_data: tuple[Personal, ...] | None = None
    """Allow-list: the kinds of personal data that may leave, of those that the format holds; the rest stays empty. All
    of them when absent; never more, and the agent id always."""

    @property
    def allowed(self) -> tuple[Personal, ...]:
        """Personal data that its files hold under its options."""
        return tuple(p for p in self.personal if self.personal_data is None or p in self.personal_data)

    def problems(self, settings: Settings) -> list[InputError]:
        """Return what is wrong with the options beside their types, before anything is written.

        A format adds its own, for instance a shift that lacks an id, to `super().problems(settings)`; `wrong` makes
        one.
        """
        expected = DECLARED.fill(known=", ".join(self.personal))
        return [self.wrong("personal_data", p, expected) for p in self.personal_data or () if p not in self.personal]

    def wrong(self, key: str, value: object, expected: Text) -> InputError:
        """Return a problem of one option in `plan.toml`."""
        return problem(f"export.{self.kind}.{key}", value, expected)

    @abstractmethod
    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write the files of this format into an existing folder; return their names.

        It gets no other personal data than it may write. A problem of a file that an option names is an `InputError`.
        """

    def found(self, settings: Settings) -> list[InputError]:
        """Return what `problems` does; raised is what `written` raises."""
        with blamed(self, EXPORT):
            problems = list(self.problems(settings))
        if is_own(type(self)) and not all(isinstance(one, InputError) for one in problems):
            raise breach(self, EXPORT, "problems", NO_PROBLEMS)
        return problems

    def written(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Return what `write` does, with no other personal data than the format may write.

        Raises
        ------
        PluginError
            When a format that is not ours fails, or names other files than those it wrote into the empty folder.
        """
        with blamed(self, EXPORT):
            names = self.write(outgoing.only(self.allowed), folder)
        if is_own(type(self)) and (said := _misnamed(names, folder)) is not None:
            raise breach(self, EXPORT, "write", said)
        return names


def _misnamed(names: object, folder: Path) -> Text | None:
    """Return what is wrong with the names of the files that were written into a folder; None when nothing is."""
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        return NO_NAMES.fill(value=repr(names))
    there = {path.name for path in folder.iterdir()}
    differ = sorted(there.symmetric_difference(names))
    return OTHER_FILES.fill(names=", ".join(differ)) if differ or len(names) != len(there) else None


PARTS = ("kind", "phrase", "personal", "columns")
"""What every class says beside its methods."""
EXPORTS: Registry[ExportFormat] = Registry(ExportFormat, "wfm.export.formats", "wfm.exports", PARTS)  # type: ignore[type-abstract]
"""Every export format by kind."""
