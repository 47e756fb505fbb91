"""Leave that waits for a decision: what granting it would cost, what stands against it, and the decision itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from wfm import roster
from wfm.domain.clock import dates
from wfm.domain.errors import SettingsError
from wfm.domain.roster import Roster, State
from wfm.files import leave_lines, read_roster, write_decision
from wfm.pipeline import leave_messages as m
from wfm.pipeline import stages
from wfm.pipeline.leave_audit import Judge
from wfm.pipeline.leave_room import Room, Standing
from wfm.pipeline.write import ROSTER, output_of
from wfm.records.leave import Objection, leave_days, run_around

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from wfm.domain.agents import Absence, Agent, Request
    from wfm.domain.plan import Inputs, Plan
    from wfm.domain.text import Locale
    from wfm.records.allowance import Account
    from wfm.records.leave import Rank

FILE = "leave.csv"
_OFF = (State.REST, State.STATUTORY_OFF, State.LEAVE)


@dataclass(frozen=True)
class Application:
    """One leave that waits for a decision.

    Attributes
    ----------
    name
        What it is called: agent and first day.
    line
        Line of `leave.csv`.
    run
        Its days with the days off that join on to it, as far as they are known.
    needs
        Lowest rank that may approve it.
    objections
        What stands against it, the approver aside.
    account
        What is left of its kind before it; None when there is no limit.
    loss
        Intervals in which cover would be lacking, as `Standing.loss` gives them; None without a roster, or when no day
        is in the period.
    spare, odds
        Fewest agents who can be off on one of its days, and the worst chance; None when no day is in the period.
    """

    name: str
    line: int
    absence: Absence
    run: Sequence[date]
    needs: Rank
    objections: tuple[Objection, ...]
    account: Account | None
    loss: pd.DataFrame | None
    spare: int | None
    odds: float | None


@dataclass(frozen=True)
class Wish:
    """A wish for a day off: how many ask for the day, how many can have it, and the chance."""

    request: Request
    asking: int
    spare: int
    odds: float


@dataclass(frozen=True)
class Desk:
    """Everything that waits for a decision in a planning folder."""

    inputs: Inputs
    plan: Plan
    standing: Standing | None
    lines: Sequence[int]

    @cached_property
    def applications(self) -> tuple[Application, ...]:
        """Leave that waits for a decision, in the order of the file."""
        seen: Counter[str] = Counter()
        found = []
        for line, absence in zip(self.lines, self.inputs.absences, strict=True):
            if absence.status == "requested":
                name = f"{absence.agent_id}@{absence.first_date}"
                seen[name] += 1
                found.append(self._application(name if seen[name] == 1 else f"{name}/{seen[name]}", line, absence))
        return tuple(found)

    @cached_property
    def wishes(self) -> tuple[Wish, ...]:
        """Wishes for a day off, by date."""
        by_day = sorted(self._room.wishes(), key=lambda w: (w.date, w.agent_id))
        return tuple(self._wish(wish, self.plan.by_id[wish.agent_id]) for wish in by_day)

    def application(self, name: str) -> Application:
        """Return the leave of that name; raises `SettingsError` when none waits under it."""
        found = next((a for a in self.applications if a.name == name), None)
        if found is None:
            known = ", ".join(a.name for a in self.applications)
            raise SettingsError(m.NO_REQUEST.fill(name=name, known=known) if known else m.NOTHING_WAITS)
        return found

    def against(self, found: Application, by: str) -> tuple[Objection, ...]:
        """Return what stands against the approval of a leave by somebody."""
        agent = self.plan.by_id[found.absence.agent_id]
        rank = self._judge.approver(found.absence, agent, found.run, by)
        return (*found.objections, *([rank] if rank else []))

    def _application(self, name: str, line: int, absence: Absence) -> Application:
        agent = self.plan.by_id[absence.agent_id]
        others = [a for a in self.inputs.absences if a.agent_id == agent.agent_id and a.status == "approved"]
        off = self._off_days(agent)
        run = run_around(absence, {*leave_days(others), *off})
        inside = [d for d in dates(absence.first_date, absence.last_date) if d in self._days and agent.employed(d)]
        return Application(
            name=name,
            line=line,
            absence=absence,
            run=run,
            needs=self._judge.rank_needed(absence, agent, run),
            objections=tuple(self._objections(absence, agent, others, off)),
            account=self._judge.account(absence, agent, others),
            loss=self.standing.loss(absence) if self.standing and inside else None,
            spare=min((self._room.spare(agent, d) for d in inside), default=None),
            odds=min((self._room.odds(agent, d) for d in inside), default=None),
        )

    def _off_days(self, agent: Agent) -> frozenset[date]:
        """Return the days on which an agent is known to be off: by the rosters that stand, or pinned."""
        cells = (*(self.standing.roster if self.standing else ()), *self.inputs.previous)
        off = {a.date for a in cells if a.agent_id == agent.agent_id and a.state in _OFF}
        pinned = {p.date for p in self.inputs.pins if p.agent_id == agent.agent_id and p.shift_code is None}
        return frozenset(off | pinned)

    def _objections(
        self, absence: Absence, agent: Agent, others: Sequence[Absence], off: frozenset[date]
    ) -> Iterator[Objection]:
        taken = leave_days(others)
        twice = [d for d in dates(absence.first_date, absence.last_date) if d in taken]
        if twice:
            yield Objection(FILE, m.ALREADY_ON_LEAVE.fill(first=twice[0]))
        yield from self._judge.about_length(absence, agent, others, off)
        yield from self._judge.about_allowance(absence, agent, others)

    def _wish(self, wish: Request, agent: Agent) -> Wish:
        room, day = self._room, wish.date
        return Wish(wish, room.asking(agent, day), room.spare(agent, day), room.odds(agent, day))

    @cached_property
    def _days(self) -> frozenset[date]:
        return frozenset(self.plan.days)

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self.inputs, roster.build_book(self.inputs.settings))

    @cached_property
    def _room(self) -> Room:
        return Room(self.plan, [a for a in self.inputs.absences if a.status == "requested"])


def leave_folder(folder: Path, *, locale: Locale | None = None) -> Desk:
    """Return what waits for a decision in a folder, beside the roster in `out/` when there is one.

    Raises
    ------
    InputErrors
        With every problem of every file, the roster's included.
    """
    inputs = stages.read(folder, locale=locale)
    plan = stages.plan_of(stages.demand(inputs))
    file = output_of(folder) / ROSTER
    standing = None
    if file.exists():
        standing = Standing.of(Roster.of(read_roster(file, plan), inputs.previous), plan)
    lines = leave_lines(folder / FILE) if FILE in inputs.hashes else ()
    return Desk(inputs, plan, standing, lines)


def decide(folder: Path, name: str, decision: Literal["approved", "rejected"], by: str) -> tuple[Objection, ...]:
    """Write a decision about a leave into `leave.csv`; nothing is written where something stands against it.

    Parameters
    ----------
    name
        The application, as `wfm leave` lists it.
    by
        Who decides.

    Returns
    -------
    tuple of Objection
        What stands against the approval; empty when the decision was written.

    Raises
    ------
    SettingsError
        When no leave waits under that name, or nobody decides.
    InputErrors
        With every problem of every file, or when `leave.csv` has no column for the decision.
    ManifestError
        When `leave.csv` was changed meanwhile, or cannot be written back byte for byte.
    """
    if not by.strip():
        raise SettingsError(m.BY_WHOM)
    desk = leave_folder(folder)
    found = desk.application(name)
    against = desk.against(found, by) if decision == "approved" else ()
    if not against:
        write_decision(folder / FILE, found.line, decision, by.strip(), desk.inputs.hashes[FILE])
    return against
