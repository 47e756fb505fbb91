"""What a pay element is: one class in one file, that turns a month of shifts into payroll lines."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from pydantic import BaseModel, ConfigDict

from wfm.domain.own_parts import Family, blamed, breach, is_own
from wfm.domain.registry import Registry
from wfm.domain.text import Text
from wfm.law.nights import NightClass, night_class
from wfm.payroll import messages
from wfm.payroll.fitness import unfit
from wfm.payroll.hours import cents as cents
from wfm.payroll.reckoning import Extra, reckon

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Assignment
    from wfm.domain.settings import Settings
    from wfm.domain.shifts import Shift
    from wfm.law import Parameter


@dataclass(frozen=True)
class WorkMonth:
    """One agent's calendar month: what every pay element looks at.

    A shift belongs, with all its hours, to the month in which it starts: a night shift of 30 April is paid with April
    even for its hours on 1 May. So each shift is in exactly one month's payroll, whatever the period.

    Attributes
    ----------
    first
        First day of the calendar month.
    assignments
        The agent's days of that month that lie in the period, in order, as rostered.
    law
        Pay parameters in force on `first`; None where no pay law is recorded.
    wage
        Columns of `pay.csv` for this agent; None when no wages were given.
    known
        Every known day of the agent in order, the tail before the period and its other months included: weeks and
        cycles of hours reach across the ends of a month. Attendance stands in place of the roster where it is given.
    scheduled
        The same days as rostered.
    checked
        Contacts checked and failed by date (`quality.csv`), in any month; None when no checks were given.
    until
        Last date whose attendance is known; None when none was given.
    """

    agent: Agent
    first: date
    assignments: tuple[Assignment, ...]
    plan: Plan
    law: Mapping[str, Parameter] | None
    wage: Mapping[str, Decimal] | None
    known: tuple[Assignment, ...] = ()
    scheduled: tuple[Assignment, ...] = ()
    checked: Mapping[date, tuple[int, int]] | None = None
    until: date | None = None

    @cached_property
    def period(self) -> str:
        """The month as `YYYY-MM`."""
        return f"{self.first:%Y-%m}"

    @cached_property
    def shifts(self) -> tuple[Shift, ...]:
        """The shifts that start in the month and are paid, in order: attendance where it is known, else the roster."""
        return tuple(a.shift for a in self.days if a.shift is not None)

    @cached_property
    def days(self) -> tuple[Assignment, ...]:
        """The days of `assignments`, attendance in place of the roster where it is known."""
        first, last = self.assignments[0].date, self.assignments[-1].date
        return tuple(a for a in self.known if first <= a.date <= last)

    @property
    def share(self) -> Decimal:
        """The contract's share of full-time hours."""
        return Decimal(str(self.plan.contract(self.agent).hours_share))

    @cached_property
    def extra(self) -> Extra | None:
        """Hours that Chinese law pays extra for; None where the law in force is another, or none is recorded."""
        return reckon(self, self.law) if self.law is not None and "standard_excess" in self.law else None

    @property
    def basis(self) -> str:
        """What the hours come from: `worked`, `scheduled`, or `worked_until_` with the last date of attendance."""
        if self.until is None or self.until < self.assignments[0].date:
            return "scheduled"
        return "worked" if self.until >= self.assignments[-1].date else f"worked_until_{self.until}"

    def nights(self, which: NightClass) -> tuple[date, ...]:
        """Return the business dates of the month's shifts of one night class, in order."""
        return tuple(day for day, night in self._nights if night is which)

    @cached_property
    def _nights(self) -> tuple[tuple[date, NightClass], ...]:
        settings = self.plan.settings
        return tuple((s.date, night_class(s, settings.centre.zone, settings.nights.mode)) for s in self.shifts)


@dataclass(frozen=True, slots=True)
class PayLine:
    """One amount to pay, with its reason."""

    agent_id: str
    period: str
    """`YYYY-MM`: the month in which the shift starts."""
    element_code: str
    date: date | None
    """The date that earns it; None for the month as a whole."""
    quantity: Decimal
    unit: str
    rate: Decimal | None
    """Money per unit, two places for reading; the amount is computed from the unrounded rate. None when not known."""
    multiplier: Decimal | None
    amount: Decimal | None
    """Rounded once; None when a wage or an allowance is not given."""
    currency: str
    rule_id: str
    source: Text
    reason: Text
    law_amount: Decimal | None = None
    """What the law asks for, where the company pays less; None where it does not, or nobody can tell."""


PAY_ELEMENT = Family(
    name=Text(en="pay element", zh="薪资项目"),
    instead=Text(en="take its table out of [pay]", zh="从 [pay] 中去掉其表"),
)


class PayElement(BaseModel, ABC):
    """Base of every pay element: its fields are its options in `[pay.<kind>]`, its docstring its manual page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ClassVar[str]
    """Name in `[pay]`."""
    phrase: ClassVar[Text]
    """What it pays, in one sentence."""
    names: ClassVar[Mapping[str, Text]]
    """Names for people of the element codes on its lines, by code."""
    countries: ClassVar[frozenset[str]] = frozenset()
    """ISO 3166 codes of the countries whose law asks for it: there it applies unasked."""

    @classmethod
    def applies(cls, settings: Settings) -> bool:
        """Return whether the element is paid: the country's law asks for it, or `[pay]` has a table for it."""
        return settings.centre.country in cls.countries or cls.kind in settings.pay

    @property
    def needs(self) -> tuple[str, ...]:
        """Columns of `pay.csv` that the element computes with."""
        return ()

    def refuses(self, column: str, value: Decimal) -> Text | None:
        """Return what is expected of a figure of `pay.csv` that it computes with; None when the figure will do."""
        return None if value >= 0 else messages.NOT_NEGATIVE

    @abstractmethod
    def lines(self, month: WorkMonth) -> Iterator[PayLine]:
        """Yield what the month earns; lines without amount where a wage is not given."""

    def booked(self, month: WorkMonth) -> Iterator[PayLine]:
        """Yield what `lines` does.

        Raises
        ------
        PluginError
            When an element that is not ours fails, or yields what is no line of the month.
        """
        with blamed(self, PAY_ELEMENT):
            found = list(self.lines(month))
        for line in found:
            if is_own(type(self)) and (said := self._unfit(line, month)) is not None:
                raise breach(self, PAY_ELEMENT, "lines", said)
            yield line

    def _unfit(self, line: object, month: WorkMonth) -> Text | None:
        """Return what is wrong with a line; None when nothing is."""
        if not isinstance(line, PayLine):
            return messages.NO_LINE.fill(name=type(line).__name__)
        return unfit(line, month, self.names)


PARTS = ("kind", "phrase", "names")
"""What every class says beside its methods."""
PAY_ELEMENTS: Registry[PayElement] = Registry(PayElement, "wfm.payroll.elements", "wfm.pay_elements", PARTS)  # type: ignore[type-abstract]
"""Every pay element by kind."""


def element_names() -> dict[str, Text]:
    """Return the names for people of all element codes that can stand in `payroll.csv`."""
    return {code: name for element in PAY_ELEMENTS.values() for code, name in element.names.items()}
