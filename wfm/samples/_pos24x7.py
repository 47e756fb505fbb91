"""The round-the-clock examples: twelve-hour bands and cover floors, with too few agents and with enough."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.clock import dates
from wfm.domain.settings import Settings
from wfm.domain.text import Text
from wfm.samples._noise import noisy
from wfm.samples._text import comma_separated, template

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wfm.domain.text import Locale

    Row = tuple[object, ...]

_HISTORY = date(2026, 4, 6), date(2026, 5, 31)
_EVE = date(2026, 5, 31)
_QUEUE, _CONTRACT = "hotline", "full"
_AHT_SECONDS = 240.0
_HOURS = (0, 5, 7.5, 8.5, 10, 12, 15, 18, 20, 21, 24)
_HEIGHTS = (2.4, 2.0, 2.8, 8.5, 10.5, 9.5, 10.5, 9.5, 6.0, 3.6, 2.4)
"""Calls per half-hour relative to each other, by hour."""
_EVE_SHIFTS = (*["N"] * 2, *["D1"] * 8, *[None] * 2)
"""What each dozen of agents did on the last day of May: two nights, eight days, two days off."""
_TEAMS = 4
_NAME = Text(en="Agent {id}", zh="座席{id}")
_TEAM = Text(en="Team {n}", zh="{n}组")
_ABOUT_FEW = Text(
    en="# Round the clock with 12 agents: at least 8 by day and 2 at night. There is no such roster: `wfm explain`\n"
    "# says why, and that 19 agents are the fewest. Made by wfm from a fixed seed; no person or company is real.\n",
    zh="# 7×24 小时热线，12 名座席：白天至少 8 人、夜间至少 2 人在线。这样的排班不存在：`wfm explain` 会说明\n"
    "# 原因，以及至少需要 19 名座席。全部数据由 wfm 按固定种子生成，不对应任何真实的人或公司。\n",
)
_ABOUT_ENOUGH = Text(
    en="# Round the clock with 40 agents: at least 8 by day and 2 at night, and calls worth about 40 people.\n"
    "# Made by wfm from a fixed seed; no person or company is real.\n",
    zh="# 7×24 小时热线，40 名座席：白天至少 8 人、夜间至少 2 人在线，话务量约需 40 人。\n"
    "# 全部数据由 wfm 按固定种子生成，不对应任何真实的人或公司。\n",
)


def pos24x7(seed: int = 1, locale: Locale = "zh") -> dict[str, str]:
    """Return the files of the example with 12 agents by name: there is no roster, and 19 agents would be the fewest.

    The floors take 8 + 2 shifts a day, 300 in June. With 11 paid hours an agent works at most 16 of them in 184 hours;
    18 agents work 288, 19 work 304.
    """
    return _files(seed, locale, 12, 700.0, _ABOUT_FEW)


def pos24x7_40(seed: int = 1, locale: Locale = "zh") -> dict[str, str]:
    """Return the files of the example with 40 agents by name.

    The calls take 7,512 rostered hours in June (with the default forecast): 39 agents with 16 shifts of 12 hours.
    """
    return _files(seed, locale, 40, 2300.0, _ABOUT_ENOUGH)


def _files(seed: int, locale: Locale, agents: int, calls_a_day: float, about: Text) -> dict[str, str]:
    plan = template(f"pos24x7.{locale}.toml").replace("@SHIFTS@\n", template("pos24x7.shifts.toml"))
    plan = plan.replace("@ABOUT@\n", about.in_(locale))
    ids = [f"A{n:02d}" for n in range(1, agents + 1)]
    return {
        "plan.toml": plan,
        "history.csv": comma_separated(_history(np.random.default_rng(seed), calls_a_day)),
        "agents.csv": comma_separated(_agents(ids, locale)),
        "previous_roster.csv": comma_separated(_eve(ids, Settings.model_validate(tomllib.loads(plan)))),
    }


def _history(rng: np.random.Generator, calls_a_day: float) -> Iterator[Row]:
    yield "interval_start", "queue", "offered", "aht_seconds"
    days = dates(*_HISTORY)
    shape = np.interp(np.arange(48) / 2 + 0.25, _HOURS, _HEIGHTS)
    calls, aht = noisy(np.tile(calls_a_day * shape / shape.sum(), (len(days), 1)), _AHT_SECONDS, rng)
    starts = [f"{day} {k // 2:02d}:{k % 2 * 30:02d}" for day in days for k in range(48)]
    for start, offered, seconds in zip(starts, calls.ravel().tolist(), aht.ravel().tolist(), strict=True):
        yield start, _QUEUE, offered, "" if offered == 0 else int(seconds)


def _agents(ids: Sequence[str], locale: Locale) -> Iterator[Row]:
    yield "agent_id", "name", "team", "contract", "skills"
    for n, agent in enumerate(ids):
        name, team = _NAME.fill(id=agent), _TEAM.fill(n=n * _TEAMS // len(ids) + 1)
        yield agent, name.in_(locale), team.in_(locale), _CONTRACT, _QUEUE


def _eve(ids: Sequence[str], settings: Settings) -> Iterator[Row]:
    """Yield the last day of May: whoever worked the night is on the queue until the morning of 1 June."""
    yield "agent_id", "business_date", "state", "shift_code", "queue", "start_local", "end_local"
    zone = settings.centre.zone
    shifts = {t.code: t.on(_EVE, zone) for t in settings.shifts}
    for n, agent in enumerate(ids):
        code = _EVE_SHIFTS[n % len(_EVE_SHIFTS)]
        if code is None:
            yield agent, _EVE, "rest", "", "", "", ""
        else:
            ends = (at.astimezone(zone).isoformat(timespec="minutes") for at in (shifts[code].start, shifts[code].end))
            yield agent, _EVE, "work", code, _QUEUE, *ends
