"""Parts of the product that a user wrote: what they lack, and who is named when one of them fails.

A rule, forecaster, pay element or export of the user's that raises is a `PluginError` with its class, file, line and
error. What fails inside the product is a bug of ours and passes through as it is.
"""

from __future__ import annotations

import errno
import inspect
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from wfm.domain.errors import PluginError, WfmError, shorten
from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from traceback import FrameSummary

FOREIGN = frozenset({"wfm", "pydantic", "abc", "builtins", "typing"})
"""Packages whose classes a part is derived from and that no user wrote."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What the system says of a full disk: nobody's mistake."""
LONGEST = 300
"""Characters of an error that are told."""


@dataclass(frozen=True, slots=True)
class Family:
    """Parts of one kind, as people are told about them.

    Attributes
    ----------
    name
        What one is called.
    instead
        What to do without it.
    """

    name: Text
    instead: Text


def is_own(cls: type) -> bool:
    """Return whether a class is none of ours."""
    return cls.__module__.split(".")[0] not in FOREIGN


def lacking(cls: type, parts: tuple[str, ...]) -> list[str]:
    """Return what a class does not say of what every class of its family says, methods included."""
    empty = [name for name in parts if not getattr(cls, name, None)]
    wrong = [name for name, kind in (("kind", str), ("phrase", Text)) if not isinstance(getattr(cls, name, None), kind)]
    return list(dict.fromkeys([*empty, *wrong, *sorted(getattr(cls, "__abstractmethods__", ()))]))


@contextmanager
def blamed(part: object, family: Family) -> Iterator[None]:
    """Name a part that is not ours when it raises inside; what is ours passes through.

    Parameters
    ----------
    part
        The part or its class.

    Raises
    ------
    PluginError
        With what the part raised, and the last line of its file on the way there.
    """
    try:
        yield
    except (WfmError, MemoryError):
        raise
    except (Exception, SystemExit) as error:
        cls = part if isinstance(part, type) else type(part)
        frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename != __file__]
        own = [frame for frame in frames if frame.filename in _files(cls)]
        ours = not is_own(cls) or (not own and len(frames) > 1)
        if ours or (isinstance(error, OSError) and error.errno in FULL):
            raise
        said = f"{type(error).__name__}: {error}"
        raise _failure(cls, family, _place(own) or where(cls), Text(en=said, zh=said)) from error


def breach(part: object, family: Family, method: str, said: Text) -> PluginError:
    """Return the error of a part whose method gave what its contract forbids."""
    cls = type(part)
    return _failure(cls, family, where(cls, method), _GAVE.fill(method=method, said=said))


def where(cls: type, method: str | None = None) -> str:
    """Return file and line of a class, or of a method of it: `pay.py:12`; the module where no file is known."""
    what = inspect.unwrap(getattr(cls, method)) if method else cls
    try:
        return f"{Path(inspect.getfile(what)).name}:{inspect.getsourcelines(what)[1]}"
    except (OSError, TypeError):
        return cls.__module__


def place_of(error: BaseException) -> str:
    """Return file and line where a module that was being loaded raised; empty when it was not even found."""
    return _place([f for f in extract_tb(error.__traceback__) if "importlib" not in f.filename][1:])


def _place(frames: list[FrameSummary]) -> str:
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def _files(cls: type) -> set[str]:
    """Return the files of a class and of the user's classes that it is derived from."""
    own = [base for base in cls.__mro__ if is_own(base)]
    files = {getattr(sys.modules.get(base.__module__), "__file__", None) for base in own}
    methods = [value for base in own for value in vars(base).values() if inspect.isfunction(value)]
    return {name for name in files if name} | {method.__code__.co_filename for method in methods}


def _failure(cls: type, family: Family, place: str, error: Text) -> PluginError:
    flat = Text(en=shorten(error.en, LONGEST), zh=shorten(error.zh, LONGEST))
    kind = getattr(cls, "kind", cls.__name__)
    names = {"family": family.name, "kind": kind, "name": cls.__name__, "instead": family.instead}
    return PluginError(_RAISED.fill(place=place, error=flat, **names))


_RAISED = Text(
    en="the {family} {kind} failed at {place} ({error}), in the class {name}; mend that file or {instead}",
    zh="{family} {kind} 在 {place} 出错（{error}），位于类 {name}；请修正该文件，或{instead}",
)
_GAVE = Text(en="{method} gave {said}", zh="{method} 返回：{said}")
