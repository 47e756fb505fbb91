"""What changed between two versions of a roster."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
from export_house import plan, roster

from wfm.export import Outgoing, delta_table, roster_table, write_csv

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FIRST, SECOND, FOURTH = (date(2026, 5, n) for n in (1, 2, 4))
BEFORE = {("007", SECOND): "D", ("001", FIRST): "N"}


def outgoing(after: Mapping[tuple[str, date], str], before: Mapping[tuple[str, date], str] | None = BEFORE) -> Outgoing:
    """Return two versions of a roster."""
    known = plan()
    found, empty = roster(known, after), pd.DataFrame()
    old = None if before is None else roster(known, before)
    return Outgoing(known, found, roster_table(found, known, "v2"), empty, empty, before=old)


def test_equal_versions_have_no_rows() -> None:
    """Nothing changed: a header and no rows."""
    table = delta_table(outgoing(BEFORE))
    assert table.columns.tolist()[:4] == ["agent_id", "business_date", "change", "before_state"]
    assert table.empty


def test_added_changed_cancelled(tmp_path: Path) -> None:
    """A shift is added, another one changed, a third gone; each row has both sides with times, in order."""
    write_csv(delta_table(outgoing({("007", SECOND): "N", ("001", FOURTH): "D"})), tmp_path / "delta.csv")
    head, *rows = (tmp_path / "delta.csv").read_text("utf-8-sig").splitlines()
    assert head.endswith("after_state,after_shift_code,after_queue,after_start_local,after_end_local")
    assert rows == [
        "001,2026-05-01,cancelled,work,N,phone,2026-05-01T20:00+08:00,2026-05-02T08:00+08:00,statutory_off,,,,",
        "001,2026-05-04,added,rest,,,,,work,D,phone,2026-05-04T08:00+08:00,2026-05-04T17:00+08:00",
        "007,2026-05-02,changed,work,D,phone,2026-05-02T08:00+08:00,2026-05-02T17:00+08:00,"
        "work,N,phone,2026-05-02T20:00+08:00,2026-05-03T08:00+08:00",
    ]


def test_another_queue_is_a_change() -> None:
    """The same shift on another queue is a changed day."""
    both = outgoing(BEFORE)
    cells = {key: replace(cell, queue="mail") if cell.shift else cell for key, cell in both.roster.assignments.items()}
    table = delta_table(replace(both, roster=replace(both.roster, assignments=cells)))
    assert table["change"].tolist() == ["changed", "changed"]
    assert table["after_queue"].tolist() == ["mail", "mail"]


def test_people_who_come_and_go() -> None:
    """The shifts of an agent who has left are cancelled, those of a new one added; his days off are no rows."""
    both = outgoing(BEFORE)
    assert both.before is not None
    now = {key: cell for key, cell in both.roster.assignments.items() if key[0] == "007"}
    then = {key: cell for key, cell in both.before.assignments.items() if key[0] == "001"}
    moved = replace(both, roster=replace(both.roster, assignments=now), before=replace(both.before, assignments=then))
    table = delta_table(moved)
    assert table[["agent_id", "change"]].to_numpy().tolist() == [["001", "cancelled"], ["007", "added"]]
    assert table["after_state"].tolist() == [None, "work"]


def test_without_an_earlier_version_everything_is_new() -> None:
    """Where nothing was published before, every shift is an added one."""
    assert delta_table(outgoing(BEFORE, None))["change"].tolist() == ["added", "added"]
