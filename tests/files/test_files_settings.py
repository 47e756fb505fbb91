"""plan.toml: lines of keys, and what pydantic says in both languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from files_folder import PLAN, complaint, problems, read, write_folder
from hypothesis import given, settings
from hypothesis import strategies as st

import wfm.domain
from wfm.domain.errors import InputError, InputErrors
from wfm.domain.text import Text
from wfm.files import read_folder, read_settings, toml_line
from wfm.files.complaints import complaint as words
from wfm.files.toml_lines import format_key, parse_key

if TYPE_CHECKING:
    from wfm.domain.settings import Settings

TOML = """\
top = 1
[centre]  # who
name = "a [x] b"
long = \"\"\"
[not_a_table]
name = 2
\"\"\"
[[shifts]]
code = "D8"
start = "08:00"
[[shifts]]
code = 'N20'
unpaid_breaks = [{ after_minutes = 240, minutes = 60 }]
[queues."a.b"]
target = { service_level = 0.8, asa_seconds = 20 }
[rules.hours]
days.most = 5
[[rules.rest]]
hours = 11
[[rules.rest]]
hours = 12
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("top", 1),
        ("centre", 2),
        ("centre.name", 3),
        ("centre.long", 4),
        ("not_a_table", None),
        ("shifts", 8),
        ("shifts[1].code", 9),
        ("shifts[2]", 11),
        ("shifts[2].code", 12),
        ("shifts[2].start", 11),
        ("shifts[2].unpaid_breaks[1].minutes", 13),
        ('queues."a.b".target.asa_seconds', 15),
        ("rules.hours.days.most", 17),
        ("rules.hours.fewest", 16),
        ("rules.rest[2].hours", 21),
        ("nothing.at.all", None),
        (("queues", "a.b", "target", "service_level"), 15),
    ],
)
def test_line_of_a_key(key: str | tuple[str, ...], line: int | None) -> None:
    """A key is found in tables, arrays of tables, inline tables and dotted keys; else the table around it."""
    assert toml_line(TOML, key) == line


@settings(deadline=None)
@given(st.lists(st.one_of(st.integers(1, 99), st.from_regex(r"[a-z][a-z. \]]{0,5}", fullmatch=True)), min_size=1))
def test_key_path_round_trip(parts: list[str | int]) -> None:
    """A key path as text reads back as its parts."""
    assert parse_key(format_key(["top", *parts])) == ("top", *parts)


def test_settings_alone(tmp_path: Path) -> None:
    """The settings of a folder can be read without its other files."""
    folder = write_folder(tmp_path, history=None, agents=None)
    assert read_settings(folder).centre.name == "Hotline"
    (folder / "plan.toml").write_text("[centre]\n", encoding="utf-8")
    with pytest.raises(InputErrors):
        read_settings(folder)


def test_checks_join_the_report(tmp_path: Path) -> None:
    """Problems found by other rooms come in the same report, with the line of their key filled in."""

    def rules(known: Settings) -> list[InputError]:
        expected = Text(en=f"a rule; {known.centre.name} has rest", zh="规则")
        return [InputError("plan.toml", None, f"rules.{kind}", kind, expected) for kind in known.rules]

    plan = PLAN.replace("timezone", "timezon") + "[rules.rset]\nhours = 11\n"
    with pytest.raises(InputErrors) as caught:
        read_folder(write_folder(tmp_path, plan=plan), [rules])
    assert [(e.row, e.column) for e in caught.value.errors] == [(3, "centre.timezon"), (36, "rules.rset")]


def test_checks_see_sound_settings_once(tmp_path: Path) -> None:
    """A check is called once with the settings, and not while a needed table is missing."""
    seen: list[Settings] = []

    def check(found: Settings) -> list[InputError]:
        seen.append(found)
        return []

    inputs = read_folder(write_folder(tmp_path), [check])
    assert seen == [inputs.settings]
    with pytest.raises(InputErrors):
        read_folder(write_folder(tmp_path, plan=PLAN.replace("first = 2026-05-01", "")), [check])
    assert len(seen) == 1


def test_what_follows_from_a_problem_is_not_a_problem(tmp_path: Path) -> None:
    """Each fault is reported once: nothing is called missing or unknown because a faulty part was left aside."""
    plan = (
        PLAN.replace("service_level = 0.8", "service_level = 80")
        .replace('name = "Hotline"', "name = 5")
        .replace("2026-05-31", "2026-04-30")
        .replace('end = "17:00"', 'end = "07:00"')
    )
    found = problems(tmp_path, plan=plan, pins="agent_id,date,shift_code\n001,2026-05-03,D8\n")
    assert [place[2] for place in found] == [
        "centre.name",
        "period.last",
        "queues.sales.target.service_level",
        "queues.service.target.service_level",
        "shifts[1].end",
    ]


def test_later_faults_keep_their_line(tmp_path: Path) -> None:
    """A fault found after an earlier shift was left aside is placed at its own shift."""
    third = '[[shifts]]\ncode = "X"\nstart = "09:00"\nend = "18:00"\n'
    plan = PLAN.replace('end = "17:00"', 'end = "07:00"') + third + third
    found = problems(tmp_path, plan=plan)
    assert [place[:3] for place in found] == [("plan.toml", 30, "shifts[1].end"), ("plan.toml", 41, "shifts[4].code")]


@pytest.mark.parametrize(
    ("old", "new", "zh"),
    [
        ("minutes = 30", "minutes = 25", "以下之一：5, 10, 15, 20, 30, 60"),
        ("08:00-20:00", "20:00-08:00", "跨零点写作 20:00-08:00+1"),
        ("08:00-20:00", "8 to 20", "营业时段"),
        ("service_level = 0.8\n\n[queues", "max = 1\n\n[queues", "该表的已知键：service_level, "),
        ("hours_share = 0.5", "hours_share = 0", "大于 0 的数"),
        ("hours_share = 0.5", 'hours_share = "half"', "数字"),
        ('code = "D8"', "code = 8", "加引号的文本"),
        ("[contracts.part]\nhours_share = 0.5", "contracts.part = 5", "由字段组成的表"),
    ],
)
def test_settings_are_explained_in_chinese(tmp_path: Path, old: str, new: str, zh: str) -> None:
    """What was expected of a setting is said in Chinese, without pydantic's English."""
    assert old in PLAN
    plan = PLAN.replace(old, new, 1)
    if new.startswith("contracts"):
        plan = new + "\n" + PLAN.replace(old, "").replace('[contracts.full]\nshifts = ["D8", "N20"]\n', "")
    with pytest.raises(InputErrors) as caught:
        read(tmp_path, plan=plan)
    assert zh in caught.value.message.zh


def raised_in_domain() -> list[str]:
    """Return every sentence that a validator of the domain can raise, its values replaced by a word."""
    sentences = []
    for path in Path(wfm.domain.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                name, args = node.exc.func, node.exc.args
                if isinstance(name, ast.Name) and name.id == "ValueError":
                    sentences.append(_sentence(args[0]))
    return sorted(set(sentences))


def _sentence(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(p.value) if isinstance(p, ast.Constant) else "X" for p in node.values)
    assert isinstance(node, ast.Constant)
    return str(node.value)


@pytest.mark.parametrize("sentence", raised_in_domain())
def test_every_validator_speaks_both_languages(sentence: str) -> None:
    """Whatever a validator of the settings says has a Chinese text of its own."""
    assert re.search("[一-鿿]", words("value_error", f"Value error, {sentence}", {}).expected.zh)
    assert sentence not in words("value_error", f"Value error, {sentence}", {}).expected.zh


def test_unknown_errors_keep_their_message() -> None:
    """An error of pydantic that has no text of ours keeps its own words in both languages."""
    found: Any = words("something_new", "Input should be nice", {}).expected
    assert "Input should be nice" in found.en
    assert "Input should be nice" in found.zh


def test_syntax_error_names_its_line(tmp_path: Path) -> None:
    """A TOML error is placed on its line, with what the reader says."""
    assert "plan.toml, line 4" in complaint(tmp_path, plan='[centre]\nname = "x"\n\nzone = \n[period]\n')
    assert problems(tmp_path, plan='a = """x\n\n') == [("plan.toml", 1, None, 'a = """x')]


def test_a_time_of_toml_is_a_time_of_day(tmp_path: Path) -> None:
    """A shift may start at a bare 08:00:00 of TOML; seconds are refused like any other text that is no time of day."""
    write_folder(tmp_path, plan=PLAN.replace('start = "08:00"', "start = 08:00:00"))
    assert read_folder(tmp_path).settings.shifts[0].start == 480
    told = complaint(tmp_path, plan=PLAN.replace('start = "08:00"', "start = 08:00:30"))
    assert "line 29, column 'shifts[1].start': found '08:00:30'; expected a time of day" in told
