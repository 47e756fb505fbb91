"""Write the pages that are made from the code: rules, pay, exports, forecasters, commands.

`python docs/generate.py` writes them, `--check` fails when one is stale. They have the English phrase and the Chinese
one; the docstring of each class is its manual page.
"""

from __future__ import annotations

import ast
import inspect
import os
import sys
import textwrap
import tomllib
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

os.environ["WFM_LOCALE"] = "en"

from typer.main import get_command

from wfm.cli import app
from wfm.domain.settings import Goals, Premiums
from wfm.export import EXPORTS
from wfm.forecast import FORECASTERS
from wfm.law import preset, preset_sources, preset_title, presets
from wfm.payroll import PAY_ELEMENTS
from wfm.roster import GOALS, RULES, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wfm.domain.text import Text

HERE = Path(__file__).parent
SHARED = ("hard", "weight", "only", "but", "article")
"""Fields that every rule has: last in each table."""
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
        "exports.md": _page("Exports", _family(EXPORTS, "One profile of `[export] profiles` each.")),
        "forecasters.md": _page("Forecasters", _family(FORECASTERS, "`[forecast] model`, its options below.")),
        "pay.md": _page("Pay", [*_family(PAY_ELEMENTS, "`[pay.KIND]` sets the options of each."), *_law()]),
        "rules.md": _page("Rules", [*_family(RULES, _RULE_BOOK), *_goals(), *_presets()]),
    }


_RULE_BOOK = """A rule book is `[rules]` in `plan.toml`: a `preset`, and `[rules.KIND]` tables that replace
fields of the preset's rules (`off = true` takes a rule out). Rules marked *always* are facts about people and cannot be
taken out.

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
        said = _said(cls)
        yield from (f"## {kind}", "", f"{said.en} / {said.zh}", "")
        if getattr(cls, "always", False):
            yield from ("*always*", "")
        yield from (inspect.cleandoc(cls.__doc__ or ""), "")
        if issubclass(cls, BaseModel) and not getattr(cls, "always", False):
            yield from _fields(cls)
        yield from _examples(cls)


def _said(cls: type[Any]) -> Text:
    """Return the phrase of a class; a rule's as the sentence that its first example is about."""
    return cls.illustration() if issubclass(cls, Rule) else cls.phrase


def _fields(cls: type[BaseModel]) -> Iterator[str]:
    if not cls.model_fields:
        return
    meaning = _meanings(cls)
    yield from ("| field | type | default | meaning |", "|---|---|---|---|")
    own = [name for name in cls.model_fields if name not in SHARED]
    for name in [*own, *(name for name in SHARED if name in cls.model_fields)]:
        field = cls.model_fields[name]
        default = "required" if field.default is PydanticUndefined else f"`{field.default}`"
        if isinstance(field.default, BaseModel):
            default = "below"
        kind = _type_name(field.annotation).replace("|", "\\|")
        yield f"| `{name}` | `{kind}` | {default} | {meaning.get(name, '')} |"
    yield ""


def _type_name(annotation: Any) -> str:
    text = annotation.__name__ if inspect.isclass(annotation) else str(annotation)
    return text.replace("typing.", "").replace("decimal.", "")


def _meanings(cls: type) -> dict[str, str]:
    """Return the docstring under each field, the class's own before those it inherits."""
    found: dict[str, str] = {}
    for base in reversed([c for c in cls.__mro__ if c.__module__.startswith("wfm.")]):
        body = ast.parse(textwrap.dedent(inspect.getsource(base))).body[0]
        assert isinstance(body, ast.ClassDef)
        for field, said in pairwise(body.body):
            if isinstance(field, ast.AnnAssign) and isinstance(said, ast.Expr) and isinstance(said.value, ast.Constant):
                found[ast.unparse(field.target)] = " ".join(str(said.value.value).split())
    return found


def _examples(cls: type) -> Iterator[str]:
    for name, head in (("good", "Kept"), ("bad", "Broken")):
        examples = getattr(cls, name, ())
        if examples:
            yield from (f"{head}:", "", "```", *map(_example, examples), "```", "")


def _example(example: Any) -> str:
    line = f"{example.tail} | {example.line}" if example.tail else example.line
    facts = [f"{k} = {v}" for k, v in (*example.fields.items(), *example.agent.items())]
    facts += ["exception recorded"] if example.exempt else []
    return f"{line}    # {', '.join(facts)}" if facts else line


def _goals() -> Iterator[str]:
    yield from ("# Goals", "", "Weights stand in `[goals]`.", "", *_fields(Goals), "`[goals.premiums]`:", "")
    yield from _fields(Premiums)
    for kind, goal in GOALS.items():
        yield from (f"## goal {kind}", "", f"{goal.phrase.en} / {goal.phrase.zh}", "")
        yield from (inspect.cleandoc(goal.__doc__ or ""), "")


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
            text = "; ".join(", ".join(f"`{k} = {_toml(v)}`" for k, v in t.items()) for t in tables)
            source = f"{sources[kind].en} / {sources[kind].zh}" if kind in sources else ""
            yield f"| `{kind}` | {text} | {source} |"
        yield ""


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)


def _law() -> Iterator[str]:
    for file in sorted(f.name for f in files("wfm.law").iterdir() if f.name.startswith("pay_")):
        if not file.endswith(".toml"):
            continue
        country = file.removeprefix("pay_").removesuffix(".toml").upper()
        yield from (
            f"# Figures of the law: {country}",
            "",
            "| figure | value | unit | from | source |",
            "|---|---|---|---|---|",
        )
        for name, entries in tomllib.loads((files("wfm.law") / file).read_text("utf-8")).items():
            for e in entries:
                source = f"{e['source']['en']} / {e['source']['zh']}"
                yield f"| `{name}` | {e['value']} | {e['unit']} | {e['effective_from']} | {source} |"
        yield ""


_EXIT_CODES = """Results go to standard output, messages to standard error.

| exit code | meaning |
|---|---|
| 0 | done, also after Ctrl-C when a roster existed |
| 1 | a bug of ours: a traceback is shown |
| 2 | your input: every problem is listed with file, line, column, what was expected |
| 3 | no roster satisfies the hard rules, or `wfm check` found one broken |
| 4 | time ran out, or Ctrl-C came, before a first roster |"""


def _commands() -> Iterator[str]:
    yield from (_EXIT_CODES, "")
    root = get_command(app)
    for name, command in sorted(root.commands.items()):  # type: ignore[attr-defined]
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        usage = " ".join([f"wfm {name}", *(p.metavar if p.required else f"[{p.metavar}]" for p in arguments)])
        yield from (f"## wfm {name}", "", command.help, "", f"    {usage} [OPTIONS]", "")
        yield from _options([p for p in command.params if p.param_type_name == "option"])


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
