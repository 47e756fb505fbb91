"""What a pay element of a user's may not yield."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd
import pytest

from wfm.domain.errors import PluginError
from wfm.domain.text import Text
from wfm.payroll import PAY_ELEMENTS, PayElement, PayLine, WorkMonth
from wfm.payroll.checks import check_pay
from wfm.payroll.examples import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MONTH = EXAMPLES["nights"].month()
(LINE, *_) = EXAMPLES["nights"].lines("nights")


class Own(PayElement):
    """Yields the line that it was given."""

    kind: ClassVar[str] = "own"
    phrase: ClassVar[Text] = Text(en="own", zh="自有")
    names: ClassVar[Mapping[str, Text]] = {"small_night": Text(en="Small night", zh="小夜")}

    line: Any

    def lines(self, month: WorkMonth) -> Iterator[PayLine]:
        """Yield it."""
        yield self.line


def test_a_line_that_is_fit_is_booked() -> None:
    """A line that keeps the contract comes through as it is, without figures too."""
    bare = replace(LINE, rate=None, multiplier=None, amount=None, date=date(2026, 5, 31))
    for line in (LINE, bare):
        assert list(Own(line=line).booked(MONTH)) == [line]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a line", "a value of the type str, which is no PayLine"),
        (replace(LINE, agent_id="A018"), "agent_id = 'A018' in the payroll of 'A017'"),
        (replace(LINE, period="2026-06"), "period = '2026-06' in the payroll of '2026-05'"),
        (replace(LINE, currency="EUR"), "currency = 'EUR' in the payroll of 'CNY'"),
        (replace(LINE, date=date(2026, 6, 1)), "date = 2026-06-01 in the payroll of 2026-05"),
        (replace(LINE, element_code="base"), "the element code 'base', which its `names` do not have (small_night)"),
        (replace(LINE, amount=20.0), "amount = 20.0, which is no finite Decimal"),  # type: ignore[arg-type]
        (replace(LINE, rate=Decimal("nan")), "rate = Decimal('NaN'), which is no finite Decimal"),
        (replace(LINE, quantity=None), "quantity = None, which is no finite Decimal"),  # type: ignore[arg-type]
        (replace(LINE, amount=Decimal("0.125")), "amount = 0.125, which has more than two places"),
        (replace(LINE, reason="because"), "a line whose reason is no Text"),  # type: ignore[arg-type]
    ],
)
def test_a_line_that_is_unfit_is_refused(line: Any, said: str) -> None:
    """Each part of a line that breaks the contract is told, with the line's element and its method."""
    with pytest.raises(PluginError) as raised:
        list(Own(line=line).booked(MONTH))
    assert "lines gave a" in raised.value.message.en
    assert said in raised.value.message.en
    assert "在 test_own_element.py:" in raised.value.message.zh


def test_no_lines_at_all_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """An element that forgets to yield is named at its class, since no line of its own failed."""
    monkeypatch.setattr(Own, "lines", lambda *_: None)
    with pytest.raises(PluginError, match=r"own failed at test_own_element\.py:\d+ \(TypeError: 'NoneType'"):
        list(Own(line=LINE).booked(MONTH))


@pytest.mark.parametrize("part", ["applies", "needs", "refuses"])
def test_every_other_method_is_watched(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    """An element that fails while settings and wages are checked is named as well."""

    class Everywhere(Own):
        line: Any = LINE
        countries = frozenset({"CN"})

        @property
        def needs(self) -> tuple[str, ...]:
            """A column."""
            return ("bonus",)

    def fail(*_: object) -> Any:
        raise KeyError(part)

    changes = {"applies": classmethod(fail), "needs": property(fail), "refuses": fail}
    monkeypatch.setattr(PAY_ELEMENTS, "_found", {**PAY_ELEMENTS, "own": Everywhere})
    pay = pd.DataFrame({"base": 1, "performance": 1, "bonus": 1}, index=pd.Index(["A017"], name="agent_id"))
    assert check_pay(MONTH.plan, pay) == []
    monkeypatch.setattr(Everywhere, part, changes[part])
    with pytest.raises(PluginError, match=rf"own failed at test_own_element\.py:\d+ \(KeyError: '{part}'"):
        check_pay(MONTH.plan, pay)
