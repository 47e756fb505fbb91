"""`wfm rules`: lists, explains, searches, shows the book of a folder and of an agent, lints; in both languages."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

import wfm
from wfm.cli import app

if TYPE_CHECKING:
    from pathlib import Path

CHINESE = re.compile(r"[\u4e00-\u9fff]")
BOOK = """\
[rules]
preset = "iuni"
law = ["eu"]

[rules.rest_between_shifts]
hours = 9

[rules.rest_days.team.red]
days = 2
"""


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print as on a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def book(folder: Path) -> Path:
    """Return the small folder with a preset, a law pack, a value of its own and an override."""
    plan = folder / "plan.toml"
    text = plan.read_text("utf-8").replace("[rules.max_consecutive_days]\ndays = 5\n", BOOK)
    plan.write_text(text, encoding="utf-8")
    return folder


def run(*arguments: object) -> Any:
    """Return the exit code of one `wfm rules`."""
    return app(["rules", *map(str, arguments)], standalone_mode=False) or 0


def told(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was printed, in one line without gaps."""
    return " ".join(capsys.readouterr().out.split())


def given(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Return the JSON object that was printed."""
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_all_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """`wfm rules` lists every rule with a sentence and a source, and every goal."""
    assert run("--locale", "en") == 0
    text = told(capsys)
    assert [kind for kind in (*wfm.RULES, *wfm.GOALS) if f" {kind} " not in text] == []
    assert "exactly 7 rest" in text
    assert run("--json") == 0
    facts = given(capsys)
    assert [rule["kind"] for rule in facts["rules"]] == list(wfm.RULES)
    assert [goal["kind"] for goal in facts["goals"]] == list(wfm.GOALS)
    assert facts["rules"][0]["phrase"].keys() == {"en", "zh"}


def test_a_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """`wfm rules KIND` prints the sentence, the manual, the fields with defaults, the examples and the uses."""
    assert run("rest_days", "--locale", "en") == 0
    text = told(capsys)
    for part in (
        "exactly 7 rest days a month",
        "Only the state rest counts",
        'mode "exactly" Whether more are allowed. One of: exactly, at_least.',
        "D D D D - - D D # days = 7",
        "Broken:",
        "preset iuni: days = 7",
        "Company rule A6",
        "Every rule also has hard = true",
    ):
        assert part in text
    assert run("rest_days", "cover", "--json") == 0
    facts = given(capsys)
    assert [rule["kind"] for rule in facts["rules"]] == ["rest_days"]
    assert [goal["kind"] for goal in facts["goals"]] == ["cover"]
    assert facts["rules"][0]["fields"][0] == {
        "name": "days",
        "type": "int",
        "default": "7",
        "one_of": [],
        "meaning": "Rest days in a full month (or week).",
    }
    assert {use["place"]["en"] for use in facts["rules"][0]["uses"]} >= {"preset iuni", "law pack cn-standard"}


def test_a_required_field_and_a_fact(capsys: pytest.CaptureFixture[str]) -> None:
    """A field that must be given says so; a rule that is always there has no fields to set."""
    assert run("cover_floor", "pinned", "--locale", "en") == 0
    text = told(capsys)
    assert "agents required Fewest agents." in text
    assert "pinned (always in force)" in text
    assert text.count("Every rule also has") == 1


def test_a_misspelt_kind(capsys: pytest.CaptureFixture[str]) -> None:
    """A kind that nobody has ends with exit code 2 and the nearest one, in the language asked for."""
    assert run("rest_day", "--locale", "en") == 2
    assert "there is no rule or goal 'rest_day'" in (said := capsys.readouterr().err)
    assert "Did you mean 'rest_days'?" in said
    assert run("rest_day", "--locale", "zh") == 2
    assert "是否想写“rest_days”？" in capsys.readouterr().err


def test_a_search_in_either_language(capsys: pytest.CaptureFixture[str]) -> None:
    """`--search` finds words of both languages whatever the locale; several words must all be there."""
    assert run("--search", "连休", "--locale", "en") == 0
    assert "long_leave" in told(capsys)
    assert run("--search", "statutory", "days", "A6", "--json") == 0
    assert [rule["kind"] for rule in given(capsys)["rules"]] == ["availability", "rest_days"]
    assert run("--search", "quux", "--locale", "en") == 0
    assert capsys.readouterr().err == "No rule speaks of quux.\n"
    assert run("--search", "quux", "--json") == 0
    assert given(capsys) == {"rules": [], "goals": []}


def test_the_book_of_a_folder(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a folder `wfm rules` prints the book in force: hard or soft, the sentence, whom it binds, and its layers."""
    assert run(book) == 0
    text = told(capsys)
    assert "unrequested_long_rest hard" in text
    assert "shift_hours soft" in text
    assert "Binds: only team red" in text
    assert "plan.toml" in text
    assert "each missing agent costs 10" in text
    assert run(book, "--json") == 0
    facts = given(capsys)
    assert [r["kind"] for r in facts["rules"][:3]] == ["availability", "eligibility", "pinned"]
    assert {goal["goal"] for goal in facts["goals"]} == set(wfm.GOALS)


def test_the_book_of_an_agent(book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """`--agent` prints every value with the layer it comes from; inside a folder none needs to be named."""
    monkeypatch.chdir(book)
    assert run("--agent", "A1") == 0
    text = told(capsys)
    assert "rest_days (hard) exactly 2 rest days a month Binds: only team red days = 2 plan.toml, team red" in text
    assert 'mode = "exactly" preset iuni' in text
    assert "hours = 11 law pack eu" in text
    assert "Source: Directive 2003/88/EC, article 3" in text
    assert "hours = 9 plan.toml" in text
    assert "weight = 10 default" in text
    assert run(book, "--agent", "A3", "--json") == 0
    facts = given(capsys)
    assert facts["agent_id"] == "A3"
    (rest,) = [rule for rule in facts["rules"] if rule["kind"] == "rest_days"]
    assert rest["values"][0] == {"name": "days", "value": "7", "origin": {"en": "preset iuni", "zh": "预设 iuni"}}
    assert rest["source"]["zh"].startswith("公司制度 A6")


def test_a_folder_is_linted(book: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--lint` prints what is odd, with exit code 0, or that nothing is."""
    assert run(book, "--lint") == 0
    assert "rules.rest_between_shifts.hours = 9 is weaker than the law, which says 11: Directive" in told(capsys)
    assert run(book, "--lint", "--json") == 0
    assert "低于法律要求" in given(capsys)["warnings"][0]["zh"]
    plan = folder / "plan.toml"
    plan.write_text(plan.read_text("utf-8").replace(BOOK, ""), encoding="utf-8")
    assert run(folder, "--lint", "--locale", "zh") == 0
    assert capsys.readouterr().out == "该规则集没有需要提示之处。\n"


@pytest.mark.parametrize("options", [(), ("--agent", "A1"), ("--lint",), ("rest_days",)])
def test_an_error_in_the_book_is_two(book: Path, options: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """A book with errors ends with exit code 2 and the line of each, whatever was asked."""
    plan = book / "plan.toml"
    plan.write_text(plan.read_text("utf-8").replace("hours = 9", "hors = 9"), encoding="utf-8")
    line = plan.read_text("utf-8").split("\n").index("hors = 9") + 1
    assert run(book, *options) == 2
    said = capsys.readouterr().err
    assert f"plan.toml, line {line}, column 'rules.rest_between_shifts.hors'" in said
    assert "Did you mean 'hours'?" in said


def test_strangers_are_an_error_of_the_book(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--lint` and `--agent` know the staff list: a team that nobody is in ends with exit code 2."""
    plan = book / "plan.toml"
    plan.write_text(plan.read_text("utf-8").replace("team.red", "team.rot"), encoding="utf-8")
    assert run(book, "--lint") == 2
    assert "found 'rot'; expected one of: blue, red" in capsys.readouterr().err


def test_arguments_that_cannot_be(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No folder where one is needed, a folder that is not there, two folders: each is told with exit code 2."""
    monkeypatch.chdir(tmp_path)
    assert run("--agent", "A1", "--locale", "en") == 2
    assert "need a planning folder" in capsys.readouterr().err
    assert run("./nowhere", "--locale", "en") == 2
    assert "there is no folder ./nowhere" in capsys.readouterr().err
    assert run(book, "./other", "--locale", "en") == 2
    assert "name one planning folder" in capsys.readouterr().err
    assert run(book, "--agent", "A11") == 2
    assert "Did you mean 'A1'?" in capsys.readouterr().err


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_everything_fits_80_columns(book: Path, locale: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No line is wider than 80 columns in either language, except the rosters of examples."""
    for arguments in ((), (book,), (book, "--agent", "A1"), (book, "--lint"), tuple(wfm.RULES)):
        assert run(*arguments, "--locale", locale) == 0
        lines = capsys.readouterr().out.splitlines()
        wide = [line for line in lines if cell_len(line.rstrip()) > 80 and "    # " not in line]
        assert wide == []
        assert locale == "en" or any(CHINESE.search(line) for line in lines)
