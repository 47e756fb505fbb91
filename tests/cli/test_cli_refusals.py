"""What the system will not read or write is told like any other problem of the user's."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

import pytest
from typer import Exit

from wfm.cli import app
from wfm.cli.session import REFUSALS, session

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: object) -> Any:
    """Return the exit code of one command."""
    return app([str(a) for a in arguments], standalone_mode=False)


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_names_the_file_and_the_reason(code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """No permission, a full disk and the like end with 2, the name and the reason, without a traceback."""
    with pytest.raises(Exit) as ended, session(None, "en"):
        raise OSError(code, os.strerror(code), "nowhere/agents.csv")
    assert ended.value.exit_code == 2
    assert capsys.readouterr().err == f"nowhere/agents.csv: {REFUSALS[code].en}\n"


def test_other_errors_of_the_system_stay_bugs() -> None:
    """An error of the system that no user can mend keeps its traceback."""
    with pytest.raises(OSError, match="strange"), session(None, "en"):
        raise OSError(errno.EDOM, "strange")
    with pytest.raises(FileNotFoundError), session(None, "en"):
        raise FileNotFoundError(errno.ENOENT, "lost", __file__ + ".lost")


@pytest.mark.parametrize("verb", ["plan", "roster"])
def test_a_folder_that_cannot_be_written_is_told_before_the_search(
    folder: Path, verb: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for a roster that has no place to go to."""
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    monkeypatch.setattr("wfm.roster.solve", lambda *a, **k: pytest.fail("searched"))
    assert run(verb, folder) == 2
    assert "does not let us" in capsys.readouterr().err


def test_a_file_called_out_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file in the place of the output folder stops the run and stays; nothing is left beside it."""
    (folder / "out").write_text("mine")
    before = sorted(folder.iterdir())
    assert run("plan", folder, "--locale", "zh") == 2
    assert "文件占用了文件夹的位置" in capsys.readouterr().err
    assert (folder / "out").read_text() == "mine"
    assert sorted(folder.iterdir()) == before


def test_a_table_without_a_folder_to_go_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--out` into a folder that is not there is told with its path."""
    table = tmp_path / "calls.csv"
    table.write_text("offered,aht_seconds\n100,180\n")
    lost = tmp_path / "nowhere" / "answers.csv"
    assert run("staff", "--table", table, "--target", "80/20", "--out", lost) == 2
    assert str(lost) in capsys.readouterr().err


def test_a_narrow_terminal_keeps_every_number(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table that is wider than the terminal is printed whole."""
    monkeypatch.setenv("COLUMNS", "40")
    app(["staff", str(folder)], standalone_mode=False)
    narrow = capsys.readouterr().out.split()
    monkeypatch.setenv("COLUMNS", "200")
    app(["staff", str(folder)], standalone_mode=False)
    wide = capsys.readouterr().out.split()
    assert [word for word in narrow if "%" in word] == [word for word in wide if "%" in word]
    assert any("%" in word for word in wide)
