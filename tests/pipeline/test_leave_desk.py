"""Leave from the folder to the decision: what is refused on reading, what granting costs, what is written."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from wfm.domain.agents import Absence
from wfm.domain.errors import InputErrors, ManifestError, SettingsError
from wfm.files import write_decision
from wfm.pipeline import stages
from wfm.pipeline.leave import decide, leave_folder
from wfm.pipeline.plan import plan

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.pipeline.leave import Desk

HEADER = "agent_id,first_date,last_date,type,status,approver\n"
LONG = "\n[rules.long_leave]\n"


def with_leave(folder: Path, *rows: str, settings: str = LONG, **files: str) -> Path:
    """Return the folder with leave, more settings and more files."""
    plan_file = folder / "plan.toml"
    plan_file.write_text(plan_file.read_text("utf-8") + settings, "utf-8")
    for name, text in {"leave": HEADER + "\n".join([*rows, ""]), **files}.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


def notes(folder: Path) -> list[str]:
    """Return what reading the folder notes, in English."""
    return [note.en for note in stages.read(folder).notes]


def problems(folder: Path) -> list[tuple[str, int | None, str | None, str | None]]:
    """Return file, line, column and value of every problem of the folder."""
    with pytest.raises(InputErrors) as caught:
        stages.read(folder)
    return [(e.file, e.row, e.column, e.value) for e in caught.value.errors]


def test_long_leave_needs_an_approver(folder: Path) -> None:
    """Approved leave of three days without an approver, or of five with a supervisor's, is refused with its line."""
    rows = ["", "A1,2026-05-04,2026-05-06,,approved,", "A2,2026-05-04,2026-05-08,,approved,supervisor"]
    rows += ["A3,2026-05-04,2026-05-08,,approved,manager", "A4,2026-05-04,2026-05-05,,approved,"]
    assert problems(with_leave(folder, *rows)) == [
        ("leave.csv", 3, "approver", None),
        ("leave.csv", 4, "approver", "supervisor"),
    ]


def test_without_the_rule_nobody_asks(folder: Path) -> None:
    """Where the rule book has no long leave, approvers are nobody's business."""
    assert notes(with_leave(folder, "A1,2026-05-04,2026-05-09,,approved,", settings="")) == []


def test_tables_are_judged_like_files(folder: Path) -> None:
    """Leave given as objects is refused the same way; the row is counted from 1."""
    inputs = stages.read(with_leave(folder))
    absences = [
        Absence(agent_id="A1", first_date=pd.Timestamp("2026-05-04").date(), last_date=inputs.settings.period.last)
    ]
    with pytest.raises(InputErrors) as caught:
        plan(inputs.settings, pd.read_csv(folder / "history.csv"), inputs.agents, leave=absences)
    assert [(e.file, e.row, e.column) for e in caught.value.errors] == [("leave", 1, "approver")]


def test_approved_leave_against_the_rules_is_noted(folder: Path) -> None:
    """Approved leave that breaks a rule or an allowance stands, and is noted by agent, dates and article."""
    agents = (folder / "agents.csv").read_text("utf-8").replace("skills\n", "skills,hire_date\n")
    agents = "\n".join([*(f"{row},2026-03-01" if n else row for n, row in enumerate(agents.splitlines())), ""])
    folder = with_leave(
        folder,
        "A1,2026-05-06,2026-05-08,annual,approved,supervisor",
        "A2,2026-05-04,2026-05-05,annual,approved,supervisor",
        "A2,2026-05-06,2026-05-06,annual,approved,Mo",
        "A3,2026-05-04,2026-05-05,sick,approved,",
        settings=LONG + "[leave.types.annual]\nallowance_days = 2\n[leave.types.sick]\n",
        agents=agents,
    )
    found = notes(folder)
    assert [text.split(": ")[0] for text in found] == [
        "the approved leave of A1 from 2026-05-06 to 2026-05-08",
        "the approved leave of A1 from 2026-05-06 to 2026-05-08",
        "the approved leave of A2 from 2026-05-06 to 2026-05-06",
        "the approved leave of A2 from 2026-05-06 to 2026-05-06",
        "leave.csv",
    ]
    assert ["A16" in text for text in found] == [True, False, True, False, False]
    assert "3 days of annual leave, 2 left (2 a year by [leave.types])" in found[1]
    assert "1 days of annual leave, 0 left" in found[3]
    assert found[4].startswith("leave.csv: the rank of these approvers of long leave is not known: Mo")


def test_an_exception_excuses(folder: Path) -> None:
    """An exception recorded for the rule over the whole run lets it pass without approver."""
    exceptions = "agent_id,rule,first_date,last_date,reason\nA1,long_leave,2026-05-04,2026-05-09,agreed\n"
    assert notes(with_leave(folder, "A1,2026-05-04,2026-05-09,,approved,", exceptions=exceptions)) == []


def desk(folder: Path, *rows: str, **more: Any) -> Desk:
    """Return what waits in a folder with such leave."""
    return leave_folder(with_leave(folder, *rows, **more))


def test_what_granting_costs_is_the_cover_that_goes(done: Path) -> None:
    """The lacking cover is what the agent's shifts give, as far as the need is not met without them."""
    cover = pd.read_csv(done / "out" / "cover.csv")
    roster = pd.read_csv(done / "out" / "roster.csv")
    day = "2026-05-05"
    agent = roster[(roster["business_date"] == day) & (roster["state"] == "work")]["agent_id"].iloc[0]
    shift = roster[(roster["business_date"] == day) & (roster["agent_id"] == agent)].iloc[0]
    worked = cover["interval_start"].between(shift["start_local"], shift["end_local"], inclusive="left")
    lost = (cover["required"] - (cover["cover"] - worked)).clip(lower=0) - cover["shortfall"]
    (found,) = desk(done, f"{agent},{day},{day},,requested,").applications
    assert (found.name, found.line, found.objections) == (f"{agent}@{day}", 2, ())
    assert found.loss is not None
    assert found.loss["missing"].sum() == pytest.approx(lost.sum(), abs=1e-4)
    assert len(found.loss) == int((lost > 1e-4).sum())


def test_leave_approved_since_is_no_cover(done: Path) -> None:
    """A roster made before a leave was approved counts without that agent."""
    alone = desk(done, "A1,2026-05-04,2026-05-10,,requested,").applications[0]
    again = shutil.copytree(done, done.parent / "again")
    rows = ["A1,2026-05-04,2026-05-10,,requested,", *(f"A{n},2026-05-04,2026-05-10,,approved,manager" for n in (2, 3))]
    (again / "leave.csv").write_text(HEADER + "\n".join([*rows, ""]), "utf-8")
    with_others = leave_folder(again).applications[0]
    assert alone.loss is not None
    assert with_others.loss is not None
    assert with_others.loss["missing"].sum() > alone.loss["missing"].sum()
    assert with_others.loss["before"].max() <= 2


def test_without_a_roster_the_cost_is_not_known(folder: Path) -> None:
    """Before the first roster there is no cost in cover, yet the spare agents are known."""
    (found,) = desk(folder, "A1,2026-05-04,2026-05-05,,requested,").applications
    assert found.loss is None
    assert found.spare is not None


def test_leave_outside_the_period(done: Path) -> None:
    """Of leave after the period neither cost nor chance is known; the rules judge it all the same."""
    (found,) = desk(done, "A1,2026-06-01,2026-06-05,,requested,").applications
    assert (found.loss, found.spare, found.odds, found.needs, len(found.run)) == (None, None, None, "manager", 5)


def test_spare_agents_and_odds(folder: Path) -> None:
    """Of four agents one is away and one is needed: two can be off, and three ask; who is away does not ask."""
    hours = "\n".join(f"2026-04-{d:02d} {h:02d}:00,sales,1,60" for d in range(6, 30) for h in range(9, 17))
    (folder / "history.csv").write_text(f"interval_start,queue,offered,aht_seconds\n{hours}\n", "utf-8")
    wishes = "agent_id,date,kind\n" + "".join(f"A{n},2026-05-05,off\n" for n in (1, 2)) + "A4,2026-05-05,off\n"
    rows = ["A4,2026-05-05,2026-05-05,,approved,", "A3,2026-05-05,2026-05-05,,requested,"]
    found = desk(folder, *rows, requests=wishes)
    needed = int(found.plan.requirement["required_rostered"].max())
    assert needed == 1
    assert [(w.request.agent_id, w.asking, w.spare) for w in found.wishes] == [("A1", 3, 2), ("A2", 3, 2)]
    assert {w.odds for w in found.wishes} == {2 / 3}
    assert (found.applications[0].spare, found.applications[0].odds) == (2, 2 / 3)


def test_two_requests_of_one_day_have_two_names(folder: Path) -> None:
    """A second request of an agent for the same first day is told apart by a number."""
    rows = ["A1,2026-05-04,2026-05-04,,requested,", "A1,2026-05-04,2026-05-05,,requested,"]
    assert [a.name for a in desk(folder, *rows).applications] == ["A1@2026-05-04", "A1@2026-05-04/2"]


def test_a_decision_is_written_once(folder: Path) -> None:
    """An approval changes status and approver of its row; then nothing waits under that name."""
    with_leave(folder, "A1,2026-05-04,2026-05-08,,requested,", "A2,2026-05-04,2026-05-05,,requested,")
    assert decide(folder, "A1@2026-05-04", "approved", " manager ") == ()
    assert decide(folder, "A2@2026-05-04", "rejected", "Mo") == ()
    assert (folder / "leave.csv").read_text("utf-8").splitlines()[1:] == [
        "A1,2026-05-04,2026-05-08,,approved,manager",
        "A2,2026-05-04,2026-05-05,,rejected,Mo",
    ]
    with pytest.raises(SettingsError, match="no leave waits for a decision"):
        decide(folder, "A1@2026-05-04", "approved", "manager")


@pytest.mark.parametrize(
    ("row", "by", "article"),
    [
        ("A1,2026-05-04,2026-05-08,,requested,", "supervisor", "A20"),
        ("A1,2026-05-04,2026-05-06,,requested,", "Mo", "A20"),
        ("A1,2026-05-04,2026-05-19,,requested,", "manager", "A18"),
        ("A2,2026-05-06,2026-05-06,,requested,", "manager", "leave.csv"),
        ("A1,2026-05-04,2026-05-05,sick,requested,", "manager", "leave_allowance"),
    ],
)
def test_what_stands_against_it_stops_the_approval(folder: Path, row: str, by: str, article: str) -> None:
    """An approval that breaks a rule, or lacks the rank, writes nothing; a rejection goes through."""
    taken = "A2,2026-05-05,2026-05-06,,approved,manager"
    types = "[leave.types.annual]\n[leave.types.sick]\nallowance_days = 1\n"
    with_leave(folder, row, taken, settings=LONG + types)
    before = (folder / "leave.csv").read_bytes()
    name = "@".join(row.split(",")[:2])
    assert [o.article for o in decide(folder, name, "approved", by)] == [article]
    assert (folder / "leave.csv").read_bytes() == before
    assert decide(folder, name, "rejected", by) == ()


def test_a_decision_needs_a_name(folder: Path) -> None:
    """Nobody decides nothing; an unknown request is answered with those that wait."""
    with_leave(folder, "A1,2026-05-04,2026-05-05,,requested,")
    with pytest.raises(SettingsError, match="--by NAME"):
        decide(folder, "A1@2026-05-04", "rejected", "  ")
    with pytest.raises(SettingsError, match="'A1'.*waiting: A1@2026-05-04"):
        decide(folder, "A1", "approved", "manager")


def test_a_file_that_changes_on_the_way_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When somebody saves leave.csv between reading and writing, the decision is not written."""
    with_leave(folder, "A1,2026-05-04,2026-05-05,,requested,")

    def late(*arguments: Any) -> Any:
        path = folder / "leave.csv"
        path.write_text(path.read_text("utf-8") + "A2,2026-05-04,2026-05-05,,requested,\n", "utf-8")
        return write_decision(*arguments)

    monkeypatch.setattr("wfm.pipeline.leave.write_decision", late)
    with pytest.raises(ManifestError, match="changed by somebody else"):
        decide(folder, "A1@2026-05-04", "approved", "manager")
    assert "approved" not in (folder / "leave.csv").read_text("utf-8")


def test_balances_reach_the_plan(folder: Path) -> None:
    """What agents bring along stands in the plan that is solved, and limits leave."""
    balances = "agent_id,cycle_hours,leave_annual\nA1,40,1\n"
    found = desk(folder, "A1,2026-05-04,2026-05-05,annual,requested,", balances=balances)
    balance = found.plan.balance(found.plan.by_id["A1"])
    assert balance is not None
    assert (balance.cycle_hours, balance.leave_days) == (40, {"annual": 1})
    assert [o.article for o in found.applications[0].objections] == ["leave_allowance"]
