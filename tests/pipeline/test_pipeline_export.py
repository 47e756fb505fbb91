"""What `wfm export` writes: profiles, what changed since an earlier version, and what stays when it fails."""

from __future__ import annotations

import csv
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from wfm.domain.errors import InputErrors, ManifestError
from wfm.files import read_figures, verify_manifest
from wfm.pipeline.export import changes_in, export_folder
from wfm.pipeline.report import report_folder
from wfm.pipeline.stages import demand, read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(planned: Path, tmp_path: Path) -> Path:
    """Return a planned folder of one's own."""
    place = tmp_path / "centre"
    shutil.copytree(planned, place)
    return place


def profiles(folder: Path) -> set[str]:
    """Return the names in `out/exports`."""
    return {path.name for path in (folder / "out" / "exports").iterdir()}


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of `out/`."""
    out = folder / "out"
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def earlier(folder: Path) -> Path:
    """Return a roster file of an earlier version: the first shift was another one, the last one was a day off."""
    with (folder / "out" / "roster.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    worked = [row for row in rows if row["state"] == "work"]
    worked[0] |= {"shift_code": "M" if worked[0]["shift_code"] == "D" else "D", "start_local": "", "end_local": ""}
    worked[-1] |= dict.fromkeys(("shift_code", "queue", "start_local", "end_local", "paid_hours"), "")
    worked[-1] |= {"state": "rest"}
    path = folder / "v1.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        form = csv.DictWriter(file, rows[0].keys())
        form.writeheader()
        form.writerows(rows)
    return path


def test_profiles_of_the_call(folder: Path) -> None:
    """Profiles of the call replace those of `plan.toml`; without any, `plan.toml` decides again."""
    export_folder(folder, profiles=["xlsx", "matrix", "xlsx"])
    assert profiles(folder) == {"xlsx", "matrix"}
    verify_manifest(folder / "out")
    export_folder(folder)
    assert profiles(folder) == {"neutral"}


def test_what_stands_is_written_again(folder: Path) -> None:
    """Writing the page again leaves the profiles of the last export, and their bytes."""
    export_folder(folder, profiles=["matrix"])
    before = contents(folder)
    report_folder(folder)
    assert contents(folder) == before


def test_options_may_change_after_the_roster(folder: Path) -> None:
    """`[export]` may be edited after the roster was made; any other table may not."""
    plan = folder / "plan.toml"
    own = '\n[export]\nprofiles = ["neutral"]\n\n[export.neutral]\npersonal_data = ["agent_id"]\ndelimiter = ";"\n'
    plan.write_text(plan.read_text("utf-8") + own, "utf-8")
    export_folder(folder)
    assert {path.name for path in (folder / "out" / "exports" / "neutral").iterdir()} == {"roster.csv", "totals.json"}
    assert b"Agent 1" not in (folder / "out" / "exports" / "neutral" / "roster.csv").read_bytes()
    plan.write_text(plan.read_text("utf-8").replace("days = 5", "days = 6"), "utf-8")
    with pytest.raises(ManifestError, match=r"plan\.toml"):
        export_folder(folder)


def test_changes_since_a_file(folder: Path) -> None:
    """`delta.csv` has the days that differ from a roster file, which is kept, and stays until the next export."""
    export_folder(folder, since=earlier(folder))
    assert changes_in(folder) == {"added": 1, "cancelled": 0, "changed": 1}
    before = contents(folder)
    assert "before.csv" in before
    report_folder(folder)
    assert contents(folder) == before
    export_folder(folder)
    assert changes_in(folder) is None
    assert "before.csv" not in contents(folder)


def test_changes_since_what_was_published(folder: Path) -> None:
    """Nothing differs from the roster itself."""
    shutil.copy(folder / "out" / "roster.csv", folder / "same.csv")
    export_folder(folder, since=folder / "same.csv")
    assert changes_in(folder) == {"added": 0, "cancelled": 0, "changed": 0}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "gone.csv"),
        ("agent_id,business_date,shift_code\nA1,2025-01-01,D\n", "business_date"),
        ("agent_id,business_date\nA1,2026-05-04\n", "shift_code"),
        ("agent_id,business_date,shift_code,state\nA1,2026-05-04,Q,work\n", "line 2"),
    ],
)
def test_an_earlier_version_that_cannot_be_read(folder: Path, text: str | None, said: str) -> None:
    """A file that is missing, of another month, or lacks a column or a shift is an input error; `out/` is as it was."""
    path, before = folder / "gone.csv", contents(folder)
    if text is not None:
        path.write_text(text)
    with pytest.raises(InputErrors, match=said):
        export_folder(folder, since=path)
    assert contents(folder) == before


def test_problems_leave_everything_as_it_was(folder: Path) -> None:
    """An unknown profile, or one whose options are missing, is an input error; `out/` is as it was."""
    before = contents(folder)
    with pytest.raises(InputErrors, match=r"--profile.*sap.*neutral"):
        export_folder(folder, profiles=["neutral", "sap"])
    with pytest.raises(InputErrors, match=r"export\.mapping\.files"):
        export_folder(folder, profiles=["neutral", "mapping"])
    assert contents(folder) == before
    assert not (folder / "out.tmp").exists()


def test_an_option_found_wrong_while_writing(folder: Path) -> None:
    """A problem of an option that only the files show names its line in `plan.toml`."""
    plan = folder / "plan.toml"
    text = plan.read_text(encoding="utf-8").rstrip() + '\n[export.dingtalk_fill]\ntemplate = "gone.xlsx"\n'
    plan.write_text(text, encoding="utf-8")
    with pytest.raises(InputErrors) as caught:
        export_folder(folder, profiles=["dingtalk_fill"])
    (error,) = caught.value.errors
    assert (error.file, error.row, error.value) == ("plan.toml", len(text.splitlines()), "gone.xlsx")


def test_totals_of_a_profile(folder: Path) -> None:
    """The sidecar has the totals of the manifest, and the manifest its hash."""
    export_folder(folder, profiles=["neutral"])
    facts = verify_manifest(folder / "out")
    said = json.loads((folder / "out" / "exports" / "neutral" / "totals.json").read_text("utf-8"))
    assert said["control_totals"] == facts["control_totals"]
    assert said["roster_version"] == facts["roster_version"]
    assert "exports/neutral/totals.json" in facts["outputs"]


def test_no_forecast_for_an_export(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Export and page read forecast and requirement back from `out/`: nothing is forecast again, no byte changes."""
    export_folder(folder, profiles=["neutral"])
    before = contents(folder)
    monkeypatch.setattr("wfm.forecast.look_ahead", None)
    result = export_folder(folder, profiles=["neutral"])
    report_folder(folder)
    assert contents(folder) == before
    assert result.demand_notes
    assert set(result.demand_notes) <= set(result.notes)


def test_what_is_read_back_decides_the_same(folder: Path) -> None:
    """Of the requirement, all that the audit, cover and key figures go by is written exactly."""
    known = demand(read(folder))
    back = read_figures(folder / "out" / "requirement.csv", known.inputs.settings)
    for column in ("required_net", "required_rostered", "required_gross"):
        assert (back[column] == known.requirement[column]).all()
    assert list(back) == list(known.requirement)
    assert back.index.equals(known.requirement.index)


def test_a_manifest_without_notes_of_the_demand(folder: Path) -> None:
    """For a roster that an older version made, the forecast is made again, its notes kept from then on."""
    path = folder / "out" / "manifest.json"
    facts = json.loads(path.read_text("utf-8"))
    notes = facts.pop("demand_notes")
    path.write_text(json.dumps(facts), "utf-8")
    export_folder(folder)
    assert json.loads(path.read_text("utf-8"))["demand_notes"] == notes
