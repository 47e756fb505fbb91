"""Rules, manuals and rule books for people, or as one JSON object."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from wfm.cli import rules_messages as m
from wfm.cli.messages import ITEM
from wfm.cli.show import show_table
from wfm.pipeline.manual import SHARED, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wfm.cli.session import Session
    from wfm.domain.text import Text
    from wfm.pipeline.manual import FieldManual
    from wfm.pipeline.rule_book import Book, InForce
    from wfm.pipeline.rules import Entry, Use


def show_catalogue(here: Session, entries: Sequence[Entry]) -> None:
    """Print every rule, then every goal, in one sentence with its source."""
    if here.as_json:
        here.give(_split(entries, map(asdict, entries)))
        return
    found = _split(entries, [_row(here, entry) for entry in entries])
    if found["rules"]:
        show_table(here, found["rules"], ("rule", "phrase", "source"))
    if found["goals"]:
        show_table(here, [{"goal": row["rule"], "counts": row["phrase"]} for row in found["goals"]], ("goal", "counts"))


def _row(here: Session, entry: Entry) -> dict[str, Any]:
    return {"rule": entry.kind, "phrase": here.say(entry.phrase), "source": here.say(entry.source)}


def _split(entries: Iterable[Entry], rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {"rules": [], "goals": []}
    for entry, row in zip(entries, rows, strict=True):
        found["goals" if entry.is_goal else "rules"].append(row)
    return found


def explain(here: Session, entries: Sequence[Entry]) -> None:
    """Print the manual of some rules and goals."""
    if here.as_json:
        here.give(_split(entries, map(asdict, entries)))
        return
    for n, entry in enumerate(entries):
        if n:
            typer.echo()
        _explain(here, entry)


def _explain(here: Session, entry: Entry) -> None:
    _wrapped(entry.kind + (f" ({here.say(m.ALWAYS)})" if entry.always else ""))
    _wrapped(here.say(entry.phrase), 2)
    for paragraph in entry.manual.split("\n\n"):
        typer.echo()
        _wrapped(" ".join(paragraph.split()))
    if not entry.is_goal:
        _fields(here, entry)
        _examples(here, entry)
    if entry.uses:
        typer.echo(f"\n{here.say(m.USED)}")
    for use in entry.uses:
        _use(here, use)


def _fields(here: Session, entry: Entry) -> None:
    """Print what may be set; nothing for a rule that nobody sets."""
    if entry.always:
        return
    own = [field for field in entry.fields if field.name not in SHARED]
    if own:
        show_table(here, [_field(here, field) for field in own], ("field", "default", "meaning"))
    _wrapped(here.say(m.EVERY_RULE))


def _examples(here: Session, entry: Entry) -> None:
    for head, lines in ((m.KEPT, entry.good), (m.BROKEN, entry.bad)):
        if lines:
            typer.echo("\n".join([f"\n{here.say(head)}", *(f"  {line}" for line in lines)]))
    _wrapped(here.say(m.NOTATION))


def _field(here: Session, field: FieldManual) -> dict[str, Any]:
    choices = ", ".join(field.one_of)
    meaning = here.say(m.ONE_OF.fill(meaning=field.meaning, choices=choices)) if choices else field.meaning
    default = here.say(m.REQUIRED) if field.default is None else field.default or "-"
    return {"field": field.name, "default": default, "meaning": meaning}


def _use(here: Session, use: Use) -> None:
    fields = ", ".join(f"{name} = {written(value)}" for name, value in use.fields.items())
    _wrapped(here.say(m.USE.fill(place=use.place, fields=fields) if fields else use.place), 2)
    if use.source is not None:
        _wrapped(here.say(use.source), 4)


def show_book(here: Session, book: Book) -> None:
    """Print the rules and goals in force, each in one sentence with where it comes from."""
    if here.as_json:
        here.give(_book_facts(book))
        return
    rows = [
        {
            "rule": rule.kind,
            "severity": "hard" if rule.hard else "soft",
            "phrase_in_force": "\n".join([here.say(rule.sentence), *_scope(here, rule)]),
            "origin": "\n".join(here.say(text) for text in (rule.origin, rule.source) if text is not None),
        }
        for rule in book.rules
    ]
    show_table(here, rows, ("rule", "severity", "phrase_in_force", "origin"))
    _goals(here, book)


def _goals(here: Session, book: Book) -> None:
    show_table(
        here, [{"goal": kind, "counts": here.say(said)} for kind, said in book.goals.items()], ("goal", "counts")
    )


def _scope(here: Session, rule: InForce) -> list[str]:
    return [] if rule.scope is None else [here.say(m.SCOPE.fill(scope=rule.scope))]


def _book_facts(book: Book) -> dict[str, Any]:
    rules = [{**asdict(rule), "origin": asdict(rule.origin)} for rule in book.rules]
    return {"rules": rules, "goals": [{"goal": kind, "sentence": asdict(said)} for kind, said in book.goals.items()]}


def show_book_of(here: Session, book: Book, agent_id: str) -> None:
    """Print the rules that bind one agent, with every value and the layer that it comes from; then the goals."""
    if here.as_json:
        here.give({"agent_id": agent_id, **_book_facts(book)})
        return
    for rule in book.rules:
        _one_in_force(here, rule)
    _goals(here, book)


def _one_in_force(here: Session, rule: InForce) -> None:
    """Print one rule: its sentence, whom it binds, its values with their origins, its source."""
    hard = here.say(m.HARD if rule.hard else m.SOFT.fill(weight=rule.weight))
    _wrapped(f"{rule.kind} ({hard if rule.values else here.say(rule.origin)})")
    for text in (here.say(rule.sentence), *_scope(here, rule)):
        _wrapped(text, 2)
    table = Table.grid("", "", padding=(0, 3, 0, 0))
    for value in rule.values:
        table.add_row(f"{value.name} = {value.value or '-'}", here.say(value.origin))
    if rule.values:
        Console().print(Padding(table, (0, 0, 0, 4)))
    if rule.source is not None:
        _wrapped(here.say(m.SOURCE.fill(source=rule.source)), 4)
    typer.echo()


def show_warnings(here: Session, warnings: Sequence[Text]) -> None:
    """Print what is odd about a rule book."""
    if here.as_json:
        here.give({"warnings": [asdict(text) for text in warnings]})
        return
    for text in warnings:
        _wrapped(here.say(ITEM.fill(text=text)))
    if not warnings:
        typer.echo(here.say(m.NOTHING_ODD))


def _wrapped(text: str, indent: int = 0) -> None:
    """Print a text, wrapped at the width of the terminal, Chinese characters counted double."""
    Console().print(Padding(Line(text), (0, 0, 0, indent), expand=False))
