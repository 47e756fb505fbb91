"""Rules in files of the user: `[rules] files = ["my_rule.py"]`."""

from __future__ import annotations

import copyreg
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
    from collections.abc import Mapping
    from types import ModuleType

    from wfm.domain.settings import Settings


def rule_kinds(settings: Settings) -> Mapping[str, type[Rule]]:
    """Return every rule that the settings may name, by kind: ours and those of the user's files."""
    return known_rules(settings.rules.get("files", []))[0]


def file_of(cls: type[Rule]) -> Path:
    """Return the file that a rule is written in."""
    return Path(inspect.getfile(cls))


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
        found, wrong = _read(Path(name), f"rules.files[{n}]")
        problems += wrong
        for cls in found:
            if known.setdefault(cls.kind, cls) is not cls:
                problems.append(InputError("plan.toml", None, f"rules.files[{n}]", cls.kind, messages.NEW_KIND))
    return known, problems


def _read(path: Path, at: str) -> tuple[list[type[Rule]], list[InputError]]:
    """Return the rules of one file, and what is wrong with it."""
    try:
        classes = _classes(_module(path))
        incomplete = {cls: lacks for cls in classes if (lacks := RULES.lacking(cls))}
        for cls in classes:
            if cls not in incomplete:
                cls.illustration()
                copyreg.pickle(cls, _parcel)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a user's file raises is a problem of that file
        said = messages.READABLE_RULE.fill(error=f"{type(error).__name__}: {error}")
        return [], [InputError("plan.toml", None, at, path.name, said)]
    if not classes:
        return [], [InputError("plan.toml", None, at, path.name, messages.A_RULE_CLASS)]
    problems = [
        InputError(
            "plan.toml", None, at, path.name, messages.WHOLE_RULE.fill(name=cls.__name__, lacks=", ".join(lacks))
        )
        for cls, lacks in incomplete.items()
    ]
    return [cls for cls in classes if cls not in incomplete], problems


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
    """Return the rules of a module: its own subclasses of `Rule` that it derives no other from."""
    own = [cls for cls in vars(module).values() if inspect.isclass(cls) and cls.__module__ == module.__name__]
    rules = list(dict.fromkeys(cls for cls in own if issubclass(cls, Rule)))
    return [cls for cls in rules if not any(other is not cls and issubclass(other, cls) for other in rules)]


def _parcel(rule: Rule) -> tuple[Any, ...]:
    """Return how another process makes a rule of the user's again: by reading the file that its class is from."""
    cls = type(rule)
    return _unpacked, (str(file_of(cls)), cls.__name__, rule.__getstate__())


def _unpacked(path: str, name: str, state: dict[Any, Any]) -> Rule:
    cls: type[Rule] = getattr(_module(Path(path)), name)
    rule = cls.__new__(cls)
    rule.__setstate__(state)
    return rule
