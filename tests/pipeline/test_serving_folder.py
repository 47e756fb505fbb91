"""`[solve] serve = "interval"` in a folder: `serving.csv` written, read back, audited, kept by an import."""

from __future__ import annotations

import csv
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest

from wfm.domain.cover import cover
from wfm.domain.errors import InputErrors, ManifestError
from wfm.domain.roster import Roster
from wfm.files import read_manifest, verify_manifest
from wfm.pipeline.check import check_folder
from wfm.pipeline.import_roster import import_roster
from wfm.pipeline.load import load
from wfm.pipeline.plan import plan_folder
from wfm.pipeline.report import report_folder
from wfm.pipeline.simulate import simulate_folder
from wfm.pipeline.simulated import teams_of
from wfm.records.swap_terms import exchanged, objections
from wfm.records.swaps import Register, Swap

if TYPE_CHECKING:
    from pathlib import Path

QUEUES = """\
[queues.sales]
target = { service_level = 0.80, acceptable_wait_seconds = 20 }

[queues.service]
target = { service_level = 0.80, acceptable_wait_seconds = 20 }
"""
AGENTS = """\
agent_id,name,team,contract,skills
A1,Agent 1,red,full,sales;service
A2,Agent 2,red,full,sales;service
A3,Agent 3,blue,full,sales;service
A4,Agent 4,blue,full,service
"""


@pytest.fixture(scope="module")
def model(small_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a planned folder whose two queues peak apart, served by the interval; nobody may change it."""
    place = tmp_path_factory.mktemp("serving") / "shop"
    place.mkdir()
    text = (small_folder / "plan.toml").read_text("utf-8")
    old = text[text.index("[queues.sales]") : text.index("[contracts.full]")]
    plan = text.replace(old, QUEUES + "\n").replace("[solve]", '[solve]\nserve = "interval"')
    start = datetime.fromisoformat("2026-04-06T09:00")
    times = [start + timedelta(days=d, hours=h) for d in range(28) for h in range(8)]
    busy = {"sales": range(9, 13), "service": range(13, 17)}
    rows = [
        f"{t:%Y-%m-%d %H:%M},{queue},{24 if t.hour in hours else 3},210" for queue, hours in busy.items() for t in times
    ]
    (place / "plan.toml").write_text(plan, encoding="utf-8")
    (place / "agents.csv").write_text(AGENTS, encoding="utf-8")
    (place / "history.csv").write_text("\n".join(["interval_start,queue,offered,aht_seconds", *rows, ""]), "utf-8")
    plan_folder(place)
    report_folder(place)
    return place


@pytest.fixture
def shop(model: Path, tmp_path: Path) -> Path:
    """Return the folder as one's own."""
    return shutil.copytree(model, tmp_path / "shop")


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def rewrite(path: Path, rows: list[dict[str, str]]) -> None:
    """Write rows in place of those of a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        form = csv.DictWriter(file, list(rows[0]))
        form.writeheader()
        form.writerows(rows)


def test_the_file_tells_who_serves_what_when(model: Path) -> None:
    """`serving.csv` is in the manifest, and has the spans of those who change queues, one row each."""
    rows = table(model / "out" / "serving.csv")
    assert "serving.csv" in verify_manifest(model / "out")["outputs"]
    assert list(rows[0]) == ["agent_id", "business_date", "start_local", "end_local", "queue"]
    days = {(row["agent_id"], row["business_date"]) for row in rows}
    assert {agent for agent, _ in days} <= {"A1", "A2", "A3"}
    roster = load(model).roster
    assert roster is not None
    assert len(rows) == sum(len(cell.serving) for cell in roster)
    assert len(days) == sum(bool(cell.serving) for cell in roster) > 0


def test_the_roster_read_back_is_the_roster(model: Path) -> None:
    """Cover counted from the files is `cover.csv`, the check finds nothing hard, the name of the roster is the same."""
    result = load(model)
    assert result.roster is not None
    counted = cover(result.roster, result.plan)["cover"].to_numpy()
    assert np.allclose(counted, [float(row["cover"]) for row in table(model / "out" / "cover.csv")], atol=0.005)
    assert not check_folder(model).hard
    assert result.version == read_manifest(model / "out")["roster_version"]
    assert sum(check_folder(model).shares.values()) == pytest.approx(read_manifest(model / "out")["objective"])


def test_spans_edited_by_hand_are_audited(shop: Path, tmp_path: Path) -> None:
    """A roster beside a `serving.csv` that leaves a gap breaks a hard rule; bad queues and dates are input errors."""
    place = tmp_path / "edited"
    place.mkdir()
    for name in ("roster.csv", "serving.csv"):
        shutil.copy(shop / "out" / name, place / name)
    assert not check_folder(shop, place / "roster.csv").hard
    rows = table(place / "serving.csv")
    rewrite(place / "serving.csv", rows[1:])
    (found,) = check_folder(shop, place / "roster.csv").hard
    assert (found.rule, found.agent_id) == ("eligibility", rows[0]["agent_id"])
    assert "serving.csv does not fit the shift" in found.message.en
    rewrite(place / "serving.csv", [rows[0] | {"queue": "nowhere"}, *rows[1:]])
    with pytest.raises(InputErrors, match="nowhere"):
        check_folder(shop, place / "roster.csv")
    rewrite(place / "serving.csv", [rows[0] | {"business_date": "2026-07-01"}, *rows[1:]])
    with pytest.raises(InputErrors, match="2026-07-01.*a date of the period"):
        check_folder(shop, place / "roster.csv")


def test_a_shift_that_is_changed_serves_one_queue(shop: Path) -> None:
    """An import that gives an agent another shift drops the spans of the old one; all others stay."""
    before, file = table(shop / "out" / "serving.csv"), shop / "out" / "roster.csv"
    agent, day = before[0]["agent_id"], before[0]["business_date"]
    rows = table(file)
    for row in rows:
        if (row["agent_id"], row["business_date"]) == (agent, day):
            row |= {"shift_code": "M" if row["shift_code"] == "D" else "D"}
    rewrite(file, rows)
    found = import_roster(shop, file)
    assert [(c.after.agent_id, str(c.after.date), c.after.serving) for c in found.changes] == [(agent, day, ())]
    kept = [row for row in before if (row["agent_id"], row["business_date"]) != (agent, day)]
    assert table(shop / "out" / "serving.csv") == kept
    verify_manifest(shop / "out")
    assert not check_folder(shop).hard


def test_spans_edited_in_out_are_refused(shop: Path) -> None:
    """Nothing is made from an `out/` whose `serving.csv` is not as it was written."""
    rows = table(shop / "out" / "serving.csv")
    rewrite(shop / "out" / "serving.csv", rows[1:])
    with pytest.raises(ManifestError, match=r"serving\.csv"):
        load(shop)


def test_simulation_follows_the_spans(model: Path) -> None:
    """Simulated agents are on a queue for as long as their spans on it last, and both queues are simulated."""
    result = load(model)
    assert result.roster is not None
    seconds = {"sales": 0.0, "service": 0.0}
    for team in teams_of(result.roster, result.plan, tuple(seconds), shared=False):
        seconds[team.skills[0]] += sum(end - begin for spans in team.spans for begin, end in spans)
    served = [span for cell in result.roster for span in cell.served()]
    assert seconds == {
        queue: sum((span.end - span.start).total_seconds() for span in served if span.queue == queue)
        for queue in seconds
    }
    assert set(simulate_folder(shutil.copytree(model, model.parent / "played")).queues["queue"]) == set(seconds)


def test_a_shift_with_spans_changes_hands(model: Path) -> None:
    """In a swap the spans go with the shift to who serves all its queues; who lacks one serves one queue."""
    result = load(model)
    assert result.roster is not None
    given = next(cell for cell in result.roster if cell.serving)
    other = next(agent for agent in ("A1", "A2", "A3") if agent != given.agent_id)
    for taker, spans, queue in ((other, given.serving, given.queue), ("A4", (), "service")):
        days = {"proposer_date": given.date, "partner_date": given.date}
        at = datetime(2026, 4, 1, 9, tzinfo=UTC)
        swap = Swap(swap_id="S001", proposer=given.agent_id, partner=taker, proposed_at=at, **days)
        taken = exchanged(swap, result.plan, result.roster).assignments[taker, given.date]
        assert (taken.shift, taken.queue, taken.serving) == (given.shift, queue, spans)
    free = result.plan.off(result.plan.by_id["A4"], given.date)
    idle = Roster({**result.roster.assignments, ("A4", given.date): free})
    assert [text for text in objections(swap, result.plan, idle, Register({}), at) if "sales" in text.en]
