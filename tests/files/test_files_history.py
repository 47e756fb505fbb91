"""The history: intervals, clock changes, resampling."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from files_folder import AGENTS, PLAN, clocks, complaint, history, history_rows, problems, read, write_folder
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.files import read_folder
from wfm.files.walltime import start_parser, usual_interval

BERLIN = PLAN.replace("Asia/Shanghai", "Europe/Berlin").replace("08:00-20:00", "00:00-24:00")
ONE_QUEUE = BERLIN[: BERLIN.index("[queues.service]")] + BERLIN[BERLIN.index("[contracts.full]") :]
HEADER = "interval_start,queue,offered"


def around_the_clock(first: date, days: int = 21, minutes: int = 30) -> list[str]:
    """Return one contact for every wall-clock interval of some days of `sales`."""
    return [f"{first + timedelta(days=n)} {c},sales,1" for n in range(days) for c in clocks("00:00", "24:00", minutes)]


def sales(tmp_path: Path, rows: list[str], plan: str = ONE_QUEUE) -> tuple[pd.Series, list[str]]:
    """Return contacts per interval of the only queue, and the notes."""
    inputs = read(tmp_path, plan=plan, history="\n".join([HEADER, *rows]), agents=AGENTS.replace("care", "sales"))
    return inputs.history.loc["sales"]["offered"], [note.en for note in inputs.notes]


def test_shape_of_the_history(tmp_path: Path) -> None:
    """The history has the columns and the zone that the other rooms rely on, sorted by queue and time."""
    table = read(tmp_path).history
    assert table.index.names == ["queue", "interval_start"]
    assert [str(t) for t in table.dtypes] == ["float64", "float64", "bool"]
    assert list(table.columns) == ["offered", "aht_seconds", "spread"]
    assert table.index.is_monotonic_increasing
    start = table.index.get_level_values("interval_start")[0]
    assert start == pd.Timestamp("2026-04-01 08:00", tz="Asia/Shanghai")
    assert str(start.tz) == "Asia/Shanghai"
    assert table["offered"].sum() == 14 * 24 * 2 * 3
    assert not table["spread"].any()


def test_midnight_may_be_written_as_24(tmp_path: Path) -> None:
    """24:00 of a day is the first interval of the next one."""
    rows = [r.replace(" 00:00", " 24:00") for r in around_the_clock(date(2026, 4, 1))]
    offered, notes = sales(tmp_path, rows)
    assert (offered.index[0], len(offered), notes) == (
        pd.Timestamp("2026-04-01 00:30", tz="Europe/Berlin"),
        21 * 48,
        [],
    )


def test_spring_gap_without_contacts_is_left_out(tmp_path: Path) -> None:
    """Rows of the hour that the clock skips are dropped with a note when they carry no contacts."""
    rows = [r[:-1] + "0" if r.startswith("2026-03-29 02:") else r for r in around_the_clock(date(2026, 3, 20))]
    offered, notes = sales(tmp_path, rows)
    assert len(offered) == 21 * 48 - 2
    assert notes == [
        "queue sales: 2 history row(s) without contacts lie in an hour that the clock skips and were left out"
    ]


def test_spring_gap_with_contacts_is_a_problem(tmp_path: Path) -> None:
    """Contacts in an hour that never was are reported at their lines."""
    rows = around_the_clock(date(2026, 3, 20))
    line = 2 + next(n for n, r in enumerate(rows) if r.startswith("2026-03-29 02:00"))
    found = problems(
        tmp_path, plan=ONE_QUEUE, history="\n".join([HEADER, *rows]), agents=AGENTS.replace("care", "sales")
    )
    assert found == [
        ("history.csv", line, "interval_start", "2026-03-29 02:00"),
        ("history.csv", line + 1, "interval_start", "2026-03-29 02:30"),
    ]


def test_autumn_hour_given_once_is_halved(tmp_path: Path) -> None:
    """One set of rows for the repeated hour holds both passes: half goes to each, the total stays."""
    rows = around_the_clock(date(2026, 10, 15))
    offered, notes = sales(tmp_path, rows)
    assert len(offered) == 21 * 48 + 2
    assert offered.sum() == len(rows)
    assert Counter(offered) == {1.0: 21 * 48 - 2, 0.5: 4}
    assert notes[0].startswith("queue sales: 2 history row(s) of the hour that the clock repeats")


@pytest.mark.parametrize("order", ["by hour", "by time"])
def test_autumn_hour_given_twice_keeps_its_order(tmp_path: Path, order: str) -> None:
    """Of two rows with the same wall time the first in the file is the first pass."""
    rows = [r for r in around_the_clock(date(2026, 10, 15)) if not r.startswith("2026-10-25 02:")]
    place = next(n for n, r in enumerate(rows) if r.startswith("2026-10-25 03:"))
    double = [
        "2026-10-25 02:00,sales,5",
        "2026-10-25 02:30,sales,6",
        "2026-10-25 02:00,sales,7",
        "2026-10-25 02:30,sales,8",
    ]
    rows[place:place] = double if order == "by hour" else [double[n] for n in (0, 2, 1, 3)]
    offered, notes = sales(tmp_path, rows)
    night = offered[pd.Timestamp("2026-10-25 00:00", tz=UTC) : pd.Timestamp("2026-10-25 01:30", tz=UTC)]
    assert (list(night), notes) == ([5, 6, 7, 8], [])


def test_third_row_of_an_autumn_hour_is_a_duplicate(tmp_path: Path) -> None:
    """A wall time that the clock shows twice can have two rows, not three."""
    rows = around_the_clock(date(2026, 10, 15)) + ["2026-10-25 02:00,sales,1"] * 2
    text = complaint(
        tmp_path, plan=ONE_QUEUE, history="\n".join([HEADER, *rows]), agents=AGENTS.replace("care", "sales")
    )
    assert "line 1011" in text
    assert "line 1010 has 2026-10-25 02:00 already" in text


def test_offsets_leave_nothing_to_guess(tmp_path: Path) -> None:
    """Rows with an offset are instants: both passes of the autumn hour stay apart, whatever the order."""
    start = datetime(2026, 10, 15, tzinfo=UTC)
    rows = [f"{start + timedelta(minutes=30 * n):%Y-%m-%dT%H:%MZ},sales,1" for n in range(21 * 48)]
    offered, notes = sales(tmp_path, rows[::-1])
    assert (len(offered), offered.sum(), notes) == (21 * 48, 21 * 48, [])


def test_finer_intervals_are_summed(tmp_path: Path) -> None:
    """Two quarters make a half hour: contacts add up, the handle time is their mean weighted by contacts."""
    rows = [r.replace(",3,240", ",1,200") if r[14:16] in ("00", "30") else r for r in history_rows(minutes=15)]
    table = read(tmp_path, history="\n".join(["interval_start,queue,offered,aht_seconds", *rows])).history
    assert len(table) == 14 * 24 * 2
    assert (table["offered"].unique().tolist(), table["aht_seconds"].unique().tolist()) == ([4.0], [230.0])


def test_interval_with_a_part_missing_is_a_gap(tmp_path: Path) -> None:
    """A half hour of which one quarter was not recorded is absent and noted, not a small number."""
    rows = [r for r in history_rows(minutes=15) if not r.startswith("2026-04-02 10:15,sales")]
    inputs = read(tmp_path, history="\n".join(["interval_start,queue,offered,aht_seconds", *rows]))
    assert len(inputs.history) == 14 * 24 * 2 - 1
    assert [n.en for n in inputs.notes] == [
        "queue sales: 1 interval(s) with only a part recorded count as gaps (3 contact(s))"
    ]


def test_half_open_interval_needs_its_open_part_only(tmp_path: Path) -> None:
    """When the centre opens in the middle of a planning interval, the open half is all there is to record."""
    plan = PLAN.replace("08:00-20:00", "08:15-20:00")
    rows = [r for r in history_rows(minutes=15) if " 08:00" not in r]
    inputs = read(tmp_path, plan=plan, history="\n".join(["interval_start,queue,offered,aht_seconds", *rows]))
    assert (len(inputs.history), inputs.notes) == (14 * 24 * 2, ())


def test_missing_interval_stays_missing(tmp_path: Path) -> None:
    """An interval without a row is absent from the table: a gap, not a zero."""
    rows = [r for r in history_rows() if not r.startswith("2026-04-02 10:")]
    assert len(read(tmp_path, history="\n".join(["interval_start,queue,offered,aht_seconds", *rows])).history) == 668


@pytest.mark.parametrize("minutes", [60, 120, 240])
def test_coarser_intervals_are_spread_evenly(tmp_path: Path, minutes: int) -> None:
    """Hours are spread over their half hours and flagged; the totals stay right."""
    rows = history_rows(minutes=minutes)
    inputs = read(tmp_path, history="\n".join(["interval_start,queue,offered,aht_seconds", *rows]))
    assert inputs.history["spread"].all()
    assert len(inputs.history) == 14 * 24 * 2
    assert inputs.history["offered"].sum() == pytest.approx(len(rows) * 3)
    assert inputs.history["aht_seconds"].unique().tolist() == [240.0]
    assert f"of {minutes} minutes were spread" in inputs.notes[0].en


def test_daily_totals_are_spread_over_open_hours(tmp_path: Path) -> None:
    """A row per day is spread over the open intervals of that day, also where the day has 23 or 25 hours."""
    days = [date(2026, 3, 1) + timedelta(days=n) for n in range(300)]
    offered, _ = sales(tmp_path, [f"{d},sales,96" for d in days])
    per_day = offered.groupby(pd.DatetimeIndex(offered.index).strftime("%Y-%m-%d")).agg(["sum", "size"])
    assert np.allclose(per_day["sum"], 96)
    assert per_day["size"].loc[["2026-03-28", "2026-03-29", "2026-10-25"]].tolist() == [48, 46, 50]
    open_by_day, _ = sales(tmp_path, [f"{d},sales,96" for d in days], ONE_QUEUE.replace("00:00-24:00", "08:00-20:00"))
    assert open_by_day.unique().tolist() == [4.0]


def test_contacts_of_closed_hours_are_left_out_and_counted(tmp_path: Path) -> None:
    """Rows outside opening hours are dropped; those with contacts are counted in a note."""
    extra = ["2026-04-03 21:00,sales,2,100", "2026-04-03 22:00,sales,0,", "2026-04-04 06:00,sales,5,100"]
    inputs = read(tmp_path, history=history(*extra))
    assert len(inputs.history) == 14 * 24 * 2
    assert [n.en for n in inputs.notes] == [
        "queue sales: 7 contact(s) in 2 closed interval(s) of the history were left out"
    ]


def test_handle_time_is_unknown_without_contacts(tmp_path: Path) -> None:
    """An empty handle time is NaN, and so is any handle time of an interval without contacts."""
    table = read(tmp_path, history=history("2026-04-20 08:00,sales,3,", "2026-04-20 08:30,sales,0,0")).history
    assert table["aht_seconds"].isna().sum() == 2
    assert table.loc["sales"]["aht_seconds"].iloc[-2:].isna().all()


def test_columns_that_are_only_checked(tmp_path: Path) -> None:
    """Handled, abandoned and waiting times are not used yet, but a wrong number in them is reported."""
    rows = [
        "interval_start,queue,offered,abandoned,wait_seconds",
        *(r.replace(",240", ",1,12.5") for r in history_rows()),
    ]
    read(tmp_path, history="\n".join(rows))
    rows[5] = rows[5].replace("12.5", "-1")
    assert problems(tmp_path, history="\n".join(rows)) == [("history.csv", 6, "wait_seconds", "-1")]


def test_queue_of_the_whole_file(tmp_path: Path) -> None:
    """A file without a queue column belongs to the queue of the setting; both together contradict each other."""
    rows = ["interval_start,offered", *(r.replace(",sales", "") for r in around_the_clock(date(2026, 4, 1)))]
    agents = AGENTS.replace("care", "sales")
    with_queue = ONE_QUEUE + '[history]\nqueue = "sales"\n'
    assert len(read(tmp_path, plan=with_queue, history="\n".join(rows), agents=agents).history) == 21 * 48
    assert problems(tmp_path, plan=ONE_QUEUE, history="\n".join(rows), agents=agents) == [
        ("history.csv", 1, "queue", None)
    ]
    both = problems(
        tmp_path, plan=with_queue, history="\n".join([HEADER, *around_the_clock(date(2026, 4, 1))]), agents=agents
    )
    assert [place[2] for place in both] == ["history.queue"]


def test_rare_slip_does_not_change_the_grid() -> None:
    """The interval is the common divisor of usual gaps, so that one odd start is a slip, not a one-minute grid."""
    walls = np.arange(0, 1440 * 14, 30)
    assert usual_interval(walls, 15) == 30
    assert usual_interval(np.append(walls, 1447), 15) == 30
    assert usual_interval(walls[(walls % 1440 >= 480) & (walls % 1440 < 1110)], 15) == 30
    assert usual_interval(np.arange(0, 1440 * 14, 1440), 15) == 1440
    assert usual_interval(np.array([30]), 15) == 15


def test_declared_interval_wins(tmp_path: Path) -> None:
    """A declared length decides what is on the grid."""
    plan = PLAN + "[history]\ninterval_minutes = 60\n"
    assert {place[2] for place in problems(tmp_path, plan=plan, history=history())} == {"interval_start"}


ZONES = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "America/Santiago"]
)


@settings(deadline=None)
@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), ZONES)  # noqa: DTZ001
def test_quick_way_equals_the_long_way(wall: datetime, name: str) -> None:
    """The parser that looks at each date once gives the instant that the zone database gives."""
    zone = ZoneInfo(name)
    wall = wall.replace(second=0, microsecond=0)
    start = start_parser(False, zone)(f"{wall:%Y-%m-%d %H:%M}")
    for fold, found in ((0, start.first), (1, start.second)):
        assert datetime.fromtimestamp(found * 60, UTC) == wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 999)), min_size=14 * 4, max_size=14 * 4))
def test_history_round_trip(tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[int, int]]) -> None:
    """What a regular file says is what the table holds, number for number."""
    times = [f"2026-04-{1 + n // 4:02d} {8 + n % 4:02d}:00" for n in range(len(cells))]
    rows = [f"{t},{q},{c},{a}" for t, (c, a) in zip(times, cells, strict=True) for q in ("sales", "service")]
    folder = write_folder(
        tmp_path_factory.mktemp("round"),
        plan=PLAN.replace("minutes = 30", "minutes = 60").replace("08:00-20:00", "08:00-12:00"),
        history="\n".join(["interval_start,queue,offered,aht_seconds", *rows]),
    )
    table = read_folder(folder).history
    for queue in ("sales", "service"):
        part = table.loc[queue]
        assert [f"{t:%Y-%m-%d %H:%M}" for t in part.index] == times
        assert list(part["offered"]) == [c for c, _ in cells]
        assert all(
            np.isnan(found) if c == 0 else found == a for found, (c, a) in zip(part["aht_seconds"], cells, strict=True)
        )


def test_real_call_log(tmp_path: Path) -> None:
    """Three years of half-hourly calls of a French centre are read as they are."""
    shared = Path(os.environ.get("WFM_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data")
    source = shared / "axa_halfhour" / "telephonie.csv"
    if not source.exists():
        pytest.skip("shared data not present")
    plan = ONE_QUEUE.replace("Berlin", "Paris").replace("sales", "phone") + (
        '[history]\nqueue = "phone"\ncolumns = { interval_start = "DATE", offered = "CSPL_RECEIVED_CALLS" }\n'
    )
    agents = AGENTS.replace("care", "phone").replace("sales;", "")
    inputs = read(tmp_path, plan=plan, history=source.read_bytes(), agents=agents)
    lines = source.read_text().splitlines()[1:]
    assert inputs.history["offered"].sum() == sum(int(line.split(";")[1]) for line in lines)
    assert len(inputs.history) == len(lines) + 6
    assert len(inputs.notes) == 1
