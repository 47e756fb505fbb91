"""Goals through the whole line: shares in the manifest and on the page, a published roster, an order."""

from __future__ import annotations

import html
import shutil
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import wfm
from wfm.files import read_manifest
from wfm.pipeline.plan import plan_folder
from wfm.pipeline.report import report_folder
from wfm.roster import GOALS

if TYPE_CHECKING:
    from pathlib import Path


def test_every_share_is_in_the_manifest(planned: Path) -> None:
    """The manifest has cost, percentage and one sentence for every goal; the costs add up to the objective."""
    facts = read_manifest(planned / "out")
    assert set(GOALS) <= set(facts["shares"])
    assert sum(share["cost"] for share in facts["shares"].values()) == pytest.approx(facts["objective"])
    assert sum(share["percent"] for share in facts["shares"].values()) == pytest.approx(100)
    assert facts["shares"]["cover"]["counts"].startswith("per queue and interval, each missing agent costs 10")
    assert facts["scales"] == {}


def test_every_sentence_is_on_the_page(planned: Path) -> None:
    """The page says of every goal what costs how much."""
    page = (planned / "out" / "report.html").read_text("utf-8")
    for share in read_manifest(planned / "out")["shares"].values():
        assert html.escape(share["counts"], quote=False) in page.replace("&#39;", "'")


def test_shares_speak_chinese(folder: Path) -> None:
    """In Chinese the sentences of the shares are Chinese."""
    plan_folder(folder, locale="zh")
    assert read_manifest(folder / "out")["shares"]["requests"]["counts"] == "每项未满足的申请计其权重的 1 倍"


def test_a_published_roster_is_kept(done: Path) -> None:
    """Planned again against its own roster a folder keeps nearly all of it, also when an agent falls ill."""
    shutil.copy(done / "out" / "roster.csv", done / "published_roster.csv")
    again = plan_folder(done)
    assert isinstance(again.answer, wfm.Solved)
    assert again.answer.shares["stability"] <= 30
    assert any("stand in the published roster" in note.en for note in again.notes)
    assert "published_roster.csv" in read_manifest(done / "out")["inputs"]
    shutil.copy(done / "out" / "roster.csv", done / "published_roster.csv")
    before = again.roster
    (done / "leave.csv").write_text("agent_id,first_date,last_date,type\nA1,2026-05-04,2026-05-06,sick\n")
    ill = plan_folder(done)
    assert isinstance(ill.answer, wfm.Solved)
    assert before is not None
    changed = [c for c in ill.answer.roster if c.shift != before.assignments[c.agent_id, c.date].shift]
    assert 0 < len(changed) <= 8
    assert ill.answer.shares["stability"] == 10 * len(changed)


def test_tables_take_a_published_roster(planned: Path) -> None:
    """`wfm.plan` takes the roster of an earlier result, and its table."""
    settings = wfm.read_folder(planned).settings
    history, agents = pd.read_csv(planned / "history.csv"), pd.read_csv(planned / "agents.csv")
    first = wfm.plan(settings, history, agents)
    assert first.roster is not None
    for known in (first.roster, first.roster_table):
        again = wfm.plan(settings, history, agents, published_roster=known)
        assert isinstance(again.answer, wfm.Solved)
        assert [c.agent_id for c in again.inputs.published] == [c.agent_id for c in first.roster]
        assert again.answer.shares["stability"] <= 30


def test_an_order_is_told(folder: Path) -> None:
    """With an order the factors are in manifest and notes, shares stay plain, and the page can be made again."""
    toml = folder / "plan.toml"
    text = toml.read_text("utf-8").replace('budget = "1s"', 'budget = "1s"\ntarget_gap = 0')
    toml.write_text(text + '\n[goals]\norder = ["cover", "fairness"]\n', "utf-8")
    result = plan_folder(folder)
    assert isinstance(result.answer, wfm.Solved)
    facts = read_manifest(folder / "out")
    assert facts["scales"]["cover"] > facts["scales"]["fairness"] >= facts["scales"]["requests"] == 1
    plain = {kind: share["cost"] for kind, share in facts["shares"].items()}
    assert facts["objective"] == pytest.approx(sum(cost * facts["scales"][kind] for kind, cost in plain.items()))
    assert plain == pytest.approx(wfm.score(result.answer.roster, result.plan, wfm.build_book(result.plan.settings)))
    assert any(note.startswith("goals in order:") and "cover x " in note for note in facts["notes"])
    page = (folder / "out" / "report.html").read_bytes()
    report_folder(folder)
    assert (folder / "out" / "report.html").read_bytes() == page
