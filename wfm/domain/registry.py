"""The one plug-in mechanism: classes found by walking a package, and by entry points.

Rules, goals, forecasters, pay elements and export formats are all registered the same way: a class with a
`kind` string in a module of its own. A module that cannot be imported stops the run: a labour rule that is
skipped silently is a breach of law.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points
from typing import ClassVar, Generic, Protocol, TypeVar

from wfm.domain.errors import PluginError
from wfm.domain.text import Text


class HasKind(Protocol):
    """Anything with a name of its own."""

    kind: ClassVar[str]


T = TypeVar("T", bound=HasKind)


class Registry(Mapping[str, type[T]], Generic[T]):
    """The classes of one plug-in family by `kind`, found on first use.

    Parameters
    ----------
    base
        The family's base class; concrete subclasses are collected.
    package
        Dotted name of the package whose modules hold one class each.
    group
        Entry-point group of classes in other distributions, for instance `"wfm.rules"`.
    """

    def __init__(self, base: type[T], package: str, group: str) -> None:
        self._base, self._package, self._group = base, package, group
        self._found: dict[str, type[T]] | None = None

    def __getitem__(self, kind: str) -> type[T]:
        return self._load()[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._load())

    def __len__(self) -> int:
        return len(self._load())

    def add(self, cls: type[T]) -> None:
        """Register one class by hand; raises `PluginError` when its kind is taken by another class."""
        self._put(self._load(), cls)

    def _load(self) -> dict[str, type[T]]:
        if self._found is None:
            found: dict[str, type[T]] = {}
            for cls in [*self._walk(), *self._entry_points()]:
                self._put(found, cls)
            self._found = dict(sorted(found.items()))
        return self._found

    def _put(self, found: dict[str, type[T]], cls: type[T]) -> None:
        if found.setdefault(cls.kind, cls) is not cls:
            raise PluginError(
                Text(
                    en=f"two classes call themselves {cls.kind!r}: {found[cls.kind].__module__} and {cls.__module__}",
                    zh=f"两个类使用同一名称“{cls.kind}”：{found[cls.kind].__module__} 与 {cls.__module__}",
                )
            )

    def _walk(self) -> Iterator[type[T]]:
        package = importlib.import_module(self._package)
        for module_info in pkgutil.iter_modules(package.__path__, self._package + "."):
            module = importlib.import_module(module_info.name)
            yield from (
                cls
                for _, cls in inspect.getmembers(module, inspect.isclass)
                if cls.__module__ == module.__name__ and issubclass(cls, self._base) and not inspect.isabstract(cls)
            )

    def _entry_points(self) -> Iterator[type[T]]:
        for point in entry_points(group=self._group):
            try:
                cls = point.load()
            except Exception as error:
                raise PluginError(
                    Text(
                        en=f"plug-in {point.value!r} of group {self._group!r} cannot be loaded: {error}",
                        zh=f"“{self._group}”组的插件“{point.value}”无法加载：{error}",
                    )
                ) from error
            if not (inspect.isclass(cls) and issubclass(cls, self._base)):
                raise PluginError(
                    Text(
                        en=f"plug-in {point.value!r} is not a {self._base.__name__}",
                        zh=f"插件“{point.value}”不是 {self._base.__name__}",
                    )
                )
            yield cls
