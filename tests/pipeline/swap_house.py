"""A small centre with a roster that is written down, not searched for: two weeks of May, two statutory holidays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from wfm import roster
from wfm.domain.answer import Solved
from wfm.domain.roster import Assignment, Roster, State
from wfm.pipeline import stages
from wfm.pipeline.result import result_of
from wfm.pipeline.write import write_plan

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from wfm.pipeline.result import PlanResult

NOW = datetime(2026, 4, 20, 9)  # noqa: DTZ001
"""Long before the first shift, by the wall clock of the centre."""

PLAN = """\
[centre]
name = "Shop"
timezone = "Asia/Shanghai"
country = "CN"
locale = "en"

[period]
first = {first}
last = {last}

[intervals]
minutes = 60
open = "06:00-21:00"

[queues.sales]
target = {{ service_level = 0.80, acceptable_wait_seconds = 20 }}

[queues.service]
target = {{ service_level = 0.80, acceptable_wait_seconds = 20 }}

[contracts.full]

[[shifts]]
code = "E"
start = "06:00"
end = "14:00"

[[shifts]]
code = "D"
start = "09:00"
end = "17:00"

[[shifts]]
code = "L"
start = "13:00"
end = "21:00"

[[shifts]]
code = "M"
start = "09:00"
end = "13:00"

[rules.max_consecutive_days]
days = 5

[rules.rest_between_shifts]
hours = 11

[rules.shift_hours]
hard = false

{swap}
[solve]
budget = "1s"
"""
AGENTS = """\
agent_id,name,team,contract,skills,hire_date,leave_date,tags
A1,Agent 1,red,full,sales,,,
A2,Agent 2,red,full,sales,,,
A3,Agent 3,red,full,service,,,
A4,Agent 4,red,full,sales;service,,{left},
A5,Agent 5,blue,full,sales,{hired},,
A6,Agent 6,blue,full,sales,,,supervisor
"""
LINES = {
    "A1": "D D - D D D D - - D D D - -",
    "A2": "- - D D L - L D - - D D D -",
    "A3": "D - - D D D D D - - D D D -",
    "A4": "D D - D D D D D . . . . . .",
    "A5": ". . E E V V - E E E - M D -",
    "A6": "D - - - - D D - - - - D D -",
}
"""One token a day: a shift, `-` a day off, `V` leave, `.` not employed."""


def house(
    place: Path, *, first: date = date(2026, 5, 1), swap: str = "", more: str = "", lines: Mapping[str, str] = LINES
) -> Path:
    """Return a planning folder whose `out/` holds the roster of the lines; `more` stands at the end of `plan.toml`."""
    place.mkdir()
    last = first + timedelta(days=13)
    leave = [first + timedelta(days=n) for n, token in enumerate(lines["A5"].split()) if token == "V"]
    left = first + timedelta(days=lines["A4"].split().index(".") - 1)
    hired = first + timedelta(days=lines["A5"].split().count("."))
    files = {
        "plan.toml": PLAN.format(first=first, last=last, swap=swap and f"[swap]\n{swap}\n") + more,
        "agents.csv": AGENTS.format(left=left, hired=hired),
        "history.csv": history(first),
        "leave.csv": f"agent_id,first_date,last_date,type\nA5,{leave[0]},{leave[-1]},annual\n",
        "requests.csv": f"agent_id,date,kind\nA1,{first + timedelta(days=1)},off\n",
        "pins.csv": f"agent_id,date,shift_code\nA6,{first + timedelta(days=5)},D\n",
        "pay.csv": "agent_id,base,performance\n" + "".join(f"A{n},4000,2000\n" for n in range(1, 7)),
    }
    for name, text in files.items():
        (place / name).write_text(text, encoding="utf-8")
    publish(place, lines)
    return place


def history(first: date) -> str:
    """Return four weeks of calls before a date."""
    start = datetime(first.year, first.month, first.day, 6) - timedelta(days=28)  # noqa: DTZ001
    times = [start + timedelta(days=d, hours=h) for d in range(28) for h in range(15)]
    rows = [f"{t:%Y-%m-%d %H:%M},{queue},{6 + t.hour % 3},180" for queue in ("sales", "service") for t in times]
    return "\n".join(["interval_start,queue,offered,aht_seconds", *rows, ""])


def publish(folder: Path, lines: Mapping[str, str] = LINES) -> PlanResult:
    """Return the result of a roster that is given, after writing it to `out/` as planning does."""
    inputs = stages.read(folder)
    known = stages.demand(inputs)
    plan = stages.plan_of(known)
    book = roster.build_book(inputs.settings)
    cells = []
    for agent in plan.agents:
        for day, token in zip(plan.days, lines[agent.agent_id].split(), strict=True):
            shift = plan.shifts.get((token, day))
            queue = plan.queues_of(agent)[0]
            work = Assignment(agent.agent_id, day, State.WORK, shift, queue)
            cells.append(plan.off(agent, day) if shift is None else work)
    found = Roster.of(cells)
    shares = roster.score(found, plan, book)
    violations = roster.verify(found, plan, book)
    answer = Solved(found, sum(shares.values()), 0.0, "target", 1.0, 1.0, shares=shares, violations=violations)
    result = result_of(known, plan, answer, book)
    write_plan(folder, result)
    return result


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
