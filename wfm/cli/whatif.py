"""`wfm whatif`: scenarios of a folder side by side, or what one pool of equal centres saves."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wfm.cli import messages as common
from wfm.cli import whatif_messages as m
from wfm.cli.options import Json, Locale, OptionalFolder, help_of, seconds_of
from wfm.cli.session import Session, session
from wfm.domain.errors import SettingsError
from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.scenario import Scenario
    from wfm.pipeline.whatif import Compared
    from wfm.staffing.scenarios import Figures

File = Annotated[Path | None, typer.Option("--scenarios", help=help_of(m.SCENARIOS), metavar="FILE")]
Volume = Annotated[float, typer.Option(help=help_of(m.VOLUME), min=0, metavar="1.1")]
AhtFactor = Annotated[float, typer.Option("--aht-factor", help=help_of(m.AHT_FACTOR), min=0, metavar="0.95")]
Goal = Annotated[str | None, typer.Option(help=help_of(m.TARGET), metavar="80/20")]
Merge = Annotated[list[str] | None, typer.Option(help=help_of(m.MERGE), metavar="NEW=QUEUE,QUEUE")]
Centres = Annotated[int | None, typer.Option(help=help_of(m.CENTRES), min=1, metavar="N")]
Offered = Annotated[float | None, typer.Option(help=help_of(common.OFFERED), min=0, metavar="213")]
Interval = Annotated[str, typer.Option(help=help_of(common.INTERVAL), metavar="60min")]
Aht = Annotated[str | None, typer.Option(help=help_of(common.AHT), metavar="300s")]
Out = Annotated[Path | None, typer.Option(help=help_of(m.OUT), metavar="FILE")]


def whatif(
    folder: OptionalFolder = None,
    scenarios: File = None,
    volume: Volume = 1.0,
    aht_factor: AhtFactor = 1.0,
    target: Goal = None,
    merge: Merge = None,
    centres: Centres = None,
    offered: Offered = None,
    interval: Interval = "60min",
    aht: Aht = None,
    out: Out = None,
    as_json: Json = False,
    locale: Locale = None,
) -> None:
    """Compare scenarios."""
    with session(folder, locale, as_json=as_json) as here:
        if folder is None:
            one_pool(here, centres, offered, interval, aht, target or "80/20")
            return
        from wfm.pipeline.whatif import compare_folder, scenario_of, write_comparison

        asked = scenario_of(volume, aht_factor, target, merge or ())
        found = compare_folder(folder, file=scenarios, asked=asked, locale=here.asked)
        show(here, found)
        if out is not None:
            write_comparison(found, out)
            here.tell(m.WRITTEN.fill(path=out))


def one_pool(
    here: Session, centres: int | None, offered: float | None, interval: str, aht: str | None, target: str
) -> None:
    """Print what one pool saves against equal centres with a share of the contacts each."""
    from wfm.erlang.pooling import pooling
    from wfm.staffing import parse_target

    if centres is None or offered is None or aht is None:
        raise SettingsError(m.FOLDER_OR_CENTRES)
    seconds = seconds_of(aht)
    each = offered * seconds / seconds_of(interval) / centres
    found = pooling(each, centres, seconds, **parse_target(target))
    if here.as_json:
        here.give({"centres": centres, "load_each": each, **asdict(found), "saved": found.saved})
        return
    share = found.saved / found.separate if found.separate else 0.0
    said = m.POOLED.fill(centres=centres, each=each, share=share, saved=found.saved, **asdict(found))
    typer.echo(here.say(said))


def show(here: Session, found: Compared) -> None:
    """Print a row per scenario, then what each one changes against the plan."""
    from wfm.cli.show import show_table

    named = [(m.BASE, found.base), *((_name(key_of, s), f) for key_of, s, f in _scenarios(found))]
    rows = [asdict(f) | {"scenario": here.say(n), "cost_money": f.cost} for n, f in named]
    if here.as_json:
        here.give({"currency": found.currency, "scenarios": [_plain(row) for row in rows]})
        return
    columns = m.COLUMNS if any(row["cost"] is not None for row in rows) else m.COLUMNS[:-1]
    show_table(here, rows, columns)
    for name, figures in named[1:]:
        typer.echo(here.say(_against(name, figures, found)))


def _scenarios(found: Compared) -> Iterator[tuple[str, Scenario, Figures]]:
    return ((figures.key, scenario, figures) for scenario, figures in found.scenarios)


def _name(key: str, scenario: Scenario) -> Text:
    if key == "asked" and not scenario.name:
        return m.ASKED
    return Text(en=scenario.name or key, zh=scenario.name or key)


def _against(name: Text, figures: Figures, found: Compared) -> Text:
    base, cost = found.base, Text(en="", zh="")
    if figures.cost is not None and base.cost is not None:
        cost = m.COST.fill(cost=figures.cost - base.cost, currency=found.currency)
    heads, hours = figures.heads - base.heads, figures.gross_hours - base.gross_hours
    return m.AGAINST.fill(name=name, heads=heads, hours=hours, cost=cost)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    row.pop("cost_money")
    return row | {"asa_seconds": row["asa_seconds"] if row["asa_seconds"] != float("inf") else None}
