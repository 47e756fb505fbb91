"""What the remarks of a new folder say about goals works when the marks are taken away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from wfm.files import read_settings
from wfm.roster import build_book
from wfm.samples import blank

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.domain.text import Locale

KEYS = ("stability", "cost", "premiums", "order", "target_gap")


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_remarks_about_goals_can_be_used(locale: Locale, tmp_path: Path) -> None:
    """With every remark about goals taken in, `plan.toml` is sound and has them."""
    text, count = re.subn(rf"^# ((?:{'|'.join(KEYS)}) = )", r"\1", blank(locale)["plan.toml"], flags=re.M)
    assert count == len(KEYS)
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    settings = read_settings(tmp_path)
    assert build_book(settings)
    assert settings.goals.order == ("cover", "requests")
    assert settings.goals.cost == 1
