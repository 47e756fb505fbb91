"""The page that sets rules beside requirements, other products and the law: complete, and about rules that exist."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from wfm.law.packs import packs
from wfm.pipeline.rules import whole_pack
from wfm.roster import GOALS, RULES

DOCS = Path(__file__).parents[1] / "docs"
NUMBERS = [
    *(f"A{n}" for n in range(1, 23)),
    *(f"B{n}" for n in range(1, 11)),
    "B21",
    *(f"C{n}" for n in range(8, 12)),
    *("D5", "D7", "D8", "D11"),
]
WAYS = {"rule", "check", "ledger", "setting", "not computable"}


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the module that makes the page."""
    monkeypatch.syspath_prepend(DOCS)
    return importlib.import_module("rule_book_page")


def test_every_requirement_has_a_row(page: Any) -> None:
    """Every requirement about rosters, leave and swaps has a row in both languages that says how it is met."""
    assert list(page.ROWS) == NUMBERS
    for number, row in page.ROWS.items():
        assert set(row["by"]) <= WAYS, number
        assert all(row[key] and row["how"][key] for key in ("en", "zh")), number
        assert ("rule" not in row["by"]) or row.get("rules"), number


def test_the_page_names_rules_that_exist(page: Any) -> None:
    """Every kind of rule or goal that a row or a family names exists."""
    named = [*page.ROWS.values(), *page.FAMILIES]
    assert {kind for row in named for kind in row.get("rules", ())} - set(RULES) == set()
    assert {kind for row in named for kind in row.get("goals", ())} - set(GOALS) == set()


def test_every_rule_answers_something(page: Any) -> None:
    """Every rule is asked for by a requirement, another product's family or a law pack."""
    asked = {kind for row in (*page.ROWS.values(), *page.FAMILIES) for kind in row.get("rules", ())}
    asked |= {provision.rule for name in packs() for provision in whole_pack(name).provisions}
    assert set(RULES) - asked == set()


def test_what_three_products_have_is_there(page: Any) -> None:
    """What three of the four products document is covered, breaks inside the shift apart."""
    assert len(page.PRODUCTS) == 4
    for family in page.FAMILIES:
        assert set(family["has"]) <= set(page.PRODUCTS)
        assert family["ours"] in ("covered", "partly", "no")
        assert family["ours"] == "covered" or family["how"]
        if len(family["has"]) >= 3 and not family.get("apart"):
            assert family["ours"] == "covered", family["name"]


def test_every_provision_is_on_the_page(page: Any) -> None:
    """Every provision of every law pack stands on the page with its article, and what no roster can say with why."""
    text = "\n".join(page.rule_book())
    for name in packs():
        pack = whole_pack(name)
        assert f"### law pack {name}\n" in text
        for provision in pack.provisions:
            assert provision.article.en in text
            assert provision.article.zh in text
            assert provision.source in text
        for left in pack.not_computable:
            assert left.why.en in text
