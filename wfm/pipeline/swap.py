"""Swaps of a planning folder: proposed, agreed, decided; an approved one is in the published roster at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from wfm import roster
from wfm.domain.errors import ManifestError
from wfm.files import read_manifest, read_settings
from wfm.pipeline.check import check_folder
from wfm.pipeline.load import published, restored
from wfm.pipeline.republish import answer_with, republish
from wfm.pipeline.swap_effect import Effect, effect_of
from wfm.pipeline.swap_register import made_swaps, read_swaps
from wfm.pipeline.write import OUT, ROSTER, output_of
from wfm.records import swap_messages as m
from wfm.records.swap_terms import cannot_approve, exchange_text, objections
from wfm.records.swaps import Register, Swap, SwapRefused

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from wfm.domain.roster import Violation
    from wfm.domain.text import Locale, Text
    from wfm.pipeline.load import Published
    from wfm.pipeline.swap_register import SwapFile


@dataclass(frozen=True)
class Desk:
    """What a decision is taken on: the published roster, the register beside it, and the time."""

    folder: Path
    base: Published
    file: SwapFile
    now: datetime

    def objections(self, swap: Swap) -> list[Text]:
        """Return what the terms of swapping have against a swap."""
        return objections(swap, self.base.plan, self.base.roster, self.file.register, self.now)


@dataclass(frozen=True)
class Outcome:
    """A swap after a step, and the soft violations that it brings."""

    swap: Swap
    soft: tuple[Violation, ...] = ()


def desk_of(folder: Path, now: datetime | None, locale: Locale | None = None) -> Desk:
    """Return the published roster of a folder with its swaps.

    Raises
    ------
    InputErrors
        With every problem of every file; of a roster edited by hand, the cells that cannot be read.
    ManifestError
        When `out/` holds no roster, is not as it was written, or was made from other inputs.
    """
    try:
        base = published(folder, locale=locale)
    except ManifestError:
        if (output_of(folder) / ROSTER).exists():
            check_folder(folder)
        raise
    settings = base.plan.settings
    return Desk(folder, base, read_swaps(folder, settings, base.facts), _minute(now, settings.centre.zone))


def _minute(now: datetime | None, zone: ZoneInfo) -> datetime:
    """Return the time of a step in whole minutes; a time without a zone is the wall clock of the centre."""
    if now is None:
        now = datetime.now(zone)
    return (now if now.tzinfo else now.replace(tzinfo=zone)).replace(second=0, microsecond=0)


def list_swaps(folder: Path) -> Register:
    """Return every swap of a folder as the published roster bears it out; raises `InputErrors` as reading does."""
    return _register(folder)[0].register


def _register(folder: Path, now: datetime | None = None) -> tuple[SwapFile, datetime]:
    settings, out = read_settings(folder), output_of(folder)
    facts = read_manifest(out) if (out / ROSTER).exists() else None
    return read_swaps(folder, settings, facts), _minute(now, settings.centre.zone)


def propose_swap(
    folder: Path,
    proposer: str,
    proposer_date: date,
    partner: str,
    partner_date: date,
    *,
    agreed: bool = False,
    now: datetime | None = None,
) -> Outcome:
    """Return a swap after writing it into the register; it waits for the partner's agreement and for approval.

    Parameters
    ----------
    agreed
        Whether the partner has agreed already.
    now
        Time of the proposal; None is the clock's, without a zone it is the wall clock of the centre.

    Raises
    ------
    SwapRefused
        With everything that speaks against it: the terms in `[swap]`, or hard rules that it would break.
    InputErrors, ManifestError
        As `desk_of`.
    """
    desk = desk_of(folder, now)
    swap = Swap(
        swap_id=desk.file.register.next_id(),
        proposer=proposer,
        proposer_date=proposer_date,
        partner=partner,
        partner_date=partner_date,
        proposed_at=desk.now,
        agreed_at=desk.now if agreed else None,
    )
    _refuse(desk.objections(swap))
    swap = swap.model_copy(update={"exchange": exchange_text(swap, desk.base.roster)})
    effect = _lawful(desk.base, swap)
    desk.file.save(desk.file.register.put(swap))
    return Outcome(swap, effect.soft)


def agree_swap(folder: Path, swap_id: str, by: str, *, now: datetime | None = None) -> Outcome:
    """Return a swap after noting that the partner, whose agent id is `by`, agrees; raises `SwapRefused`."""
    file, at = _register(folder, now)
    swap = file.register.open(swap_id)
    if by != swap.partner:
        raise SwapRefused([m.NOT_PARTNER.fill(partner=swap.partner, swap_id=swap_id, by=by)])
    if swap.agreed_at is not None:
        raise SwapRefused([m.AGREED.fill(partner=by, swap_id=swap_id, at=f"{swap.agreed_at:%Y-%m-%d %H:%M}")])
    return _noted(file, swap.agree(at))


def reject_swap(folder: Path, swap_id: str, by: str, reason: str, *, now: datetime | None = None) -> Outcome:
    """Return a swap after noting who rejected it and why; raises `SwapRefused`."""
    file, at = _register(folder, now)
    swap, by, reason = file.register.open(swap_id), by.strip(), reason.strip()
    _refuse([*([] if by else [m.NAME_NEEDED]), *([] if reason else [m.REASON_NEEDED])])
    return _noted(file, swap.reject(by, at, reason))


def _noted(file: SwapFile, swap: Swap) -> Outcome:
    file.save(file.register.put(swap))
    return Outcome(swap)


def approve_swap(
    folder: Path, swap_id: str, by: str, *, now: datetime | None = None, locale: Locale | None = None
) -> Outcome:
    """Return a swap after making it: roster, cover, violations, hours, pay, exports and page are written anew.

    Everything is checked again, since the roster may have changed. The swap stands in the manifest, which is exchanged
    together with the roster, and then in the register: should that not be written any more, the next command puts it
    right.

    Raises
    ------
    SwapRefused
        With everything that speaks against it.
    InputErrors, ManifestError
        As `desk_of`; also when the published roster breaks hard rules without the swap.
    """
    desk, by = desk_of(folder, now, locale), by.strip()
    swap = desk.file.register.open(swap_id)
    _refuse([*cannot_approve(swap, by, desk.base.plan, desk.base.roster), *desk.objections(swap)])
    effect = _lawful(desk.base, swap)
    old = sum(v.severity == "hard" for v in desk.base.violations)
    if old:
        raise ManifestError(m.OLD_BREACH.fill(folder=folder / OUT, count=old))
    before = made_swaps(desk.base.facts)
    ids = [*(s.swap_id for s in before), swap_id]
    violations = roster.verify(effect.roster, desk.base.plan, desk.base.book)
    result = restored(desk.base, answer_with(desk.base, effect.roster, violations), ids)
    made = swap.approve(by, desk.now, result.version)
    desk.file.refuse_locked()
    swaps = {"swaps": [s.model_dump(mode="json") for s in (*before, made)]}
    republish(folder, desk.base, result, swaps, check=desk.file.refuse_moved)
    desk.file.replace(desk.file.register.put(made))
    return Outcome(made, effect.soft)


def _refuse(reasons: list[Text]) -> None:
    if reasons:
        raise SwapRefused(reasons)


def _lawful(base: Published, swap: Swap) -> Effect:
    """Return what a swap does; raises `SwapRefused` when it breaks hard rules that were kept."""
    effect = effect_of(base, swap)
    if effect.hard:
        raise SwapRefused([_said(v) for v in effect.hard], by_rules=True)
    return effect


def _said(broken: Violation) -> Text:
    first, last = broken.first_date, broken.last_date
    day = str(first) if first == last else f"{first} – {last}"
    return m.BREAKS.fill(who=broken.agent_id or m.ALL, day=day, message=broken.message, rule=broken.rule)
