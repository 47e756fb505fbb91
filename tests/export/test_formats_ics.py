"""Calendars: read by another parser, and what happens when the roster changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from formats_house import FIRST, LONG, NAMES, WORK, ZERO, form, outgoing, plan, roster, written
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from wfm.domain.agents import Agent
from wfm.export.formats.icalendar import EARLIER
from wfm.export.ical import Event, calendar, events_of, file_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from wfm.domain.plan import Plan

STAMP = datetime(2026, 5, 1, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


def send(folder: Path, work: Mapping[tuple[str, date], str], **parts: Any) -> dict[str, str]:
    """Return the calendars of a roster, put where the next export finds them."""
    place = folder.joinpath(*EARLIER)
    staged = folder / "staged"
    staged.mkdir()
    files = written(form("ics"), outgoing(plan(), work, folder=folder, **parts), staged)
    if place.exists():
        for old in place.iterdir():
            old.unlink()
        place.rmdir()
    place.parent.mkdir(parents=True, exist_ok=True)
    staged.rename(place)
    return files


def read(text: str) -> list[Any]:
    """Return the events of a calendar as another parser sees them."""
    return Calendar.from_ical(text).walk("VEVENT")


def states(text: str) -> list[tuple[str, int, str]]:
    """Return day, sequence and status of every event."""
    return [(f"{e.start:%d %H}", int(e["SEQUENCE"]), str(e["STATUS"])) for e in read(text)]


def test_a_calendar(tmp_path: Path) -> None:
    """One file per agent with shifts, one event per shift, and nothing about names, teams or colleagues."""
    files = send(tmp_path, WORK)
    assert list(files) == ["shifts-007.ics", f"shifts-{LONG}.ics"]
    whole = Calendar.from_ical(files["shifts-007.ics"])
    assert (whole["VERSION"], whole["METHOD"], whole["CALSCALE"]) == ("2.0", "PUBLISH", "GREGORIAN")
    night, day = read(files["shifts-007.ics"])
    assert (str(night["SUMMARY"]), str(day["SUMMARY"])) == ("大夜, 班", "D8")
    assert night.start == datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert {str(e["STATUS"]) for e in (night, day)} == {"CONFIRMED"}
    assert "Zhao" not in files["shifts-007.ics"]
    assert LONG not in files["shifts-007.ics"]


def test_the_bytes(tmp_path: Path) -> None:
    """The file is what RFC 5545 asks for to the byte, and the same every time."""
    (text, _) = send(tmp_path, WORK).values()
    assert text == (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//wfm//roster//EN\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n"
        "BEGIN:VEVENT\r\nUID:1d943724-8bfe-55c5-bb5d-654be76d766d\r\nDTSTAMP:20260429T160000Z\r\nSEQUENCE:0\r\n"
        "DTSTART:20260501T120000Z\r\nDTEND:20260502T000000Z\r\nSUMMARY:大夜\\, 班\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n"
        "BEGIN:VEVENT\r\nUID:dcbb3209-47e0-5358-b962-e4532c85d747\r\nDTSTAMP:20260429T160000Z\r\nSEQUENCE:0\r\n"
        "DTSTART:20260503T000000Z\r\nDTEND:20260503T090000Z\r\nSUMMARY:D8\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )
    assert send(tmp_path, WORK)["shifts-007.ics"] == text


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai"])
def test_instants_over_clock_changes(tmp_path: Path, zone: str) -> None:
    """Every event lasts from the instant at which its shift starts to that at which it ends, all year round."""
    person = Agent(agent_id="A", contract="full")
    known = plan(date(2026, 1, 1), date(2026, 12, 31), [person], zone)
    work = {("A", day): ("D8", "N20")[day.day % 2] for day in known.days}
    (text,) = written(form("ics"), outgoing(known, work), tmp_path).values()
    shifts = [cell.shift for cell in roster(known, work)]
    assert [(e.start, e.end) for e in read(text)] == [(s.start, s.end) for s in shifts if s is not None]


def test_a_change_counts_up(tmp_path: Path) -> None:
    """A changed shift keeps its UID and counts up, one that is gone stays cancelled, one that comes back lives."""
    first = send(tmp_path, WORK)["shifts-007.ics"]
    uids = [str(e["UID"]) for e in read(first)]
    changed = {**WORK, (ZERO, date(2026, 5, 1)): "D8"}
    second = send(tmp_path, changed)["shifts-007.ics"]
    assert states(second) == [("01 00", 1, "CONFIRMED"), ("03 00", 0, "CONFIRMED")]
    without = {key: code for key, code in changed.items() if key != (ZERO, date(2026, 5, 3))}
    for _ in range(2):
        third = send(tmp_path, without)["shifts-007.ics"]
        assert states(third) == [("01 00", 1, "CONFIRMED"), ("03 00", 1, "CANCELLED")]
    fourth = send(tmp_path, WORK)["shifts-007.ics"]
    assert states(fourth) == [("01 12", 2, "CONFIRMED"), ("03 00", 2, "CONFIRMED")]
    assert [str(e["UID"]) for e in read(fourth)] == uids


def test_the_stamp_goes_with_the_sequence(tmp_path: Path) -> None:
    """A later version of an event has a later DTSTAMP, an unchanged one the same."""
    first, second = (
        send(tmp_path, work)["shifts-007.ics"] for work in (WORK, {**WORK, (ZERO, date(2026, 5, 1)): "D8"})
    )
    before, after = ([e["DTSTAMP"].dt for e in read(text)] for text in (first, second))
    assert before[0] < after[0]
    assert before[1] == after[1]


def test_somebody_without_shifts_any_more(tmp_path: Path) -> None:
    """An agent who lost all shifts still gets a file, with cancellations; one who never had any gets none."""
    send(tmp_path, {(ZERO, date(2026, 5, 1)): "N20"})
    files = send(tmp_path, {})
    assert {name: states(text) for name, text in files.items()} == {
        "shifts-007.ics": [("01 12", 1, "CANCELLED")],
    }


def test_the_published_roster_stands_in(tmp_path: Path) -> None:
    """Without earlier files the roster published before says what calendars know, old shift codes included."""
    known = plan()
    before = roster(known, {(ZERO, date(2026, 5, 1)): "D8", (ZERO, date(2026, 5, 2)): "D8"})
    old = before.assignments[ZERO, date(2026, 5, 2)]
    assert old.shift is not None
    gone = replace(old, shift=replace(old.shift, code="OLD"))
    before = replace(before, assignments={**before.assignments, (ZERO, date(2026, 5, 2)): gone})
    text = send(tmp_path, WORK, before=before)["shifts-007.ics"]
    assert states(text) == [("01 12", 1, "CONFIRMED"), ("02 00", 1, "CANCELLED"), ("03 00", 0, "CONFIRMED")]


def test_days_outside_the_period_are_let_go(tmp_path: Path) -> None:
    """Events of the month before are not cancelled when the next month is exported."""
    send(tmp_path, WORK)
    after = plan(date(2026, 5, 3), date(2026, 5, 5))
    place = tmp_path / "next"
    place.mkdir()
    files = written(form("ics"), outgoing(after, {(ZERO, date(2026, 5, 5)): "D8"}, folder=tmp_path), place)
    assert states(files["shifts-007.ics"]) == [("03 00", 1, "CANCELLED"), ("05 00", 0, "CONFIRMED")]


def test_lines_are_short(tmp_path: Path) -> None:
    """No line has more than 75 octets, and none is cut inside a character."""
    for length in range(60, 90):
        event = Event("u", "20260501T000000Z", "20260501T090000Z", "班" * length + "😀" * length)
        data = calendar([event], STAMP)
        lines = data.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert all(line.decode() for line in lines[:-1])
        (read_back,) = read(data.decode())
        assert str(read_back["SUMMARY"]) == event.summary


@given(TEXT, st.integers(0, 9), st.sampled_from(["CONFIRMED", "CANCELLED"]))
def test_an_event_comes_back(name: str, sequence: int, status: str) -> None:
    """Whatever a shift is called, its event is read back the same and starts no line of its own."""
    known = plan()
    shift = known.shifts["D8", FIRST]
    event = replace(Event.of("u", shift, name), sequence=sequence, status=status)
    data = calendar([event], STAMP)
    assert events_of(data) == [event]
    assert data.count(b"BEGIN:VEVENT\r\n") == 1
    assert int(read(data.decode())[0]["SEQUENCE"]) == sequence


@given(st.lists(TEXT.filter(bool), unique=True, max_size=20))
def test_names_of_files(ids: list[str]) -> None:
    """File names are safe on every system, stable, and differ also where capitals count for nothing."""
    names = [file_name(agent_id) for agent_id in ids]
    assert len({name.lower() for name in names}) == len(ids)
    assert all(name.isascii() and "/" not in name and "\\" not in name and len(name) < 100 for name in names)


def test_names_of_files_of_twins() -> None:
    """Ids that differ by case, dots, slashes or reserved words get files of their own."""
    ids = ["A1", "a1", "../x", "..", "CON", "a/b", "a\\b", "", " ", "工号", "A1.ics"]
    names = [file_name(agent_id) for agent_id in ids]
    assert len({name.lower() for name in names}) == len(ids)
    assert names[0] == "shifts-A1.ics"
    assert all(name.startswith("shifts-") for name in names)


def test_names_of_people_are_not_looked_at(tmp_path: Path) -> None:
    """The same ids with other names give the same files."""

    def files(known: Plan, place: str) -> dict[str, str]:
        (tmp_path / place).mkdir()
        return written(form("ics"), outgoing(known, WORK), tmp_path / place)

    known = plan()
    renamed = replace(known, agents=tuple(a.model_copy(update={"name": "x"}) for a in known.agents))
    assert known.agents[0].name == NAMES[ZERO]
    assert files(known, "a") == files(renamed, "b")
