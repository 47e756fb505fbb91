"""DataFrames and objects instead of files."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from files_folder import PLAN, read, write_folder

from wfm.domain.agents import Absence, Agent, Exemption, Pin, Request
from wfm.domain.errors import InputError, InputErrors
from wfm.domain.roster import Assignment, State
from wfm.domain.text import Text
from wfm.files import from_frames, read_folder

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.domain.plan import Inputs
    from wfm.domain.settings import Settings

FILES = {
    "requests": "agent_id,date,kind,shift_code,weight\n"
    "001,2026-05-03,off,,\n002,2026-05-04,on,N20,3\n001,2026-06-04,on,,\n",
    "leave": "agent_id,first_date,last_date,type\n001,2026-05-20,2026-05-21,sick\n",
    "pins": "agent_id,date,shift_code,queue\n002,2026-05-09,,\n001,2026-05-09,D8,sales\n",
    "exceptions": "agent_id,rule,first_date,last_date,reason\n001,rest,2026-05-20,2026-05-21,agreed\n",
    "events": "queue,start,end,kind,factor\nsales,2026-05-04 10:00,2026-05-04 12:00,campaign,1.5\n",
    "calendar": "date,class,name,source\n2026-05-04,adjusted_off,Youth Day,notice 7\n",
    "previous_roster": "agent_id,business_date,shift_code,queue\n001,2026-04-30,N20,sales\n002,2026-04-30,,\n",
    "balances": "agent_id,cycle_hours,toil_hours,leave_annual\n001,120.5,-4,2.5\n002,80,8,\n",
    "pay": "agent_id,base,performance\n001,6000.10,\n002,7000.00,12.50\n",
    "worked": "agent_id,date,start_local,end_local\n001,2026-05-01,08:00,16:30\n002,2026-05-01,20:00,08:00+1\n",
    "quality": "agent_id,date,checked,failed\n001,2026-05-01,20,3\n",
}


def same(one: Inputs, other: Inputs) -> None:
    """Assert that two inputs hold the same, hashes aside."""
    for name in ("history", "calendar_overrides", "events", "pay", "worked", "quality"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
    for name in ("settings", "agents", "absences", "requests", "exemptions", "pins", "previous", "balances", "notes"):
        assert getattr(one, name) == getattr(other, name)


def frames(folder: Path) -> dict[str, Any]:
    """Return the CSV files of a folder as pandas reads them, ids as text."""
    return {
        path.stem: pd.read_csv(path, dtype={"agent_id": str, "mentor": object}) for path in sorted(folder.glob("*.csv"))
    }


def test_frames_equal_files(tmp_path: Path) -> None:
    """The same data as DataFrames and as files give the same inputs."""
    folder = write_folder(tmp_path, **FILES)
    found = read_folder(folder)
    same(found, from_frames(found.settings, **frames(folder)))
    same(found, from_frames(tomllib.loads(PLAN), **frames(folder)))


def test_objects_equal_files(tmp_path: Path) -> None:
    """Agents, wishes, leave, pins and exceptions may be objects of ours."""
    found = read(tmp_path, **FILES)
    tables = frames(tmp_path)
    again = from_frames(
        found.settings,
        tables["history"],
        found.agents,
        requests=[*found.requests, Request(agent_id="001", date=date(2026, 6, 4), kind="on")],
        leave=found.absences,
        pins=found.pins,
        exceptions=found.exemptions,
        events=found.events,
        calendar=found.calendar_overrides,
        previous_roster=found.previous,
        pay=found.pay,
        balances=found.balances,
        worked=tables["worked"],
        quality=tables["quality"],
    )
    same(found, again)


def settings_of(tmp_path: Path) -> Settings:
    """Return the regular settings."""
    return read(tmp_path).settings


def test_history_with_typed_columns(tmp_path: Path) -> None:
    """Timestamps with and without a zone, numpy numbers and a multi-index are read like their texts."""
    found = read(tmp_path)
    table = pd.read_csv(tmp_path / "history.csv")
    for zone in (None, "Asia/Shanghai", "UTC"):
        times = pd.to_datetime(table["interval_start"])
        if zone:
            times = times.dt.tz_localize("Asia/Shanghai").dt.tz_convert(zone)
        typed = table.assign(interval_start=times, offered=table["offered"].astype(float))
        same(found, from_frames(found.settings, typed, found.agents))
        same(found, from_frames(found.settings, typed.set_index(["queue", "interval_start"]), found.agents))
    same(found, from_frames(found.settings, found.history.drop(columns="spread"), found.agents))


def test_problems_name_argument_and_row(tmp_path: Path) -> None:
    """In a problem the file is the argument, and rows count from 1 without a header."""
    settings = settings_of(tmp_path)
    table = pd.read_csv(tmp_path / "history.csv").head(200)
    table.loc[4, "offered"] = -1
    agents = [
        Agent(agent_id="1", contract="full"),
        Agent(agent_id="1", contract="full"),
        Agent(agent_id="2", contract="?", mentor="1"),
    ]
    with pytest.raises(InputErrors) as caught:
        from_frames(
            settings, table, agents, requests=pd.DataFrame({"agent_id": ["1"], "date": [pd.NaT], "kind": ["off"]})
        )
    assert [(e.file, e.row, e.column, e.value) for e in caught.value.errors] == [
        ("agents", 2, "agent_id", "1"),
        ("agents", 3, "contract", "?"),
        ("history", 5, "offered", "-1"),
        ("requests", 1, "date", None),
    ]


def test_problems_of_settings_and_checks(tmp_path: Path) -> None:
    """Settings given as a mapping are validated like the file; checks run on them."""
    table = pd.read_csv(write_folder(tmp_path) / "history.csv")
    raw = tomllib.loads(PLAN.replace("timezone", "timezon"))
    expected = Text(en="nothing", zh="无")
    with pytest.raises(InputErrors) as caught:
        from_frames(
            raw,
            table,
            [Agent(agent_id="1", contract="full")],
            checks=[lambda s: [InputError("plan.toml", None, "rules.x", s.centre.name, expected)]],
        )
    assert [(e.file, e.row, e.column) for e in caught.value.errors] == [
        ("settings", None, "centre.timezon"),
        ("settings", None, "rules.x"),
    ]


def test_no_agents(tmp_path: Path) -> None:
    """An empty sequence of agents, or an empty history, is a problem."""
    settings = settings_of(tmp_path)
    table = pd.read_csv(tmp_path / "history.csv")
    for past, people in ((table, []), (table, pd.DataFrame()), (table.head(0), [Agent(agent_id="1", contract="full")])):
        with pytest.raises(InputErrors, match="at least one row"):
            from_frames(settings, past, people)


def test_missing_values_are_empty_cells(tmp_path: Path) -> None:
    """None, NaN, NaT and NA are empty cells; whole floats are whole numbers; a decimal keeps its digits."""
    settings = settings_of(tmp_path)
    agents = pd.DataFrame(
        {
            "agent_id": [1001.0, 1002.0],
            "contract": ["full", "part"],
            "team": [None, float("nan")],
            "hire_date": [pd.NaT, pd.Timestamp("2024-01-02")],
            "leave_date": pd.Series([pd.NA, date(2026, 5, 9)], dtype=object),
            "no_night": [np.True_, False],
            "skills": [["sales", "care"], ()],
        }
    )
    pay = pd.DataFrame({"agent_id": ["1001"], "base": [Decimal("6000.10")]})
    inputs = from_frames(settings, pd.read_csv(tmp_path / "history.csv"), agents, pay=pay)
    assert inputs.agents == (
        Agent(agent_id="1001", contract="full", skills=("sales", "care"), no_night=True),
        Agent(agent_id="1002", contract="part", hire_date=date(2024, 1, 2), leave_date=date(2026, 5, 9)),
    )
    assert inputs.pay.loc["1001", "base"] == Decimal("6000.10")


def test_previous_assignments_end_before_the_period(tmp_path: Path) -> None:
    """Assignments given as objects are kept when they lie before the period, else counted."""
    settings = settings_of(tmp_path)
    past = [Assignment("001", date(2026, 4, 30) + timedelta(days=n), State.REST) for n in range(3)]
    inputs = from_frames(
        settings,
        pd.read_csv(tmp_path / "history.csv"),
        pd.read_csv(tmp_path / "agents.csv", dtype=str),
        previous_roster=past,
    )
    assert (inputs.previous, len(inputs.notes)) == ((past[0],), 1)


def test_objects_round_trip_through_cells(tmp_path: Path) -> None:
    """Objects come out as they went in."""
    settings = settings_of(tmp_path)
    agent = Agent(
        agent_id="007",
        name='O\'Neil, "x"',
        team="甲",
        contract="full",
        skills=("sales",),
        hire_date=date(2020, 2, 29),
        no_overtime=True,
    )
    leave = Absence(
        agent_id="007", first_date=date(2026, 5, 1), last_date=date(2026, 5, 2), status="requested", approver="Cy"
    )
    pin = Pin(agent_id="007", date=date(2026, 5, 9), shift_code="D8", queue="sales")
    exemption = Exemption(agent_id="007", rule="rest", first_date=date(2026, 5, 1), last_date=date(2026, 5, 2))
    inputs = from_frames(
        settings, pd.read_csv(tmp_path / "history.csv"), [agent], leave=[leave], pins=[pin], exceptions=[exemption]
    )
    assert (inputs.agents, inputs.absences, inputs.pins, inputs.exemptions) == (
        (agent,),
        (leave,),
        (pin,),
        (exemption,),
    )


def test_what_is_no_table_is_told(tmp_path: Path) -> None:
    """None, a list of dicts and a text in place of a table or of the settings are problems of the input."""
    settings, history = settings_of(tmp_path), pd.read_csv(tmp_path / "history.csv")
    agents: Any = [{"agent_id": "001", "contract": "full"}]
    lost: Any = None
    with pytest.raises(InputErrors) as raised:
        from_frames(settings, lost, agents, pins=lost)
    assert [(e.file, e.expected.en) for e in raised.value.errors] == [
        (name, "a table (pandas.DataFrame), or a list of objects of wfm such as wfm.Agent")
        for name in ("agents", "history")
    ]
    text: Any = "plan.toml"
    with pytest.raises(InputErrors, match=r"settings: found 'plan\.toml'; expected wfm\.Settings, or a mapping"):
        from_frames(text, history, agents)
