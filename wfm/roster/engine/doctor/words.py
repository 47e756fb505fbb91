"""What the doctor says, in both languages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wfm.domain.answer import WayOut
from wfm.domain.shifts import WEEKDAYS as ALL_WEEKDAYS
from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from wfm.domain.answer import Unit
    from wfm.domain.shifts import ShiftTemplate

NAMED = 8
"""Agents or runs of dates that are named before the rest is counted."""

PIN = Text(en="{agent} is fixed to shift {code} on {date}", zh="{agent} 在 {date} 固定上班次 {code}")
PIN_OFF = Text(en="{agent} is fixed to be off on {date}", zh="{agent} 在 {date} 固定休息")
LEAVE = Text(en="{agent} is on approved leave ({type}) {dates}", zh="{agent} {dates}已批准休假（{type}）")
EMPLOYED = Text(en="{agent} is employed {dates} only", zh="{agent} 仅{dates}在职")
TAIL = Text(
    en="{agent} worked shift {code} on {date}, before the period", zh="{agent} 在排班周期之前的 {date} 上了班次 {code}"
)
CONTRACT = Text(en="contract {contract} has no shifts but {codes}", zh="合同 {contract} 只含班次 {codes}")
WEEKDAYS = Text(en="shift {code} starts on {days} only", zh="班次 {code} 只在{days}开班")
SKILL = Text(en="{n} of {of} agents have the skill {skill}", zh="{of} 名座席中只有 {n} 名具备技能 {skill}")

PINNED_TO = Text(en="{agent} to {code} on {date}", zh="{agent} 在 {date} 上 {code}")
PINNED_OFF = Text(en="{agent} to a day off on {date}", zh="{agent} 在 {date} 休息")
ON_DAYS = Text(en="{agent} on {days}", zh="{agent} 在 {days}")

ALONE = Text(
    en="{agents}: there is no possible line; these exclude each other: {parts}",
    zh="{agents} 无法排出本期班表，以下规则与记录互相冲突：{parts}",
)
TOGETHER = Text(
    en="{n} agents cannot keep all of this{when}: {parts}",
    zh="{n} 名座席{when}无法同时满足：{parts}",
)
NO_MATTER_WHAT = Text(
    en="{n} agents cannot do this{when}, whatever the other rules and records: {parts}",
    zh="无论其他规则和记录如何，{n} 名座席{when}都无法满足：{parts}",
)
COUNTED = Text(
    en="these floors take at least {need} shifts, and {n} agents can work at most {most}",
    zh="上述下限至少需要 {need} 个班次，而 {n} 名座席最多只能上 {most} 个",
)
_OF_CONFLICT = Text(en="conflict {n}: {text}", zh="冲突 {n}：{text}")
UNDECIDED = Text(
    en="not every question could be settled in the time given; some of what is named may be innocent",
    zh="部分推断未能在限定时间内完成，上述列出的内容中可能有无关项",
)

DROP_PINS = Text(en="give up the fixed assignment of {what}", zh="取消固定排班：{what}")
DENY_LEAVE = Text(en="move or deny leave of {what}", zh="调整或不批准休假：{what}")
TRAIN = Text(en="train {agents} for {skill}", zh="为 {agents} 培训技能 {skill}")
OPEN_CONTRACT = Text(en="let {agents} work every shift, outside the contract", zh="允许 {agents} 上合同以外的班次")
OPEN_WEEKDAYS = Text(en="let shift {code} start on every day of the week", zh="允许班次 {code} 每天开班")
EASE = Text(
    en="for {many} ({agents}): {eased}, instead of: {strict}",
    zh="对{many}（{agents}）放宽为：{eased}，原规则为：{strict}",
)
LIMIT = Text(en="{rule} ({field} = {value})", zh="{rule}（{field} = {value}）")
EXCEPT = Text(en="exempt {many} ({agents}) from: {strict}", zh="对{many}（{agents}）豁免：{strict}")
ACCEPT = Text(
    en="accept {intervals} on {days}, {hours} agent-hours below: {floor}",
    zh="接受{intervals}（{days}），共缺 {hours} 人时：{floor}",
)
MORE_AGENTS = Text(en="{more} ({profile}), {total} in all; {proof}", zh="{more}（{profile}），共 {total} 名；{proof}")
PROFILE = Text(en="contract {contract}, skills {skills}{night}", zh="合同 {contract}，技能 {skills}{night}")
NIGHT_ELIGIBLE = Text(en=", may work nights", zh="，可上夜班")
FEWEST = Text(en="{less} are proven to be too few", zh="已证明 {less} 名不够")
FEWEST_FOUND = Text(en="with {less} no roster was found", zh="{less} 名时未找到可行排班")

_PRICED = Text(en="{what} (price: {price})", zh="{what}（代价：{price}）")
_NUMBERS = {
    "agents": (Text(en="1 agent", zh=" 1 名座席"), Text(en="{n} agents", zh=" {n} 名座席")),
    "more": (Text(en="1 more agent", zh="增加 1 名座席"), Text(en="{n} more agents", zh="增加 {n} 名座席")),
    "exceptions": (Text(en="1 exception", zh="1 次例外"), Text(en="{n} exceptions", zh="{n} 次例外")),
    "leave_days": (
        Text(en="1 agent-day of leave", zh="1 人日休假"),
        Text(en="{n} agent-days of leave", zh="{n} 人日休假"),
    ),
    "pins": (Text(en="1 fixed assignment", zh="1 项固定排班"), Text(en="{n} fixed assignments", zh="{n} 项固定排班")),
}
_LENGTHS = {
    15: (
        Text(en="1 uncovered quarter-hour", zh=" 1 个 15 分钟缺口时段"),
        Text(en="{n} uncovered quarter-hours", zh=" {n} 个 15 分钟缺口时段"),
    ),
    30: (
        Text(en="1 uncovered half-hour", zh=" 1 个半小时缺口时段"),
        Text(en="{n} uncovered half-hours", zh=" {n} 个半小时缺口时段"),
    ),
    60: (
        Text(en="1 uncovered hour", zh=" 1 个 1 小时缺口时段"),
        Text(en="{n} uncovered hours", zh=" {n} 个 1 小时缺口时段"),
    ),
}
_INTERVALS = (
    Text(en="1 uncovered interval of {minutes} min", zh=" 1 个 {minutes} 分钟缺口时段"),
    Text(en="{n} uncovered intervals of {minutes} min", zh=" {n} 个 {minutes} 分钟缺口时段"),
)

AGENTS_AND_MORE = Text(en="{names} and {n} more", zh="{names} 及另外 {n} 名")
MANY_DAYS = Text(en="{n} days between {first} and {last}", zh="{first} 至 {last} 间的 {n} 天")
_ON = Text(en=" on {dates}", zh="在 {dates} ")
_FROM_TO = Text(en="from {first} to {last}", zh="自 {first} 至 {last} ")
_ONE_DAY = Text(en="on {first}", zh="于 {first} ")
_SINCE = Text(en="from {first} on", zh="自 {first} 起")
_UNTIL = Text(en="until {last}", zh="至 {last} 止")
_NAMES = {
    "mon": Text(en="Mon", zh="周一"),
    "tue": Text(en="Tue", zh="周二"),
    "wed": Text(en="Wed", zh="周三"),
    "thu": Text(en="Thu", zh="周四"),
    "fri": Text(en="Fri", zh="周五"),
    "sat": Text(en="Sat", zh="周六"),
    "sun": Text(en="Sun", zh="周日"),
}
"""By the names of `wfm.domain.shifts.WEEKDAYS`."""


def number(n: int, of: str) -> Text:
    """Return a number of things in words, by the names of `_NUMBERS`."""
    one, several = _NUMBERS[of]
    return one if n == 1 else several.fill(n=n)


def intervals(n: int, minutes: int) -> Text:
    """Return a number of uncovered intervals in words."""
    one, several = _LENGTHS.get(minutes, _INTERVALS)
    return (one if n == 1 else several).fill(n=n, minutes=minutes)


def priced(what: Text, price: Text, amount: int, unit: Unit, agent_days: float) -> WayOut:
    """Return a way out whose sentence ends with its price."""
    said = _PRICED.fill(what=what, price=Text(price.en, price.zh.strip()))
    return WayOut(said.en, said.zh, amount, unit, round(agent_days, 2))


def of_conflict(n: int, text: Text) -> Text:
    """Return a sentence with the number of the conflict that it is about."""
    return _OF_CONFLICT.fill(n=n, text=text)


def way_of_conflict(n: int, way: WayOut) -> WayOut:
    """Return a way out with the number of the conflict that it ends."""
    said = of_conflict(n, way)
    return replace(way, en=said.en, zh=said.zh)


def join(parts: Iterable[Text], en: str = "; ", zh: str = "；") -> Text:
    """Return several texts as one."""
    found = list(parts)
    return Text(en=en.join(p.en for p in found), zh=zh.join(p.zh for p in found))


def span(first: date, last: date) -> Text:
    """Return a range of dates in words."""
    return (_ONE_DAY if first == last else _FROM_TO).fill(first=first, last=last)


def ends(first: date | None, last: date | None) -> Text:
    """Return a range in words that may be open at one end."""
    if first is not None and last is not None:
        return span(first, last)
    return (_SINCE if last is None else _UNTIL).fill(first=first, last=last)


def weekdays(template: ShiftTemplate) -> Text:
    """Return the weekdays of a shift, Monday first."""
    return join((_NAMES[d] for d in ALL_WEEKDAYS if d in template.weekdays), ", ", "、")


def people(ids: Sequence[str]) -> Text:
    """Return agents by id, many of them counted."""
    if len(ids) <= NAMED:
        return Text(en=", ".join(ids), zh="、".join(ids))
    shown = Text(en=", ".join(ids[: NAMED - 1]), zh="、".join(ids[: NAMED - 1]))
    return AGENTS_AND_MORE.fill(names=shown, n=len(ids) - NAMED + 1)


def days(found: Sequence[date]) -> Text:
    """Return dates in order, runs by their ends; many runs are counted instead."""
    runs = _runs(sorted(found))
    if len(runs) > NAMED:
        return MANY_DAYS.fill(n=len(found), first=runs[0][0], last=runs[-1][1])
    return join((_ends(first, last) for first, last in runs), ", ", "、")


def _runs(found: Sequence[date]) -> list[tuple[date, date]]:
    runs: list[tuple[date, date]] = []
    for day in found:
        if runs and (day - runs[-1][1]).days == 1:
            runs[-1] = runs[-1][0], day
        else:
            runs.append((day, day))
    return runs


def _ends(first: date, last: date) -> Text:
    if first == last:
        return Text(en=str(first), zh=str(first))
    return Text(en=f"{first} – {last}", zh=f"{first} 至 {last}")


def when(found: Sequence[date] | None) -> Text:
    """Return the days of a conflict; nothing when it is about the whole period."""
    return Text(en="", zh="") if found is None else _ON.fill(dates=days(found))
