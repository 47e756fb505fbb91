"""A roster read back from bodies of calls and from calendars."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from import_house import LINES, LONG, back, faults, line, plan, problems, roster

from wfm.domain.event_uid import event_uid

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DAY = 86_400_000
MIDNIGHT = 1_777_564_800_000
"""2026-05-01 00:00 in Shanghai."""
DINGTALK = plan(dingtalk_api={"shift_ids": {"D8": 8, "D9": 8, "N20": 20}, "user_ids": {"001": "ann", "002": "bob"}})
FEISHU = plan(feishu_api={"shift_ids": {"D8": 8, "D9": 9, "N20": 20}})
WECOM = plan(wecom_api={"schedule_ids": {"D8": 8, "D9": 9, "N20": 20}})


def lines(bodies: Iterable[dict[str, Any]]) -> str:
    """Return bodies as JSON Lines."""
    return "".join(json.dumps(body) + "\n" for body in bodies)


def dingtalk(*entries: tuple[str, int, int]) -> dict[str, Any]:
    """Return a DingTalk body of (user, day of May, shift id)."""
    schedules = [{"userid": user, "work_date": MIDNIGHT + (day - 1) * DAY, "shift_id": s} for user, day, s in entries]
    return {"group_id": 1, "schedules": schedules}


def test_dingtalk_body(tmp_path: Path) -> None:
    """DingTalk's ids are put back; of two shifts with one id it is the one that stands; 1 is rest."""
    bodies = [dingtalk(("ann", 1, 20), ("ann", 2, 1)), dingtalk(("bob", 2, 8), ("ann", 5, 1))]
    found = back(tmp_path, lines(bodies), "calls.jsonl", known=DINGTALK)
    assert found.profile == "dingtalk_api"
    assert (line(found, "001"), line(found, "002")) == ("N20 - - D8 L", LINES["002"])
    assert back(tmp_path, json.dumps(bodies), "list.json", known=DINGTALK).roster == found.roster


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (dingtalk(("zoe", 1, 20)), (1, "schedules[0].userid", "zoe")),
        (dingtalk(("ann", 1, 20), ("bob", 1, 7)), (1, "schedules[1].shift_id", "7")),
        (dingtalk(("ann", 3, 8)), (1, "schedules[0].shift_id", "8")),
        (dingtalk(("ann", 9, 20)), (1, "schedules[0].shift_id", "20")),
        ({"schedules": [{"userid": "ann"}]}, (1, "schedules[0]", "{'userid': 'ann'}")),
    ],
)
def test_problem_of_a_body(tmp_path: Path, body: dict[str, Any], fault: tuple[object, ...]) -> None:
    """Unknown people and shifts, an id of two shifts, a day outside the period and missing keys are problems."""
    assert faults(tmp_path, lines([body]), "calls.jsonl", known=DINGTALK) == [fault]


def test_wecom_and_feishu_bodies(tmp_path: Path) -> None:
    """Both give the month as a number and 0 for rest."""
    items = [{"userid": "001", "day": 1, "schedule_id": 20}, {"userid": "001", "day": 2, "schedule_id": 0}]
    found = back(tmp_path, lines([{"groupid": 1, "items": items, "yearmonth": 202605}]), known=WECOM)
    assert (found.profile, line(found, "001")) == ("wecom_api", "N20 - - D8 L")
    shifts = [
        {"user_id": "001", "shift_id": "20", "month": 202605, "day_no": 1},
        {"user_id": "001", "shift_id": "0", "month": 202605, "day_no": 2},
    ]
    found = back(tmp_path, lines([{"user_daily_shifts": shifts}]), known=FEISHU)
    assert (found.profile, line(found, "001")) == ("feishu_api", "N20 - - D8 L")
    shifts[0]["month"] = 202613
    assert faults(tmp_path, lines([{"user_daily_shifts": shifts}]), known=FEISHU)[0][:2] == (1, "user_daily_shifts[0]")


def test_bodies_without_their_options(tmp_path: Path) -> None:
    """Without the ids of the shifts in plan.toml a body cannot be read: the key is named."""
    assert faults(tmp_path, lines([dingtalk(("ann", 1, 20))])) == [(None, "export.dingtalk_api.shift_ids", None)]


def test_broken_json(tmp_path: Path) -> None:
    """A line that is no JSON object, and bodies of another call, are problems."""
    assert faults(tmp_path, '{"a": 1}\n\n{"b": \n', "x.jsonl") == [(3, None, '{"b":')]
    assert faults(tmp_path, "[1]", "x.json") == [(1, None, "1")]
    assert faults(tmp_path, '{"a": 1}', "x.json", profile="dingtalk_api") == [(None, "schedules", None)]


def ukg(person: str, start: str, end: str, label: str) -> dict[str, Any]:
    """Return the body of a shift."""
    return {"employee": {"qualifier": person}, "startDateTime": start, "endDateTime": end, "label": label}


def test_ukg_shifts(tmp_path: Path) -> None:
    """A UKG shift is told by its times; its label says which of two shifts with the same times it is."""
    bodies = [
        ukg("001", "2026-05-01T08:00:00", "2026-05-01T17:00:00", "D9"),
        ukg("001", "2026-05-02T20:00:00", "2026-05-03T08:00:00", "D8"),
        ukg("001", "2026-05-04T08:00:00", "2026-05-04T17:00:00", ""),
    ]
    found = back(tmp_path, lines(bodies))
    assert (found.profile, line(found, "001"), line(found, "002")) == ("ukg_shift", "D9 N20 - D8 L", LINES["002"])
    assert found.notes[0].en.endswith(f"9 day(s) of 2 agent(s) are not in the file and stay as they stand: 002, {LONG}")
    late = ukg("001", "2026-05-01T09:00:00", "2026-05-01T17:00:00", "D9")
    assert faults(tmp_path, lines([late])) == [(1, "startDateTime", "2026-05-01T09:00:00")]
    assert "employee.qualifier" in problems(tmp_path, lines([ukg("001", "?", "?", "")])).message.en
    assert faults(tmp_path, lines([ukg("009", "2026-05-01T09:00:00", "2026-05-01T17:00:00", "")]))[0][1:] == (
        "employee.qualifier",
        "009",
    )


def calendar(*events: tuple[str, ...]) -> str:
    """Return a calendar of events, each a list of content lines."""
    body = "".join("\r\n".join(["BEGIN:VEVENT", *event, "END:VEVENT", ""]) for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n"


def event(agent: str, day: int, start: str, end: str, *more: str) -> tuple[str, ...]:
    """Return an event of an agent on a day of May."""
    known = plan()
    return (f"UID:{event_uid('热线', agent, known.days[day - 1])}", f"DTSTART{start}", f"DTEND{end}", *more)


def test_calendar(tmp_path: Path) -> None:
    """Events may be in UTC, in a named zone or on the local clock; a cancelled one is a day off."""
    text = calendar(
        event("001", 1, ":20260501T000000Z", ":20260501T090000Z", "SUMMARY:D9"),
        event("001", 2, ";TZID=Europe/Berlin:20260502T140000", ";TZID=Europe/Berlin:20260503T020000"),
        event("001", 3, ":20260503T080000", ":20260503T170000", "SUMMARY:a long", " name"),
        event("001", 4, ":20260504T000000Z", ":20260504T090000Z", "STATUS:CANCELLED"),
    )
    found = back(tmp_path, text, "a.ics")
    assert (found.profile, line(found, "001"), line(found, "002")) == ("ics", "D9 N20 D8 - L", LINES["002"])


def test_a_calendar_with_nothing_but_cancelled_events(tmp_path: Path) -> None:
    """An agent all of whose shifts are cancelled has days off."""
    text = calendar(event("002", 3, ":20260503T000000Z", ":20260503T090000Z", "STATUS:CANCELLED"))
    assert line(back(tmp_path, text, "a.ics"), "002") == "- - - - -"


def test_events_of_somebody_else(tmp_path: Path) -> None:
    """An event that is not ours, has no times or other times than any shift is a problem at its line."""
    foreign = ("UID:lunch", "DTSTART:20260501T000000Z", "DTEND:20260501T010000Z")
    moved = event("001", 1, ":20260501T010000Z", ":20260501T090000Z")
    timeless = event("001", 2, ":20260501", ":20260502")
    found = faults(tmp_path, calendar(foreign, moved, timeless), "a.ics")
    assert [(row, column) for row, column, _ in found] == [(3, "UID"), (8, "DTSTART"), (13, "UID")]
    assert "iCalendar" in problems(tmp_path, "a,b\n", "a.ics", profile="ics").message.en


def test_roster_of_the_house_is_whole() -> None:
    """The small centre's roster has every agent and day."""
    assert len(roster(plan())) == 15
