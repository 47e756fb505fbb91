"""Trainees beside their mentors."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from wfm.domain.roster import State
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


class MentorShift(Rule):
    """A trainee works no shift that his mentor does not work, on the days after training for so many days.

    Days are counted from the hire date: `training_days` of class first (see `training_days`), then `mentored_days`. A
    trainee without a hire date has long been trained. Days on which the mentor is on leave or not employed are free;
    on a day off of the mentor the trainee is off. A mentor may have several trainees. A soft rule pays its weight per
    day on which the trainee works another shift than his mentor.

    Source: company rule C9 (以旧带新的一对一模式); the length is ours.
    """

    kind: ClassVar[str] = "mentor_shift"
    phrase: ClassVar[Text] = Text(
        en="trainees work their mentor's shifts for {mentored_days} days",
        zh="新员工 {mentored_days} 天内与师傅同班",
    )
    bounds: ClassVar[tuple[str, ...]] = ("training_days", "mentored_days")
    good: ClassVar[tuple[Example, ...]] = (
        Example("D - E\nD - -", agent={"mentor": "A1", "hire_date": date(2026, 5, 28)}),
        Example("D E -\nB D E", agent={"mentor": "A1"}),
        Example("D L E\nD B E", agent={"mentor": "A1", "hire_date": date(2026, 5, 28)}),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("D - E\nE - E", agent={"mentor": "A1", "hire_date": date(2026, 5, 28)}),
        Example("D - E\nD D E", agent={"mentor": "A1", "hire_date": date(2026, 5, 28)}),
    )

    training_days: int = Field(default=3, ge=0)
    """Days of employment before the mentor takes over."""
    mentored_days: int = Field(default=14, ge=0)
    """Days beside the mentor."""

    def constrain_roster(self, model: Model) -> None:
        """Tie every trainee to his mentor."""
        plan = model.plan
        for trainee in self.bound(plan).agents:
            mentor = plan.by_id.get(trainee.mentor or "")
            if mentor is None or mentor is trainee or trainee.hire_date is None:
                continue
            first = trainee.hire_date + timedelta(days=self.training_days)
            last = first + timedelta(days=self.mentored_days - 1)
            free = (State.LEAVE, State.NOT_EMPLOYED)
            days = [d for d in plan.days if first <= d <= last and plan.off_state(mentor, d) not in free]
            if days:
                model.follow(trainee, mentor, days)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Compare the shifts of both day by day."""
        for trainee in plan.agents:
            mentor = trainee.mentor
            for day in plan.days if mentor not in (None, trainee.agent_id) else ():
                theirs, mine = roster.assignments.get((mentor or "", day)), roster.at(trainee.agent_id, day)
                if theirs is None or mine is None or mine.shift is None or not self._beside(trainee, day):
                    continue
                away = theirs.state is State.NOT_EMPLOYED or plan.leave_type(mentor or "", day) is not None
                if not away and (theirs.shift is None or theirs.shift.code != mine.shift.code):
                    yield self.broken(_APART.fill(code=mine.shift.code, mentor=mentor), trainee, day)

    def _beside(self, trainee: Agent, day: date) -> bool:
        known = trainee.hire_date is not None
        return known and 0 <= (day - (trainee.hire_date or day)).days - self.training_days < self.mentored_days


_APART = Text(
    en="{code} without the mentor {mentor}, who does not work it",
    zh="{code} 未与师傅 {mentor} 同班",
)
