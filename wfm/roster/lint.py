"""What is odd about a rule book: company values weaker than the law, and law packs that ask for different things."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from wfm.domain.text import Text
from wfm.roster.base import RULES, Rule, Scope
from wfm.roster.book import placed_rules
from wfm.roster.own_rules import file_of, rule_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.settings import Settings
    from wfm.roster.book import Placed

WEAKER = Text(
    en="{path}.{field} = {value} is weaker than the law, which says {other}{whom}: {article}; "
    "the law binds all the same",
    zh="{path}.{field} = {value} 低于法律要求（{other}）{whom}：{article}；仍以法律为准",
)
DIFFERENT = Text(
    en="two law packs differ on {kind}.{field}{whom}: {value} by {article}, {other} by {elsewhere}; "
    "the stricter one decides",
    zh="两个法规包对 {kind}.{field}{whom} 的规定不同：{article} 为 {value}，{elsewhere} 为 {other}；以较严者为准",
)
SOFT = Text(
    en="{path} is only a wish of the company where the law makes it a duty{whom}: {article}; "
    "the law binds all the same",
    zh="{path} 在公司制度中只是软规则，而法律规定必须遵守{whom}：{article}；仍以法律为准",
)
UNUSED = Text(
    en="{file} brings the rule {kind}, but no [rules.{kind}] switches it on",
    zh="{file} 中有规则 {kind}，但没有 [rules.{kind}] 启用它",
)

_WHOM = Text(en=" for the tag {tag}", zh="（标签 {tag}）")


def lint(settings: Settings) -> list[Text]:
    """Return every warning about the rule book of the settings."""
    placed = placed_rules(settings)
    law, company = [p for p in placed if p.is_law], [p for p in placed if not p.is_law]
    found = [warning for theirs in law for mine in company for warning in _weaker(mine, theirs)]
    found += [warning for one, other in combinations(law, 2) for warning in _different(one, other)]
    return found + list(_unused(settings))


def _unused(settings: Settings) -> Iterator[Text]:
    for kind, cls in rule_kinds(settings).items():
        if kind not in RULES and kind not in settings.rules and not cls.always:
            yield UNUSED.fill(file=file_of(cls).name, kind=kind)


def _weaker(mine: Placed, theirs: Placed) -> Iterator[Text]:
    article = theirs.rule.article
    lawful = not theirs.rule.hard or mine.rule.article == article
    if lawful or not _covers(theirs.rule.only, mine.rule.only) or not _comparable(mine.rule, theirs.rule):
        return
    said = {"path": mine.path, "article": article, "whom": _whom(theirs.rule)}
    for field, value, other in _values(mine.rule, theirs.rule):
        if _is_stricter(type(mine.rule), field, other, value):
            yield WEAKER.fill(field=field, value=f"{value:g}", other=f"{other:g}", **said)
    if not mine.rule.hard:
        yield SOFT.fill(**said)


def _different(one: Placed, other: Placed) -> Iterator[Text]:
    if one.path == other.path or one.rule.only != other.rule.only or not _comparable(one.rule, other.rule):
        return
    for field, value, elsewhere in _values(one.rule, other.rule):
        if value != elsewhere:
            yield DIFFERENT.fill(
                kind=one.rule.kind,
                field=field,
                value=f"{value:g}",
                article=one.rule.article,
                other=f"{elsewhere:g}",
                elsewhere=other.rule.article,
                whom=_whom(one.rule),
            )


def _whom(rule: Rule) -> Text | str:
    """Return the tag whose agents alone a law binds."""
    return _WHOM.fill(tag=", ".join(rule.only.tags)) if rule.only.tags else ""


def _covers(wide: Scope, narrow: Scope) -> bool:
    """Return whether every agent who fits one scope fits another."""
    parts = ((getattr(wide, part), getattr(narrow, part)) for part in Scope.model_fields)
    return all(not one or (other and set(other) <= set(one)) for one, other in parts)


def _meet(one: Rule, other: Rule) -> bool:
    """Return whether an agent could be bound by both: neither leaves out everybody whom the other is about."""
    left_out = [(scope, other.only) for scope in one.but] + [(scope, one.only) for scope in other.but]
    return not any(_covers(scope, only) for scope, only in left_out)


def _comparable(one: Rule, other: Rule) -> bool:
    """Return whether two rules limit the same thing for somebody: nothing but limits and whom they bind differs."""
    if type(one) is not type(other) or not _limits(one) or not _meet(one, other):
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
