"""The hotline example: the same for a seed, readable, consistent with its own rules, and worth solving."""

from __future__ import annotations

import csv
import io
import tomllib
from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wfm.domain.calendar import build_calendar
from wfm.domain.intervals import Grid
from wfm.domain.settings import Settings
from wfm.files import read_folder
from wfm.forecast import forecast
from wfm.samples import EXAMPLES, blank, hotline
from wfm.samples._volume import PERIOD, QUEUES, expected
from wfm.staffing import requirement, rollup

if TYPE_CHECKING:
    from wfm.domain.text import Locale

EXAMPLES_FOLDER = Path(__file__).parents[2] / "examples"


@cache
def files(locale: Locale = "zh") -> dict[str, str]:
    """Return the example's files."""
    return hotline(locale=locale)


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the example's tables."""
    return list(csv.DictReader(io.StringIO(files()[name])))


def write(folder: Path, texts: dict[str, str]) -> Path:
    """Return the folder after the files were written into it."""
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def days(row: dict[str, str]) -> list[date]:
    """Return the dates from `first_date` to `last_date`."""
    first, last = date.fromisoformat(row["first_date"]), date.fromisoformat(row["last_date"])
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_a_seed_gives_the_same_text() -> None:
    """The same seed gives the same files, another seed others; every file ends with a newline."""
    again, other = hotline(), hotline(seed=2)
    assert again == files()
    assert other["history.csv"] != again["history.csv"]
    assert other["agents.csv"] != again["agents.csv"]
    assert all(text.endswith("\n") and "\r" not in text for text in again.values())


def test_the_languages_differ_in_words_only() -> None:
    """In both languages numbers, dates, rules and shifts are the same."""
    plans = {locale: Settings.model_validate(tomllib.loads(files(locale)["plan.toml"])) for locale in ("zh", "en")}
    for part in ("period", "intervals", "shrinkage", "contracts", "shifts", "rules", "goals", "solve"):
        assert getattr(plans["zh"], part) == getattr(plans["en"], part)
    for name in ("history.csv", "requests.csv", "pay.csv"):
        assert files("en")[name] == files("zh")[name]
    assert "座席A01" in files("zh")["agents.csv"]
    assert all(text.isascii() for text in files("en").values())


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_example_reads_without_a_problem(locale: Locale, tmp_path: Path) -> None:
    """The reader finds nothing to complain about, and nothing to leave aside."""
    inputs = read_folder(write(tmp_path, files(locale)))
    assert len(inputs.agents) == 40
    assert len(inputs.previous) == 40 * 7
    assert inputs.notes == ()


def test_calls_a_day() -> None:
    """1,775 calls are expected on an average day of May, fewer on holidays, more on the make-up workday's weekday."""
    totals = sum(expected(queue, *PERIOD).sum(axis=1) for queue in QUEUES)
    assert totals.mean() == pytest.approx(1775)
    assert totals[:5].max() < 0.75 * totals.mean()
    assert totals[8] > 1.2 * totals[22]


def test_contract_hours_are_about_the_rostered_need(tmp_path: Path) -> None:
    """Contract hours (176 x share, less 8 per day of leave) are 95-105 % of the need with what whole shifts waste."""
    inputs = read_folder(write(tmp_path, files()))
    period, intervals = inputs.settings.period, inputs.settings.intervals
    grid = Grid(period.first, period.last, intervals.minutes, inputs.settings.centre.zone, intervals.opening)
    calendar = build_calendar("CN", date(2024, 12, 1), date(2026, 7, 1))
    table = requirement(forecast(inputs, calendar, grid), inputs.settings, grid)
    need = rollup(table, intervals.minutes)["rostered_hours"].sum()
    leave = sum(period.first <= day <= period.last for row in rows("leave.csv") for day in days(row))
    contract = sum(176 * inputs.settings.contracts[agent.contract].hours_share for agent in inputs.agents) - 8 * leave
    print(f"need {need:.0f} h, contract {contract:.0f} h, ratio {contract / need:.3f}")
    assert 0.95 <= contract / (need * 1.1) <= 1.05


def test_shifts_have_seven_to_eight_paid_hours_and_every_night_class() -> None:
    """A dozen templates of 7, 7.5 and 8 paid hours, each with one unpaid meal, small and big nights among them."""
    settings = Settings.model_validate(tomllib.loads(files()["plan.toml"]))
    paid = {(t.end - t.start - sum(b.minutes for b in t.unpaid_breaks)) / 60 for t in settings.shifts}
    assert paid == {7, 7.5, 8}
    assert len(settings.shifts) == 12
    assert all(len(t.unpaid_breaks) == 1 for t in settings.shifts)
    assert any(22 * 60 <= t.end <= 23 * 60 for t in settings.shifts)
    assert any(24 * 60 < t.end < 32 * 60 for t in settings.shifts)


def test_leave_is_thin_and_spread() -> None:
    """Leave takes 3.5-4 % of the agent-days of May, at most three agents a day, and no statutory day."""
    away: dict[date, int] = defaultdict(int)
    for row in rows("leave.csv"):
        for day in days(row):
            away[day] += 1
    may = [n for day, n in away.items() if day.month == 5]
    assert 0.035 <= sum(may) / (40 * 31) <= 0.04
    assert max(away.values()) <= 3
    assert min(away) > date(2026, 5, 2)


def test_requests_can_be_meant() -> None:
    """Sixty wishes, one per agent and day, none during leave, nights only by agents who may work them."""
    wishes = rows("requests.csv")
    cells = {(row["agent_id"], row["date"]) for row in wishes}
    assert len(wishes) == len(cells) == 60
    assert not cells & {(row["agent_id"], str(day)) for row in rows("leave.csv") for day in days(row)}
    may_not = {row["agent_id"] for row in rows("agents.csv") if row["no_night"] == "1" or row["contract"] == "part"}
    nights = {row["agent_id"] for row in wishes if row["shift_code"] == "N8"}
    assert nights
    assert not nights & may_not


def test_the_last_roster_keeps_the_rules() -> None:
    """The last week of April: at most 5 days in a row, 11 hours of rest, skills and night protection kept."""
    agents = {row["agent_id"]: row for row in rows("agents.csv")}
    by_agent: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows("previous_roster.csv"):
        by_agent[row["agent_id"]].append(row)
    assert set(by_agent) == set(agents)
    for agent_id, week in by_agent.items():
        run, free_since = 0, None
        for row in week:
            run = run + 1 if row["state"] == "work" else 0
            assert run <= 5
            if row["state"] != "work":
                continue
            start, end = (datetime.fromisoformat(row[name]) for name in ("start_local", "end_local"))
            assert free_since is None or start - free_since >= timedelta(hours=11)
            free_since = end
            assert row["queue"] in agents[agent_id]["skills"].split(";")
            assert agents[agent_id]["no_night"] == "0" or row["night_class"] == "none"


def test_the_first_morning_is_covered() -> None:
    """Somebody works through the night to the 1st of May."""
    last = [r for r in rows("previous_roster.csv") if r["business_date"] == "2026-04-30" and r["shift_code"] == "N8"]
    assert last
    assert all(row["queue"] == "service" for row in last)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_folder_in_the_repository_is_the_generator_s(name: str) -> None:
    """`examples/` holds what `python -m wfm.samples` writes."""
    for file, text in EXAMPLES[name]().items():
        assert (EXAMPLES_FOLDER / name / file).read_bytes() == text.encode("utf-8"), file


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_folder_to_fill_in_reads_without_a_problem(locale: Locale, tmp_path: Path) -> None:
    """The blank folder is complete as it stands, in both languages."""
    texts = blank(locale)
    assert all(text.endswith("\n") for text in texts.values())
    inputs = read_folder(write(tmp_path, texts))
    assert inputs.settings.centre.locale == locale
    assert len(inputs.agents) == 6
    assert inputs.notes == ()
