"""`wfm leave`: tables that fit 80 columns, exit codes, both languages."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

from wfm.cli import app

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "agent_id,first_date,last_date,type,status,approver\n"
ROWS = (
    "A1,2026-05-04,2026-05-08,annual,requested,\n"
    "A2,2026-05-04,2026-05-20,annual,requested,\n"
    "A3,2026-06-01,2026-06-01,marriage,requested,\n"
)
SETTINGS = "\n[rules.long_leave]\n[leave.types.annual]\nallowance_days = 20\n[leave.types.marriage]\npaid = false\n"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def asked(done: Path) -> Path:
    """Return a planned folder in which three leaves wait."""
    plan = done / "plan.toml"
    plan.write_text(plan.read_text("utf-8") + SETTINGS, "utf-8")
    (done / "leave.csv").write_text(HEADER + ROWS, "utf-8")
    (done / "requests.csv").write_text("agent_id,date,kind\nA4,2026-05-05,off\n", "utf-8")
    return done


def run(*arguments: object) -> Any:
    """Return the exit code of one command."""
    return app([str(a) for a in arguments], standalone_mode=False) or 0


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_list_fits_80_columns(
    asked: Path, locale: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table has one line per leave within 80 columns, whole names included, and says who may grant it."""
    monkeypatch.setenv("COLUMNS", "80")
    assert run("leave", asked, "--locale", locale) == 0
    lines = capsys.readouterr().out.splitlines()
    table = lines[: next(n for n, line in enumerate(lines) if line.startswith("  - "))]
    assert max(cell_len(line) for line in table) <= 80
    words = {"en": ("manager", "nobody", "anybody"), "zh": ("经理", "不予批准", "任何人")}[locale]
    for name, word in zip(("A1@2026-05-04", "A2@2026-05-04", "A3@2026-06-01"), words, strict=True):
        assert any(line.strip().startswith(name) and line.strip().endswith(word) for line in table)
    assert "(A18)" in "".join(lines) or "（A18）" in "".join(lines)


def test_the_list_speaks_chinese(asked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--locale zh` reasons and explanations are Chinese."""
    assert run("leave", asked, "--locale", "zh") == 0
    told = capsys.readouterr()
    reasons = [line for line in told.out.splitlines() if line.startswith("  - ")]
    assert len(reasons) == 2
    assert all(CHINESE.search(line) for line in (*reasons, *told.err.splitlines()))


def test_json_has_every_interval(asked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--json` every leave comes with its verdict and the intervals that granting it would leave short."""
    assert run("leave", asked, "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["roster"], [r["id"] for r in facts["requests"]]) == (
        True,
        ["A1@2026-05-04", "A2@2026-05-04", "A3@2026-06-01"],
    )
    first, second, third = facts["requests"]
    assert (first["line"], first["approver_needed"], first["days_left"], first["days_taken"]) == (2, "manager", 20, 5)
    assert first["missing_hours"] == pytest.approx(sum(i["missing"] for i in first["intervals"]), abs=0.01)
    assert first["intervals"][0]["interval_start"].startswith("2026-05-0")
    assert [o["article"] for o in second["objections"]] == ["A18"]
    assert (third["paid"], third["intervals"], third["odds"]) == (False, None, None)
    assert facts["wishes"][0] == {**facts["wishes"][0], "agent_id": "A4", "date": "2026-05-05", "asking": 3}


def test_intervals_of_one_leave(asked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--show` prints the intervals of one leave."""
    assert run("leave", asked, "--show", "A1@2026-05-04") == 0
    assert "sales" in capsys.readouterr().out


def test_odds_of_wishes(asked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--wishes` lists every wish for a day off with how many ask, how many can, and the chance."""
    assert run("leave", asked, "--wishes") == 0
    told = capsys.readouterr().out
    assert re.search(r"2026-05-05\s+A4\s+3\s+\d\s+\d+%", told)


def test_nothing_waits(done: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without leave and wishes the command says so and ends with 0."""
    assert run("leave", done) == 0
    assert "No leave waits" in capsys.readouterr().err
    assert run("leave", done, "--wishes", "--locale", "zh") == 0
    assert "没有休息需求" in capsys.readouterr().err


def test_before_a_roster(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a roster the list says that the cost is not known."""
    (folder / "leave.csv").write_text(HEADER + ROWS, "utf-8")
    assert run("leave", folder) == 0
    assert "no roster in out/" in capsys.readouterr().err


def test_decisions_and_exit_codes(asked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Approved and rejected end with 0, refused by a rule with 3, a wrong call with 2."""
    assert run("leave", asked, "--approve", "A1@2026-05-04", "--by", "supervisor") == 3
    assert "approved by the department manager (A20)" in capsys.readouterr().out
    assert run("leave", asked, "--approve", "A1@2026-05-04", "--by", "manager") == 0
    assert "Next: wfm plan" in capsys.readouterr().err
    assert run("leave", asked, "--approve", "A2@2026-05-04", "--by", "manager", "--json") == 3
    assert json.loads(capsys.readouterr().out)["decision"] == "refused"
    assert run("leave", asked, "--reject", "A2@2026-05-04", "--by", "manager") == 0
    assert run("leave", asked, "--reject", "A3@2026-06-01") == 2
    assert run("leave", asked, "--reject", "A3@2026-06-01", "--approve", "A3@2026-06-01", "--by", "Mo") == 2
    assert run("leave", asked, "--show", "A9@2026-06-01") == 2
    assert "waiting: A3@2026-06-01" in capsys.readouterr().err
    statuses = [line.split(",")[4:] for line in (asked / "leave.csv").read_text("utf-8").splitlines()[1:]]
    assert statuses == [["approved", "manager"], ["rejected", "manager"], ["requested", ""]]
