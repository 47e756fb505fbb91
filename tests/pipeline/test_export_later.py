"""An export that cannot be written does not cost the roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wfm.domain.errors import InputErrors
from wfm.files import verify_manifest
from wfm.pipeline.plan import plan_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_roster_stands_when_an_export_fails(folder: Path) -> None:
    """A sheet that does not fit is found after the search: roster, pay and page stand, and the message says so."""
    plan = folder / "plan.toml"
    text = plan.read_text(encoding="utf-8")
    (folder / "sheet.csv").write_text("工号,姓名,1日\nnobody,Nobody,\n", encoding="utf-8")
    extra = '\n[export]\nprofiles = ["neutral", "dingtalk_fill"]\n[export.dingtalk_fill]\ntemplate = "sheet.csv"\n'
    plan.write_text(text.split("[export]")[0] + extra, encoding="utf-8")
    with pytest.raises(InputErrors, match="the roster, its pay and its page are in out/") as caught:
        plan_folder(folder, budget="0.5s")
    assert any(error.file == "sheet.csv" for error in caught.value.errors)
    verify_manifest(folder / "out")
    assert (folder / "out" / "payroll.csv").exists()
    assert not (folder / "out" / "exports").exists()
