"""Layers of a rule book: preset, own tables, overrides, law packs; and where each value comes from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from roster_house import MONDAY, agent, settings

from wfm import law
from wfm.domain.text import Text
from wfm.roster import Placed, Scope, build_book, check_settings, placed_rules, strangers

if TYPE_CHECKING:
    from wfm.domain.agents import Agent
    from wfm.domain.settings import Settings


def house(**rules: Any) -> Settings:
    """Return the settings of the house with a rule book."""
    return settings(MONDAY, MONDAY, rules=rules)


def days_of(person: Agent, **rules: Any) -> list[int]:
    """Return the rest days that bind an agent."""
    return [p.rule.days for p in rest_days(**rules) if p.rule.binds(person)]  # type: ignore[attr-defined]


def rest_days(**rules: Any) -> list[Placed]:
    """Return the rules about rest days of a book."""
    return [p for p in placed_rules(house(**rules)) if p.rule.kind == "rest_days"]


LAYERS = {
    "preset": "iuni",
    "rest_days": {
        "days": 8,
        "team": {"night": {"days": 9}},
        "contract": {"half": {"days": 10}},
        "tag": {"senior": {"days": 11}, "trainer": {"days": 12}},
        "agent": {"A7": {"days": 13}},
    },
}


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({}, 8),
        ({"team": "night"}, 9),
        ({"contract": "half"}, 10),
        ({"team": "night", "contract": "half"}, 10),
        ({"team": "night", "tags": ("senior",)}, 11),
        ({"contract": "half", "tags": ("trainer",)}, 12),
        ({"tags": ("senior", "trainer")}, 12),
        ({"agent_id": "A7", "team": "night", "contract": "half", "tags": ("senior", "trainer")}, 13),
    ],
)
def test_the_most_special_override_binds_alone(fields: dict[str, Any], days: int) -> None:
    """One rule binds each agent: agent before tag before contract before team, and of two tags the one written last."""
    assert days_of(agent(1, **fields), **LAYERS) == [days]


def test_every_value_knows_its_layer() -> None:
    """Each field has the layer that it comes from, those that nobody gave have none."""
    found = {p.path: {name: text.en for name, text in p.origins.items()} for p in rest_days(**LAYERS)}
    assert found["rules.rest_days"] == {
        "days": "plan.toml",
        "mode": "preset iuni",
        "per": "preset iuni",
        "hard": "preset iuni",
    }
    assert found["rules.rest_days.team.night"]["days"] == "plan.toml, team night"
    assert found["rules.rest_days.team.night"]["mode"] == "preset iuni"
    assert found["rules.rest_days.tag.senior"]["days"] == "plan.toml, tag senior"


def test_an_override_can_take_a_rule_out() -> None:
    """`off = true` for a team frees the team, and nobody else."""
    rules = {"preset": "iuni", "rest_days": {"team": {"night": {"off": True}}}}
    assert days_of(agent(1, team="night"), **rules) == []
    assert days_of(agent(1), **rules) == [7]


def test_overrides_alone_bind_nobody_else() -> None:
    """Without a preset and without fields of its own, a table of overrides makes no rule for the others."""
    rules = {"rest_days": {"team": {"night": {"days": 8}}}}
    assert days_of(agent(1, team="night"), **rules) == [8]
    assert days_of(agent(1), **rules) == []


def test_an_override_keeps_the_scope_of_its_table() -> None:
    """A table that binds some agents only is overridden among them."""
    rules = {"rest_days": {"days": 8, "only": {"tags": ["senior"]}, "team": {"night": {"days": 9}}}}
    assert days_of(agent(1, tags=("senior",)), **rules) == [8]
    assert days_of(agent(1, tags=("senior",), team="night"), **rules) == [9]
    assert days_of(agent(1, team="night"), **rules) == []


def test_a_list_has_overrides_of_its_own() -> None:
    """In a list of tables, each may have overrides, placed by its number."""
    tables = [{"days": 1, "per": "week", "mode": "at_least"}, {"days": 7, "team": {"night": {"days": 8}}}]
    assert [p.path for p in rest_days(rest_days=tables)] == [
        "rules.rest_days[1]",
        "rules.rest_days[2]",
        "rules.rest_days[2].team.night",
    ]
    assert days_of(agent(1, team="night"), rest_days=tables) == [1, 8]


def test_law_packs_bind_beside_the_company_rules() -> None:
    """A law pack adds its rules, each with its article; the company's stay as they are."""
    placed = rest_days(preset="iuni", law=["cn-standard"])
    assert [(p.is_law, p.path) for p in placed] == [(True, "rules.law.cn-standard"), (False, "rules.rest_days")]
    assert placed[0].rule.article is not None
    assert "38" in placed[0].rule.article.en
    assert {text.en for text in placed[0].origins.values()} == {"law pack cn-standard"}


def test_a_provision_for_some_binds_them_only() -> None:
    """What a pack asks for minors binds agents with that tag; what it grants those who opted out frees them."""
    binding = [p.rule for p in placed_rules(house(law=["uk"]))]
    minors = [rule for rule in binding if rule.only == Scope(tags=("minor",))]
    assert minors
    assert not any(rule.binds(agent(1)) for rule in minors)
    assert all(rule.binds(agent(1, tags=("minor",))) for rule in minors)
    free = [rule for rule in binding if rule.but == (Scope(tags=("opted_out",)),)]
    assert free
    assert not any(rule.binds(agent(1, tags=("opted_out",))) for rule in free)


def test_a_changed_rule_has_no_article() -> None:
    """A rule of a preset that draws on the law has the article; once the user changed it, it has none."""
    ours = [p.rule.article for p in rest_days(preset="cn-standard")]
    changed = [p.rule.article for p in rest_days(preset="cn-standard", rest_days={"days": 2})]
    assert isinstance(ours[0], Text)
    assert changed == [None]


def test_all_presets_and_packs_are_books() -> None:
    """Every preset and every pack that needs no choice builds without a problem."""
    for preset in law.presets():
        assert check_settings(house(preset=preset)) == []
    for pack in ("au-ma000023", "cn-standard", "eu", "hk", "tw", "uk", "us-flsa"):
        assert len(build_book(house(law=[pack])).rules) > 3


@pytest.mark.parametrize(
    ("rules", "column", "english", "chinese"),
    [
        ({"law": "eu"}, "rules.law", 'such as ["eu"]', "法规包列表"),
        ({"law": ["euu"]}, "rules.law.euu", "unknown law pack 'euu'", "未知的法规包“euu”"),
        ({"law": ["cn-comprehensive"]}, "rules.law.cn-comprehensive", "needs cycle", "需要填写 cycle"),
        ({"law": {"eu": {"x": "1"}}}, "rules.law.eu", "asks for no 'x'", "没有“x”这一项"),
        ({"rest_days": {"team": "night"}}, "rules.rest_days.team", "one table of fields per name", "每个名称一张"),
        ({"rest_days": {"team": {"night": 8}}}, "rules.rest_days.team.night", "a table of fields", "字段表"),
        ({"rest_days": {"team": {"n": {"day": 8}}}}, "rules.rest_days.team.n.day", "Did you mean 'days'", "“days”"),
        ({"rest_days": {"only": {"team": ["n"]}}}, "rules.rest_days.only.team", "Did you mean 'teams'", "“teams”"),
        ({"rest_days": {"but": [{"tag": ["n"]}]}}, "rules.rest_days.but.0.tag", "Did you mean 'tags'", "“tags”"),
        ({"rest_days": {"only": {"teams": "n"}}}, "rules.rest_days.only.teams", 'such as ["a", "b"]', "列表"),
        ({"rest_days": {"article": "x"}}, "rules.rest_days.article", 'en = "…", zh = "…"', "两种语言"),
    ],
)
def test_what_is_refused(rules: dict[str, Any], column: str, english: str, chinese: str) -> None:
    """What is wrong with a layer is told with its key path and what was expected, in both languages."""
    (found,) = check_settings(house(**rules))
    assert (found.file, found.column) == ("plan.toml", column)
    assert english in found.message.en
    assert chinese in found.message.zh


def test_a_pack_that_is_not_yet_in_force() -> None:
    """A period before a pack holds is refused with the date from which it does."""
    old = settings(date(2000, 1, 1), date(2000, 1, 31), rules={"law": ["eu"]})
    (found,) = check_settings(old)
    assert "it holds from 2004-08-02" in found.message.en
    assert "自 2004-08-02 起适用" in found.message.zh


def test_strangers() -> None:
    """Teams, contracts, tags and agents that a rule names and the staff list does not know are problems, once each."""
    rules = {
        "preset": "iuni",
        "law": ["eu"],
        "rest_days": {"team": {"nigth": {"days": 8}}, "agent": {"A9": {"off": True}}},
        "month_hours": {"only": {"contracts": ["ful"]}, "but": [{"tags": ["seniors", "no_night"]}]},
    }
    found = strangers(house(**rules), [agent(1, team="night", tags=("senior",))])
    assert {(e.column, e.value) for e in found} == {
        ("rules.rest_days.team.nigth", "nigth"),
        ("rules.month_hours.only.contracts", "ful"),
        ("rules.month_hours.but.tags", "seniors"),
        ("rules.rest_days.agent.A9", "A9"),
    }
    said = {e.value: e.message for e in found}
    assert "Did you mean 'night'?" in said["nigth"].en
    assert "是否想写“full”？" in said["ful"].zh
    assert strangers(house(law=["eu", "uk"]), [agent(1)]) == []
