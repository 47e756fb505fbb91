"""A pay element of a user's that fails after the search, without any folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest

import wfm
from wfm.domain.text import Text
from wfm.payroll import PAY_ELEMENTS
from wfm.pipeline import stages
from wfm.pipeline.result import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from wfm.payroll import PayLine, WorkMonth


class Raising(wfm.PayElement):
    """Fails for everybody."""

    kind: ClassVar[str] = "raising"
    phrase: ClassVar[Text] = Text(en="raising", zh="出错")
    names: ClassVar[Mapping[str, Text]] = {"raising": Text(en="Raising", zh="出错")}
    countries: ClassVar[frozenset[str]] = frozenset({"DE"})

    def lines(self, month: WorkMonth) -> Iterator[PayLine]:
        """Fail."""
        raise KeyError(month.agent.agent_id)


def test_the_roster_is_in_the_result(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`plan_inputs` gives the roster without pay and says why; what needs pay raises that."""
    inputs = stages.read(folder, budget="0.2s")
    monkeypatch.setattr(PAY_ELEMENTS, "_found", {**PAY_ELEMENTS, "raising": Raising})
    result = wfm.plan_inputs(inputs)
    assert result.roster is not None
    assert result.payroll is result.timesheet is None
    assert result.unpaid is not None
    assert "raising failed at test_own_pay_fails.py:32 (KeyError: 'A1')" in result.unpaid.message.en
    with pytest.raises(wfm.PluginError) as raised:
        whole(result)
    assert raised.value is result.unpaid
