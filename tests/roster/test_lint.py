"""What is odd about a rule book: values weaker than the law, packs that differ, rules that nothing switches on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from own_rule_page import KIND, rule_file
from roster_house import MONDAY, settings

from wfm.roster import lint

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.domain.text import Text


def warnings(**rules: Any) -> list[Text]:
    """Return the warnings about a rule book."""
    return lint(settings(MONDAY, MONDAY, rules=rules))


@pytest.mark.parametrize("preset", ["iuni", "pos24x7", "chat26", "cn-standard"])
def test_a_preset_alone_is_not_odd(preset: str) -> None:
    """No preset is odd without a law pack beside it."""
    assert warnings(preset=preset) == []


def test_a_weaker_value_names_the_article() -> None:
    """A company value weaker than the law is a warning with both values and the article; a stricter one is none."""
    (found,) = warnings(preset="iuni", law=["cn-standard"])
    assert "rules.max_consecutive_days.days_by_exception = 7 is weaker than the law, which says 6" in found.en
    assert "Labour Law, article 38" in found.en
    assert "rules.max_consecutive_days.days_by_exception = 7 低于法律要求（6）" in found.zh
    assert "《劳动法》第三十八条" in found.zh
    assert warnings(preset="iuni", law=["cn-standard"], max_consecutive_days={"days_by_exception": 5}) == []


def test_a_wish_where_the_law_binds() -> None:
    """A company rule that is soft where the law is hard is a warning."""
    rules = {"preset": "cn-standard", "law": ["cn-standard"], "rest_days": {"hard": False}}
    assert [w.en.split(":")[0] for w in warnings(**rules)] == [
        "rules.rest_days is only a wish of the company where the law makes it a duty"
    ]


def test_what_the_law_asks_for_some_is_no_measure_for_all() -> None:
    """A company value for everybody is not weaker than one for minors; one for minors is."""
    assert warnings(rest_between_shifts={"hours": 11}, law=["eu"]) == []
    (found,) = warnings(rest_between_shifts={"hours": 11, "only": {"tags": ["minor"]}}, law=["eu"])
    assert "hours = 11 is weaker than the law, which says 12 for the tag minor: Directive 94/33/EC" in found.en
    assert "低于法律要求（12）（标签 minor）：指令 94/33/EC" in found.zh


def test_rules_that_never_meet_are_not_compared() -> None:
    """A company value for agents whom the law leaves out is not weaker than it, nor one that leaves the tag out."""
    mean = {"hours": 60, "weeks": 17}
    assert warnings(mean_hours={**mean, "only": {"tags": ["opted_out"]}}, law=["eu"]) == []
    assert len(warnings(mean_hours={**mean, "only": {"teams": ["night"]}}, law=["eu"])) == 1
    some = {"hours": 11, "only": {"tags": ["minor"], "teams": ["night"]}}
    assert len(warnings(rest_between_shifts=some, law=["eu"])) == 1
    assert warnings(rest_between_shifts={**some, "but": [{"tags": ["minor", "trainee"]}]}, law=["eu"]) == []


def test_packs_on_different_tags_do_not_differ() -> None:
    """A limit for minors in one pack and one for agents under 16, or for all, in another are no difference."""
    told = [w.en for w in warnings(law=["uk", "hk", "tw", "us-flsa"])]
    assert [w.split(":")[0] for w in told] == ["two law packs differ on shift_hours.max_hours"]


def test_overrides_are_compared_too() -> None:
    """An override for a team that is weaker than the law is a warning with its own path."""
    (found,) = warnings(rest_between_shifts={"hours": 11, "team": {"night": {"hours": 9}}}, law=["eu"])
    assert found.en.startswith("rules.rest_between_shifts.team.night.hours = 9 is weaker than the law, which says 11")


def test_two_packs_that_differ_name_both_articles() -> None:
    """Where two packs differ, both values and both articles are told."""
    (found,) = warnings(law=["eu", "au-ma000023"])
    assert "differ on rest_between_shifts.hours" in found.en
    assert "11 by Directive 2003/88/EC, article 3" in found.en
    assert "10 by Contract Call Centres Award 2020" in found.en
    assert "《2020" in found.zh


def test_an_own_rule_without_a_table(tmp_path: Path) -> None:
    """A rule of a listed file that no table switches on is told: it would be skipped in silence."""
    files = [str(rule_file(tmp_path))]
    (found,) = warnings(files=files)
    assert found.en == (
        "free_after_weekend.py brings the rule free_after_weekend, but no [rules.free_after_weekend] switches it on"
    )
    assert warnings(files=files, **{KIND: {}}) == []
