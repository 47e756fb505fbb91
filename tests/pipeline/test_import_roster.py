"""A roster from the export to the spreadsheet and back into `out/`."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from swap_house import NOW, contents, house
from typer.testing import CliRunner

from wfm.cli import app
from wfm.domain.errors import InputErrors, ManifestError
from wfm.files import read_manifest, verify_manifest, write_manifest
from wfm.pipeline import republish, stages, write
from wfm.pipeline.check import check_folder
from wfm.pipeline.export import export_folder
from wfm.pipeline.import_roster import import_roster
from wfm.pipeline.swap import approve_swap, list_swaps, propose_swap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from wfm.domain.plan import Inputs
    from wfm.pipeline.import_roster import Imported
    from wfm.pipeline.stages import Demand

EXPORT = """
[export]
profiles = ["neutral", "matrix", "xlsx", "dingtalk_api", "workday_events", "ics"]
[export.dingtalk_api]
group_id = 1
op_user_id = "boss"
shift_ids = { E = 11, D = 12, L = 13, M = 14 }
"""
FILES = {
    "neutral": "roster.csv",
    "matrix": "matrix-2026-05.csv",
    "xlsx": "roster.xlsx",
    "dingtalk_api": "dingtalk_schedules.jsonl",
    "workday_events": "time_clock_events.csv",
    "ics": "",
}
RUNNER = CliRunner()


@pytest.fixture(scope="module", autouse=True)
def _one_forecast() -> Iterator[None]:
    """Make forecast and requirement once: all tests have the same files and differ in their rosters."""
    made: dict[str, Demand] = {}
    demand = stages.demand

    def remembered(inputs: Inputs) -> Demand:
        key = f"{sorted(inputs.hashes.items())} {inputs.settings}"
        if key not in made:
            made[key] = demand(inputs)
        return replace(made[key], inputs=inputs)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(stages, "demand", remembered)
        yield


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the house that nobody may change."""
    return house(tmp_path_factory.mktemp("import") / "model", more=EXPORT)


@pytest.fixture(scope="module")
def light(model: Path) -> Path:
    """Return the same house without the page, which takes longest to write."""
    shop = shutil.copytree(model, model.parent / "light")
    out = shop / "out"
    (out / "report.html").unlink()
    write_manifest(out, {name: fact for name, fact in read_manifest(out).items() if name != "outputs"})
    return shop


@pytest.fixture
def plain(light: Path, tmp_path: Path) -> Path:
    """Return a house of its own, without the page."""
    return shutil.copytree(light, tmp_path / "shop")


@pytest.fixture
def shop(plain: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a house of its own, without the page; the odds of the forecast, which take long, stay as they were."""
    odds = pd.read_csv(plain / "out" / "confidence.csv", dtype=str, encoding="utf-8-sig", keep_default_na=False)
    monkeypatch.setattr(write, "chance_of_target", lambda *_: odds)
    return plain


@pytest.fixture
def whole(model: Path, tmp_path: Path) -> Path:
    """Return a house of its own, with the page."""
    return shutil.copytree(model, tmp_path / "whole")


def edited(shop: Path, *changes: tuple[str, int, str]) -> Path:
    """Return a copy of the matrix outside `out/` with some cells changed: agent, day of May, word."""
    table = pd.read_csv(
        shop / "out" / "exports" / "matrix" / FILES["matrix"], dtype=str, encoding="utf-8-sig", keep_default_na=False
    )
    for agent, day, word in changes:
        table.loc[table["agent id"] == agent, str(day)] = word
    path = shop.parent / "edited.csv"
    table.to_csv(path, index=False, encoding="gb18030", sep=";")
    return path


def rows(shop: Path, name: str) -> pd.DataFrame:
    """Return a file of `out/` as text."""
    return pd.read_csv(shop / "out" / name, dtype=str, encoding="utf-8-sig", keep_default_na=False)


@pytest.mark.parametrize("kind", FILES)
def test_what_stands_changes_nothing(light: Path, kind: str) -> None:
    """Importing what was exported changes no byte."""
    before = contents(light)
    found = import_roster(light, light / "out" / "exports" / kind / FILES[kind])
    assert (found.profile, found.changes, found.version, found.notes) == (kind, (), None, ())
    assert contents(light) == before


def test_an_edited_matrix_is_published(whole: Path) -> None:
    """Roster, cover, hours, pay, exports and page follow an imported matrix; the manifest says where it came from."""
    before = read_manifest(whole / "out")
    file = edited(whole, ("A1", 2, "off"), ("A2", 2, "D"), ("A2", 3, "off"))
    found = import_roster(whole, file)
    assert [(c.after.agent_id, c.after.date.day, c.before.works, c.after.works) for c in found.changes] == [
        ("A1", 2, True, False),
        ("A2", 2, False, True),
        ("A2", 3, True, False),
    ]
    facts = verify_manifest(whole / "out")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert facts["imported"] == {"file": "edited.csv", "sha256": digest, "profile": "matrix", "changed_cells": 3}
    assert facts["roster_version"] == found.version != before["roster_version"]
    assert found.cost is not None
    assert (found.cost.before, found.cost.bound) == (before["objective"], before["bound"])
    assert facts["objective"] == pytest.approx(found.cost.objective) != before["objective"]
    table = rows(whole, "roster.csv")
    assert table.equals(rows(whole, "exports/neutral/roster.csv"))
    paid = rows(whole, "payroll.csv")
    holiday = paid[paid["element_code"] == "holiday"]
    assert ("A2", "2026-05-02") in set(zip(holiday["agent_id"], holiday["date"], strict=True))
    assert ("A1", "2026-05-02") not in set(zip(holiday["agent_id"], holiday["date"], strict=True))
    assert check_folder(whole).hard == ()
    assert str(found.version) in (whole / "out" / "report.html").read_text("utf-8")


def test_importing_twice(shop: Path) -> None:
    """The same file a second time changes nothing; what is exported afterwards is what stands."""
    file = edited(shop, ("A1", 2, "off"), ("A2", 2, "D"))
    import_roster(shop, file)
    after = contents(shop)
    assert import_roster(shop, file).changes == ()
    assert contents(shop) == after
    export_folder(shop)
    for kind in ("neutral", "xlsx", "ics"):
        assert import_roster(shop, shop / "out" / "exports" / kind / FILES[kind]).changes == ()


def test_dry_run(shop: Path) -> None:
    """A dry run says what would change and what that breaks, and writes nothing."""
    before = contents(shop)
    found = import_roster(shop, edited(shop, ("A2", 8, "E")), dry_run=True)
    assert [v.rule for v in found.brought if v.severity == "hard"] == ["rest_between_shifts"]
    assert (len(found.changes), found.version) == (1, None)
    assert contents(shop) == before


def test_a_broken_hard_rule_writes_nothing(shop: Path) -> None:
    """A roster that breaks a hard rule is not published: exit code 3, the violation printed, no byte changed."""
    before = contents(shop)
    done = RUNNER.invoke(app, ["import", "roster", str(shop), str(edited(shop, ("A2", 8, "E")))])
    assert done.exit_code == 3
    assert "A2  2026-05-08  D → E" in done.stdout
    assert "rest_between_shifts" in done.stdout
    assert "1 hard violation(s): nothing was written" in done.stderr
    assert contents(shop) == before


def test_a_wrong_cell_writes_nothing(shop: Path) -> None:
    """A cell that cannot be read ends with exit code 2 and its line and column."""
    before = contents(shop)
    done = RUNNER.invoke(app, ["import", "roster", str(shop), str(edited(shop, ("A2", 6, "DD")))])
    assert done.exit_code == 2
    assert "edited.csv, line 4, column '6': found 'DD'" in done.stderr
    assert contents(shop) == before


def test_the_command_shows_twenty_changes(shop: Path) -> None:
    """The command lists at most twenty changes and counts the rest; as JSON it gives them all."""
    file = edited(shop, *((agent, day, "off") for agent in ("A1", "A2", "A3") for day in range(1, 15)))
    done = RUNNER.invoke(app, ["import", "roster", str(shop), str(file), "--dry-run"])
    count = int(done.stdout.split(" agent-day(s) change:")[0].split()[-1])
    assert done.stdout.count("→") == 20 < count
    assert f"… and {count - 20} more." in done.stdout
    assert "Dry run: nothing was written." in done.stderr
    given = RUNNER.invoke(app, ["import", "roster", str(shop), str(file), "--dry-run", "--json", "--profile", "matrix"])
    facts = json.loads(given.stdout)
    assert (facts["changed"], len(facts["changes"]), facts["written"], facts["profile"]) == (
        count,
        count,
        False,
        "matrix",
    )
    assert facts["changes"][0] == {"agent_id": "A1", "date": "2026-05-01", "before": "D sales", "after": "holiday"}


def test_the_command_publishes(shop: Path) -> None:
    """The command names the new roster, in Chinese when asked; a second time nothing changed."""
    file = edited(shop, ("A1", 2, "休"), ("A2", 2, "D"))
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(row for row in lines if not row.startswith(b"A6")))
    done = RUNNER.invoke(app, ["import", "roster", str(shop), str(file), "--locale", "zh"])
    assert done.exit_code == 0
    assert "变更 2 个人日：\n  A1  2026-05-02  D → 法定\n  A2  2026-05-02  法定 → D" in done.stdout
    assert "edited.csv：有 1 名座席的 14 个人日不在文件中，保持原排班" in done.stderr
    assert f"排班表 {read_manifest(shop / 'out')['roster_version']} 已写入" in done.stderr
    again = RUNNER.invoke(app, ["import", "roster", str(shop), str(file)])
    assert (again.exit_code, "Nothing changed" in again.stderr) == (0, True)


def test_unknown_profile_and_file(shop: Path) -> None:
    """A profile that cannot be read back and a file that is not there end with exit code 2."""
    for arguments in ([str(edited(shop)), "--profile", "adp_paydata"], ["none.csv"]):
        assert RUNNER.invoke(app, ["import", "roster", str(shop), *arguments]).exit_code == 2


def test_a_swap_that_an_import_undoes(shop: Path) -> None:
    """A swap stays in the manifest while the roster holds it, and lapses when an import changes its days."""
    deal = ("A1", date(2026, 5, 2), "A2", date(2026, 5, 3))
    swap = propose_swap(shop, *deal, agreed=True, now=NOW).swap
    approve_swap(shop, swap.swap_id, "Chen", now=NOW)
    import_roster(shop, edited(shop, ("A6", 10, "D")))
    assert list_swaps(shop).swaps[swap.swap_id].status == "approved"
    import_roster(shop, edited(shop, ("A1", 2, "D"), ("A2", 2, "off"), ("A1", 3, "off"), ("A2", 3, "D")))
    assert list_swaps(shop).swaps[swap.swap_id].status == "lapsed"
    assert read_manifest(shop / "out")["swaps"] == []


def edit_roster(shop: Path) -> Path:
    """Return `out/roster.csv` after A1 got 2 May off in it, and A2 his shift."""
    path = shop / "out" / "roster.csv"
    table = rows(shop, "roster.csv")
    one, two = ((table["agent_id"] == agent) & (table["business_date"] == "2026-05-02") for agent in ("A1", "A2"))
    shift = ["state", "shift_code", "queue", "start_local", "end_local"]
    table.loc[two, shift] = table.loc[one, shift].to_numpy()
    table.loc[one, shift] = ""
    table.to_csv(path, index=False)
    return path


IN_PLACE = ["A1 True False", "A2 False True"]


def moved(found: Imported) -> list[str]:
    """Return who worked before and after each change."""
    return [f"{c.after.agent_id} {c.before.works} {c.after.works}" for c in found.changes]


@pytest.mark.parametrize("gone", [(), ("neutral",), ("neutral", "xlsx")], ids=["neutral", "xlsx", "matrix"])
def test_the_roster_edited_in_place(shop: Path, gone: Sequence[str]) -> None:
    """`out/roster.csv` may be edited where it lies: what stood is read from an export of the same run."""
    for kind in gone:
        shutil.rmtree(shop / "out" / "exports" / kind)
    write_manifest(shop / "out", {n: fact for n, fact in read_manifest(shop / "out").items() if n != "outputs"})
    before = read_manifest(shop / "out")["roster_version"]
    found = import_roster(shop, edit_roster(shop))
    assert moved(found) == IN_PLACE
    assert verify_manifest(shop / "out")["roster_version"] == found.version != before


def test_the_roster_edited_in_place_and_nothing_else_left(shop: Path) -> None:
    """Where no untouched export tells what stood, the way to mend it is said and nothing is written."""
    for kind in ("neutral", "xlsx"):
        shutil.rmtree(shop / "out" / "exports" / kind)
    write_manifest(shop / "out", {n: fact for n, fact in read_manifest(shop / "out").items() if n != "outputs"})
    path = edit_roster(shop)
    matrix = shop / "out" / "exports" / "matrix" / FILES["matrix"]
    matrix.write_bytes(matrix.read_bytes().replace(b"red", b"blue"))
    with pytest.raises(ManifestError, match=r"changed: exports/matrix/matrix-2026-05\.csv"):
        import_roster(shop, path)
    shutil.rmtree(shop / "out" / "exports")
    write_manifest(shop / "out", {n: fact for n, fact in read_manifest(shop / "out").items() if n != "outputs"})
    path.write_bytes(path.read_bytes() + b"\n")
    before = contents(shop)
    with pytest.raises(ManifestError, match="no export there says what stood before"):
        import_roster(shop, path)
    assert contents(shop) == before


def test_an_export_edited_in_place(shop: Path) -> None:
    """An export may be edited where it lies and named by its folder; afterwards `out/` is whole again."""
    copy = edited(shop, ("A1", 2, "off"), ("A2", 2, "D"))
    matrix = shop / "out" / "exports" / "matrix" / FILES["matrix"]
    shutil.copy(copy, matrix)
    (matrix.parent / ".~lock.matrix-2026-05.csv#").write_text("open")
    with pytest.raises(ManifestError, match=r"changed: exports/matrix/matrix-2026-05\.csv"):
        import_roster(shop, copy)
    dry = import_roster(shop, matrix.parent, dry_run=True)
    found = import_roster(shop, matrix)
    assert moved(dry) == moved(found) == IN_PLACE
    assert verify_manifest(shop / "out")["roster_version"] == found.version
    assert matrix.read_bytes() != copy.read_bytes()
    assert import_roster(shop, matrix).changes == ()


def test_an_export_saved_in_place_without_a_change(shop: Path) -> None:
    """A file that a spreadsheet only saved again changes nothing, and `out/` is as it was before."""
    before = contents(shop)
    matrix = shop / "out" / "exports" / "matrix" / FILES["matrix"]
    shutil.copy(edited(shop), matrix)
    assert import_roster(shop, matrix, dry_run=True).version is None
    done = RUNNER.invoke(app, ["import", "roster", str(shop), str(matrix)])
    assert (done.exit_code, "was written again" in done.stderr) == (0, True)
    verify_manifest(shop / "out")
    assert {n for n, data in contents(shop).items() if before[n] != data} <= {"out/manifest.json"}


def test_problems_of_the_folder_come_first(shop: Path) -> None:
    """A folder that cannot be read is reported as everywhere."""
    (shop / "agents.csv").write_text("agent_id\nA1\n", encoding="utf-8")
    with pytest.raises(InputErrors, match="contract"):
        import_roster(shop, edited(shop))


def test_check_reads_what_import_reads(light: Path) -> None:
    """`wfm check --roster` audits an export of any shape as it audits `out/roster.csv`."""
    audit = check_folder(light)
    for kind in ("xlsx", "dingtalk_api", "ics"):
        assert check_folder(light, light / "out" / "exports" / kind / FILES[kind]) == audit


def test_check_of_a_matrix(shop: Path) -> None:
    """What a matrix leaves open is as in `out/`, with a note; what cannot be read is a problem as in an import."""
    file = edited(shop, ("A2", 8, "E"))
    file.write_bytes(b"".join(row for row in file.read_bytes().splitlines(keepends=True) if not row.startswith(b"A6")))
    done = RUNNER.invoke(app, ["check", str(shop), "--roster", str(file)])
    assert (done.exit_code, "rest_between_shifts" in done.stdout) == (3, True)
    assert "stay as they stand: A6" in done.stderr
    (shop / "out" / "roster.csv").write_text("agent_id\n")
    with pytest.raises(InputErrors, match="A6"):
        check_folder(shop, file)


def test_somebody_else_publishes_meanwhile(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A roster that another run published in the meantime is not overwritten."""
    monkeypatch.setattr(republish, "read_manifest", lambda _: {})
    before = contents(shop)
    with pytest.raises(ManifestError, match="by somebody else"):
        import_roster(shop, edited(shop, ("A1", 2, "off"), ("A2", 2, "D")))
    assert contents(shop) == before


def test_a_roster_without_pay_and_page(shop: Path) -> None:
    """Where only the roster was made, no pay, no export and no page appear by an import."""
    file = edited(shop, ("A1", 2, "off"), ("A2", 2, "D"))
    out = shop / "out"
    shutil.rmtree(out / "exports")
    for name in ("payroll.csv", "timesheet.csv"):
        (out / name).unlink()
    write_manifest(out, {name: fact for name, fact in read_manifest(out).items() if name != "outputs"})
    assert import_roster(shop, file).version == read_manifest(out)["roster_version"]
    assert [path for path in ("exports", "payroll.csv", "report.html") if (out / path).exists()] == []
