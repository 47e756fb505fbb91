"""Bodies of API calls: DingTalk, WeCom, Feishu, UKG."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from formats_house import FIRST, LAST, LONG, ZERO, bodies, form, keys, large, outgoing, plan, written

from wfm.domain.errors import InputErrors
from wfm.export import EXPORTS

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("dingtalk_api", "wecom_api", "feishu_api", "ukg_shift")
MIDNIGHT = {day: datetime(2026, 5, day, tzinfo=UTC).timestamp() * 1000 - 8 * 3_600_000 for day in (1, 2, 3)}
MIDNIGHT[0] = datetime(2026, 4, 30, tzinfo=UTC).timestamp() * 1000 - 8 * 3_600_000


def test_dingtalk(tmp_path: Path) -> None:
    """DingTalk gets one schedule per employed day: local midnight in milliseconds, shift 1 for rest and leave."""
    (text,) = written(form("dingtalk_api"), outgoing(), tmp_path).values()
    (body,) = bodies(text)
    assert (body["group_id"], body["op_user_id"]) == (1001, "manager01")
    assert [tuple(s.values()) for s in body["schedules"]] == [
        (ZERO, MIDNIGHT[1], 124, False),
        (ZERO, MIDNIGHT[2], 1, True),
        (ZERO, MIDNIGHT[3], 123, False),
        (LONG, MIDNIGHT[0], 123, False),
        (LONG, MIDNIGHT[1], 1, True),
        (LONG, MIDNIGHT[2], 1, True),
        (LONG, MIDNIGHT[3], 1, True),
    ]
    assert [type(v) for v in body["schedules"][0].values()] == [str, int, int, bool]


def test_dingtalk_midnight_after_a_clock_change(tmp_path: Path) -> None:
    """A work date is local midnight also in the weeks on either side of a clock change."""
    known = plan(date(2026, 10, 25), date(2026, 10, 26), zone="Europe/Berlin")
    (body,) = bodies(*written(form("dingtalk_api"), outgoing(known, {}), tmp_path).values())
    days = [datetime.fromtimestamp(s["work_date"] / 1000, UTC).isoformat() for s in body["schedules"]]
    assert days[:2] == ["2026-10-24T22:00:00+00:00", "2026-10-25T23:00:00+00:00"]


def test_wecom(tmp_path: Path) -> None:
    """WeCom gets one body per month with the day of the month and schedule 0 for rest and leave."""
    (text,) = written(form("wecom_api"), outgoing(), tmp_path).values()
    april, may = bodies(text)
    assert april == {
        "groupid": 226,
        "items": [{"userid": LONG, "day": 30, "schedule_id": 234}],
        "yearmonth": 202604,
    }
    assert (may["yearmonth"], len(may["items"])) == (202605, 6)
    assert [i["schedule_id"] for i in may["items"]] == [235, 0, 234, 0, 0, 0]


def test_feishu(tmp_path: Path) -> None:
    """Feishu gets text ids, the month as a number and "0" for rest; the operator only when given."""
    (text,) = written(form("feishu_api", operator_id="ou_1"), outgoing(), tmp_path).values()
    (body,) = bodies(text)
    assert body["operator_id"] == "ou_1"
    assert body["user_daily_shifts"][0] == {
        "group_id": "6737202939523236110",
        "shift_id": "6753520403404030216",
        "month": 202605,
        "user_id": ZERO,
        "day_no": 1,
    }
    assert [s["shift_id"] for s in body["user_daily_shifts"][3:]] == ["6753520403404030215", "0", "0", "0"]
    plain = tmp_path / "plain"
    plain.mkdir()
    assert all("operator_id" not in b for b in bodies(*written(form("feishu_api"), outgoing(), plain).values()))


def test_ukg(tmp_path: Path) -> None:
    """UKG gets each shift with local times and its segments: regular time around an unpaid break."""
    (text,) = written(form("ukg_shift", posted=True), outgoing(), tmp_path).values()
    night, day, _ = bodies(text)
    assert (night["startDateTime"], night["endDateTime"]) == ("2026-05-01T20:00:00", "2026-05-02T08:00:00")
    assert [s["segmentTypeRef"]["qualifier"] for s in night["segments"]] == ["REGULAR_SEGMENT"]
    assert day["employee"] == {"qualifier": ZERO}
    assert [
        (s["startDateTime"][11:16], s["endDateTime"][11:16], s["segmentTypeRef"]["qualifier"]) for s in day["segments"]
    ] == [
        ("08:00", "12:00", "REGULAR_SEGMENT"),
        ("12:00", "13:00", "BREAK_SEGMENT"),
        ("13:00", "17:00", "REGULAR_SEGMENT"),
    ]
    flags = {name: day[name] for name in ("label", "posted", "generated", "locked", "open")}
    assert flags == {"label": "D8", "posted": True, "generated": True, "locked": False, "open": False}


@pytest.mark.parametrize("kind", KINDS)
def test_keys_are_documented(tmp_path: Path, kind: str) -> None:
    """Every key of a body stands in the documented columns, and the reverse."""
    options = {"operator_id": "ou_1"} if kind == "feishu_api" else {}
    (text,) = written(form(kind, **options), outgoing(), tmp_path).values()
    assert {k for body in bodies(text) for k in keys(body)} == {c.name for c in EXPORTS[kind].columns}


@pytest.mark.parametrize(
    ("kind", "key", "limit"), [("dingtalk_api", "schedules", 201), ("feishu_api", "user_daily_shifts", 50)]
)
def test_limits_of_a_call(tmp_path: Path, kind: str, key: str, limit: int) -> None:
    """A call holds at most what the target takes, and nothing is lost between two calls."""
    out = large(20)
    sizes = [len(body[key]) for body in bodies(*written(form(kind), out, tmp_path).values())]
    assert set(sizes[:-1]) == {limit}
    assert sizes[-1] <= limit
    assert sum(sizes) == 20 * 31


def test_wecom_is_split_too(tmp_path: Path) -> None:
    """A month with more items than `items_per_call` becomes several calls for the same month."""
    calls = bodies(*written(form("wecom_api", items_per_call=4), outgoing(), tmp_path).values())
    assert [(c["yearmonth"], len(c["items"])) for c in calls] == [(202604, 1), (202605, 4), (202605, 2)]


@pytest.mark.parametrize("kind", KINDS)
def test_files_hold_no_names(tmp_path: Path, kind: str) -> None:
    """Names and teams are in no body."""
    (text,) = written(form(kind), outgoing(), tmp_path).values()
    assert "Zhao" not in text
    assert "cmd" not in text
    assert "一组" not in text


@pytest.mark.parametrize(
    ("kind", "key"), [("dingtalk_api", "shift_ids"), ("wecom_api", "schedule_ids"), ("feishu_api", "shift_ids")]
)
def test_a_shift_without_an_id(kind: str, key: str) -> None:
    """A shift without an id and an id for no shift are named with their keys before anything is written."""
    found = form(kind, **{key: {"D8": 5, "X": 6}}).problems(plan().settings)
    assert [(e.file, e.column) for e in found] == [
        ("plan.toml", f"export.{kind}.{key}.X"),
        ("plan.toml", f"export.{kind}.{key}"),
    ]
    assert "N20" in found[1].message.en
    assert "N20" in found[1].message.zh


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("dingtalk_api", "user_ids"),
        ("wecom_api", "user_ids"),
        ("feishu_api", "user_ids"),
        ("ukg_shift", "person_numbers"),
    ],
)
def test_ids_of_people(tmp_path: Path, kind: str, key: str) -> None:
    """A map of people replaces our ids; a missing agent or a shared id stops the export with nothing written."""
    (text,) = written(form(kind, **{key: {ZERO: "u1", LONG: "u2", "gone": "u3"}}), outgoing(), tmp_path).values()
    assert '"u1"' in text
    assert LONG not in text
    for ids, word in (({ZERO: "u1"}, LONG), ({ZERO: "u1", LONG: "u1"}, "share")):
        empty = tmp_path / word
        empty.mkdir()
        with pytest.raises(InputErrors, match=word) as failed:
            form(kind, **{key: ids}).write(outgoing(), empty)
        assert failed.value.errors[0].column == f"export.{kind}.{key}"
        assert list(empty.iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("dingtalk_api", {"shift_ids": {"D8": 1, "N20": 124}}),
        ("dingtalk_api", {"op_user_id": ""}),
        ("wecom_api", {"schedule_ids": {"D8": 0, "N20": 1}}),
        ("wecom_api", {"items_per_call": 0}),
        ("feishu_api", {"shift_ids": {"D8": 0, "N20": 1}}),
    ],
)
def test_ids_that_mean_something_else(kind: str, options: dict[str, object]) -> None:
    """The ids for rest cannot be those of a shift, and a required id is not empty."""
    with pytest.raises(ValueError, match="greater than|at least 1"):
        form(kind, **options)


def test_the_period_of_the_house() -> None:
    """The small roster crosses the end of a month, or these tests would prove less."""
    assert FIRST.month != LAST.month
