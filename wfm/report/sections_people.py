"""Fairness, requests and uncovered spans, worded for the template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wfm.domain.clock import DAY_MINUTES
from wfm.domain.roster import State
from wfm.report import holes as h
from wfm.report import messages as m
from wfm.report import terms
from wfm.report.fairness import BURDENS, wishes
from wfm.report.grid import STATE_CLASSES, leave_name, queue_name, wishes_met
from wfm.report.kpis import cover_by_day
from wfm.report.wording import number

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd

    from wfm.domain.agents import Request
    from wfm.domain.roster import Assignment, Roster
    from wfm.report.page import Page

Section = dict[str, Any]
MOST_HOLES = 40
"""Uncovered spans listed one by one."""
MOST_WISHES = 200
"""Requests listed one by one."""
DOING = ("here", "elsewhere", "other_hours", "rest", "statutory_off", "leave")


def fairness_section(page: Page, roster: Roster, counts: pd.DataFrame) -> Section:
    """Return one line of bars per agent, and the requests that are not granted."""
    scale = {name: max(1.0, counts[name].max(), counts[f"{name}_share"].max()) for name in BURDENS}
    by_agent = counts.to_dict("index")
    asked = wishes(page.plan, roster)
    denied = [w for w in asked if not w.granted]
    return {
        "rows": [
            {
                "name": agent.name or agent.agent_id,
                "team": agent.team,
                "bars": [_bar(page, by_agent[agent.agent_id], name, scale[name]) for name in BURDENS],
                "wishes": wishes_met(by_agent[agent.agent_id]),
            }
            for agent in page.plan.agents
        ],
        "lead": _wish_lead(page, len(asked), len(denied)),
        "denied": [_denied(page, w.request, w.given) for w in denied[:MOST_WISHES]],
        "more": page.words(m.MORE_ROWS, n=len(denied) - MOST_WISHES, file="roster.csv")
        if len(denied) > MOST_WISHES
        else "",
    }


def _bar(page: Page, row: Mapping[Hashable, Any], name: str, scale: float) -> Section:
    share = row[f"{name}_share"]
    return {
        "value": number(row[name], 1 if name == "hours" else 0),
        "width": round(100 * row[name] / scale, 2),
        "mark": round(100 * share / scale, 2),
        "title": page.words(m.FAIR_SHARE, n=number(share)),
    }


def _wish_lead(page: Page, asked: int, denied: int) -> str:
    if not asked:
        return page.words(m.REQUESTS_NONE)
    return page.words(m.REQUESTS_LEAD if denied else m.REQUESTS_ALL, asked=asked, granted=asked - denied)


def _denied(page: Page, request: Request, given: Assignment) -> Section:
    agent = page.plan.by_id[request.agent_id]
    return {
        "agent": agent.name or agent.agent_id,
        "day": page.words.day(request.date),
        "wish": _wish(page, request),
        "got": _got(page, given),
        "weight": request.weight,
    }


def _wish(page: Page, request: Request) -> str:
    if request.kind == "off":
        return page.words(m.WISH_OFF)
    return page.words(m.WISH_SHIFT, code=request.shift_code) if request.shift_code else page.words(m.WISH_ON)


def _got(page: Page, given: Assignment) -> str:
    if given.shift is not None:
        return page.words(m.WISH_SHIFT, code=given.shift.code)
    if given.state is State.LEAVE and given.leave_type:
        return leave_name(given.leave_type, page.words)
    return page.words(terms.LEGEND[STATE_CLASSES[given.state]])


def holes_section(page: Page, roster: Roster, cover: pd.DataFrame) -> Section:
    """Return uncovered hours per queue and day, and the worst spans with their reasons."""
    found, words = h.holes(page.plan, cover), page.words
    total = sum(hole.hours for hole in found)
    required = float(cover["required"].sum()) * page.plan.grid.minutes / 60
    rest = found[MOST_HOLES:]
    share = words.percent(total / required if required else 0)
    return {
        "lead": words(m.HOLES_LEAD, hours=number(total), n=len(found), share=share) if found else "",
        "days": _by_day(page, cover),
        "worst": [_hole(page, roster, cover, hole) for hole in found[:MOST_HOLES]],
        "more": words(m.HOLES_MORE, n=len(rest), hours=number(sum(x.hours for x in rest))) if rest else "",
    }


def _by_day(page: Page, cover: pd.DataFrame) -> list[Section]:
    hours = cover_by_day(cover, page.plan)["uncovered_hours"]
    return [
        {
            "name": queue_name(page.plan, queue),
            "cells": [_visible(float(hours.get((queue, day), 0.0))) for day in page.plan.days],
            "total": number(float(hours.xs(queue).sum())),
        }
        for queue in page.plan.settings.queues
    ]


def _visible(hours: float) -> str:
    """Return hours as printed, or nothing when they would be printed as 0.0."""
    text = number(hours)
    return "" if text == "0.0" else text


def _hole(page: Page, roster: Roster, cover: pd.DataFrame, hole: h.Hole) -> Section:
    doing = h.staff(page.plan, roster, hole)
    extra = h.extra_shift(page.plan, cover, hole)
    end = hole.end.hour * 60 + hole.end.minute or DAY_MINUTES
    return {
        "queue": queue_name(page.plan, hole.queue),
        "day": page.words.day(hole.date),
        "time": f"{hole.start:%H:%M}–{end // 60:02d}:{end % 60:02d}",
        "worst": number(hole.worst),
        "hours": number(hole.hours),
        "doing": [doing[name] for name in DOING],
        "reason": page.words(h.reason(page.plan, cover, hole, doing, extra)),
    }
