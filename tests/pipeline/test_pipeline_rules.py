"""Rules of the user in a planning folder, names that nobody has, warnings among the notes, and the catalogue."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from own_rule_page import KIND, NAME, plan_table, rule_file

import wfm
from wfm.domain.errors import InputErrors, ManifestError, PluginError, SettingsError
from wfm.pipeline import stages
from wfm.pipeline.load import load
from wfm.pipeline.plan import plan_folder
from wfm.pipeline.rule_book import book_of, lint_folder
from wfm.pipeline.rules import catalogue, named, whole_pack

if TYPE_CHECKING:
    from pathlib import Path


def rewrite(folder: Path, name: str, *changes: tuple[str, str]) -> None:
    """Replace parts of one file of a folder; each must be there."""
    text = (folder / name).read_text("utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    (folder / name).write_text(text, encoding="utf-8")


def with_rules(folder: Path, text: str) -> Path:
    """Return the folder with its rule book replaced."""
    rewrite(folder, "plan.toml", ("[rules.max_consecutive_days]\ndays = 5\n", text))
    return folder


@pytest.fixture
def own(folder: Path) -> Path:
    """Return the small folder over two weeks, with the rule of the page about own rules as the page says."""
    rewrite(folder, "plan.toml", ("last = 2026-05-10", "last = 2026-05-17"))
    rule_file(folder)
    return with_rules(folder, plan_table())


def two_teams(folder: Path) -> None:
    """Give the red team a queue of its own."""
    chat = "[queues.chat]\ntarget = { service_level = 0.80, acceptable_wait_seconds = 20 }\n\n[contracts.full]"
    rewrite(folder, "plan.toml", ("[contracts.full]", chat))
    head, *rows = (folder / "history.csv").read_text("utf-8").splitlines()
    rows += [row.replace("sales", "chat") for row in rows]
    (folder / "history.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    rewrite(folder, "agents.csv", ("red,full,sales", "red,full,chat"))


def problems(folder: Path) -> list[tuple[str, int | None, str | None, str | None]]:
    """Return file, line, key path and value of every problem of a folder."""
    with pytest.raises(InputErrors) as raised:
        stages.read(folder)
    return [(e.file, e.row, e.column, e.value) for e in raised.value.errors]


def test_paths_are_relative_to_the_folder(own: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file of rules stands beside plan.toml, wherever the command is called from."""
    monkeypatch.chdir(tmp_path)
    assert KIND in [rule.kind for rule in wfm.build_book(stages.read(own).settings).rules]


def test_a_roster_is_made_from_its_rule_files(own: Path) -> None:
    """The file of a rule is one of the inputs: a roster made from another text of it has to be planned again."""
    plan_folder(own)
    assert NAME in json.loads((own / "out" / "manifest.json").read_text("utf-8"))["inputs"]
    load(own)
    with (own / NAME).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    with pytest.raises(ManifestError, match=NAME):
        load(own)


def test_an_own_kind_in_the_exceptions(own: Path) -> None:
    """exceptions.csv may name the kind of an own rule; a misspelt one is found with its line."""
    head, row = "agent_id,rule,first_date,last_date,reason\n", "A1,{kind},2026-05-09,2026-05-11,agreed\n"
    (own / "exceptions.csv").write_text(head + row.format(kind=KIND), encoding="utf-8")
    assert [e.rule for e in stages.read(own).exemptions] == [KIND]
    (own / "exceptions.csv").write_text(head + row.format(kind="free_after_weekends"), encoding="utf-8")
    assert problems(own) == [("exceptions.csv", 2, "rule", "free_after_weekends")]


def test_strangers_join_the_other_problems(folder: Path) -> None:
    """A team that nobody is in is reported with its line, together with the problems of other files."""
    with_rules(folder, "[rules.max_consecutive_days]\ndays = 5\n\n[rules.max_consecutive_days.team.grene]\ndays = 4\n")
    (folder / "requests.csv").write_text("agent_id,date,kind\nA1,2026-13-01,off\n", encoding="utf-8")
    line = (folder / "plan.toml").read_text("utf-8").split("\n").index("[rules.max_consecutive_days.team.grene]") + 1
    assert problems(folder) == [
        ("plan.toml", line, "rules.max_consecutive_days.team.grene", "grene"),
        ("requests.csv", 2, "date", "2026-13-01"),
    ]


def test_strangers_of_tables(folder: Path) -> None:
    """`wfm.plan` with tables finds strangers as well."""
    inputs = stages.read(folder)
    rules = {"rest_days": {"only": {"tags": ["senior"]}}}
    settings = inputs.settings.model_copy(update={"rules": rules})
    with pytest.raises(InputErrors, match=r"rules\.rest_days\.only\.tags"):
        wfm.plan(settings, inputs.history, inputs.agents)


def test_warnings_are_among_the_notes(folder: Path) -> None:
    """What is odd about the book stands in the notes of the manifest, and `lint_folder` says the same."""
    with_rules(folder, '[rules]\nlaw = ["eu"]\n\n[rules.rest_between_shifts]\nhours = 9\n')
    result = plan_folder(folder)
    said = json.loads((folder / "out" / "manifest.json").read_text("utf-8"))["notes"]
    warnings = [text.en for text in lint_folder(folder)]
    assert warnings[0].startswith("rules.rest_between_shifts.hours = 9 is weaker than the law, which says 11")
    assert set(warnings) <= set(said)
    assert {text.en for text in result.notes} >= set(warnings)


def test_an_own_rule_in_processes(own: Path) -> None:
    """Two teams in two processes keep an own rule; it binds: without it the same folder breaks it."""
    two_teams(own)
    free = shutil.copytree(own, own.parent / "free")
    rewrite(free, "plan.toml", (f"[rules.{KIND}]", f"[rules.{KIND}]\noff = true"))
    result, without = plan_folder(own, jobs=2), plan_folder(free, jobs=2)
    book = wfm.build_book(stages.read(own).settings)
    assert result.roster is not None
    assert without.roster is not None
    assert wfm.verify(result.roster, result.plan, book) == ()
    assert {v.rule for v in wfm.verify(without.roster, without.plan, book)} == {KIND}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_rule_that_raises_stops_the_run(own: Path, jobs: int) -> None:
    """A rule that raises while planning is named with its error, and `out/` stays as it was."""
    two_teams(own)
    rewrite(own, NAME, ("        for day in model.days:\n", "        for day in model.dayz:\n"))
    with pytest.raises(PluginError, match=r"failed at free_after_weekend\.py:43 \(AttributeError"):
        plan_folder(own, jobs=jobs)
    assert not (own / "out").exists()


def test_the_catalogue_has_every_rule_and_goal() -> None:
    """Every rule has a sentence in both languages, a source, a manual, examples; every goal a phrase and a manual."""
    entries = catalogue()
    assert [e.kind for e in entries] == [*wfm.RULES, *wfm.GOALS]
    for entry in entries:
        assert entry.phrase.en
        assert entry.phrase.zh != entry.phrase.en
        assert entry.manual
    for entry in entries[: len(wfm.RULES)]:
        assert entry.source.en
        assert entry.good
        assert entry.bad
        assert all(field.meaning for field in entry.fields)


def test_the_catalogue_says_where_a_rule_is_used() -> None:
    """Presets and law packs that hold a rule stand beside it with its fields and the article."""
    (entry,) = named(["rest_days"], catalogue())
    uses = {use.place.en: use for use in entry.uses}
    assert uses["preset iuni"].fields["days"] == 7
    assert uses["preset iuni"].source is not None
    assert "A6" in uses["preset iuni"].source.en
    assert uses["law pack cn-standard"].fields["per"] == "week"


def test_an_own_rule_is_in_the_catalogue_of_its_folder(own: Path) -> None:
    """With a folder the catalogue has the rules of its files, with the name of the file."""
    (entry,) = named([KIND], catalogue(own))
    assert entry.uses[0].place.en == f"your file {NAME}"
    assert [field.name for field in entry.fields][:2] == ["days", "hard"]
    assert entry.fields[0].meaning == "Days off after the weekend."
    assert entry.source.en == "agreement with the staff council of 12 March."
    with pytest.raises(SettingsError):
        named([KIND], catalogue())


def test_words_are_found_in_both_languages() -> None:
    """A search looks into kinds, sentences, manuals, fields and sources, for every word, in both languages."""
    entries = catalogue()
    assert "long_leave" in [e.kind for e in entries if e.has(["连休"])]
    assert "rest_between_shifts" in [e.kind for e in entries if e.has(["2003/88/EC", "11"])]
    assert [e.kind for e in entries if e.has(["REST days", "A6"])] == ["availability", "rest_days"]
    assert [e.kind for e in entries if e.has(["no such words"])] == []


def test_the_book_of_an_agent(folder: Path) -> None:
    """The book of an agent has the rules that bind him, each value with its layer, and the source of each rule."""
    text = '[rules]\npreset = "iuni"\nlaw = ["eu"]\n\n[rules.rest_days.team.red]\ndays = 2\n'
    with_rules(folder, text)
    found = {r.kind: r for r in book_of(folder, "A1").rules if r.kind != "rest_between_shifts"}
    days = {v.name: (v.value, v.origin.en) for v in found["rest_days"].values}
    assert days["days"] == ("2", "plan.toml, team red")
    assert days["mode"] == ('"exactly"', "preset iuni")
    assert found["rest_days"].scope is not None
    assert (found["rest_days"].scope.en, found["rest_days"].scope.zh) == ("only team red", "仅限班组 red")
    assert found["rest_days"].source is None
    other = {r.kind: r for r in book_of(folder, "A3").rules}
    assert next(v for v in other["rest_days"].values if v.name == "days").value == "7"
    assert other["rest_days"].source is not None
    assert "A6" in other["rest_days"].source.en
    rest = [r for r in book_of(folder, "A3").rules if r.kind == "rest_between_shifts"]
    assert [r.origin.en for r in rest] == ["law pack eu", "preset iuni"]
    assert [r.values[0].value for r in rest] == ["11", "11"]
    assert other["availability"].origin.en == "always in force"
    assert next(v for v in other["overtime_protection"].values if v.name == "hours").origin.en == "default"


def test_an_agent_who_is_not_there(folder: Path) -> None:
    """An id that nobody has is refused with the nearest one."""
    with pytest.raises(SettingsError, match="Did you mean 'A1'"):
        book_of(folder, "A11")


def test_whole_packs() -> None:
    """A pack can be listed without choosing anything; what its user chooses is left open."""
    pack = whole_pack("cn-comprehensive")
    assert {"hours_cycle", "night_eligibility"} <= {p.rule for p in pack.provisions}
    assert pack.not_computable
