"""Breaks: those with a place of their own cost cover, those taken in turn do not; pay is the same."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from wfm.domain.shifts import Break, Shift, ShiftTemplate

MEAL = Break(after_minutes=300, minutes=60)


def shift(*unpaid: Break, paid: tuple[Break, ...] = ()) -> Shift:
    """Return a shift from 08:00 to 20:00."""
    made = ShiftTemplate(code="D", start=480, end=1200, unpaid_breaks=unpaid, paid_breaks=paid)
    return made.on(date(2026, 6, 1), ZoneInfo("Asia/Shanghai"))


def test_a_break_taken_in_turn_is_cover() -> None:
    """A meal taken in turn leaves the whole shift on the queue; one with a place cuts it in two."""
    placed, in_turn = shift(MEAL), shift(MEAL.model_copy(update={"in_turn": True}))
    assert in_turn.on_queue() == ((in_turn.start, in_turn.end),)
    pause = placed.start + timedelta(minutes=300), placed.start + timedelta(minutes=360)
    assert placed.on_queue() == ((placed.start, pause[0]), (pause[1], placed.end))


def test_pay_does_not_ask_how_a_break_is_taken() -> None:
    """Paid minutes and paid spans are the same either way."""
    placed, in_turn = shift(MEAL), shift(MEAL.model_copy(update={"in_turn": True}))
    assert placed.paid_minutes == in_turn.paid_minutes == 660
    assert placed.paid_spans() == in_turn.paid_spans()


def test_paid_breaks_taken_in_turn() -> None:
    """A paid break taken in turn is neither unpaid nor off the queue."""
    rest = Break(after_minutes=120, minutes=15, in_turn=True)
    whole = shift(paid=(rest,))
    assert whole.paid_minutes == 720
    assert whole.on_queue() == ((whole.start, whole.end),)
