"""May she work this? Each law pack on lines derived from its articles."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pack_lines import BREAKS, KEEPS, PackLine
from roster_house import CLOCKS, MONDAY, example_plan, tokens, worked

from wfm.domain.agents import Balance
from wfm.law.packs import Provision, pack, packs
from wfm.roster.base import RULES, Example
from wfm.roster.book import build_book
from wfm.roster.verify import verify

if TYPE_CHECKING:
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation

HOUSE = CLOCKS | {"K": ("09:00", "13:00"), "M": ("06:00", "14:00"), "N": ("12:00", "20:00"), "T": ("07:00", "22:00")}
ALWAYS = {kind for kind, rule in RULES.items() if rule.always}
UNBROKEN = ("B", "K")
"""Shifts without the unpaid hour."""
SHIFTS = [
    {
        "code": code,
        "start": start,
        "end": end,
        "unpaid_breaks": [] if code in UNBROKEN else [{"after_minutes": 240, "minutes": 60}],
    }
    for code, (start, end) in HOUSE.items()
]


def situation(line: PackLine) -> tuple[Plan, Roster]:
    """Return the plan that a line is about and the roster that it writes down."""
    words = line.line.split()
    days = " ".join("D" if word in HOUSE and word not in CLOCKS else word for word in words)
    example = Example(days, tail=line.tail, agent=line.agent)
    plan = example_plan(example, "", shifts=SHIFTS, rules={"law": {line.pack: dict(line.chosen)}})
    if line.balance:
        plan = replace(plan, balances=(Balance(agent_id="A1", **line.balance),))
    codes = [word if word in HOUSE else token.code for word, token in zip(words, tokens(days), strict=True)]
    return plan, worked(plan, [[code if code in HOUSE else None for code in codes]])


def provisions(line: PackLine) -> tuple[Provision, ...]:
    """Return the provisions of the line's pack."""
    return pack(line.pack, MONDAY, line.chosen).provisions


def heard(line: PackLine) -> list[tuple[Provision, list[Violation]]]:
    """Return the provisions that speak about a line, with what they say."""
    plan, roster = situation(line)
    found = [(p, list(RULES[p.rule](**p.table()).audit(roster, plan))) for p in provisions(line)]
    return [(p, said) for p, said in found if said]


def named(line: PackLine) -> list[Provision]:
    """Return the provisions that a line names, each by words that stand in its article alone."""
    found = [[p for p in provisions(line) if words in p.article.en] for words in line.articles]
    assert [len(f) for f in found] == [1] * len(line.articles), line.articles
    return [p for (p,) in found]


def name_of(line: PackLine) -> str:
    """Return a name for the test report."""
    return f"{line.pack}: {' + '.join(line.articles)}: {line.line[:27]}"


@pytest.mark.parametrize("line", KEEPS, ids=name_of)
def test_lawful_lines_pass(line: PackLine) -> None:
    """No provision speaks about a lawful line; the one that it is close to binds the agent, or he is free of it."""
    assert [(p.article.en, [v.message.en for v in said]) for p, said in heard(line)] == []
    (close,) = named(line)
    plan, _ = situation(line)
    assert RULES[close.rule](**close.table()).binds(plan.agents[0]) or close.unless in plan.agents[0].tags


@pytest.mark.parametrize("line", BREAKS, ids=name_of)
def test_unlawful_lines_are_named(line: PackLine) -> None:
    """Exactly the broken articles speak, as bans or as prices, and each stands in its message in both languages."""
    found = heard(line)
    assert {p.article.en for p, _ in found} == {p.article.en for p in named(line)}
    for provision, said in found:
        for violation in said:
            assert violation.rule == provision.rule
            assert violation.severity == ("hard" if provision.fields["hard"] else "soft")
            assert provision.article.en in violation.message.en
            assert provision.article.zh in violation.message.zh


@pytest.mark.parametrize("line", [*KEEPS, *BREAKS], ids=name_of)
def test_the_audit_says_the_same(line: PackLine) -> None:
    """The audit of a roster under `[rules] law` says of a line exactly what the provisions say one by one."""
    plan, roster = situation(line)
    book = build_book(plan.settings)
    found = [v.message for v in verify(roster, plan, book) if v.rule not in ALWAYS]
    assert Counter(found) == Counter(v.message for _, said in heard(line) for v in said)


@pytest.mark.parametrize("name", packs())
def test_six_lines_each_way(name: str) -> None:
    """Each pack has at least six lines that pass and six that do not."""
    assert min(Counter(line.pack for line in lines)[name] for lines in (KEEPS, BREAKS)) >= 6


@pytest.mark.parametrize("name", packs())
def test_every_article_speaks(name: str) -> None:
    """Every provision of a pack is broken by some line."""
    lines = [line for line in BREAKS if line.pack == name]
    spoken = {p.article.en for line in lines for p in named(line)}
    assert {p.article.en for line in lines for p in provisions(line)} == spoken
