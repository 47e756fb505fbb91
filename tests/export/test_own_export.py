"""What an export of a user's may not do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from formats_house import outgoing, plan

from wfm.domain.errors import PluginError
from wfm.domain.text import Text
from wfm.export import EXPORTS, Column, ExportFormat, Outgoing, check_settings, write_profile
from wfm.export.formats.matrix import Matrix

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wfm.export.base import Personal


class Own(ExportFormat):
    """Writes one file and says what it was told."""

    kind: ClassVar[str] = "own"
    phrase: ClassVar[Text] = Text(en="own", zh="自有")
    personal: ClassVar[tuple[Personal, ...]] = ("agent_id",)
    columns: ClassVar[tuple[Column, ...]] = (Column("id", Text(en="id", zh="工号"), "agent_id"),)

    says: Any = ("own.txt",)

    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write the names that it gets."""
        (folder / "own.txt").write_text("".join(outgoing.roster_table["name"].dropna()), encoding="utf-8")
        found: Sequence[str] = self.says
        return found


def test_it_gets_no_more_than_it_may_write(tmp_path: Path) -> None:
    """Names are gone before a format of a user's that holds no names gets the roster."""
    assert Own().written(outgoing(), tmp_path) == ("own.txt",)
    assert (tmp_path / "own.txt").read_text("utf-8") == ""


@pytest.mark.parametrize(
    ("says", "said"),
    [
        (None, "None, which is no list of names of files"),
        ("own.txt", "'own.txt', which is no list of names of files"),
        ((), "other names than those of the files it wrote: own.txt"),
        (("own.txt", "more.txt"), "other names than those of the files it wrote: more.txt"),
        (("own.txt", "../own.txt"), "other names than those of the files it wrote: ../own.txt"),
        (("own.txt", "own.txt"), "other names than those of the files it wrote"),
    ],
)
def test_other_names_are_refused(tmp_path: Path, says: Any, said: str) -> None:
    """A format that names other files than it wrote is told so, and gets no sidecar."""
    with pytest.raises(PluginError, match="own failed at test_own_export.py:") as raised:
        write_profile(Own(says=says), outgoing(), tmp_path)
    assert f"write gave {said}" in raised.value.message.en
    assert not (tmp_path / "totals.json").exists()


@pytest.mark.parametrize(("gives", "said"), [(["a problem"], "problems gave what is no"), (None, "TypeError")])
def test_its_problems_are_problems(monkeypatch: pytest.MonkeyPatch, gives: Any, said: str) -> None:
    """A format that finds something else than problems in its options is named."""
    monkeypatch.setattr(EXPORTS, "_found", {**EXPORTS, "own": Own})
    settings = plan().settings.model_copy(
        update={"export": plan().settings.export.model_copy(update={"profiles": ("own",)})}
    )
    assert check_settings(settings) == []
    monkeypatch.setattr(Own, "problems", lambda *_: gives)
    with pytest.raises(PluginError, match=said):
        check_settings(settings)


def test_ours_is_not_excused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A format of ours that fails is a bug of ours."""

    def fail(*_: object) -> Sequence[str]:
        raise KeyError("ours")

    monkeypatch.setattr(Matrix, "write", fail)
    with pytest.raises(KeyError, match="ours"):
        write_profile(Matrix(), outgoing(), tmp_path)
