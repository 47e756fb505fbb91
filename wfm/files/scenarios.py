"""`scenarios.toml` to scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.domain.errors import InputError
from wfm.domain.options import built, problem
from wfm.domain.scenario import Scenarios
from wfm.files import messages
from wfm.files.cells import BadCell
from wfm.files.findings import Findings
from wfm.files.names import Known
from wfm.files.settings_file import parse_toml
from wfm.files.toml_lines import toml_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from wfm.domain.settings import Settings


def read_scenarios(path: Path, settings: Settings) -> Scenarios:
    """Return the scenarios of a file, whose queues are those of the settings or merged from them.

    Raises
    ------
    InputErrors
        With every problem of the file: an unknown key, queue or target, a factor that is none.
    """
    findings = Findings()
    if not path.is_file():
        findings.add(InputError(path.name, None, None, None, messages.FILE_THERE, messages.WRITE_SCENARIOS))
    findings.raise_if_any()
    text, raw = parse_toml(path.read_bytes(), findings, path.name)
    findings.raise_if_any()
    made = built(Scenarios, raw, "", path.name)
    problems = made if isinstance(made, list) else strangers(made, settings, path.name)
    for error in problems:
        line = None if text is None or error.column is None else toml_line(text, error.column)
        findings.add(InputError(error.file, line, error.column, error.value, error.expected, error.mend))
    findings.raise_if_any()
    assert isinstance(made, Scenarios)
    return made


def strangers(made: Scenarios, settings: Settings, file: str) -> list[InputError]:
    """Return the queues that a scenario names and the plan does not have, and those that two mergers take."""
    return list(_strangers(made, settings, file))


def _strangers(made: Scenarios, settings: Settings, file: str) -> Iterator[InputError]:
    queues = Known(settings.queues, messages.A_QUEUE)
    for key, scenario in made.scenarios.items():
        at = f"scenarios.{key}"
        taken = [(f"{at}.merge.{new}", old) for new, parts in scenario.merge.items() for old in parts]
        factors = {"volume": scenario.volume, "aht": scenario.aht}
        by_queue = [(f"{at}.{name}.{q}", q) for name, by in factors.items() if isinstance(by, dict) for q in by]
        yield from _unknown([*taken, *by_queue], queues, file)
        goals = [(f"{at}.targets.{q}", q) for q in scenario.targets]
        left = {*settings.queues, *scenario.merge} - {old for _, old in taken}
        yield from _unknown(goals, Known(left, messages.A_QUEUE), file)
        names = [old for _, old in taken]
        yield from (problem(p, old, messages.MERGED_ONCE, file) for p, old in taken if names.count(old) > 1)
        stays = [new for new in scenario.merge if new in set(settings.queues) - set(names)]
        yield from (problem(f"{at}.merge.{new}", new, messages.NEW_QUEUE, file) for new in stays)


def _unknown(named: Iterable[tuple[str, str]], known: Known, file: str) -> Iterator[InputError]:
    for path, name in named:
        try:
            known(name)
        except BadCell as bad:
            yield InputError(file, None, path, name, bad.expected, bad.mend)
