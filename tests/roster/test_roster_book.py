"""The rule book: presets, the user's tables over them, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from roster_house import settings

from wfm import law
from wfm.domain.errors import InputError, InputErrors
from wfm.roster import GOALS, RULES, build_book, check_settings

if TYPE_CHECKING:
    from wfm.domain.settings import Settings


def house(**rules: Any) -> Settings:
    """Return settings with the given `[rules]`."""
    return settings(date(2026, 6, 1), date(2026, 6, 30), rules=rules)


def problem(**rules: Any) -> InputError:
    """Return the one problem of the given `[rules]`."""
    (only,) = check_settings(house(**rules))
    return only


@pytest.mark.parametrize("name", law.presets())
def test_every_preset_can_be_built(name: str) -> None:
    """Every rule of every preset is in the book with its fields, and the facts about agents come first."""
    book = build_book(house(preset=name))
    facts = [kind for kind, cls in RULES.items() if cls.always]
    assert [r.kind for r in book.rules[: len(facts)]] == facts
    policy = [r for r in book.rules if not type(r).always]
    wanted = [(k, t) for k, f in law.preset(name).items() for t in (f if isinstance(f, list) else [f])]
    assert [(r.kind, {k: getattr(r, k) for k in t}) for r, (_, t) in zip(policy, wanted, strict=True)] == wanted
    assert [g.kind for g in book.goals] == list(GOALS)


def test_without_rules_only_facts_remain() -> None:
    """A centre without a rule book still keeps leave, pins and skills."""
    assert {r.kind for r in build_book(house()).rules} == {"availability", "eligibility", "pinned"}


def test_a_table_replaces_single_fields() -> None:
    """An own table changes the fields that it names and leaves those of the preset."""
    book = build_book(house(preset="iuni", rest_days={"days": 8}))
    (rule,) = (r for r in book.rules if r.kind == "rest_days")
    assert rule.model_dump(include={"days", "mode", "per", "hard"}) == {
        "days": 8,
        "mode": "exactly",
        "per": "month",
        "hard": True,
    }


def test_off_takes_a_rule_out() -> None:
    """`off = true` removes the preset's rule, `off = false` keeps it."""
    assert "rest_days" not in {r.kind for r in build_book(house(preset="iuni", rest_days={"off": True})).rules}
    assert "rest_days" in {r.kind for r in build_book(house(preset="iuni", rest_days={"off": False})).rules}


def test_a_list_replaces_all_tables_of_a_kind() -> None:
    """A list of tables gives several rules of one kind in place of the preset's."""
    book = build_book(house(preset="pos24x7", cover_floor=[{"agents": 1}, {"agents": 3, "window": "09:00-12:00"}]))
    assert [r.sentence().en for r in book.rules if r.kind == "cover_floor"] == [
        "at least 1 agents on the queues during 00:00-24:00",
        "at least 3 agents on the queues during 09:00-12:00",
    ]


@pytest.mark.parametrize(
    ("rules", "column", "value", "english", "chinese"),
    [
        ({"preset": "iunni"}, "rules.preset", "iunni", "Did you mean 'iuni'?", "是否想写“iuni”？"),
        ({"rest_day": {}}, "rules.rest_day", "rest_day", "Did you mean 'rest_days'?", "是否想写“rest_days”？"),
        ({"pinned": {"hard": False}}, "rules.pinned", "pinned", "cover_floor", "以下之一："),
        ({"rest_days": {"day": 7}}, "rules.rest_days.day", "day", "Did you mean 'days'?", "是否想写“days”？"),
        ({"rest_days": 7}, "rules.rest_days", "7", "a table of fields", "字段表"),
        ({"cover_floor": {}}, "rules.cover_floor.agents", None, "this field, which must be given", "必须给出此字段"),
        ({"cover_floor": [{"agents": 2}, {"agents": 0}]}, "rules.cover_floor[2].agents", "0", "at least 1", "不小于 1"),
        ({"cover_floor": {"agents": 2, "queue": "call"}}, "rules.cover_floor.queue", "call", "'calls'", "“calls”"),
        ({"rest_days": {"days": "seven"}}, "rules.rest_days.days", "seven", "a whole number", "整数"),
        ({"rest_days": {"days": 2.5}}, "rules.rest_days.days", "2.5", "a whole number", "整数"),
        ({"rest_days": {"mode": "about"}}, "rules.rest_days.mode", "about", "exactly, at_least", "exactly, at_least"),
        ({"rest_days": {"hard": "maybe"}}, "rules.rest_days.hard", "maybe", "true or false", "true 或 false"),
        ({"rest_days": {"off": "yes"}}, "rules.rest_days.off", "yes", "true or false", "true 或 false"),
        ({"rest_between_shifts": {"hours": 49}}, "rules.rest_between_shifts.hours", "49", "at most 48", "不大于 48"),
        ({"month_hours": {"hours": float("inf")}}, "rules.month_hours.hours", "inf", "a number", "数字"),
        ({"overtime_protection": {"hours": 0}}, "rules.overtime_protection.hours", "0", "above 0", "大于 0"),
        ({"night_eligibility": {"window": "22"}}, "rules.night_eligibility.window", "22", "22:00-06:00", "每日时段"),
        ({"night_eligibility": {"window": "7-8pm"}}, "rules.night_eligibility.window", "7-8pm", "daily span", "时段"),
        (
            {"cover_floor": {"agents": 1, "window": "08:00-09:00+1"}},
            "rules.cover_floor.window",
            "08:00-09:00+1",
            "span",
            "时段",
        ),
    ],
)
def test_what_is_refused(rules: dict[str, Any], column: str, value: str | None, english: str, chinese: str) -> None:
    """Each problem names the key path, what stands there and what was expected, in both languages."""
    found = problem(**rules)
    assert (found.file, found.column, found.value) == ("plan.toml", column, value)
    assert english in found.message.en
    assert chinese in found.message.zh


def test_a_preset_with_an_unknown_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule of a preset that nobody knows stops the run as one of the user's own does."""
    monkeypatch.setattr("wfm.roster.book.preset", lambda name: {"rest_dayz": {"days": 7}})
    assert problem(preset="iuni").column == "rules.rest_dayz"


def test_all_problems_are_raised_at_once() -> None:
    """`build_book` lists every problem of the rule book in one report."""
    with pytest.raises(InputErrors) as raised:
        build_book(house(rest_dayz={}, rest_days={"days": -1, "modus": "x"}))
    assert [e.column for e in raised.value.errors] == [
        "rules.rest_days.days",
        "rules.rest_days.modus",
        "rules.rest_dayz",
    ]


@pytest.mark.parametrize(
    ("kind", "fields", "english", "chinese"),
    [
        ("rest_days", {}, "exactly 7 rest days a month", "每月休息 7 天"),
        (
            "rest_days",
            {"days": 1, "mode": "at_least", "per": "week"},
            "at least 1 rest days a week",
            "每周至少休息 1 天",
        ),
        ("max_consecutive_days", {"days": 6, "days_by_exception": 6}, "at most 6 worked days", "连续上班不超过 6 天"),
        ("month_hours", {}, "within 8 h of 176 h", "每月工时为 176 小时，上下浮动 8 小时"),
        ("month_hours", {"basis": "work_days"}, "8 h for every day but 4", "除 4 天外每天 8 小时"),
        (
            "month_hours",
            {"hours": 165.36, "cap_only": True},
            "at most 8 h above 165.36 h",
            "不超过 165.36 小时加 8 小时",
        ),
        (
            "cover_floor",
            {"agents": 2, "queue": "calls"},
            "at least 2 agents on queue calls",
            "队列 calls 至少 2 位座席",
        ),
    ],
)
def test_sentences(kind: str, fields: dict[str, Any], english: str, chinese: str) -> None:
    """A rule says its fields in words of either language."""
    said = RULES[kind](**fields).sentence()
    assert english in said.en
    assert chinese in said.zh
    assert not set("{}") & set(said.en + said.zh)
