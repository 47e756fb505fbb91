"""The export profiles of `[export]`, and what is wrong with them before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.domain.errors import InputError, InputErrors
from wfm.domain.options import PLAN, built, problem, suggestion
from wfm.domain.own_parts import blamed
from wfm.export.base import EXPORT, EXPORTS
from wfm.export.messages import UNKNOWN_PROFILE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfm.domain.settings import Settings
    from wfm.export.base import ExportFormat


def check_settings(settings: Settings) -> list[InputError]:
    """Return every problem of `[export]`: a profile that does not exist, an option that cannot be used."""
    expected = UNKNOWN_PROFILE.fill(known=", ".join(EXPORTS))
    chosen = settings.export
    named: list[tuple[str, str, str | None]] = [("export.profiles", name, name) for name in chosen.profiles]
    named += [(f"export.{name}", name, None) for name in chosen.options]
    problems = [
        problem(path, value, expected, PLAN, suggestion(name, EXPORTS))
        for path, name, value in named
        if name not in EXPORTS
    ]
    for name in dict.fromkeys((*chosen.profiles, *chosen.options)):
        if name in EXPORTS:
            with blamed(EXPORTS[name], EXPORT):
                made = built(EXPORTS[name], chosen.options.get(name, {}), f"export.{name}")
            problems.extend(made if isinstance(made, list) else made.found(settings))
    return problems


def export_formats(settings: Settings, profiles: Sequence[str] | None = None) -> tuple[ExportFormat, ...]:
    """Return the formats of some profiles, else of `[export] profiles`, with their options, in that order.

    Raises
    ------
    InputErrors
        When `check_settings` finds a problem.
    """
    if profiles is not None:
        chosen = settings.export.model_copy(update={"profiles": tuple(profiles)})
        settings = settings.model_copy(update={"export": chosen})
    problems = check_settings(settings)
    if problems:
        raise InputErrors(problems)
    tables = settings.export.options
    return tuple(EXPORTS[name].model_validate(tables.get(name, {})) for name in settings.export.profiles)
