"""Errors between processes."""

from __future__ import annotations

import pickle

import pytest

from wfm.domain.errors import InputError, InputErrors, PluginError, WfmError
from wfm.domain.text import Text

SAID = Text(en="so", zh="如此")
INPUT = InputError("plan.toml", 3, "rules.x", "y", SAID, SAID)


@pytest.mark.parametrize("error", [PluginError(SAID), INPUT, InputErrors([INPUT])], ids=lambda e: type(e).__name__)
def test_an_error_travels_between_processes(error: WfmError) -> None:
    """An error that another process raised arrives whole, in both languages."""
    arrived = pickle.loads(pickle.dumps(error))
    assert type(arrived) is type(error)
    assert arrived.message == error.message
    assert str(arrived) == str(error)


def test_very_many_problems_of_one_column() -> None:
    """Of a column with hundreds of problems the first twenty are told and the rest counted; all others are told."""
    many = [InputError("pay.csv", row, "base", "x", SAID) for row in range(2, 302)]
    others = [InputError("pay.csv", 9, "bonus", "y", SAID), InputError("agents.csv", 4, None, None, SAID)]
    told = InputErrors([*many, *others])
    lines = told.message.en.splitlines()
    assert lines[0].startswith("302 problem(s)")
    assert lines[-1] == "  pay.csv base: and 280 more like the 20 above"
    assert sum("'base'" in line for line in lines) == 20
    assert sum("'bonus'" in line or "agents.csv" in line for line in lines) == 2
    assert len(told.errors) == 302
