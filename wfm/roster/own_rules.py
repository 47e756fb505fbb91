"""Rules in files of the user: `[rules] files = ["my_rule.py"]`."""

from __future__ import annotations

import hashlib
import inspect
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wfm.domain.errors import InputError
from wfm.roster import messages
from wfm.roster.base import RULES, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import ModuleType


def known_rules(files: object) -> tuple[Mapping[str, type[Rule]], list[InputError]]:
    """Return every rule by kind, ours and those of the user's files, and what is wrong with the files.

    Parameters
    ----------
    files
        Paths of Python files; a file is read again when its text has changed.
    """
    known: dict[str, type[Rule]] = dict(RULES)
    problems: list[InputError] = []
    if not isinstance(files, list | tuple) or not all(isinstance(name, str) for name in files):
        return known, [InputError("plan.toml", None, "rules.files", files, messages.PATHS)]
    for n, name in enumerate(files, 1):
        at = f"rules.files[{n}]"
        try:
            found = _classes(_module(Path(name)))
        except Exception as error:  # noqa: BLE001 - whatever a user's file raises is told as a problem of that file
            problems.append(InputError("plan.toml", None, at, name, messages.READABLE_RULE.fill(error=_short(error))))
            continue
        if not found:
            problems.append(InputError("plan.toml", None, at, name, messages.A_RULE_CLASS))
        for cls in found:
            if known.setdefault(cls.kind, cls) is not cls:
                problems.append(InputError("plan.toml", None, at, cls.kind, messages.NEW_KIND))
    return known, problems


def _module(path: Path) -> ModuleType:
    """Return a file as a module; the same one while its text stays the same, so that its rules stay equal."""
    text = path.read_bytes()
    name = f"wfm_own_rule_{path.stem}_{hashlib.sha256(text).hexdigest()[:12]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"not a Python file: {path.name}")
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _classes(module: ModuleType) -> list[type[Rule]]:
    return [cls for cls in _members(module) if cls.__module__ == module.__name__ and not inspect.isabstract(cls)]


def _members(module: ModuleType) -> Iterable[Any]:
    return (cls for _, cls in inspect.getmembers(module, inspect.isclass) if issubclass(cls, Rule))


def _short(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
