"""Attendance that is given after the roster was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.pipeline.load import load

if TYPE_CHECKING:
    from pathlib import Path


def test_attendance_may_come_later(done: Path) -> None:
    """`worked.csv` shapes no roster: given later, the published roster stands and hours are those worked."""
    before = load(done)
    rows = ["agent_id,date,start_local,end_local", "A1,2026-05-04,09:00,12:30", "A2,2026-05-10,09:00,10:00"]
    (done / "worked.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    after = load(done)
    assert before.timesheet is not None
    assert after.timesheet is not None
    assert after.version == before.version
    assert after.timesheet["scheduled_minutes"].tolist() == before.timesheet["scheduled_minutes"].tolist()
    assert after.timesheet["worked_minutes"].tolist() == [210, 60, 0, 0]
    assert set(after.timesheet["basis"]) == {"worked"}
    assert any("worked.csv" in note.en for note in after.notes)
