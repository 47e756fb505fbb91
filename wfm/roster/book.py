"""The rule book in force: a preset, the user's own tables over it, and the rules that are always there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from wfm.domain.errors import InputError, InputErrors
from wfm.law import preset
from wfm.law.rulebooks import presets
from wfm.roster import messages
from wfm.roster.base import GOALS, RULES, Goal, Rule
from wfm.roster.model import HARD

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from wfm.domain.settings import Settings
    from wfm.domain.text import Text
    from wfm.roster.model import Model


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules and goals a roster is solved and checked by."""

    rules: tuple[Rule, ...]
    goals: tuple[Goal, ...]

    @property
    def priced(self) -> tuple[str, ...]:
        """Kinds that cost something: the goals, then the soft rules."""
        return tuple(dict.fromkeys([*(g.kind for g in self.goals), *(r.kind for r in self.rules if not r.hard)]))

    def only(self, kinds: Iterable[str]) -> RuleBook:
        """Return the book with nothing but the goals and soft rules of some kinds."""
        wanted = set(kinds)
        rules = tuple(r for r in self.rules if r.kind in wanted and not r.hard)
        return RuleBook(rules, tuple(g for g in self.goals if g.kind in wanted))

    def post(self, model: Model) -> None:
        """Post every rule and charge every goal."""
        for rule in self.rules:
            with model.posting(rule.kind, HARD if rule.hard else rule.weight):
                for agent in model.plan.agents:
                    rule.constrain(model, agent)
                rule.constrain_roster(model)
        for goal in self.goals:
            with model.posting(goal.kind):
                goal.charge(model)

    def prices(self) -> dict[str, Text]:
        """Return by kind what costs how much, in one sentence: goals, then soft rules."""
        found = {goal.kind: goal.sentence() for goal in self.goals}
        soft = [(r.kind, messages.PRICE.fill(rule=r.sentence(), weight=r.weight)) for r in self.rules if not r.hard]
        for kind, said in soft:
            found[kind] = messages.BOTH.fill(one=found[kind], other=said) if kind in found else said
        return found


def build_book(settings: Settings) -> RuleBook:
    """Return the rule book of the settings: `[rules] preset` with the tables under `[rules.KIND]` laid over it.

    A table replaces single fields of the preset's rule; `off = true` in it takes the rule out; a list of tables
    (`[[rules.cover_floor]]`) replaces the preset's rule by several.

    Raises
    ------
    InputErrors
        When a kind or field is unknown or a value out of range; every problem is listed.
    """
    found = list(_build(settings))
    problems = _problems(found, settings)
    if problems:
        raise InputErrors(problems)
    always = [cls() for cls in RULES.values() if cls.always]
    goals = tuple(cls(settings) for cls in GOALS.values())
    return RuleBook(rules=(*always, *(f for f in found if isinstance(f, Rule))), goals=goals)


def check_settings(settings: Settings) -> list[InputError]:
    """Return every problem of the `[rules]` and `[goals]` tables, placed by key path."""
    return _problems(list(_build(settings)), settings)


def _problems(found: list[Rule | InputError], settings: Settings) -> list[InputError]:
    problems = [f for f in found if isinstance(f, InputError)]
    problems += [problem for goal in GOALS.values() for problem in goal.refuse(settings)]
    soft = {f.kind for f in found if isinstance(f, Rule) and not f.hard}
    return problems or list(_order_problems({*GOALS, *soft}, settings))


def _order_problems(priced: set[str], settings: Settings) -> Iterator[InputError]:
    """Yield what is wrong with `[goals] order`: a name that costs nothing, or a gap that would end the search early."""
    order, gap = settings.goals.order, settings.solve.target_gap
    yield from (_unknown("goals.order", kind, priced) for kind in order if kind not in priced)
    if order and gap > 0:
        yield InputError("plan.toml", None, "solve.target_gap", gap, messages.NO_GAP)


def _build(settings: Settings) -> Iterator[Rule | InputError]:
    own = dict(settings.rules)
    name = own.pop("preset", None)
    if name is not None and name not in presets():
        yield _unknown("rules.preset", name, presets())
        return
    book: dict[str, Any] = dict(preset(name)) if name is not None else {}
    for kind, table in own.items():
        laid_over = isinstance(table, Mapping) and isinstance(book.get(kind), Mapping)
        book[kind] = {**book[kind], **table} if laid_over else table
    for kind, found in book.items():
        if kind not in RULES or RULES[kind].always:
            yield _unknown(f"rules.{kind}", kind, [k for k, cls in RULES.items() if not cls.always])
            continue
        tables = found if isinstance(found, list) else [found]
        for n, table in enumerate(tables, 1):
            path = f"rules.{kind}[{n}]" if isinstance(found, list) else f"rules.{kind}"
            yield from _make(kind, table, path, settings)


def _make(kind: str, table: Any, path: str, settings: Settings) -> Iterator[Rule | InputError]:
    if not isinstance(table, Mapping):
        yield InputError("plan.toml", None, path, table, messages.TABLE)
        return
    fields = dict(table)
    off = fields.pop("off", False)
    if not isinstance(off, bool):
        yield InputError("plan.toml", None, f"{path}.off", off, messages.SWITCH)
    if off:
        return
    try:
        rule = RULES[kind](**fields)
    except ValidationError as error:
        yield from (_problem(kind, problem, path) for problem in error.errors())
        return
    queue = getattr(rule, "queue", None)
    if queue is not None and queue not in settings.queues:
        yield _unknown(f"{path}.queue", queue, settings.queues)
        return
    yield rule


def _problem(kind: str, problem: ErrorDetails, path: str) -> InputError:
    name = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return _unknown(f"{path}.{name}", name, RULES[kind].model_fields)
    value = None if problem["type"] == "missing" else problem["input"]
    return InputError("plan.toml", None, f"{path}.{name}", value, messages.expected(problem))


def _unknown(path: str, name: object, known: Iterable[str]) -> InputError:
    close = get_close_matches(str(name), known := sorted(known), n=1)
    mend = messages.CLOSE.fill(close=close[0]) if close else None
    return InputError("plan.toml", None, path, name, messages.ONE_OF.fill(known=", ".join(known)), mend)
