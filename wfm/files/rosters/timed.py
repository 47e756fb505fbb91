"""Shifts by their times, as calendars and time systems keep them, back to agent-days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.domain.guard import guard
from wfm.files.names import enumerated
from wfm.files.rosters import messages as m
from wfm.files.rosters.shape import Reading
from wfm.files.rosters.told import Spot, Told, sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from wfm.files.rosters.shape import Ground


class TimedShifts:
    """The shifts of a file; every other day of an agent who has one in it is a day off."""

    def __init__(self, file: str, ground: Ground) -> None:
        self.file, self.ground = file, ground
        self.told: list[Told] = []
        self.chosen: list[str] = []

    def add(self, spot: Spot, agent_id: str, times: tuple[datetime, datetime], label: str = "") -> None:
        """Add a shift by its instants; report one that no template has.

        Of several shifts with the same times it is the one whose code or name is the label, else the one that stands,
        else the first, in a note.
        """
        plan = self.ground.plan
        day = times[0].astimezone(plan.settings.centre.zone).date()
        shifts = [shift for code in plan.templates if (shift := plan.shifts.get((code, day)))]
        codes = [shift.code for shift in shifts if (shift.start, shift.end) == times]
        stood = self.ground.standing.assignments.get((agent_id, day))
        named = [code for code in codes if label in (code, plan.templates[code].name)]
        stands = [code for code in codes if stood and stood.shift and stood.shift.code == code]
        code = next(iter((*named, *stands, *codes)), None)
        if len(codes) > 1 and not named and not stands:
            self.chosen.append(f"{agent_id} {day} {code}")
        if code is None and shifts:
            self.ground.findings.add(spot.problem(m.A_SHIFT_THEN.fill(day=day)))
        self.told.append(Told(spot, agent_id, day, guard(code or "")))

    def reading(self, others: Iterable[str] = ()) -> Reading:
        """Return the sheet of the shifts and the days off.

        Parameters
        ----------
        others
            Agents who are in the file without a shift.
        """
        if self.chosen:
            cells = enumerated(self.chosen)
            self.ground.findings.note(m.SAME_TIMES, file=self.file, count=len(self.chosen), cells=cells)
        known: set[tuple[str, date]] = {(one.agent_id, one.day) for one in self.told}
        agents = dict.fromkeys((*(one.agent_id for one in self.told), *others))
        nowhere = Spot(self.file, None, None, "")
        days = self.ground.plan.days
        off = [Told(nowhere, a, day) for a in agents for day in days if (a, day) not in known]
        return Reading(sheet_of(self.file, [*self.told, *off], self.ground.findings))
