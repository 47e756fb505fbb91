"""What is odd about a rule book: company values weaker than the law, and law packs that ask for different things."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from wfm.domain.text import Text
from wfm.roster.base import Rule
from wfm.roster.book import placed_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.settings import Settings
    from wfm.roster.book import Placed

WEAKER = Text(
    en="{path}.{field} = {value} is weaker than the law, which says {other}: {article}; the law binds all the same",
    zh="{path}.{field} = {value} 低于法律要求（{other}）：{article}；仍以法律为准",
)
DIFFERENT = Text(
    en="two law packs differ on {kind}.{field}: {value} by {article}, {other} by {elsewhere}; the stricter one decides",
    zh="两个法规包对 {kind}.{field} 的规定不同：{article} 为 {value}，{elsewhere} 为 {other}；以较严者为准",
)
SOFT = Text(
    en="{path} is only a wish of the company where the law makes it a duty: {article}; the law binds all the same",
    zh="{path} 在公司制度中只是软规则，而法律规定必须遵守：{article}；仍以法律为准",
)


def lint(settings: Settings) -> list[Text]:
    """Return every warning about the rule book of the settings; a book with errors has none."""
    placed = placed_rules(settings)
    law, company = [p for p in placed if p.is_law], [p for p in placed if not p.is_law]
    found = [warning for theirs in law for mine in company for warning in _weaker(mine, theirs)]
    return found + [warning for one, other in combinations(law, 2) for warning in _different(one, other)]


def _weaker(mine: Placed, theirs: Placed) -> Iterator[Text]:
    article = theirs.rule.article
    if not _comparable(mine.rule, theirs.rule) or mine.rule.article == article:
        return
    for field, value, other in _values(mine.rule, theirs.rule):
        if _is_stricter(type(mine.rule), field, other, value):
            yield WEAKER.fill(path=mine.path, field=field, value=value, other=other, article=article)
    if theirs.rule.hard and not mine.rule.hard:
        yield SOFT.fill(path=mine.path, article=article)


def _different(one: Placed, other: Placed) -> Iterator[Text]:
    if one.path == other.path or not _comparable(one.rule, other.rule):
        return
    for field, value, elsewhere in _values(one.rule, other.rule):
        if value != elsewhere:
            yield DIFFERENT.fill(
                kind=one.rule.kind,
                field=field,
                value=value,
                article=one.rule.article,
                other=elsewhere,
                elsewhere=other.rule.article,
            )


def _comparable(one: Rule, other: Rule) -> bool:
    """Return whether two rules limit the same thing: they differ in nothing but their limits and whom they bind."""
    if type(one) is not type(other) or not _limits(one):
        return False
    aside = {*Rule.model_fields, *_limits(one)}
    return all(getattr(one, f) == getattr(other, f) for f in type(one).model_fields if f not in aside)


def _values(one: Rule, other: Rule) -> Iterator[tuple[str, Any, Any]]:
    for field in _limits(one):
        value, elsewhere = getattr(one, field), getattr(other, field)
        if value is not None and elsewhere is not None:
            yield field, value, elsewhere


def _limits(rule: Rule) -> tuple[str, ...]:
    return (*type(rule).caps, *type(rule).floors)


def _is_stricter(cls: type[Rule], field: str, value: Any, than: Any) -> bool:
    return bool(value < than if field in cls.caps else value > than)
