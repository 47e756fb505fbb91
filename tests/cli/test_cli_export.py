"""`wfm export`: the list of profiles, exit codes, and both languages."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

from wfm.cli import app
from wfm.export import EXPORTS

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: object) -> Any:
    """Return the exit code of one command."""
    return app([str(a) for a in arguments], standalone_mode=False) or 0


@pytest.mark.parametrize(("locale", "words"), [("en", ["Profile", "type of leave"]), ("zh", ["格式", "姓名"])])
def test_the_list(
    locale: str, words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every profile is listed with what it writes and the personal data in it, within 80 columns, in both languages."""
    monkeypatch.setenv("COLUMNS", "80")
    assert run("export", "--list", "--locale", locale) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(cell_len, lines)) <= 80
    assert [line.split()[0] for line in lines if line[1:2].strip() and line.split()[0] in EXPORTS] == list(EXPORTS)
    assert all(word in "\n".join(lines) for word in words)


def test_the_list_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    """With `--json` the list is one object: profile, what it writes, kinds of personal data by their names in TOML."""
    assert run("export", "--list", "--json", "--locale", "en") == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [row["profile"] for row in rows] == list(EXPORTS)
    (matrix,) = (row for row in rows if row["profile"] == "matrix")
    assert matrix == {
        "profile": "matrix",
        "files": EXPORTS["matrix"].phrase.en,
        "personal": ["agent_id", "name", "team"],
    }


def test_profiles_and_changes(done: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Profiles of the call are written, what changed since a file is counted, and the places are told."""
    shutil.copy(done / "out" / "roster.csv", done / "v1.csv")
    profiles = ("--profile", "xlsx", "--profile", "neutral")
    assert run("export", done, *profiles, "--since", done / "v1.csv", "--locale", "en") == 0
    said = capsys.readouterr()
    assert "exports/neutral/" in said.out
    assert "exports/xlsx/" in said.out
    assert "0 shifts added, 0 cancelled, 0 days changed" in said.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--list"),
        (("FOLDER", "--profile", "sap"), "--profile: found 'sap'; expected an export profile: adp_paydata"),
        (("FOLDER", "--profile", "mapping"), "'export.mapping.files': expected this field, which must be given"),
        (("FOLDER", "--since", "nowhere.csv"), "nowhere.csv"),
    ],
)
def test_mistakes(done: Path, arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing folder, profile, option or file ends with exit code 2 and a message, without a traceback."""
    given = [str(done) if a == "FOLDER" else a for a in arguments]
    assert run("export", *given, "--locale", "en") == 2
    assert said in capsys.readouterr().err
