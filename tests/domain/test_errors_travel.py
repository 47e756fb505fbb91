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
