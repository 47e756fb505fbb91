"""Rules in the user's own files: read, refused with the reason, sent to other processes, and kept."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest
from own_rule_page import KIND, rule_file
from roster_brute import Judge, every_roster, picture
from roster_house import MONDAY, example_plan, example_roster, settings

from wfm.domain.errors import PluginError
from wfm.roster import RULES, Example, Rule, RuleBook, build_book, check_settings, rule_kinds, solve, verify
from wfm.roster.own_rules import known_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wfm.domain.errors import InputError

HEAD = "from wfm import Example, Rule, Text\n"
BODY = """
class Mine(Rule):
    kind = "mine"
    phrase = Text(en="mine", zh="我的")
    good = (Example("D"),)
    def check(self, roster, plan):
        return iter(())
"""


@pytest.fixture
def page_rule(tmp_path: Path) -> type[Rule]:
    """Return the rule of the page about own rules."""
    known, problems = known_rules([str(rule_file(tmp_path))])
    assert problems == []
    return known[KIND]


def problem_of(tmp_path: Path, text: str, **rules: Any) -> InputError:
    """Return the only problem of a file with that text."""
    file = tmp_path / "mine.py"
    file.write_text(text, encoding="utf-8")
    found = check_settings(settings(MONDAY, MONDAY, rules={"files": [str(file)], **rules}))
    assert len(found) == 1
    return found[0]


def test_the_examples_of_the_page(page_rule: Any) -> None:
    """The kept examples of the page are silent and admitted, the broken ones spoken of and refused."""
    for examples, kept in ((page_rule.good, True), (page_rule.bad, False)):
        for example in examples:
            rule, plan = page_rule(**example.fields), example_plan(example, KIND)
            roster = example_roster(example, plan)
            assert (not list(rule.audit(roster, plan))) is kept
            assert (Judge(plan, [rule]).cost(roster) is not None) is kept


@pytest.mark.parametrize(("line", "tail", "codes"), [("- " * 8, "", "D"), ("- - -", "D D", "EDB")])
@pytest.mark.parametrize("days", [1, 2])
def test_the_rule_of_the_page_is_sound(page_rule: Any, line: str, tail: str, codes: str, days: int) -> None:
    """The search admits a roster exactly when `check` of the page's rule is silent, over the seam too."""
    rule, plan = page_rule(days=days), example_plan(Example(line, tail=tail), KIND, codes)
    judge = Judge(plan, [rule])
    wrong = [
        picture(roster, plan)
        for roster in every_roster(plan)
        if (not list(rule.audit(roster, plan))) != (judge.cost(roster) is not None)
    ]
    assert wrong == []


def test_a_rule_is_sent_to_another_process(page_rule: Any) -> None:
    """A rule of a file is packed with the path of the file, not with a module that nobody else can import."""
    rule = page_rule(days=2)
    packed = pickle.dumps(rule)
    assert b"free_after_weekend.py" in packed
    assert pickle.loads(packed) == rule


def test_the_same_text_gives_the_same_class(tmp_path: Path) -> None:
    """A file is read again when its text has changed, and only then."""
    path = rule_file(tmp_path)
    first, second = known_rules([str(path)])[0][KIND], known_rules([str(path)])[0][KIND]
    assert first is second
    path.write_text(path.read_text("utf-8").replace("default=1", "default=3"), encoding="utf-8")
    assert known_rules([str(path)])[0][KIND]().days == 3  # type: ignore[attr-defined]


def test_an_own_fact_is_in_every_book(tmp_path: Path) -> None:
    """A rule of a file that says `always` is in the book without a table, as ours are."""
    (tmp_path / "mine.py").write_text(HEAD + BODY + "    always = True\n", encoding="utf-8")
    house = settings(MONDAY, MONDAY, rules={"files": [str(tmp_path / "mine.py")]})
    assert "mine" in [rule.kind for rule in build_book(house).rules]
    assert set(rule_kinds(house)) == {*RULES, "mine"}


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("x = (", "SyntaxError", "可以加载的 Python 文件"),
        ("import nothing_of_that_name", "No module named 'nothing_of_that_name'", "可以加载的 Python 文件"),
        ("raise SystemExit(1)", "SystemExit: 1", "可以加载的 Python 文件"),
        ("x = 1", "at least one subclass of wfm.Rule", "至少含一个 wfm.Rule 子类的文件"),
        (HEAD + "from wfm.roster.rules.rest_days import RestDays", "at least one subclass of wfm.Rule", "子类"),
        (HEAD + BODY.replace("mine", "rest_days"), "a kind that no other rule has", "其他规则未使用"),
        (HEAD + BODY.replace('    kind = "mine"\n', ""), "the class Mine lacks kind", "类 Mine 缺少 kind"),
        (HEAD + BODY.replace('    good = (Example("D"),)\n', ""), "the class Mine lacks good", "缺少 good"),
        (HEAD + BODY.replace("def check", "def chekc"), "the class Mine lacks check", "缺少 check"),
        (HEAD + BODY.replace('en="mine"', 'en="{dayz} days"'), "KeyError: 'dayz'", "可以加载的 Python 文件"),
        (HEAD + BODY.replace('Example("D")', 'Example("D", fields={"x": 1})'), "Extra inputs", "可以加载"),
    ],
)
def test_a_file_that_is_refused(tmp_path: Path, text: str, english: str, chinese: str) -> None:
    """Whatever is wrong with a file of rules is told with its place in plan.toml, in both languages."""
    found = problem_of(tmp_path, text)
    assert (found.file, found.column) == ("plan.toml", "rules.files[1]")
    assert english in found.message.en
    assert chinese in found.message.zh


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A file that is not there is named by its whole path."""
    missing = str(tmp_path / "nowhere.py")
    (found,) = check_settings(settings(MONDAY, MONDAY, rules={"files": [missing]}))
    assert (found.column, found.value) == ("rules.files[1]", "nowhere.py")
    assert missing in found.message.en


@pytest.mark.parametrize("files", ["mine.py", [1], {"a": "mine.py"}])
def test_files_that_are_no_list(files: Any) -> None:
    """`files` is a list of paths."""
    (found,) = check_settings(settings(MONDAY, MONDAY, rules={"files": files}))
    assert found.column == "rules.files"
    assert 'such as ["my_rule.py"]' in found.message.en


def test_two_files_of_one_kind(tmp_path: Path) -> None:
    """Two files that bring the same kind are refused, at the second."""
    for name in ("one.py", "two.py"):
        (tmp_path / name).write_text(f"# {name}\n" + HEAD + BODY, encoding="utf-8")
    files = [str(tmp_path / name) for name in ("one.py", "two.py")]
    (found,) = check_settings(settings(MONDAY, MONDAY, rules={"files": files}))
    assert (found.column, found.value) == ("rules.files[2]", "mine")


def test_a_misspelt_own_kind_or_field(tmp_path: Path) -> None:
    """The table of an own rule is checked as ours are: a misspelt kind, field or value is named."""
    files = [str(rule_file(tmp_path))]
    cases: dict[str, tuple[dict[str, Any], str]] = {
        "rules.free_after_weekends": ({"free_after_weekends": {}}, "Did you mean 'free_after_weekend'?"),
        "rules.free_after_weekend.day": ({KIND: {"day": 1}}, "Did you mean 'days'?"),
        "rules.free_after_weekend.days": ({KIND: {"days": 9}}, "a number of at most 5"),
    }
    for column, (table, said) in cases.items():
        (found,) = check_settings(settings(MONDAY, MONDAY, rules={"files": files, **table}))
        assert found.column == column
        assert said in found.message.en


RAISING = HEAD + BODY.replace("mine", "raising").replace("Mine", "Raising")


@pytest.mark.parametrize("method", ["constrain(self, model, agent)", "constrain_roster(self, model)"])
def test_a_rule_that_raises_while_it_is_solved(tmp_path: Path, method: str) -> None:
    """A rule of the user that raises is named with its file, the line and what it raised; that is no bug of ours."""
    text = f"{RAISING}    def {method}:\n        return {{}}['x']\n"
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    line = text.count("\n")
    book = book_with(tmp_path)
    with pytest.raises(PluginError, match=rf"the rule raising failed at mine\.py:{line} \(KeyError: 'x'\)") as raised:
        solve(example_plan(Example("- - -"), "raising"), book)
    assert f"规则 raising 在 mine.py:{line} 出错" in raised.value.message.zh


def test_a_rule_that_raises_while_it_checks(tmp_path: Path) -> None:
    """A check that raises is named as well, whatever it yielded before."""
    text = RAISING.replace("return iter(())", "yield 1 / 0")
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    example = Example("D D -")
    plan = example_plan(example, "raising")
    with pytest.raises(PluginError, match="ZeroDivisionError"):
        verify(example_roster(example, plan), plan, book_with(tmp_path))


def book_with(tmp_path: Path) -> RuleBook:
    """Return the book with the rule that raises."""
    rules = {"files": [str(tmp_path / "mine.py")], "raising": {}}
    return build_book(settings(MONDAY, MONDAY, rules=rules))


@pytest.fixture(autouse=True)
def _no_leftovers() -> Iterator[None]:
    """No test leaves a rule among those of the product."""
    before = dict(RULES)
    yield
    assert dict(RULES) == before
