"""What stands in each section of the page: plain values for the template, already worded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wfm.domain.answer import Infeasible, OutOfTime, Solved
from wfm.report import charts, fairness, grid, terms
from wfm.report import messages as m
from wfm.report.kpis import cover_by_day, cover_by_queue, kpis
from wfm.report.sections_pay import pay_section
from wfm.report.sections_people import fairness_section, holes_section
from wfm.report.wording import NOTHING, number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import pandas as pd

    from wfm.domain.roster import Roster, Violation
    from wfm.report.page import Page

Section = dict[str, Any]
MOST_VIOLATIONS = 200
"""Violations listed one by one; all of them are in `violations.csv`."""


def everything(page: Page) -> Section:
    """Return the values of all sections by name; a section without content is None."""
    roster, cover = page.roster, page.cover
    found: Section = dict.fromkeys(("kpi", "queues", "cover", "grid", "fairness", "holes", "pay"))
    found |= {"head": head(page), "broken": broken(page), "search": search(page), "about": about(page)}
    if roster is not None and cover is not None:
        nights = page.plan.settings.nights.mode
        counts = fairness.agent_counts(page.plan, roster, nights)
        found |= {
            "kpi": figures(page, roster, cover),
            "queues": queues(page, cover),
            "cover": cover_section(page, cover),
            "grid": grid.build(page.plan, roster, counts, _uncovered(page, cover), nights, page.words),
            "fairness": fairness_section(page, roster, counts),
            "holes": holes_section(page, roster, cover),
        }
    if page.published and page.payroll is not None and page.timesheet is not None:
        found["pay"] = pay_section(page, page.payroll, page.timesheet)
    found["charts"] = {**(found["cover"] or {"day": None, "heat": []}), "trace": found["search"]["chart"]}
    found["charts"]["pay"] = found["pay"]["chart"] if found["pay"] else None
    return found


def head(page: Page) -> Section:
    """Return title, status and the sentences that say how good the answer is."""
    words, answer, centre = page.words, page.answer, page.plan.settings.centre
    period = page.plan.settings.period
    lead, status = _verdict(page)
    conflict = answer if isinstance(answer, Infeasible) else None
    return {
        "centre": centre.name,
        "period": words.period(period.first, period.last),
        "zone": centre.timezone,
        "status": words(status),
        "lead": lead,
        "conflict": [words(text) for text in conflict.conflict] if conflict else [],
        "ways_out": [words(text) for text in conflict.ways_out] if conflict else [],
        "rules": [words.kind(kind, page.names) for kind in conflict.rules] if conflict else [],
        "agents": [person(page, agent_id) for agent_id in conflict.agents] if conflict else [],
    }


def _verdict(page: Page) -> tuple[list[str], Any]:
    words = page.words
    match page.answer:
        case Solved() as solved:
            best = solved.gap <= 0
            lead = words(m.LEAD_BEST) if best else words(m.LEAD_GAP, gap=words.above_best(solved.gap))
            return [lead, words(m.STOPPED[solved.stopped])], m.STATUS_SOLVED
        case Infeasible():
            return [words(m.LEAD_INFEASIBLE)], m.STATUS_INFEASIBLE
        case OutOfTime(interrupted=interrupted):
            return [words(m.LEAD_INTERRUPTED if interrupted else m.LEAD_OUT_OF_TIME)], m.STATUS_OUT_OF_TIME


def figures(page: Page, roster: Roster, cover: pd.DataFrame) -> list[Section]:
    """Return the key figures as (label, value, remark)."""
    words, answer = page.words, page.answer
    key = kpis(page.plan, roster, cover, answer.violations)
    share = words.percent(key.uncovered_share)
    rows = [
        (m.REQUIRED_HOURS, number(key.required_hours), ""),
        (m.COVER_HOURS, number(key.cover_hours), ""),
        (m.UNCOVERED_HOURS, number(key.uncovered_hours), words(m.OF_REQUIRED, share=share)),
        (m.SURPLUS_HOURS, number(key.surplus_hours), ""),
        (m.PAID, number(key.paid_hours), ""),
        (m.SHIFTS, number(key.shifts, 0), ""),
        (m.AGENTS, number(key.agents, 0), ""),
        (m.HARD, number(key.hard, 0), ""),
        (m.SOFT, number(key.soft, 0), ""),
    ]
    if isinstance(answer, Solved):
        rows += [
            (m.OBJECTIVE, number(answer.objective), ""),
            (m.BOUND, number(answer.bound), ""),
            (m.GAP, words.above_best(answer.gap), ""),
            (m.WALL_SECONDS, number(answer.wall_seconds), ""),
        ]
    if isinstance(answer, OutOfTime) and answer.bound is not None:
        rows.append((m.BOUND, number(answer.bound), ""))
    return [{"label": words(label), "value": value, "remark": remark} for label, value, remark in rows]


def queues(page: Page, cover: pd.DataFrame) -> list[Section]:
    """Return contacts and agent-hours per queue."""
    return [
        {
            "name": grid.queue_name(page.plan, str(queue)),
            **_contacts(page, str(queue)),
            **{str(column): number(hours) for column, hours in row.items()},
            "share": page.words.percent(row["uncovered_hours"] / row["required_hours"] if row["required_hours"] else 0),
        }
        for queue, row in cover_by_queue(cover, page.plan).to_dict("index").items()
    ]


def _contacts(page: Page, queue: str) -> Section:
    if page.forecast is None:
        return {"contacts": NOTHING, "aht": NOTHING}
    at = page.forecast.xs(queue)
    contacts = float(at["offered"].sum())
    talk = float((at["offered"] * at["aht_seconds"]).sum())
    return {"contacts": number(contacts, 0), "aht": number(talk / contacts, 0) if contacts else NOTHING}


def cover_section(page: Page, cover: pd.DataFrame) -> Section:
    """Return the data of the day chart and one heat map per queue."""
    limit = charts.heat_limit(cover)
    return {
        "day": charts.cover_data(page.plan, cover, page.words),
        "heat": [charts.heat_map(page.plan, cover, queue, limit, page.words) for queue in page.plan.settings.queues],
    }


def _uncovered(page: Page, cover: pd.DataFrame) -> dict[date, float]:
    hours = cover_by_day(cover, page.plan)["uncovered_hours"].groupby(level="date").sum()
    return dict(zip(hours.index, hours.astype(float), strict=True))


def broken(page: Page) -> Section:
    """Return what the objective is made of and the rules that are not kept."""
    words, answer = page.words, page.answer
    violations: Iterable[Violation] = answer.violations
    listed = sorted(violations, key=lambda v: (v.severity != "hard", -v.cost, v.rule))
    kinds = list(dict.fromkeys((v.rule, v.severity) for v in listed))
    return {
        "shares": _shares(page),
        "rules": [
            {
                "name": words.kind(rule, page.names),
                "severity": words(terms.SEVERITIES[severity]),
                "count": sum(1 for v in listed if (v.rule, v.severity) == (rule, severity)),
            }
            for rule, severity in kinds
        ],
        "each": [
            {
                "name": words.kind(v.rule, page.names),
                "severity": words(terms.SEVERITIES[v.severity]),
                "agent": person(page, v.agent_id) if v.agent_id else NOTHING,
                "message": words(v.message),
            }
            for v in listed[:MOST_VIOLATIONS]
        ],
        "more": words(m.MORE_ROWS, n=len(listed) - MOST_VIOLATIONS, file="violations.csv")
        if len(listed) > MOST_VIOLATIONS
        else "",
    }


def _shares(page: Page) -> list[Section]:
    if not isinstance(page.answer, Solved):
        return []
    return [
        {
            "name": page.words.kind(kind, page.names),
            "counts": page.words(page.prices[kind]) if kind in page.prices else "",
            "cost": number(page.answer.shares[kind]),
            "share": page.words.percent(part),
            "width": round(100 * part, 2),
        }
        for kind, part in page.answer.parts.items()
    ]


def person(page: Page, agent_id: str) -> str:
    """Return an agent's name, or the id where there is no name."""
    agent = page.plan.by_id.get(agent_id)
    return agent.name if agent is not None and agent.name else agent_id


def search(page: Page) -> Section:
    """Return the chart of the search and the table of the backtest."""
    trace = page.answer.trace if isinstance(page.answer, Solved) else ()
    return {
        "chart": charts.trace_chart(trace, page.words) if trace else None,
        "backtest": _backtest(page),
        "notes": [page.words(note) for note in page.notes],
    }


def _backtest(page: Page) -> Section | None:
    if page.backtest is None or page.backtest.empty:
        return None
    columns = [name for name in terms.BACKTEST_HEADS if name in page.backtest]
    return {
        "heads": [(page.words(terms.BACKTEST_HEADS[name]), name in terms.BACKTEST_NUMBERS) for name in columns],
        "rows": [
            [(_measure(page, name, row[name]), name in terms.BACKTEST_NUMBERS) for name in columns]
            for _, row in page.backtest.iterrows()
        ],
    }


def _measure(page: Page, name: str, value: Any) -> str:
    words = page.words
    if value is None or value != value:
        return NOTHING
    if name in terms.BACKTEST_SHARES:
        return ("+" if name == "bias" and value > 0 else "") + words.percent(value)
    if name in terms.BACKTEST_NUMBERS:
        return number(value, 0 if name == "n" else 2)
    if name == "horizon":
        return words(terms.HORIZONS[value]) if value in terms.HORIZONS else str(value)
    return grid.queue_name(page.plan, value) if name == "queue" else words.kind(value, page.names)


def about(page: Page) -> Section:
    """Return the glossary and the facts about inputs and versions."""
    words = page.words
    return {
        "glossary": [(words(term), words(meaning)) for term, meaning in terms.GLOSSARY],
        "facts": [(words(terms.FACTS[key]) if key in terms.FACTS else key, value) for key, value in page.facts.items()],
    }
