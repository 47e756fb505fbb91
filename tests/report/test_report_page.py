"""The page as a whole: languages, escaping, no network, the numbers of the tables."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser

import pandas as pd
import pytest
from report_house import NASTY, agents, page, requirement, settings

from wfm.domain.answer import OutOfTime, Solved
from wfm.domain.calendar import Calendar, Day, DayClass
from wfm.domain.cover import cover
from wfm.domain.plan import Plan
from wfm.domain.roster import Assignment, Roster, State
from wfm.domain.settings import Settings
from wfm.domain.text import Locale, Text
from wfm.report import Page, kpis, messages, render, terms
from wfm.report.wording import Words, number

CHINESE = re.compile(r"[\u3000-\u9fff]")
LANGUAGES: tuple[Locale, ...] = ("en", "zh")
KINDS = ("solved", "infeasible", "draft", "nothing")


class Reader(HTMLParser):
    """Collects what a person can see (texts and titles), and what the page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.rows: list[list[str]] = []
        self.seen: list[str] = []
        self.links: list[str] = []
        self.hidden = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note rows, cells, titles and addresses."""
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("src", "href", "action", "data", "srcset"):
                self.links.append(value or "")
            if name == "title":
                self.seen.append(value or "")
        if tag in ("script", "style"):
            self.hidden = tag
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        """Leave a script or a style."""
        if tag == self.hidden:
            self.hidden = ""

    def handle_data(self, data: str) -> None:
        """Note what is visible."""
        if self.hidden or not data.strip():
            return
        self.seen.append(data.strip())
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip()


@cache
def html(locale: Locale, kind: str = "solved") -> str:
    """Return a rendered page, made once."""
    return render(page(locale, kind=kind))


def read(text: str) -> Reader:
    """Return the page as a person sees it."""
    reader = Reader()
    reader.feed(text)
    return reader


def without_plotly(text: str) -> str:
    """Return the page without the chart library, whose text is not ours."""
    return re.sub(r'<script id="plotly">.*?</script>', "", text, flags=re.DOTALL)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("locale", LANGUAGES)
def test_nothing_is_fetched(locale: Locale, kind: str) -> None:
    """The page refers to nothing outside itself, and its policy forbids the browser to load anything."""
    text = html(locale, kind)
    assert "http://" not in without_plotly(text)
    assert "https://" not in without_plotly(text)
    assert all(link.startswith("#") for link in read(text).links)
    assert "default-src 'none'" in text


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_stays_small(kind: str) -> None:
    """Forty agents and a month take less than 8 MB, chart library included; it is inside at most once."""
    text = html("zh", kind)
    assert len(text.encode()) < 8_000_000
    assert text.count('<script id="plotly">') == (0 if kind == "nothing" else 1)


@pytest.mark.parametrize("locale", LANGUAGES)
def test_names_cannot_become_markup(locale: Locale) -> None:
    """Tags, quotes and formulas in names are text: seen as typed, and never elements of the page."""
    text = html(locale)
    reader = read(text)
    for name in NASTY:
        assert name in reader.seen
    assert "<script>alert(1)</script>" not in text
    assert "<b>x</b>" not in text
    assert reader.tags.count("script") == 3


def test_the_data_block_is_json_that_cannot_close_its_script() -> None:
    """Figures for the charts parse as JSON, and a queue named like a closing tag stays inside."""
    made = page("en")
    queues = {
        key: queue.model_copy(update={"name": "</script><i>&"}) for key, queue in made.plan.settings.queues.items()
    }
    plan = replace(made.plan, settings=made.plan.settings.model_copy(update={"queues": queues}))
    text = render(replace(made, plan=plan))
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, flags=re.DOTALL)
    assert block is not None
    assert json.loads(block[1])["day"]["queues"][0]["name"] == "</script><i>&"


@pytest.mark.parametrize("kind", KINDS)
def test_the_english_page_has_no_chinese(kind: str) -> None:
    """Apart from the names of agents, nothing on the English page is Chinese."""
    names = {a.name for a in agents(40)}
    seen = [text for text in read(html("en", kind)).seen if text not in names]
    assert [text for text in seen if CHINESE.search(text)] == []
    data = re.search(r'id="data">(.*?)</script>', html("en", kind), flags=re.DOTALL)
    assert data is None or not CHINESE.search(json.dumps(json.loads(data[1]), ensure_ascii=False))


@pytest.mark.parametrize("kind", KINDS)
def test_the_chinese_page_has_no_english_message(kind: str) -> None:
    """No English message of the room stands on the Chinese page."""
    english = {value.en for value in _texts() if value.en != value.zh and len(value.en) > 2}
    assert english.isdisjoint(read(html("zh", kind)).seen)


def _texts() -> list[Text]:
    found: list[Text] = []

    def walk(value: object) -> None:
        if isinstance(value, Text):
            found.append(value)
        elif isinstance(value, dict):
            walk(tuple(value.values()))
        elif isinstance(value, tuple):
            for part in value:
                walk(part)

    for module in (messages, terms):
        walk(tuple(vars(module).values()))
    return found


def test_key_figures_on_the_page_are_those_of_the_tables() -> None:
    """Required, covered, uncovered, surplus and paid hours are printed as they were counted."""
    made = page("en")
    assert isinstance(made.answer, Solved)
    assert made.cover is not None
    key = kpis(made.plan, made.answer.roster, made.cover, made.answer.violations)
    seen = read(html("en")).seen
    for label, value in (
        ("Required hours", key.required_hours),
        ("Hours on queue", key.cover_hours),
        ("Uncovered hours", key.uncovered_hours),
        ("Surplus hours", key.surplus_hours),
        ("Paid hours", key.paid_hours),
        ("Objective", made.answer.objective),
        ("Bound", made.answer.bound),
    ):
        assert seen[seen.index(label) + 1] == number(value)
    assert seen[seen.index("Hard rules broken") + 1] == "0"


def test_the_grid_is_the_roster() -> None:
    """Every cell of the grid is the shift code or the sign of the state, and hours are those of the timesheet."""
    made = page("en")
    assert isinstance(made.answer, Solved)
    assert made.timesheet is not None
    signs = {"rest": "", "statutory_off": "H", "leave": "lv", "not_employed": ""}
    rows = [row for row in read(html("en")).rows if len(row) == 1 + 31 + 5 and row[0] != "Agent"]
    assert len(rows) == 40
    for agent, hours, row in zip(made.plan.agents, made.timesheet["scheduled_h"], rows, strict=True):
        line = made.answer.roster.line(agent.agent_id, made.plan.days[0], made.plan.days[-1])
        assert row[0] == agent.name
        assert row[1:32] == [(a.shift.code if a.shift else signs[a.state]) if a else "" for a in line]
        assert row[32] == number(hours)


def test_pay_on_the_page_adds_up_to_the_payroll_table() -> None:
    """The total of the holiday element is the sum of its lines."""
    made = page("en")
    assert made.payroll is not None
    total = number(sum(made.payroll["amount"]), 2)
    by_class, by_element = (row for row in read(html("en")).rows if row and row[0] == "Statutory holiday pay")
    assert by_class == ["Statutory holiday pay", total, total]
    assert {total, str(len(made.payroll))} <= set(by_element)


def test_missing_wages_are_said_and_not_shown_as_zero() -> None:
    """Without wages the pay section says so and leaves the amounts open."""
    text = render(page("en", wages=False))
    assert messages.PAY_NO_WAGES.en in text
    rows = [row for row in read(text).rows if row and row[0] == "Statutory holiday pay"]
    assert "0.00" not in rows[0]


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("kind", ["infeasible", "draft"])
def test_a_draft_is_watermarked_and_has_no_pay(kind: str, locale: Locale) -> None:
    """A draft says that it is one on every screen and never shows pay."""
    text = html(locale, kind)
    assert f'aria-hidden="true">{messages.DRAFT.in_(locale)}<' in text
    assert messages.DRAFT_NOTE.in_(locale) in text
    assert 'id="pay"' not in text


def test_an_infeasible_page_prints_the_conflict_and_the_ways_out() -> None:
    """Conflict sentences, rules by name and agents by name stand on the page."""
    seen = " ".join(read(html("en", "infeasible")).seen)
    for part in ("On 1 May 30 agents are needed", "Fewest agents on duty", "Lower the floor to 10.", NASTY[0]):
        assert part in seen


def test_a_page_without_a_draft_has_no_roster() -> None:
    """When the search found nothing, the page says so and shows neither roster nor charts."""
    text = html("zh", "nothing")
    assert messages.NO_DRAFT.zh in text
    assert 'id="roster"' not in text


def test_pay_given_with_a_draft_is_not_shown() -> None:
    """Even a caller who hands pay over with a draft does not get it on the page."""
    paid = page("en")
    assert isinstance(paid.answer, Solved)
    text = render(replace(paid, answer=OutOfTime(bound=None, draft=paid.answer.roster)))
    assert 'id="pay"' not in text


def test_the_same_page_is_rendered_twice() -> None:
    """Rendering has no clock and no chance in it."""
    assert render(page("en")) == html("en")


@pytest.mark.parametrize(("gap", "shown"), [(0.0312, "3.2 %"), (0.03, "3.0 %"), (0.00001, "0.1 %")])
def test_a_gap_is_rounded_up(gap: float, shown: str) -> None:
    """The printed limit is never below the proven one."""
    assert Words("en").above_best(gap) == shown


@pytest.mark.parametrize(("locale", "shown"), [("en", "Fri 1 May"), ("zh", "5月1日 周五")])
def test_dates_are_written_in_the_language(locale: Locale, shown: str) -> None:
    """A date has its weekday in the language of the page."""
    assert Words(locale).day(date(2026, 5, 1)) == shown


@pytest.mark.parametrize("month", [3, 10])
def test_a_clock_change_keeps_every_interval(month: int) -> None:
    """In Berlin the day of the change has 92 or 100 quarters of an hour, and the heat map still has 96 columns."""
    base = settings("en").model_dump()
    base["centre"]["timezone"] = "Europe/Berlin"
    base["intervals"] = {"minutes": 15, "open": "07:00-22:00"}
    change = date(2026, month, 29 if month == 3 else 25)
    base["period"] = {"first": change, "last": change}
    bare = Plan(
        Settings.model_validate(base), agents(2), Calendar({change: Day(change, DayClass.WEEKEND)}), pd.DataFrame()
    )
    made = replace(bare, requirement=requirement(bare.grid.starts, 1.0))
    shift = made.shifts["N22", change]
    roster = Roster.of(
        [
            Assignment("0001", change, State.WORK, shift, "sales"),
            Assignment("0002", change, State.REST),
        ]
    )
    solved = Solved(roster, 1.0, 1.0, "optimal", 1.0, 1.0)
    text = render(Page(plan=made, answer=solved, cover=cover(roster, made)))
    block = re.search(r'id="data">(.*?)</script>', text, flags=re.DOTALL)
    assert block is not None
    data = json.loads(block[1])
    assert data["day"]["days"][0]["to"] == (92 if month == 3 else 100)
    heat = data["heat"][0]["data"][0]["z"]
    assert [len(row) for row in heat] == [96]
    assert heat[0][0] is None
    assert messages.LEAD_BEST.en in text


def test_no_codes_in_pay() -> None:
    """Units are words, and a premium whose rule says nothing about how it is paid has none in place of its code."""
    known = page("zh")
    assert known.payroll is not None
    lines = known.payroll.assign(unit="point", rule_id="australia.au_saturday")
    html = render(replace(known, payroll=lines))
    assert "<td>分</td>" in html
    assert "au_saturday" not in html
