"""Help, version and usage errors in both languages."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

COMMANDS = (
    "init",
    "plan",
    "forecast",
    "backtest",
    "reforecast",
    "accuracy",
    "staff",
    "simulate",
    "whatif",
    "import",
    "roster",
    "explain",
    "check",
    "export",
    "report",
    "rules",
    "leave",
    "swap",
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def wfm(*arguments: str, locale: str = "en") -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own: help texts are chosen at start-up."""
    environment = {**os.environ, "WFM_LOCALE": locale, "COLUMNS": "80", "NO_COLOR": "1"}
    command = [sys.executable, "-c", "from wfm.cli import app; app(prog_name='wfm')", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_help_lists_the_commands() -> None:
    """`wfm --help` lists every command."""
    text = wfm("--help").stdout
    assert [name for name in COMMANDS if not re.search(rf"\b{name}\b", text)] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_help_in_chinese_has_no_english_sentence(name: str) -> None:
    """Chinese help has a Chinese text on every line that explains something, and no line is cut."""
    text = wfm(name, "--help", locale="zh").stdout
    lines = [line.strip("│╭╰─╮╯ ") for line in text.splitlines() if line.strip("│╭╰─╮╯ ")]
    assert [line for line in lines if not CHINESE.search(line)] == []
    assert "…" not in text.replace("命令 …", "")


@pytest.mark.parametrize(
    "arguments",
    [("plan",), ("plan", "x", "--sed", "1"), ("nothing",), ("plan", "x", "--seed", "y"), ("plan", "x", "y")],
)
def test_usage_errors_are_refused_in_the_users_language(arguments: tuple[str, ...]) -> None:
    """A usage error ends with exit code 2 and says what is wrong in Chinese."""
    done = wfm(*arguments, locale="zh")
    assert done.returncode == 2
    assert CHINESE.search(done.stderr)
    assert not re.search(r"Usage|Missing|No such|Invalid|Error|Got", done.stderr)


def test_version() -> None:
    """`wfm --version` prints one line."""
    assert re.fullmatch(r"wfm \d+\.\d+\.\d+\n", wfm("--version").stdout)


def test_without_arguments_help_is_shown() -> None:
    """`wfm` alone shows the help."""
    assert "plan" in (done := wfm()).stdout + done.stderr
