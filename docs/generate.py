"""Write the pages that are made from the code: rules, the rule book, pay, exports, forecasters, commands.

`python docs/generate.py` writes them, `--check` fails when one is stale. They have the English phrase and the Chinese
one; the docstring of each class is its manual page.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

os.environ["WFM_LOCALE"] = "en"

from exports_page import exports
from fields_table import fields_table
from pay_page import pay
from rule_book_page import rule_book
from typer.main import get_command

from wfm.cli import app
from wfm.domain.settings import Goals, Premiums
from wfm.forecast import FORECASTERS
from wfm.law import preset, preset_sources, preset_title, presets
from wfm.pipeline.manual import docstring_of, example_lines, said_of, written
from wfm.roster import GOALS, RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


HERE = Path(__file__).parent
STAMP = "<!-- made by docs/generate.py: change the code, then run `make docs` -->"


def main(arguments: list[str]) -> int:
    """Return 0 when every page is written, or with `--check` when none is stale."""
    stale = [name for name, text in pages().items() if _text_of(HERE / name) != text]
    if "--check" in arguments:
        print(*(f"docs/{name} is stale: run `make docs`" for name in stale), sep="\n", end="\n" if stale else "")
        return 1 if stale else 0
    for name in stale:
        (HERE / name).write_text(pages()[name], encoding="utf-8")
        print(f"docs/{name}")
    return 0


def _text_of(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


def pages() -> dict[str, str]:
    """Return every generated page by its file name."""
    return {
        "cli.md": _page("Commands", _commands()),
        "exports.md": _page("Exports", exports()),
        "forecasters.md": _page("Forecasters", _family(FORECASTERS, "`[forecast] model`, its options below.")),
        "pay.md": _page("Pay", pay()),
        "rule-book.md": _page("The rule book", rule_book()),
        "rules.md": _page("Rules", [*_family(RULES, _RULE_BOOK), *_goals(), *_presets()]),
    }


_RULE_BOOK = """A rule book is `[rules]` in `plan.toml`: a `preset`, and `[rules.KIND]` tables that replace
fields of the preset's rules (`off = true` takes a rule out). Tables under `[rules.KIND.team.NAME]`, `contract`, `tag`
and `agent` replace fields for those agents. `law = ["eu"]` adds law packs, which hold beside it; `files = ["mine.py"]`
brings [rules of your own](own-rule.md). Rules marked *always* are facts about people and cannot be taken out.
`wfm rules FOLDER` prints the book in force, `--agent A017` where each value comes from.

In the examples `E` (08:00-16:00) `D` (09:00-18:00) `S` (13:30-22:00, a small night) `B` (23:00-07:00, a big night) and
`X` (08:00-20:00) are shifts, all but `B` with an unpaid hour after four; `-` is a rest day, `H` a statutory day off,
`L` leave, `.` a day outside employment. `D*` is a statutory holiday worked, `DL` a day of leave worked, `D.` a day
worked outside employment, `D!E` a shift where `E` is pinned. The first day is a Monday; days before `|` are the tail of
the roster of the month before; one agent a line."""


def _page(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"# {title}", "", STAMP, "", *lines]).rstrip() + "\n"


def _family(registry: Mapping[str, type[Any]], intro: str) -> Iterator[str]:
    yield from (intro, "")
    for kind, cls in registry.items():
        said = said_of(cls)
        yield from (f"## {kind}", "", f"{said.en} / {said.zh}", "")
        if getattr(cls, "always", False):
            yield from ("*always*", "")
        yield from (docstring_of(cls), "")
        if issubclass(cls, BaseModel) and not getattr(cls, "always", False):
            yield from fields_table(cls)
        yield from _examples(cls)


def _examples(cls: type) -> Iterator[str]:
    for name, head in (("good", "Kept"), ("bad", "Broken")):
        lines = [line for example in getattr(cls, name, ()) for line in example_lines(example)]
        if lines:
            yield from (f"{head}:", "", "```", *lines, "```", "")


def _goals() -> Iterator[str]:
    yield from ("# Goals", "", "Weights stand in `[goals]`.", "", *fields_table(Goals), "`[goals.premiums]`:", "")
    yield from fields_table(Premiums)
    for kind, goal in GOALS.items():
        yield from (f"## goal {kind}", "", f"{goal.phrase.en} / {goal.phrase.zh}", "")
        yield from (docstring_of(goal), "")


def _presets() -> Iterator[str]:
    yield from ("# Presets", "")
    for name in presets():
        title, sources = preset_title(name), preset_sources(name)
        yield from (
            f"## preset {name}",
            "",
            f"{title.en} / {title.zh}",
            "",
            "| rule | fields | source |",
            "|---|---|---|",
        )
        for kind, fields in preset(name).items():
            tables = fields if isinstance(fields, list) else [fields]
            text = "; ".join(", ".join(f"`{k} = {written(v)}`" for k, v in t.items()) for t in tables)
            source = f"{sources[kind].en} / {sources[kind].zh}" if kind in sources else ""
            yield f"| `{kind}` | {text} | {source} |"
        yield ""


_EXIT_CODES = """Results go to standard output, messages to standard error.

| exit code | meaning |
|---|---|
| 0 | done, also after Ctrl-C when a roster existed |
| 1 | a bug of ours: a traceback is shown |
| 2 | your input: every problem is listed with file, line, column, what was expected |
| 3 | no roster satisfies the hard rules, or `wfm check` found one broken |
| 4 | time or memory ran out, or Ctrl-C came, before a first roster |"""


def _commands() -> Iterator[str]:
    yield from (_EXIT_CODES, "")
    yield from _group("wfm", get_command(app))


def _group(path: str, group: Any, before: tuple[Any, ...] = ()) -> Iterator[str]:
    """Yield the commands of a group; `before` are arguments that stand between the group's name and theirs."""
    for name, command in sorted(group.commands.items()):
        arguments = tuple(p for p in command.params if p.param_type_name == "argument")
        if hasattr(command, "commands"):
            yield from (f"## {path} {name}", "", command.help, "")
            yield from _group(f"{path} {name}", command, arguments)
            continue
        usage = " ".join([path, *map(_usage, before), name, *map(_usage, arguments)])
        yield from (f"## {path} {name}", "", command.help, "", f"    {usage} [OPTIONS]", "")
        yield from _options([p for p in command.params if p.param_type_name == "option"])


def _usage(argument: Any) -> str:
    shown = argument.metavar + ("…" if argument.nargs == -1 else "")
    return shown if argument.required else f"[{shown}]"


def _options(options: list[Any]) -> Iterator[str]:
    if not options:
        return
    yield from ("| option | meaning |", "|---|---|")
    for option in options:
        value = f" {option.metavar}".replace("|", "\\|") if option.metavar else ""
        yield f"| `{option.opts[0]}{value}` | {option.help} |"
    yield ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
