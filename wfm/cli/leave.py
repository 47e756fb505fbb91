"""`wfm leave FOLDER`: leave that waits for a decision, and the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from wfm.cli import leave_messages as m
from wfm.cli.messages import ITEM
from wfm.cli.options import Folder, Json, Locale, help_of
from wfm.cli.session import Exit, session
from wfm.domain.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wfm.cli.session import Session
    from wfm.domain.text import Text
    from wfm.pipeline.leave import Application, Desk
    from wfm.records.leave import Objection

Approve = Annotated[str | None, typer.Option(help=help_of(m.APPROVE), metavar="ID")]
Reject = Annotated[str | None, typer.Option(help=help_of(m.REJECT), metavar="ID")]
By = Annotated[str, typer.Option(help=help_of(m.BY), metavar="NAME")]
Show = Annotated[str | None, typer.Option(help=help_of(m.SHOW), metavar="ID")]
Wishes = Annotated[bool, typer.Option("--wishes", help=help_of(m.WISHES))]


def leave(
    folder: Folder,
    approve: Approve = None,
    reject: Reject = None,
    by: By = "",
    show: Show = None,
    wishes: Wishes = False,
    as_json: Json = False,
    locale: Locale = None,
) -> None:
    """List leave that waits, or decide about one."""
    with session(folder, locale, as_json=as_json) as here:
        from wfm.pipeline.leave import decide, leave_folder

        if approve and reject:
            raise SettingsError(m.ONE_DECISION)
        if not approve and not reject:
            _show(here, leave_folder(folder, locale=here.asked), show, wishes)
            return
        name = approve or reject or ""
        against = decide(folder, name, "approved" if approve else "rejected", by)
    _conclude(here, folder, name, "approved" if approve else "rejected", by, against)


def _conclude(here: Session, folder: Path, name: str, decision: str, by: str, against: tuple[Objection, ...]) -> None:
    if here.as_json:
        reasons = _reasons(here, against)
        here.give({"id": name, "decision": "refused" if against else decision, "by": by, "objections": reasons})
    elif against:
        typer.echo(here.say(m.REFUSED.fill(name=name)))
        for objection in against:
            typer.echo(here.say(ITEM.fill(text=objection.message)))
    else:
        here.tell(m.DONE[decision].fill(name=name, by=by, folder=folder))
    raise typer.Exit(Exit.IMPOSSIBLE if against else Exit.DONE)


def _show(here: Session, desk: Desk, name: str | None, wishes: bool) -> None:
    if here.as_json:
        here.give(
            {
                "roster": desk.standing is not None,
                "requests": [_facts(here, desk, a) for a in desk.applications if name in (None, a.name)],
                "wishes": list(_wishes(desk)),
            }
        )
        return
    if desk.standing is None:
        here.tell(m.NO_ROSTER)
    if name is not None:
        _show_loss(here, desk, desk.application(name))
    elif wishes:
        _show_rows(here, list(_wishes(desk)), ("date", "agent_id", "asking", "spare", "odds"), m.NO_WISHES)
    else:
        _show_applications(here, desk)


def _show_applications(here: Session, desk: Desk) -> None:
    """Print one line each, and below what stands against some."""
    columns = ("leave_id", "last_date", "leave_type", "days_left", "short", "spare", "odds", "granted_by")
    _show_rows(here, [_row(here, desk, a) for a in desk.applications], columns, m.NONE_WAITS)
    if any(a.loss is not None for a in desk.applications):
        here.tell(m.EXPLAINED)
    for found in desk.applications:
        unpaid = [] if _is_paid(desk, found) else [m.UNPAID]
        for reason in (*unpaid, *(o.message for o in found.objections)):
            typer.echo(here.say(ITEM.fill(text=m.REASON.fill(name=found.name, reason=reason))))


def _is_paid(desk: Desk, found: Application) -> bool:
    kind = desk.inputs.settings.leave.types.get(found.absence.type)
    return kind is None or kind.paid


def _show_rows(here: Session, rows: list[dict[str, Any]], columns: tuple[str, ...], nothing: Text) -> None:
    from wfm.cli.show import show_table

    if not rows:
        here.tell(nothing)
        return
    show_table(here, rows, columns)
    here.tell(m.ESTIMATE)


def _show_loss(here: Session, desk: Desk, found: Application) -> None:
    from wfm.cli.show import show_table

    rows = list(_intervals(found))
    if rows:
        columns = ("queue", "interval_start", "required", "before", "after", "missing")
        show_table(here, [{**row, "interval_start": row["interval_start"][:16]} for row in rows], columns)
    elif desk.standing is not None:
        here.tell(m.NOTHING_MISSING.fill(name=found.name))


def _row(here: Session, desk: Desk, found: Application) -> dict[str, Any]:
    facts = _facts(here, desk, found)
    return {
        "leave_id": found.name,
        "last_date": facts["last_date"][5:],
        "leave_type": facts["type"],
        "days_left": facts["days_left"],
        "short": None if found.loss is None else f"{facts['missing_hours']:.1f}/{len(found.loss)}",
        "spare": found.spare,
        "odds": found.odds,
        "granted_by": here.say(m.NOBODY if found.objections else m.DECIDES[found.needs]),
    }


def _facts(here: Session, desk: Desk, found: Application) -> dict[str, Any]:
    """Return everything about one leave as plain values."""
    absence = found.absence
    minutes = desk.inputs.settings.intervals.minutes
    return {
        "id": found.name,
        "line": found.line,
        "agent_id": absence.agent_id,
        "first_date": str(absence.first_date),
        "last_date": str(absence.last_date),
        "type": absence.type,
        "paid": _is_paid(desk, found),
        "days_in_a_row": len(found.run),
        "approver_needed": found.needs,
        "objections": _reasons(here, found.objections),
        "days_taken": found.account.taken if found.account else None,
        "days_left": found.account.left if found.account else None,
        "missing_hours": None if found.loss is None else round(float(found.loss["missing"].sum()) * minutes / 60, 2),
        "intervals": None if found.loss is None else list(_intervals(found)),
        "spare": found.spare,
        "odds": found.odds,
    }


def _reasons(here: Session, objections: tuple[Objection, ...]) -> list[dict[str, str]]:
    return [{"article": o.article, "message": here.say(o.message)} for o in objections]


def _intervals(found: Application) -> Iterator[dict[str, Any]]:
    for row in [] if found.loss is None else found.loss.to_dict("records"):
        yield {str(k): v.isoformat() if k == "interval_start" else v for k, v in row.items()}


def _wishes(desk: Desk) -> Iterator[dict[str, Any]]:
    for wish in desk.wishes:
        yield {
            "date": str(wish.request.date),
            "agent_id": wish.request.agent_id,
            "weight": wish.request.weight,
            "asking": wish.asking,
            "spare": wish.spare,
            "odds": wish.odds,
        }
