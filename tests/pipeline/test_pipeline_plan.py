"""The whole line: what is written, when, and what stays."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import wfm
from wfm.domain.errors import InputErrors, ManifestError
from wfm.files import read_manifest, verify_manifest
from wfm.pipeline.check import check_folder
from wfm.pipeline.export import export_folder
from wfm.pipeline.forecast import forecast_folder
from wfm.pipeline.plan import plan_folder
from wfm.pipeline.report import report_folder
from wfm.pipeline.roster import roster_folder
from wfm.pipeline.staff import staff_folder

if TYPE_CHECKING:
    from pathlib import Path

ALL = {
    "confidence.csv",
    "cover.csv",
    "exports",
    "forecast.csv",
    "forecast.html",
    "forecast_totals.csv",
    "manifest.json",
    "payroll.csv",
    "report.html",
    "requirement.csv",
    "roster.csv",
    "timesheet.csv",
    "violations.csv",
}
OF_DEMAND = {"forecast.csv", "forecast.html", "forecast_totals.csv", "requirement.csv"}
IMPOSSIBLE = "agent_id,date,shift_code\n" + "".join(f"A1,2026-05-{d:02d},D\n" for d in range(4, 11))
"""Seven days of work in a row, where five are allowed."""


def names(out: Path) -> set[str]:
    """Return the names in an output folder."""
    return {path.name for path in out.iterdir()}


def contents(out: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def test_every_file_is_written(planned: Path) -> None:
    """`plan` writes every file of the contract, and the manifest describes them."""
    assert names(planned / "out") == ALL
    facts = verify_manifest(planned / "out")
    assert facts["status"] == "solved"
    assert set(facts["inputs"]) == {"plan.toml", "history.csv", "agents.csv"}
    assert facts["gap"] >= 0
    assert facts["kpis"]["hard"] == 0


def test_same_seed_same_bytes(done: Path) -> None:
    """Two runs with the same seed give the same roster, byte by byte."""
    before = (done / "out" / "roster.csv").read_bytes()
    plan_folder(done)
    assert (done / "out" / "roster.csv").read_bytes() == before


def test_tables_give_the_same_roster_as_files(planned: Path) -> None:
    """`wfm.plan` on the same data gives the roster that the folder gives."""
    settings = wfm.read_folder(planned).settings
    history = pd.read_csv(planned / "history.csv")
    result = wfm.plan(settings, history, pd.read_csv(planned / "agents.csv"))
    written = pd.read_csv(planned / "out" / "roster.csv", dtype=str, encoding="utf-8-sig", keep_default_na=False)
    assert result.roster_table is not None
    assert list(result.roster_table["shift_code"].fillna("")) == list(written["shift_code"])
    assert set(written["roster_version"]) == {result.version}


def test_audit_of_our_roster_is_silent(planned: Path) -> None:
    """The audit finds no broken hard rule in a roster of ours."""
    assert check_folder(planned).hard == ()


def test_audit_finds_what_was_edited(done: Path) -> None:
    """The audit of a roster edited by hand names the agent who now works six days in a row."""
    file = done / "out" / "roster.csv"
    table = pd.read_csv(file, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    mine = table["agent_id"] == "A2"
    table.loc[mine, ["state", "shift_code", "queue"]] = ["work", "D", "sales"]
    edited = done / "edited.csv"
    table.to_csv(edited, index=False)
    hard = check_folder(done, edited).hard
    assert {("max_consecutive_days", "A2")} == {(v.rule, v.agent_id) for v in hard}


def test_export_refuses_an_edited_roster(done: Path) -> None:
    """An export refuses a folder whose files do not match the manifest."""
    file = done / "out" / "roster.csv"
    file.write_bytes(file.read_bytes() + b"\r\n")
    with pytest.raises(ManifestError):
        export_folder(done)


def test_export_refuses_changed_inputs(done: Path) -> None:
    """An export refuses a roster made from other inputs, and names the file."""
    with (done / "history.csv").open("a") as file:
        file.write("2026-05-03 17:00,sales,9,200\n")
    with pytest.raises(ManifestError, match=r"history\.csv"):
        export_folder(done)


def test_wages_may_come_later(done: Path) -> None:
    """Wages given after the roster was made change pay only."""
    roster = (done / "out" / "roster.csv").read_bytes()
    wages = "".join(f"A{n},4000,2000\n" for n in range(1, 5))
    (done / "pay.csv").write_text("agent_id,base,performance\n" + wages)
    export_folder(done)
    assert names(done / "out") == ALL
    assert (done / "out" / "roster.csv").read_bytes() == roster
    assert "pay.csv" in verify_manifest(done / "out")["inputs"]


def test_a_wage_that_pay_refuses(done: Path) -> None:
    """A figure that only pay can refuse is found in the file by its line."""
    (done / "pay.csv").write_text("agent_id,base,performance\n" + "".join(f"A{n},4000,2000\n" for n in (4, 3, 2)))
    with (done / "pay.csv").open("a") as file:
        file.write("A1,,2000\n")
    with (done / "plan.toml").open("a") as file:
        file.write('\n[pay.base]\nwage = ["base", "performance"]\n')
    with pytest.raises(InputErrors) as caught:
        export_folder(done)
    assert [(e.file, e.row, e.column) for e in caught.value.errors] == [("pay.csv", 5, "base")]


def test_report_again_is_the_same_page(done: Path) -> None:
    """The page made again from `out/` is the page that `plan` made."""
    before = (done / "out" / "report.html").read_bytes()
    report_folder(done)
    assert (done / "out" / "report.html").read_bytes() == before


def test_the_page_keeps_the_seed_of_the_search(folder: Path) -> None:
    """A page made again names the seed that the roster was made with."""
    plan_folder(folder, seed=7)
    page = (folder / "out" / "report.html").read_text("utf-8")
    report_folder(folder)
    assert (folder / "out" / "report.html").read_text("utf-8") == page
    assert read_manifest(folder / "out")["seed"] == 7


def test_a_stage_keeps_what_is_current(done: Path) -> None:
    """A stage on unchanged inputs leaves the other files alone."""
    before = contents(done / "out")
    forecast_folder(done)
    staff_folder(done)
    after = contents(done / "out")
    assert {k: v for k, v in before.items() if k != "manifest.json"} == {
        k: v for k, v in after.items() if k != "manifest.json"
    }


def test_a_stage_drops_what_is_stale(done: Path) -> None:
    """A stage on changed inputs drops the files that were made from the old ones."""
    with (done / "history.csv").open("a") as file:
        file.write("2026-05-03 17:00,sales,9,200\n")
    staff_folder(done)
    assert names(done / "out") == {*OF_DEMAND, "manifest.json"}


def test_stages_in_a_row_give_what_plan_gives(planned: Path, folder: Path) -> None:
    """`roster`, `export` and `report` one after the other write what `plan` writes."""
    roster_folder(folder)
    export_folder(folder)
    report_folder(folder)
    one, other = contents(folder / "out"), contents(planned / "out")
    assert set(one) == set(other)
    same = [name for name in one if name.endswith(".csv")]
    assert {n: one[n] for n in same} == {n: other[n] for n in same}


def test_a_refused_input_leaves_the_output_whole(done: Path) -> None:
    """Input problems are raised before anything is written."""
    before = contents(done / "out")
    (done / "agents.csv").write_text("agent_id,contract,skills\nA1,part,sales\nA1,full,chess\n")
    with pytest.raises(InputErrors) as raised:
        plan_folder(done)
    assert len(raised.value.errors) >= 3
    assert contents(done / "out") == before


def test_an_impossible_month_gives_a_draft_and_no_pay(done: Path) -> None:
    """Without a roster that keeps the hard rules there is a reason and a draft, and nothing that could be paid."""
    (done / "pins.csv").write_text(IMPOSSIBLE)
    result = plan_folder(done)
    assert result.status == "infeasible"
    assert isinstance(result.answer, wfm.Infeasible)
    assert "max_consecutive_days" in result.answer.rules
    assert names(done / "out") <= {"draft", *OF_DEMAND, "report.html", "manifest.json"}
    assert read_manifest(done / "out")["status"] == "infeasible"
    with pytest.raises(ManifestError):
        export_folder(done)


def test_a_stop_before_the_first_roster_changes_nothing(done: Path) -> None:
    """A search that is stopped before it starts leaves `out/` as it was."""
    before = contents(done / "out")
    stop = threading.Event()
    stop.set()
    result = plan_folder(done, stop=stop)
    assert result.status == "out_of_time"
    assert result.roster is None
    assert contents(done / "out") == before


def test_overrides_are_recorded(folder: Path) -> None:
    """Seed and budget given for one run stand in the manifest."""
    plan_folder(folder, seed=7, budget="2s")
    facts = read_manifest(folder / "out")
    assert (facts["seed"], facts["budget"]) == (7, "2s")


def test_a_bad_budget_is_refused(folder: Path) -> None:
    """A budget that is no duration is an error of the user."""
    with pytest.raises(wfm.SettingsError, match="budget"):
        plan_folder(folder, budget="soon")


def test_a_year_without_holiday_notice_is_noted(folder: Path) -> None:
    """A plan says that the days off of its year are not announced yet, until `calendar.csv` has some of them."""
    toml = folder / "plan.toml"
    text = toml.read_text("utf-8").replace("2026-05", "2040-05").replace('"DE"', '"CN"')
    toml.write_text(text, "utf-8")
    notice = "official holiday notice for 2040"
    assert any(notice in note.en for note in plan_folder(folder).notes)
    (folder / "calendar.csv").write_text("date,class,source\n2040-05-01,statutory,notice\n", "utf-8")
    assert not any(notice in note.en for note in plan_folder(folder).notes)


def test_a_queue_that_nobody_can_serve_is_noted(folder: Path) -> None:
    """Without column skills the roster is empty, and a note says why."""
    assert not any("nobody serves" in note.en for note in plan_folder(folder).notes)
    agents = folder / "agents.csv"
    agents.write_text(
        "".join(f"{line.rsplit(',', 1)[0]}\n" for line in agents.read_text("utf-8").splitlines()), "utf-8"
    )
    notes = [note.en for note in plan_folder(folder).notes]
    assert "no agent has skill sales, so nobody serves queue sales: name it in column skills of agents.csv" in notes


def test_shifts_on_closed_days_are_noted(folder: Path) -> None:
    """A shift pinned to a closed Sunday is in the notes with its date; without it there is no such note."""
    toml = folder / "plan.toml"
    days = ", ".join(f'{day} = "09:00-17:00"' for day in ("mon", "tue", "wed", "thu", "fri", "sat"))
    text = toml.read_text("utf-8").replace('open = "09:00-17:00"', f"open = {{ {days} }}")
    toml.write_text(text, "utf-8")
    assert not any("outside opening hours, the first" in note.en for note in plan_folder(folder).notes)
    (folder / "pins.csv").write_text("agent_id,date,shift_code\nA1,2026-05-10,D\n", "utf-8")
    assert any("the first on 2026-05-10" in note.en for note in plan_folder(folder).notes)
