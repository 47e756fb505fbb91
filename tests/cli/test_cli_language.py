"""Which language a run speaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wfm.cli.language import known_locale, locale_of, start_locale
from wfm.cli.messages import PHASES
from wfm.cli.progress import line
from wfm.cli.session import session
from wfm.domain.answer import TracePoint
from wfm.roster.engine import search


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"WFM_LOCALE": "zh", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_start_locale(environment: dict[str, str], expected: str) -> None:
    """WFM_LOCALE goes before LC_ALL, that before LANG; other languages get English."""
    assert start_locale(environment) == expected


def test_the_folder_decides_unless_told_otherwise(folder: Path) -> None:
    """The language of `plan.toml` holds unless an option names another."""
    text = (folder / "plan.toml").read_text()
    (folder / "plan.toml").write_text(text.replace('locale = "en"', 'locale = "zh"'))
    assert locale_of(folder) == "zh"
    with session(folder, "en") as here:
        assert (here.locale, here.asked) == ("en", "en")
    with session(folder, None) as here:
        assert (here.locale, here.asked) == ("zh", None)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff", b"centre = [", b"centre = 3"])
def test_a_broken_folder_speaks_the_systems_language(
    tmp_path: Path, content: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A `plan.toml` that cannot be read leaves the language to the system."""
    monkeypatch.delenv("WFM_LOCALE", raising=False)
    if content is not None:
        (tmp_path / "plan.toml").write_bytes(content)
    assert locale_of(tmp_path) == start_locale()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("rest", ["", "first = 2026/6/1\n", "name = “热线”\n"])
def test_a_slip_in_the_plan_keeps_its_language(
    tmp_path: Path, encoding: str, rest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the encoding and however broken the rest: the problems are told in the language of the folder."""
    monkeypatch.setenv("WFM_LOCALE", "en")
    text = f'# 语言：locale = "en"\n[centre]\nname = "热线"\n{{}}{rest}'
    (tmp_path / "plan.toml").write_bytes(text.format('locale = "zh"   # zh 或 en\n').encode(encoding))
    assert locale_of(tmp_path) == "zh"
    (tmp_path / "plan.toml").write_bytes(text.format("").encode(encoding))
    assert locale_of(tmp_path) == "zh"


def test_known_locale() -> None:
    """A language is known by the start of its name."""
    assert [known_locale(name) for name in ("zh", "zh_TW", "EN", "fr")] == ["zh", "zh", "en", "en"]


def test_every_phase_of_a_search_has_words() -> None:
    """Whatever phase the engine notes is told in both languages."""
    noted = set(re.findall(r'clock\.note\("(\w+)"', Path(search.__file__).read_text(encoding="utf-8")))
    assert len(noted) > 5
    assert noted <= PHASES.keys()


def test_progress_in_words() -> None:
    """A step of the search is told in both languages; an unknown phase stands as it is."""
    text = line(TracePoint(3.0, "improve", 120.0, 100.0))
    assert text.en == "Improving · objective 120 · bound 100 · gap 20.0%"
    assert text.zh == "改进排班 · 目标值 120 · 下界 100 · 差距 20.0%"
    assert line(TracePoint(0.0, "polish", None, None)).en == "polish"
    assert "bound -" in line(TracePoint(1.0, "construct", 7.0, None)).en
