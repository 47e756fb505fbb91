"""The rule book in force: a preset, the user's own tables over it, and the rules that are always there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pydantic import ValidationError

from wfm.domain.errors import InputError, InputErrors
from wfm.domain.own_parts import blamed
from wfm.domain.phrases import SWITCH
from wfm.law import preset
from wfm.law.rulebooks import preset_articles, presets
from wfm.roster import messages
from wfm.roster.base import GOALS, RULE, Goal, Rule, Scope
from wfm.roster.layers import GROUPS, LAW_PATH, Laid, Misplaced, chosen_law, company_book, law_book
from wfm.roster.model import HARD
from wfm.roster.own_rules import known_rules, rule_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.settings import Settings
    from wfm.domain.text import Text
    from wfm.roster.model import Model


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules and goals a roster is solved and checked by."""

    rules: tuple[Rule, ...]
    goals: tuple[Goal, ...]
    origins: tuple[Mapping[str, Text], ...] = ()
    """For each rule, by field, the layer that its value comes from; fields that are not named have their defaults."""

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
            with model.posting(rule.kind, HARD if rule.hard else rule.weight), blamed(rule, RULE):
                for agent in rule.bound(model.plan).agents:
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


@dataclass(frozen=True, slots=True)
class Placed:
    """A rule with where it stands in the settings and where each of its values comes from."""

    rule: Rule
    path: str
    origins: Mapping[str, Text]

    @property
    def is_law(self) -> bool:
        """Whether a law pack asks for it."""
        return self.path.startswith(LAW_PATH)


def build_book(settings: Settings) -> RuleBook:
    """Return the rule book of the settings.

    `[rules] preset` and `law` name what ships with the product, `files` the user's own rules; the tables under
    `[rules.KIND]` are laid over the preset (see `wfm.roster.layers`).

    Raises
    ------
    InputErrors
        When a kind, field, file or pack is unknown or a value out of range; every problem is listed.
    """
    found = list(_build(settings))
    problems = _problems(found, settings)
    if problems:
        raise InputErrors(problems)
    placed = [f for f in found if isinstance(f, Placed)]
    always = [cls() for cls in rule_kinds(settings).values() if cls.always]
    goals = tuple(cls(settings) for cls in GOALS.values())
    origins = (*({} for _ in always), *(p.origins for p in placed))
    return RuleBook((*always, *(p.rule for p in placed)), goals, origins)


def book_for(plan: Plan) -> RuleBook:
    """Return the rule book of a plan that knows everything its rules need.

    Raises
    ------
    InputErrors
        As `build_book` does, and when a rule refuses the plan.
    """
    book = build_book(plan.settings)
    problems = [problem for rule in book.rules for problem in rule.refuse(rule.bound(plan))]
    if problems:
        raise InputErrors(dict.fromkeys(problems))
    return book


def check_settings(settings: Settings) -> list[InputError]:
    """Return every problem of the `[rules]` and `[goals]` tables, placed by key path."""
    return _problems(list(_build(settings)), settings)


def placed_rules(settings: Settings) -> list[Placed]:
    """Return the rules of the settings, without those that are always there; those with errors are left out."""
    return [p for p in _build(settings) if isinstance(p, Placed)]


def strangers(settings: Settings, agents: Iterable[Agent]) -> list[InputError]:
    """Return every team, contract, tag and agent that a rule names and the staff list does not know.

    Law packs name tags that nobody may have: minors, night workers.
    """
    agents = tuple(agents)
    known = {
        "team": {a.team for a in agents},
        "contract": set(settings.contracts),
        "tag": {tag for a in agents for tag in a.tags} | {"no_night", "no_overtime"},
        "agent": {a.agent_id for a in agents},
    }
    found: dict[str, InputError] = {}
    for placed in placed_rules(settings):
        for group, names in known.items():
            for path, name in () if placed.is_law else _named(placed, group, settings):
                if name not in names:
                    found[path] = _unknown(path, name, names)
    return list(found.values())


def _named(placed: Placed, group: str, settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield every name of a group in the scopes of a rule, with the key path of where it was written."""
    table = settings.rules.get(placed.rule.kind)
    overrides = table.get(group, {}) if isinstance(table, Mapping) else {}
    for part, scopes in (("only", (placed.rule.only,)), ("but", placed.rule.but)):
        for name in (name for scope in scopes for name in getattr(scope, GROUPS[group])):
            here = f"rules.{placed.rule.kind}.{group}.{name}"
            yield (here if name in overrides else f"{placed.path}.{part}.{GROUPS[group]}"), name


def _problems(found: list[Placed | InputError], settings: Settings) -> list[InputError]:
    problems = [f for f in found if isinstance(f, InputError)]
    problems += [problem for goal in GOALS.values() for problem in goal.refuse(settings)]
    soft = {f.rule.kind for f in found if isinstance(f, Placed) and not f.rule.hard}
    return problems or list(_order_problems({*GOALS, *soft}, settings))


def _order_problems(priced: set[str], settings: Settings) -> Iterator[InputError]:
    """Yield what is wrong with `[goals] order`: a name that costs nothing, or a gap that would end the search early."""
    order, gap = settings.goals.order, settings.solve.target_gap
    yield from (_unknown("goals.order", kind, priced) for kind in order if kind not in priced)
    if order and gap > 0:
        yield InputError("plan.toml", None, "solve.target_gap", gap, messages.NO_GAP)


def _build(settings: Settings) -> Iterator[Placed | InputError]:
    own = dict(settings.rules)
    name, files, law = own.pop("preset", None), own.pop("files", []), chosen_law(own.pop("law", []))
    known, problems = known_rules(files)
    yield from problems
    if name is not None and name not in presets():
        yield _unknown("rules.preset", name, presets())
        return
    if law is None:
        yield InputError("plan.toml", None, "rules.law", settings.rules["law"], messages.LAW)
    shipped, articles = ({}, {}) if name is None else (preset(name), preset_articles(name))
    period = settings.period
    for laid in (*law_book(law or {}, period.first, period.last), *company_book(shipped, name, articles, own)):
        if isinstance(laid, Misplaced):
            yield InputError("plan.toml", None, laid.path, laid.value, laid.expected)
        elif laid.kind not in known or known[laid.kind].always:
            yield _unknown(f"rules.{laid.kind}", laid.kind, [k for k, cls in known.items() if not cls.always])
        else:
            yield from _make(known[laid.kind], laid, settings)


def _make(cls: type[Rule], laid: Laid, settings: Settings) -> Iterator[Placed | InputError]:
    fields = dict(laid.fields)
    off = fields.pop("off", False)
    if not isinstance(off, bool):
        yield InputError("plan.toml", None, f"{laid.path}.off", off, SWITCH)
    if off:
        return
    try:
        rule = cls(**fields)
    except ValidationError as error:
        yield from (_problem(cls, problem, laid.path) for problem in error.errors())
        return
    queue = getattr(rule, "queue", None)
    if queue is not None and queue not in settings.queues:
        yield _unknown(f"{laid.path}.queue", queue, settings.queues)
        return
    yield Placed(rule, laid.path, laid.origins)


def _problem(cls: type[Rule], problem: ErrorDetails, path: str) -> InputError:
    at = ".".join([path, *(str(part) for part in problem["loc"])])
    if problem["type"] == "extra_forbidden":
        known = cls if len(problem["loc"]) == 1 else Scope
        return _unknown(at, problem["loc"][-1], known.model_fields)
    value = None if problem["type"] == "missing" or not problem["loc"] else problem["input"]
    return InputError("plan.toml", None, at, value, messages.expected(problem))


def _unknown(path: str, name: object, known: Iterable[str]) -> InputError:
    close = get_close_matches(str(name), known := sorted(known), n=1)
    mend = messages.CLOSE.fill(close=close[0]) if close else None
    return InputError("plan.toml", None, path, name, messages.ONE_OF.fill(known=", ".join(known)), mend)
