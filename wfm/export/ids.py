"""What a target system calls our agents and shifts: the maps in its options, complete or refused."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from wfm.domain.errors import InputErrors
from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wfm.domain.errors import InputError
    from wfm.domain.plan import Plan
    from wfm.domain.settings import Settings
    from wfm.export.base import ExportFormat

SHOWN = 12
"""Names listed in a message; the rest is cut."""
EACH_SHIFT = Text(en="an entry for every shift; missing: {missing}", zh="每个班次各一项；缺少：{missing}")
A_SHIFT = Text(en="a shift code of plan.toml: {known}", zh="plan.toml 中的班次代码：{known}")
EACH_AGENT = Text(
    en="an entry for every agent (or no table at all, then our ids are sent); missing: {missing}",
    zh="每名人员各一项（或整表省略，直接使用本系统工号）；缺少：{missing}",
)
ONE_AGENT = Text(
    en="an id of its own for every agent; {agents} share this one", zh="每人唯一的编号；{agents} 共用了该编号"
)


def listed(names: Iterable[str]) -> str:
    """Return names for a message, cut after the first dozen.

    Examples
    --------
    >>> listed(["D8", "N20"])
    'D8, N20'
    """
    every = list(names)
    return ", ".join(every[:SHOWN]) + (", …" if len(every) > SHOWN else "")


def unknown_shifts(form: ExportFormat, key: str, given: Mapping[str, object], settings: Settings) -> list[InputError]:
    """Return a problem for each key of an option that should be a shift code and is none."""
    codes = [template.code for template in settings.shifts]
    known = A_SHIFT.fill(known=listed(codes))
    return [form.wrong(f"{key}.{code}", value, known) for code, value in given.items() if code not in codes]


def shift_problems(form: ExportFormat, key: str, given: Mapping[str, object], settings: Settings) -> list[InputError]:
    """Return what is wrong with an option that maps every shift: an unknown code, shifts without an entry."""
    missing = [template.code for template in settings.shifts if template.code not in given]
    incomplete = [form.wrong(key, None, EACH_SHIFT.fill(missing=listed(missing)))] if missing else []
    return unknown_shifts(form, key, given, settings) + incomplete


def agent_ids(form: ExportFormat, key: str, given: Mapping[str, str], plan: Plan) -> Mapping[str, str]:
    """Return the target's id of every agent of the plan; our own ids when the map is empty.

    Raises
    ------
    InputErrors
        When agents lack an entry, or two have the same.
    """
    agents = list(plan.by_id)
    if not given:
        return dict(zip(agents, agents, strict=True))
    missing = [agent for agent in agents if agent not in given]
    problems = [form.wrong(key, None, EACH_AGENT.fill(missing=listed(missing)))] if missing else []
    found = {agent: given[agent] for agent in agents if agent in given}
    for shared in (theirs for theirs, count in Counter(found.values()).items() if count > 1):
        sharing = (agent for agent, theirs in found.items() if theirs == shared)
        problems.append(form.wrong(key, shared, ONE_AGENT.fill(agents=listed(sharing))))
    if problems:
        raise InputErrors(problems)
    return found
