"""The people of the hotline example: agents, leave, wishes, the end of the last roster, pay."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from wfm.domain.calendar import DayClass
from wfm.domain.clock import dates
from wfm.domain.roster import State
from wfm.domain.text import Text
from wfm.law.nights import night_class

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from wfm.domain.settings import Settings
    from wfm.domain.shifts import Shift, ShiftTemplate

T = TypeVar("T")
Row = tuple[object, ...]

AGENTS = 40
_TEAMS = 4
_PART_TIME = 8
_NO_NIGHT = 6
_SKILLS = (
    *[("service",)] * 12,
    *[("service", "sales")] * 10,
    *[("service", "complaint")] * 5,
    *[("sales",)] * 4,
    *[("sales", "complaint")] * 3,
    *[("service", "sales", "complaint")] * 6,
)
_LEAVE_DAYS = (5, 3, 4, 2, 5, 3, 4, 1, 3, 5, 2, 4, 3, 2)
"""Lengths of the approved leaves in days: 46 days, 3.7 % of the agent-days of May."""
_WISHES_OFF, _WISHES_NIGHT = 44, 16
_NIGHT = "N8"
_MAY = date(2026, 5, 1)
_TAIL = date(2026, 4, 24), date(2026, 4, 30)
_BONUS = 300
_CHECKED_DAYS, _CHECKED = 22, 20
_NAME = Text(en="Agent {id}", zh="座席{id}")
_TEAM = Text(en="Team {n}", zh="{n}组")
_SUPERVISOR = Text(en="supervisor", zh="直属主管")
_MANAGER = Text(en="department manager", zh="部门经理")
_SEVEN_DAYS = Text(
    en="asked to work seven days in a row before a family visit",
    zh="探亲前本人申请连续上班七天",
)


class People:
    """The agents, and every table about them, in one language.

    Parameters
    ----------
    settings
        The example's own `plan.toml`.
    rng
        Where the chances come from; only uniform numbers are drawn.
    """

    def __init__(self, settings: Settings, rng: np.random.Generator) -> None:
        self._settings, self._rng, self._locale = settings, rng, settings.centre.locale
        self._ids = [f"A{n:02d}" for n in range(1, AGENTS + 1)]
        self._skills = dict(zip(self._ids, self._shuffled(_SKILLS), strict=True))
        order = self._shuffled(self._ids)
        self._part = set(order[:_PART_TIME])
        self._no_night = set(order[_PART_TIME - 3 : _PART_TIME - 3 + _NO_NIGHT])
        self._leave = self._leaves()

    def agents(self) -> Iterator[Row]:
        """Return the rows of `agents.csv`."""
        yield "agent_id", "name", "team", "contract", "skills", "hire_date", "leave_date", "no_night", "no_overtime"
        for n, agent in enumerate(self._ids):
            hired = date(2019, 3, 1) + timedelta(days=int(self._rng.random() * 2400))
            contract = "part" if agent in self._part else "full"
            skills = ";".join(self._skills[agent])
            yield agent, self._name(agent), self._team(n), contract, skills, hired, "", int(agent in self._no_night), 0

    def leave(self) -> Iterator[Row]:
        """Return the rows of `leave.csv`; long ones are approved one level higher (requirements A20)."""
        yield "agent_id", "first_date", "last_date", "type", "status", "approver"
        for agent, first, last in self._leave:
            approver = _MANAGER if (last - first).days + 1 >= 5 else _SUPERVISOR
            yield agent, first, last, "annual", "approved", approver.in_(self._locale)

    def requests(self) -> Iterator[Row]:
        """Return the rows of `requests.csv`: wishes for a day off and for a night, one per agent and day."""
        yield "agent_id", "date", "kind", "shift_code", "weight"
        owls = [a for a in self._ids if a not in self._no_night | self._part and "service" in self._skills[a]]
        away = {(agent, day) for agent, first, last in self._leave for day in dates(first, last)}
        wishes = [("off", "", self._ids)] * _WISHES_OFF + [("on", _NIGHT, owls)] * _WISHES_NIGHT
        rows: dict[tuple[str, date], Row] = {}
        for kind, code, who in wishes:
            cell = self._cell(who)
            while cell in rows or cell in away:
                cell = self._cell(who)
            rows[cell] = (*cell, kind, code, 1 + int(self._rng.random() * 3))
        yield from (rows[cell] for cell in sorted(rows))

    def exceptions(self) -> Iterator[Row]:
        """Return the rows of `exceptions.csv`: one recorded run of seven days (requirements A9)."""
        yield "agent_id", "rule", "first_date", "last_date", "reason"
        agent = next(a for a in self._ids if a not in self._part and a not in {who for who, *_ in self._leave})
        yield agent, "max_consecutive_days", date(2026, 5, 11), date(2026, 5, 17), _SEVEN_DAYS.in_(self._locale)

    def pay(self) -> Iterator[Row]:
        """Return the rows of `pay.csv`: monthly base and performance pay and the whole quality bonus, in yuan."""
        yield "agent_id", "base", "performance", "bonus"
        for agent in self._ids:
            base, performance = 4000 + 100 * int(self._rng.random() * 13), 1500 + 100 * int(self._rng.random() * 11)
            yield agent, base, performance, _BONUS

    def quality(self, rng: np.random.Generator) -> Iterator[Row]:
        """Return the rows of `quality.csv`: twenty chats a day on 22 days, of which one in twelve fails, more or less.

        Parameters
        ----------
        rng
            Of its own, so that the other files do not depend on this one.
        """
        yield "agent_id", "date", "checked", "failed"
        for agent in self._ids:
            share = rng.beta(2, 22)
            for day in sorted(rng.permutation(31)[:_CHECKED_DAYS].tolist()):
                yield agent, _MAY + timedelta(days=day), _CHECKED, int(rng.binomial(_CHECKED, share))

    def previous_roster(self) -> Iterator[Row]:
        """Return the rows of `previous_roster.csv`: the last seven days of April.

        Everybody keeps one shift and rests on two days of the seven, three days apart, so that no run is long and no
        rest is short.
        """
        yield (
            *("agent_id", "name", "team", "business_date", "day_class", "state", "shift_code", "queue"),
            *("start_local", "end_local", "tz", "end_day_offset", "paid_hours", "night_class", "status"),
            "roster_version",
        )
        zone = self._settings.centre.zone
        for n, agent in enumerate(self._ids):
            template = self._kept_shift(n, agent)
            for k, day in enumerate(dates(*_TAIL)):
                day_class = DayClass.WEEKEND if day.weekday() >= 5 else DayClass.WORKDAY
                head = agent, self._name(agent), self._team(n), day, day_class.value
                rests = k in (n % 7, (n + 3) % 7)
                tail = self._rest() if rests else self._work(agent, template.on(day, zone), zone)
                yield *head, *tail, "published", "2026-04.1"

    def _kept_shift(self, n: int, agent: str) -> ShiftTemplate:
        allowed = self._settings.contracts["part" if agent in self._part else "full"].shifts
        by_day = [t for t in self._settings.shifts if t.end <= 22 * 60 and (not allowed or t.code in allowed)]
        owl = n % 10 == 0 and not allowed and agent not in self._no_night and "service" in self._skills[agent]
        return next(t for t in self._settings.shifts if t.code == _NIGHT) if owl else by_day[n % len(by_day)]

    def _work(self, agent: str, shift: Shift, zone: ZoneInfo) -> Row:
        start, end = shift.start.astimezone(zone), shift.end.astimezone(zone)
        return (
            *(State.WORK.value, shift.code, self._skills[agent][0]),
            *(start.isoformat(timespec="minutes"), end.isoformat(timespec="minutes"), zone.key),
            *((end.date() - start.date()).days, f"{shift.paid_minutes / 60:.2f}", night_class(shift, zone).value),
        )

    def _rest(self) -> Row:
        return State.REST.value, "", "", "", "", self._settings.centre.timezone, "", "0.00", ""

    def _leaves(self) -> list[tuple[str, date, date]]:
        """Return (agent, first, last), spread over the days after the holiday so that few are away at once."""
        leaves = []
        for n, (agent, length) in enumerate(zip(self._shuffled(self._ids), _LEAVE_DAYS, strict=False)):
            first = _MAY + timedelta(days=5 + round(n * 21 / (len(_LEAVE_DAYS) - 1)))
            leaves.append((agent, first, first + timedelta(days=length - 1)))
        return sorted(leaves)

    def _cell(self, who: Sequence[str]) -> tuple[str, date]:
        return who[int(self._rng.random() * len(who))], _MAY + timedelta(days=int(self._rng.random() * 31))

    def _shuffled(self, items: Sequence[T]) -> list[T]:
        return [items[i] for i in np.argsort(self._rng.random(len(items)), kind="stable")]

    def _name(self, agent: str) -> str:
        return _NAME.fill(id=agent).in_(self._locale)

    def _team(self, n: int) -> str:
        return _TEAM.fill(n=n * _TEAMS // AGENTS + 1).in_(self._locale)
