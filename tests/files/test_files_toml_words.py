"""What is said about text that is no TOML: in both languages, with a mend for what input methods write."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from files_folder import PLAN, write_folder

from wfm.domain.errors import InputErrors
from wfm.files import read_folder
from wfm.files.toml_words import told

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = (
    "a",
    "a 1",
    "a = ",
    "a = 1 2",
    "a = [1",
    "a = {b = 1",
    "a = {b = 1, b = 2}",
    "a = {b = 1}\na.c = 2",
    "a = 1\na = 2",
    "[a]\n[a]",
    "[a",
    "[[a",
    "[[a]",
    "[a]\n[[a]]",
    "a = 1\n[a.b]",
    "a = 1\n[[a]]",
    "a.b = 1\n[a]\nb.c = 1",
    "a.b = 1\n[a]",
    'a = "b',
    'a = """b',
    "a = 'b",
    "a = 'b\nc'",
    'a = "\\q"',
    'a = "\\',
    'a = "\\uzzzz"',
    'a = "\\ud800"',
    "a = 2026-02-30",
    "a = {b = 1\n}",
    "a = 1 \x01",
    "# \x01",
    "[电话]",
    "电话 = 1",
)


@pytest.mark.parametrize("text", BROKEN)
def test_no_english_stands_in_the_chinese_message(text: str) -> None:
    """Whatever the reader of TOML says, the Chinese message says it in Chinese."""
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads(text)
    message, _ = told(str(raised.value), text)
    assert re.sub(r"'.*'|\(.*\)|TOML|Unicode", "", message.zh).isascii() is False
    assert re.findall("[A-Za-z]{3,}", re.sub(r"TOML|Unicode", "", message.zh)) == []


def test_words_of_another_version_are_kept() -> None:
    """A message that is not known stands as it is."""
    message, mend = told("Something new (at line 1, column 1)", "a")
    assert "Something new" in message.en
    assert "Something new" in message.zh
    assert mend is not None


@pytest.mark.parametrize(
    ("old", "new", "mend"),
    [
        ('name = "', "name = “", "half width"),
        ('name = "', 'name ＝ "', "half width"),
        ("[queues.sales]", "[queues.销售]", "quotes"),
        ("first = 2026-05-01", "first = 2026/5/1", "2026-05-01"),
        ('start = "08:00"', "start = 8:00", "quotes"),
        ('code = "D8"', "code = D8", "quotes"),
        ("minutes = 30", "minutes = True", "small letters"),
    ],
)
def test_slips_of_an_input_method_are_mended(tmp_path: Path, old: str, new: str, mend: str) -> None:
    """Full-width signs, bare names, dates with slashes and bare times: the message says what to write."""
    assert old in PLAN
    write_folder(tmp_path, plan=PLAN.replace(old, new, 1))
    with pytest.raises(InputErrors) as raised:
        read_folder(tmp_path)
    (problem,) = raised.value.errors
    assert problem.mend is not None
    assert mend in problem.mend.en
    assert new.split(" = ")[0] in str(problem.value)
