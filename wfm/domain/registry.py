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
from wfm.domain.own_parts import lacking, place_of, where
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
    parts
        What every class says beside its methods.
    """

    def __init__(self, base: type[T], package: str, group: str, parts: tuple[str, ...] = ("kind", "phrase")) -> None:
        self._base, self._package, self._group, self._parts = base, package, group, parts
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

    def lacking(self, cls: type) -> list[str]:
        """Return what a class does not say of what every class of the family says."""
        return lacking(cls, self._parts)

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
            except (Exception, SystemExit) as error:
                said = " ".join(filter(None, (f"{type(error).__name__}: {error}", place_of(error))))
                raise PluginError(_UNLOADED.fill(point=point.value, group=self._group, error=said)) from error
            if not (inspect.isclass(cls) and issubclass(cls, self._base)):
                raise PluginError(_NOT_ONE.fill(point=point.value, base=self._base.__name__))
            if lacks := self.lacking(cls):
                raise PluginError(_LACKS.fill(name=cls.__name__, place=where(cls), lacks=", ".join(lacks)))
            yield cls


_UNLOADED = Text(
    en="plug-in {point!r} of group {group!r} cannot be loaded: {error}",
    zh="“{group}”组的插件“{point}”无法加载：{error}",
)
_NOT_ONE = Text(en="plug-in {point!r} is not a {base}", zh="插件“{point}”不是 {base}")
_LACKS = Text(
    en="the plug-in class {name} at {place} lacks {lacks}; mend that file or uninstall its package",
    zh="插件类 {name}（{place}）缺少 {lacks}；请修正该文件，或卸载其所在的包",
)
