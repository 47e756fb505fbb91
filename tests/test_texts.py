"""Every message speaks both languages."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import string
from typing import TYPE_CHECKING

import pytest

import wfm
from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULES = [m.name for m in pkgutil.walk_packages(wfm.__path__, "wfm.") if not m.name.endswith("__main__")]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SAME = re.compile(r"[\W\d_]*(\{[^}]*\}( x |[\W\d_])*)*|WAPE|AHT|ASA|SHA-256")
"""Texts that need no translation: figures and places with the signs between them, names of measures."""


def inside(value: object, depth: int = 0) -> Iterator[Text]:
    """Yield the texts in a value: itself, or what its containers and classes hold."""
    if isinstance(value, Text):
        yield value
    elif depth < 5 and isinstance(value, dict):
        for item in value.values():
            yield from inside(item, depth + 1)
    elif depth < 5 and isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from inside(item, depth + 1)
    elif inspect.isclass(value) and value.__module__.startswith("wfm"):
        for item in vars(value).values():
            yield from inside(item, depth + 1)


def places(text: str) -> set[str]:
    """Return the names of the places that `fill` fills."""
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("module", MODULES)
def test_texts_of(module: str) -> None:
    """Each text has both languages, the Chinese one in Chinese, and both fill the same places."""
    for name, value in vars(importlib.import_module(module)).items():
        for text in inside(value):
            where = f"{module}.{name}: {text}"
            assert bool(text.en.strip()) == bool(text.zh.strip()), where
            assert CHINESE.search(text.zh) or SAME.fullmatch(text.en), where
            assert set(CHINESE.findall(text.en)) <= set(CHINESE.findall(text.zh)), where
            assert text.en != text.zh or SAME.fullmatch(text.en), where
            assert places(text.en) == places(text.zh), where


def test_there_are_texts() -> None:
    """The walk finds the messages of every floor."""
    found = {m.split(".")[1] for m in MODULES for v in vars(importlib.import_module(m)).values() if list(inside(v))}
    assert {"cli", "domain", "files", "forecast", "payroll", "pipeline", "report", "roster", "staffing"} <= found
