"""`wfm staff`: one interval in one line, a table of intervals, or a folder."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wfm.cli import messages as common
from wfm.cli import staff_messages as m
from wfm.cli.options import Json, Locale, OptionalFolder, help_of, seconds_of
from wfm.cli.session import Session, session
from wfm.domain.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.erlang import Model
    from wfm.staffing.question import Question
    from wfm.staffing.sensitivity import Explained

_BAR = 40

Offered = Annotated[float | None, typer.Option(help=help_of(common.OFFERED), min=0, metavar="100")]
Interval = Annotated[str, typer.Option(help=help_of(common.INTERVAL), metavar="30min")]
Aht = Annotated[str | None, typer.Option(help=help_of(common.AHT), metavar="180s")]
Goal = Annotated[str, typer.Option(help=help_of(common.TARGET), metavar="80/20")]
Agents = Annotated[int | None, typer.Option(help=help_of(m.AGENTS), min=0, metavar="N")]
ModelName = Annotated[str | None, typer.Option("--model", help=help_of(m.MODEL), metavar="NAME")]
Patience = Annotated[str | None, typer.Option(help=help_of(m.PATIENCE), metavar="2min")]
Definition = Annotated[str | None, typer.Option(help=help_of(m.DEFINITION), metavar="NAME")]
Short = Annotated[str | None, typer.Option(help=help_of(m.SHORT), metavar="5s")]
Asa = Annotated[str | None, typer.Option(help=help_of(m.ASA), metavar="30s")]
MaxAbandonment = Annotated[float | None, typer.Option(help=help_of(m.MAX_ABANDONMENT), min=0, max=100, metavar="5")]
MaxOccupancy = Annotated[float | None, typer.Option(help=help_of(m.MAX_OCCUPANCY), min=0, max=100, metavar="85")]
MinAgents = Annotated[int | None, typer.Option(help=help_of(m.MIN_AGENTS), min=0, metavar="N")]
Shrinkage = Annotated[float, typer.Option(help=help_of(m.SHRINKAGE), min=0, metavar="30")]
Redial = Annotated[float, typer.Option(help=help_of(m.REDIAL), min=0, max=100, metavar="50")]
Lines = Annotated[int, typer.Option(help=help_of(m.LINES), min=0, metavar="N")]
Concurrency = Annotated[str, typer.Option(help=help_of(m.CONCURRENCY), metavar="1,1.2,1.5")]
LoadCv = Annotated[float, typer.Option(help=help_of(m.LOAD_CV), min=0, max=100, metavar="10")]
Explain = Annotated[bool, typer.Option("--explain", help=help_of(m.EXPLAIN))]
SkillSets = Annotated[bool, typer.Option("--skill-sets", help=help_of(m.SKILL_SETS))]
Flexible = Annotated[float, typer.Option(help=help_of(m.FLEXIBLE), min=0, max=100, metavar="20")]
TableFile = Annotated[Path | None, typer.Option("--table", help=help_of(m.TABLE), metavar="FILE")]
Out = Annotated[Path | None, typer.Option(help=help_of(m.OUT), metavar="FILE")]


def staff(
    folder: OptionalFolder = None,
    offered: Offered = None,
    interval: Interval = "30min",
    aht: Aht = None,
    target: Goal = "80/20",
    agents: Agents = None,
    model: ModelName = None,
    patience: Patience = None,
    definition: Definition = None,
    short: Short = None,
    asa: Asa = None,
    max_abandonment: MaxAbandonment = None,
    max_occupancy: MaxOccupancy = None,
    min_agents: MinAgents = None,
    shrinkage: Shrinkage = 0.0,
    redial: Redial = 0.0,
    lines: Lines = 0,
    concurrency: Concurrency = "",
    load_cv: LoadCv = 0.0,
    explain: Explain = False,
    skill_sets: SkillSets = False,
    flexible: Flexible = 20.0,
    table: TableFile = None,
    out: Out = None,
    as_json: Json = False,
    locale: Locale = None,
) -> None:
    """Compute required agents."""
    with session(folder, locale, as_json=as_json) as here:
        if folder is not None:
            whole_folder(here, folder, flexible if skill_sets else None)
            return
        if skill_sets:
            raise SettingsError(m.SETS_NEED_FOLDER)
        asked = Asked(
            model=_model(model, patience, redial, lines, concurrency, load_cv),
            interval=seconds_of(interval),
            target=target,
            more={
                "definition": definition,
                "short_seconds": _optional(short),
                "asa_seconds": _optional(asa),
                "max_abandonment": _share(max_abandonment),
                "max_occupancy": _share(max_occupancy),
                "min_agents": min_agents,
            },
        )
        if table is not None:
            rows_of_file(here, asked, table, out)
        else:
            one_interval(here, asked.question(offered, aht), agents, shrinkage / 100, explain=explain)


@dataclass(frozen=True)
class Asked:
    """What the options say about the queue."""

    model: Model | None
    interval: float
    target: str
    more: dict[str, Any]

    def question(self, offered: float | None, aht: str | None) -> Question:
        """Return the question about one interval; raises `SettingsError` when an option is missing or unreadable."""
        from wfm.staffing.one import question

        if offered is None or aht is None:
            raise SettingsError(common.FOLDER_OR_OPTIONS)
        return question(offered, self.interval, seconds_of(aht), self.target, model=self.model, **self.more)


def one_interval(here: Session, asked: Question, agents: int | None, shrinkage: float, *, explain: bool) -> None:
    """Print the agents that one interval needs, or what given agents achieve."""
    from wfm.staffing.one import answer
    from wfm.staffing.sensitivity import explain as explained_of

    found = answer(asked, shrinkage=shrinkage, agents=agents)
    explained = explained_of(asked, found.agents) if explain else None
    if here.as_json:
        facts = asdict(found) | {"explanation": here.say(found.explanation)}
        if explained is not None:
            facts["explained"] = _facts(here, explained)
        here.give(_finite(facts))
        return
    typer.echo(here.say(found.explanation))
    if explained is not None:
        for line in _explained(here, explained, found.agents):
            typer.echo(line)


def rows_of_file(here: Session, asked: Asked, table: Path, out: Path | None) -> None:
    """Answer every row of a CSV file: into another one, or printed."""
    from wfm.pipeline.staff_table import staff_file, write_rows

    rows = staff_file(table, asked.model, asked.interval, asked.target, asked.more)
    if here.as_json:
        here.give({"rows": [_finite(row) for row in rows.to_dict("records")]})
    elif out is None:
        typer.echo(rows.to_csv(index=False), nl=False)
    else:
        write_rows(rows, out)
        here.tell(m.WRITTEN.fill(n=len(rows), path=out))


def whole_folder(here: Session, folder: Path, flexible: float | None) -> None:
    """Print the totals of a folder's requirement, or what each skill set needs with so many flexible agents in %."""
    if flexible is not None:
        from wfm.cli.staff_skills import skill_sets

        skill_sets(here, folder, flexible)
        return
    from wfm.cli.show import show_requirement
    from wfm.pipeline.staff import staff_folder

    show_requirement(here, staff_folder(folder, locale=here.asked))


def _model(
    name: str | None, patience: str | None, redial: float, lines: int, concurrency: str, load_cv: float
) -> Model | None:
    """Return the model that the options name; None when none does."""
    if name is None and patience is None:
        return None
    from wfm.erlang import Model

    try:
        factors = tuple(float(v) for v in concurrency.split(",") if v.strip())
    except ValueError as error:
        raise SettingsError(m.BAD_NUMBERS.fill(value=concurrency)) from error
    wait = float("inf") if patience is None else seconds_of(patience)
    return Model(name or "erlang_a", wait, redial / 100, lines, factors, load_cv / 100)  # type: ignore[arg-type]


def _optional(text: str | None) -> float | None:
    return None if text is None else seconds_of(text)


def _share(percent: float | None) -> float | None:
    return None if percent is None else percent / 100


def _explained(here: Session, found: Explained, agents: int) -> Iterator[str]:
    """Yield load and cushion, what a little more or less does, and the service level as bars."""
    said = m.CUSHION.fill(load=found.load, cushion=found.cushion, roots=found.cushion_roots)
    yield here.say(said)
    yield ""
    yield from aligned([[here.say(head) for head in m.COLUMNS.values()], *(_row(here, v) for v in found.variations)])
    yield ""
    yield here.say(m.CURVE)
    for number, level in found.curve:
        mark = "<" if number == agents else ""
        yield f"{number:>6} {level:>6.1%} {'█' * round(level * _BAR):<{_BAR}} {mark}".rstrip()


def _row(here: Session, case: Any) -> list[str]:
    found = case.figures
    wait = f"{found.asa_seconds:.1f}" if isfinite(found.asa_seconds) else "∞"
    shares = (f"{found.service_level:.1%}", wait, f"{found.abandoned:.1%}", f"{found.occupancy:.1%}")
    return [here.say(case.said), str(case.agents), str(case.required), *shares]


def aligned(rows: list[list[str]]) -> Iterator[str]:
    """Yield rows of text under each other: the first column to the left, the others to the right."""
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        pads = [" " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join([row[0] + pads[0], *(pad + cell for pad, cell in zip(pads[1:], row[1:], strict=True))])


def _width(text: str) -> int:
    """Return the columns that a text takes on a terminal."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _facts(here: Session, found: Explained) -> dict[str, Any]:
    return {
        "load": found.load,
        "cushion": found.cushion,
        "cushion_roots": found.cushion_roots,
        "variations": [
            {"name": v.name, "said": here.say(v.said), "agents": v.agents, "required": v.required} | asdict(v.figures)
            for v in found.variations
        ],
        "curve": [{"agents": number, "service_level": level} for number, level in found.curve],
    }


def _finite(value: Any) -> Any:
    """Return the same facts with null for what has no end, since JSON has no infinity."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not isfinite(value) else value
