"""What the roster costs: paid hours, some of them at a premium."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from wfm.domain.clock import dates, elapsed_minutes, instant
from wfm.domain.errors import InputError, SettingsError
from wfm.domain.roster import TICKS
from wfm.domain.text import Text
from wfm.law import countries_with, pay_parameters
from wfm.law.nights import NightClass, night_class
from wfm.roster.base import Goal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.domain.settings import Settings
    from wfm.domain.shifts import Shift
    from wfm.roster.model import Model


class Cost(Goal):
    """Every paid hour costs `cost` times its multiplier; 0, the default, switches the goal off.

    An ordinary hour counts once; an hour on a statutory holiday, on another day off of the calendar, or in a night
    shift counts by `[goals.premiums]`, and what several of them add adds up. Hours belong to the local date on which
    they are worked, so a night shift into a holiday is split at midnight; unpaid breaks cost nothing. The cost of a
    shift is rounded to 1/300 of a unit.

    The multipliers of statutory holidays and rest days are those of the country's pay law on that date, for the hours
    system that `hours_system` names. Where no pay law is recorded, both must be given: 1 charges plain hours.
    No law names a multiplier for nights: it is 1 unless yours is given. China's 200 % on rest days hold where no time
    off is given for them; a centre whose rota has the weekly rest on other days writes `rest_day = 1`.

    Source: 劳动法 article 44, 劳部发〔1994〕503号, as recorded with their dates in `wfm.law`.
    """

    kind: ClassVar[str] = "cost"
    phrase: ClassVar[Text] = Text(en="paid hours and premiums", zh="计薪工时及加成")
    counts: ClassVar[Text] = Text(
        en="each paid hour costs {cost}, times its multiplier on holidays, rest days and nights",
        zh="每个计薪小时计 {cost}，节假日、休息日和夜班再乘以相应倍数",
    )

    @classmethod
    def refuse(cls, settings: Settings) -> Iterator[InputError]:
        """Yield a problem when hours are charged and neither the law nor the settings say at which multipliers."""
        missing = _undecided(settings) if settings.goals.cost else None
        if missing is not None:
            yield InputError("plan.toml", None, "goals.premiums", None, missing)

    def charge(self, model: Model) -> None:
        """Charge every shift that may start with its price."""
        if not self.goals.cost:
            return
        tariff = Tariff(model.plan)
        price = {at: self._ticks(_by_date(s, tariff)) for at, s in model.plan.shifts.items()}
        for agent in model.plan.agents:
            for day in model.days:
                for shift, works in model.starts(agent, day):
                    model.charge(agent, works, price[shift.code, day])

    def score(self, roster: Roster, plan: Plan) -> int:
        """Walk through the paid time of every shift from midnight to midnight and add up what it costs."""
        if not self.goals.cost:
            return 0
        tariff = Tariff(plan)
        price = cache(lambda shift: self._ticks(_by_the_clock(shift, tariff)))
        return sum(price(cell.shift) for cell in roster if cell.shift is not None)

    def _ticks(self, minutes: Fraction) -> int:
        return round(minutes * self.goals.cost * TICKS / 60)


class Tariff:
    """How many ordinary hours an hour counts, by date and by night class.

    Raises
    ------
    SettingsError
        When neither the law nor the settings say it.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan, self.premiums = plan, plan.settings.goals.premiums
        self._known: dict[date, Fraction] = {}
        if (missing := _undecided(plan.settings)) is not None:
            raise SettingsError(missing)

    def on(self, day: date) -> Fraction:
        """Return the multiplier of a local date."""
        if day not in self._known:
            self._known[day] = self._find(day)
        return self._known[day]

    def night(self, shift: Shift) -> Fraction:
        """Return the multiplier of a shift's night class."""
        found = night_class(shift, self.plan.settings.centre.zone, self.plan.settings.nights.mode)
        own = {NightClass.SMALL: self.premiums.small_night, NightClass.BIG: self.premiums.big_night}
        return Fraction(own.get(found, 1))

    def _find(self, day: date) -> Fraction:
        calendar = self.plan.calendar
        if not calendar.works_like_weekend(day):
            return Fraction(1)
        which = "statutory" if calendar.is_statutory(day) else "rest_day"
        own = getattr(self.premiums, which)
        if own is not None:
            return Fraction(own)
        law = pay_parameters(self.plan.settings.centre.country, day)
        return Fraction(law[f"{self.premiums.hours_system}_{which}"].value)


def _by_date(shift: Shift, tariff: Tariff) -> Fraction:
    """Return the paid time of a shift in ordinary minutes: each date's part of every paid span."""
    zone, more = tariff.plan.settings.centre.zone, tariff.night(shift) - 1
    total = Fraction(0)
    for day in dates(shift.date, shift.end.astimezone(zone).date()):
        begin, end = instant(day, 0, zone), instant(day + timedelta(days=1), 0, zone)
        parts = (elapsed_minutes(max(b, begin), min(e, end)) for b, e in shift.paid_spans())
        total += sum(p for p in parts if p > 0) * (tariff.on(day) + more)
    return total


def _by_the_clock(shift: Shift, tariff: Tariff) -> Fraction:
    """Return the paid time of a shift in ordinary minutes, counted from one full hour of the clock to the next."""
    zone, night = tariff.plan.settings.centre.zone, tariff.night(shift)
    total = Fraction(0)
    for now, end in shift.paid_spans():
        while now < end:
            local = now.astimezone(zone)
            minutes = min(60 - local.minute, elapsed_minutes(now, end))
            total += minutes * (tariff.on(local.date()) + night - 1)
            now += timedelta(minutes=minutes)
    return total


def _undecided(settings: Settings) -> Text | None:
    """Return what has to be given before hours can be priced; None when all is known."""
    premiums, country = settings.goals.premiums, settings.centre.country
    if premiums.statutory is not None and premiums.rest_day is not None:
        return None
    known = countries_with("standard_statutory")
    if country not in known:
        return _NO_LAW.fill(country=country, known=", ".join(known))
    return _NO_SYSTEM.fill(country=country) if premiums.hours_system is None else None


_NO_LAW = Text(
    en="statutory and rest_day in [goals.premiums], since [goals] cost charges hours and no multipliers of"
    " the law are recorded for {country} (recorded: {known}); 1 charges plain hours",
    zh="在 [goals.premiums] 中给出 statutory 和 rest_day：[goals] cost 按工时计价，而没有 {country} 的法定倍数数据"
    "（现有：{known}）；写 1 表示不加成",
)
_NO_SYSTEM = Text(
    en='hours_system = "standard" or "comprehensive" in [goals.premiums], since [goals] cost charges hours and the pay'
    " law of {country} has multipliers of its own for each; or both statutory and rest_day",
    zh='在 [goals.premiums] 中写明 hours_system = "standard"（标准工时制）或 "comprehensive"（综合计算工时制）：'
    "[goals] cost 按工时计价，{country} 的法定倍数因工时制而异；或同时给出 statutory 和 rest_day",
)
