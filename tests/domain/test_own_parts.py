"""Who is named when a part fails: the user's class with its place, and never ours for it or it for ours."""

from __future__ import annotations

import errno
import inspect
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from wfm.domain.errors import PluginError, SettingsError
from wfm.domain.own_parts import Family, blamed, breach, is_own, lacking
from wfm.domain.text import Text
from wfm.payroll.elements.nights import NightAllowance
from wfm.payroll.examples import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

TOY = Family(name=Text(en="toy", zh="玩具"), instead=Text(en="buy another", zh="另买一个"))


class Top:
    """A part of a user's: spins as it is told."""

    kind: ClassVar[str] = "top"

    def __init__(self, spin: Callable[[], Any]) -> None:
        self.told = spin

    def spin(self) -> Any:
        """Return what it was told."""
        return self.told()


def failing(error: BaseException) -> Callable[[], Any]:
    """Return what raises an error."""

    def fail() -> Any:
        raise error

    return fail


def blame(top: Top) -> str:
    """Return what is said about a top that fails."""
    with pytest.raises(PluginError) as raised, blamed(top, TOY):
        top.spin()
    assert raised.value.__cause__ is not None
    return raised.value.message.en


@pytest.mark.parametrize("error", [KeyError("x"), SystemExit(3), OSError(errno.EACCES, "no"), RecursionError("deep")])
def test_whatever_it_raises_is_told(error: BaseException) -> None:
    """Class, file, line and error are told, for an exit and a refusal of the system too."""
    said = blame(Top(failing(error)))
    line = inspect.getsourcelines(failing)[1] + 4
    assert f"the toy top failed at test_own_parts.py:{line} ({type(error).__name__}: {error}), in the class Top" in said
    assert "mend that file or buy another" in said


def test_an_error_of_many_lines_is_one_line() -> None:
    """The sentence has one line and an end, whatever the error says."""
    said = blame(Top(failing(ValueError("a\nb" * 500))))
    assert "\n" not in said
    assert len(said) < 500


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(errno.ENOSPC, "full"),
        KeyboardInterrupt(),
        SettingsError(Text(en="a setting", zh="设置")),
    ],
    ids=lambda e: type(e).__name__,
)
def test_what_is_nobodys_mistake_passes(error: BaseException) -> None:
    """Too little memory, a full disk, Ctrl-C and what is said for the user already are left as they are."""
    with pytest.raises(type(error)) as raised, blamed(Top(failing(error)), TOY):
        Top(failing(error)).spin()
    assert raised.value is error


def test_ours_is_never_blamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pay element of ours that fails is a bug of ours: its error comes through as it is."""
    monkeypatch.setattr(NightAllowance, "lines", lambda *_: failing(KeyError("ours"))())
    with pytest.raises(KeyError, match="ours"):
        EXAMPLES["nights"].lines("nights")
    monkeypatch.setattr(NightAllowance, "lines", lambda *_: None)
    with pytest.raises(TypeError):
        EXAMPLES["nights"].lines("nights")


class OwnNights(NightAllowance):
    """A pay element of a user's that does nothing of its own."""

    kind: ClassVar[str] = "own_nights"


def test_what_is_inherited_from_ours_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """When nothing of the user's ran, a failure inside our code stays ours."""
    monkeypatch.setattr("wfm.payroll.elements.nights.line_of", None)
    with pytest.raises(TypeError):
        list(OwnNights().booked(EXAMPLES["nights"].month()))


def test_a_breach_is_placed_at_the_method() -> None:
    """What a method must not give is told with the method's first line, in both languages."""
    said = breach(Top(list), TOY, "spin", Text(en="no spin", zh="不转")).message
    line = inspect.getsourcelines(Top.spin)[1]
    assert f"the toy top failed at test_own_parts.py:{line} (spin gave no spin), in the class Top" in said.en
    assert f"玩具 top 在 test_own_parts.py:{line} 出错（spin 返回：不转），位于类 Top；" in said.zh
    assert said.zh.endswith("；请修正该文件，或另买一个")


class Half(ABC):
    """A class that is not whole."""

    kind: ClassVar[Any] = 7

    @abstractmethod
    def spin(self) -> None:
        """Do nothing."""


def test_what_a_class_lacks() -> None:
    """A part that is absent, of the wrong type, or a method that is not written is lacking."""
    assert lacking(Half, ("kind", "phrase", "good")) == ["phrase", "good", "kind", "spin"]


@pytest.mark.parametrize(("cls", "own"), [(Top, True), (NightAllowance, False), (str, False)])
def test_whose_a_class_is(cls: type, own: bool) -> None:
    """Only classes of neither the product nor what it is made of are the user's."""
    assert is_own(cls) is own
