"""Law packs: dated data, asked for by name, date and choices."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest

from wfm import law
from wfm.domain.errors import SettingsError
from wfm.law.packs import Pack, Provision, choices, pack, pack_in_force, packs
from wfm.roster.base import RULES

TODAY = date(2026, 6, 1)
CHOSEN = {
    "cn-comprehensive": {"cycle": "quarter", "approval": "2026-001"},
    "jp-36": {"agreement": "2026-04"},
}


def whole(name: str) -> Pack:
    """Return everything that a pack has held since it is complete."""
    since = pack(name, TODAY, CHOSEN.get(name, {})).since
    return pack_in_force(name, since, date.max, CHOSEN.get(name, {}))


def overlap(one: Provision, other: Provision) -> bool:
    """Return whether two provisions hold on a common day."""
    return one.first <= (other.last or date.max) and other.first <= (one.last or date.max)


def limits(provision: Provision) -> tuple[Any, ...]:
    """Return what tells provisions apart that may hold beside each other."""
    fields = dict(provision.fields)
    special = (fields.get(name) for name in ("what", "per", "months"))
    return provision.rule, provision.tag, provision.unless, fields["hard"], *special


def test_there_are_nine() -> None:
    """Nine law packs ship with the product."""
    assert packs() == (
        "au-ma000023",
        "cn-comprehensive",
        "cn-standard",
        "eu",
        "hk",
        "jp-36",
        "tw",
        "uk",
        "us-flsa",
    )


@pytest.mark.parametrize("name", packs())
def test_every_provision_is_a_rule(name: str) -> None:
    """Every provision is a known rule with fields that it accepts, and carries its article."""
    for provision in whole(name).provisions:
        rule = RULES[provision.rule](**provision.table())
        assert rule.article == provision.article
        assert rule.hard == provision.fields["hard"]


@pytest.mark.parametrize("name", packs())
def test_everything_has_its_source(name: str) -> None:
    """Every provision names an article in both languages and where it was read; what is left out has its reason."""
    found = whole(name)
    texts = [found.title, found.instrument]
    texts += [p.article for p in found.provisions] + [p.note for p in found.provisions if p.note]
    texts += [t for n in found.not_computable for t in (n.article, n.why)]
    assert all(text.en and text.zh for text in texts)
    assert all(p.source for p in found.provisions)
    assert found.provisions
    assert found.not_computable


@pytest.mark.parametrize("name", packs())
def test_dates_are_in_order(name: str) -> None:
    """A provision ends after it begins, and two versions of one limit never hold on the same day."""
    found = whole(name)
    dated = [(p.first, p.last) for p in found.provisions] + [(n.first, n.last) for n in found.not_computable]
    assert all(last is None or first <= last for first, last in dated)
    for one, other in combinations(found.provisions, 2):
        assert limits(one) != limits(other) or not overlap(one, other), one.article


@pytest.mark.parametrize("name", packs())
def test_a_pack_is_complete_from_its_date(name: str) -> None:
    """On the first day of a pack every limit that it has today is there already."""
    found = whole(name)
    first = pack(name, found.since, CHOSEN.get(name, {}))
    last = pack(name, date.max, CHOSEN.get(name, {}))
    assert {limits(p) for p in first.provisions} == {limits(p) for p in last.provisions}


def test_pack_on_a_date() -> None:
    """The Chinese month has 166.64 standard hours on the last day of 2024 and 165.36 on the next."""
    hours = [
        [p.fields["hours"] for p in pack("cn-standard", day).provisions if p.rule == "overtime_protection"]
        for day in (date(2024, 12, 31), date(2025, 1, 1))
    ]
    assert hours == [[166.64], [165.36]]


@pytest.mark.parametrize("day", [date(2008, 1, 3), date(2024, 12, 31), date(2025, 1, 1), TODAY])
def test_month_hours_agree_with_pay(day: date) -> None:
    """The mean month of the pack is the one by which overtime is paid, on every date."""
    paid = law.pay_parameters("CN", day)["month_hours_mean"].value
    provisions = {p.rule: p for p in pack("cn-standard", day).provisions}
    assert Decimal(str(provisions["overtime_protection"].fields["hours"])) == paid
    cycles = [p for p in pack("cn-comprehensive", day, CHOSEN["cn-comprehensive"]).provisions if "cycle" in p.fields]
    mean_days = [round(Decimal(p.fields["work_days"]) / 12, 2) for p in cycles]
    assert [days * 8 for days in mean_days] == [paid, paid]


def test_a_change_inside_the_period_is_told() -> None:
    """A period over a change of law gets both versions with their dates, and the day of the change."""
    found = pack_in_force("cn-standard", date(2024, 12, 16), date(2025, 1, 15))
    months = [p for p in found.provisions if p.rule == "overtime_protection"]
    assert [(p.first, p.last) for p in months] == [
        (date(2008, 1, 3), date(2024, 12, 31)),
        (date(2025, 1, 1), None),
    ]
    assert found.changes == (date(2025, 1, 1),)
    assert pack_in_force("cn-standard", date(2025, 1, 1), date(2025, 1, 31)).changes == ()


def test_what_cannot_be_computed_is_dated() -> None:
    """Hong Kong's continuous contract asks for 17 h a week from 2026-01-18 and for 18 h before."""
    change = date(2026, 1, 18)
    before, after = (
        [n.why.en for n in pack("hk", day).not_computable if "continuous" in n.why.en]
        for day in (change - timedelta(days=1), change)
    )
    assert len(before) == len(after) == 1
    assert "18 h" in before[0]
    assert "17 h" in after[0]


def test_not_yet_in_force() -> None:
    """A pack that does not hold yet on the first day of the period is refused with its date."""
    with pytest.raises(SettingsError, match="jp-36 is not in force on 2019-03-31: it holds from 2019-04-01"):
        pack_in_force("jp-36", date(2019, 3, 31), date(2019, 4, 30), CHOSEN["jp-36"])


def test_unknown_pack() -> None:
    """An unknown pack is refused with the list of names."""
    with pytest.raises(SettingsError, match="'cn-standart'; write one of: au-ma000023, cn-comprehensive"):
        pack("cn-standart", TODAY)


@pytest.mark.parametrize(
    ("name", "chosen", "said"),
    [
        ("cn-comprehensive", {"cycle": "month"}, "cn-comprehensive needs approval: the reference of the approval"),
        ("cn-comprehensive", {"cycle": "month", "approval": " "}, "cn-comprehensive needs approval"),
        ("cn-comprehensive", {"approval": "2026-001"}, "cn-comprehensive needs cycle"),
        ("cn-comprehensive", {"cycle": "decade", "approval": "1"}, "cycle = 'decade'; write one of: week, month"),
        ("jp-36", {}, "jp-36 needs agreement"),
        ("eu", {"cycle": "month"}, "eu asks for no 'cycle'; it asks for: nothing"),
    ],
)
def test_choices_are_asked_for(name: str, chosen: dict[str, str], said: str) -> None:
    """A choice that is missing, blank, unknown or not offered is refused by name."""
    with pytest.raises(SettingsError, match=said):
        pack(name, TODAY, chosen)


def test_a_choice_fills_its_field() -> None:
    """The chosen cycle is that of both limits on the hours of the cycle, and the pack remembers what was chosen."""
    found = pack("cn-comprehensive", TODAY, CHOSEN["cn-comprehensive"])
    cycles = [p.fields["cycle"] for p in found.provisions if p.rule == "hours_cycle"]
    assert cycles == ["quarter", "quarter"]
    assert found.chosen == {"cycle": "quarter", "approval": "2026-001", "basis": "mean"}
    assert [(c.name, c.default) for c in choices("cn-comprehensive")] == [
        ("cycle", None),
        ("basis", "mean"),
        ("approval", None),
    ]


def test_overtime_is_that_of_the_acts() -> None:
    """36 h a month in China; 45 and 360 h in Japan, or 720, 100 and means of 80; 46 h in Taiwan, or 54 and 138."""
    asked: tuple[tuple[str, dict[str, str]], ...] = (
        ("cn-standard", {}),
        ("jp-36", {}),
        ("jp-36", {"special_clause": "agreed"}),
        ("tw", {}),
        ("tw", {"overtime": "54"}),
    )
    found = [
        [
            (p.fields["per"], p.fields.get("months", 1), p.fields["at_most"])
            for p in pack(name, TODAY, {**CHOSEN.get(name, {}), **chosen}).provisions
            if p.rule == "overtime_limit"
        ]
        for name, chosen in asked
    ]
    means = [("rolling", n, 80 * n) for n in range(2, 7)]
    assert found == [
        [("month", 1, 36)],
        [("month", 1, 45), ("year", 1, 360)],
        [("year", 1, 720), ("month", 1, 99.99), *means],
        [("month", 1, 46)],
        [("month", 1, 54), ("rolling", 3, 138)],
    ]


def test_a_choice_picks_the_provision() -> None:
    """A day has 8 hours by law, and 11 where longer days were agreed; the article follows."""
    found = [
        [
            (p.fields["max_hours"], p.article.en.split(": ")[0])
            for p in pack("cn-standard", TODAY, chosen).provisions
            if p.rule == "shift_hours"
        ]
        for chosen in ({}, {"overtime": "agreed"})
    ]
    assert found[0][0][0] == 8
    assert found[1] == [(11, "Labour Law, article 41")]


@pytest.mark.parametrize("name", packs())
def test_every_offer_is_lawful(name: str) -> None:
    """Whatever is offered can be chosen, and gives rules that can be built; a default is among the offers."""
    for choice in choices(name):
        assert choice.default is None or choice.default in choice.one_of
        for offer in choice.one_of:
            found = pack(name, TODAY, {**CHOSEN.get(name, {}), choice.name: offer})
            assert [RULES[p.rule](**p.table()) for p in found.provisions]


def test_tags_become_scopes() -> None:
    """A provision with a tag binds only agents who carry it; one with an exception leaves those agents free."""
    mean, night = (p.table() for p in pack("uk", TODAY).provisions if p.rule == "mean_hours")
    assert mean["but"] == ({"tags": ("opted_out",)},)
    assert night["only"] == {"tags": ("night_worker",)}
    assert "only" not in mean
    assert "but" not in night


def test_the_preset_draws_on_the_pack() -> None:
    """The preset of the same name holds the latest of the pack for all agents, word for word, and one rule of ours."""
    latest = {p.rule: dict(p.fields) for p in pack("cn-standard", date.max).provisions}
    preset = dict(law.preset("cn-standard"))
    assert preset.pop("rest_between_shifts") == {"hours": 11, "hard": True}
    assert preset == latest
    sources = law.preset_sources("cn-standard")
    assert all(sources[p.rule].en.startswith(p.article.en) for p in pack("cn-standard", date.max).provisions)
    assert all(p.tag is None and p.unless is None for p in pack("cn-standard", date.max).provisions)


def test_a_pack_cannot_be_spoilt() -> None:
    """The fields of a provision are read-only."""
    fields: Any = pack("eu", TODAY).provisions[0].fields
    with pytest.raises(TypeError):
        fields["hours"] = 0
