"""The register of swaps (调班): who exchanged which days with whom, who agreed, who decided and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from wfm.domain.errors import WfmError
from wfm.domain.text import Text
from wfm.records import swap_messages as m

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Status = Literal["proposed", "approved", "rejected", "lapsed"]
"""`lapsed`: it was approved, but a roster made later does not hold it."""


class SwapRefused(WfmError):
    """A swap that cannot be made; nothing was changed.

    Attributes
    ----------
    reasons
        Every reason, at least one.
    by_rules
        Whether hard rules of the rule book forbid it, rather than the terms of swapping.
    """

    def __init__(self, reasons: Iterable[Text], *, by_rules: bool = False) -> None:
        self.reasons, self.by_rules = tuple(reasons), by_rules
        text = m.REFUSED
        for reason in self.reasons:
            text = Text(en=f"{text.en}\n  - {reason.en}", zh=f"{text.zh}\n  - {reason.zh}")
        super().__init__(text)


class Swap(BaseModel):
    """One row of `swaps.csv`: two agents exchange their whole day on one date or on two."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    swap_id: str
    status: Status = "proposed"
    proposer: str
    """Agent id."""
    proposer_date: date
    """The date that the proposer gives away."""
    partner: str
    """Agent id."""
    partner_date: date
    """The date that the partner gives away."""
    exchange: str = ""
    """What each had when it was proposed, proposer/partner: `2026-05-03 D8/-` for a shift against a day off."""
    proposed_at: AwareDatetime
    agreed_at: AwareDatetime | None = None
    """When the partner agreed; None while he has not."""
    approver: str = ""
    """Who decided."""
    decided_at: AwareDatetime | None = None
    reason: str = ""
    """Why it was rejected."""
    roster_version: str = ""
    """The roster in which it was made."""

    @property
    def days(self) -> tuple[date, ...]:
        """The dates that are exchanged, in order."""
        return tuple(sorted({self.proposer_date, self.partner_date}))

    @property
    def pair(self) -> tuple[str, str]:
        """The agents, the proposer first."""
        return self.proposer, self.partner

    @property
    def months(self) -> frozenset[tuple[int, int]]:
        """The calendar months it counts in, as (year, month)."""
        return frozenset((day.year, day.month) for day in self.days)

    @property
    def binding(self) -> bool:
        """Whether it is waiting for a decision or was made."""
        return self.status in ("proposed", "approved")

    def same_as(self, other: Swap) -> bool:
        """Return whether the same two agents exchange the same dates, whoever proposed it."""
        return set(self.pair) == set(other.pair) and self.days == other.days

    def agree(self, at: datetime) -> Swap:
        """Return it with the partner's agreement."""
        return self.model_copy(update={"agreed_at": at})

    def approve(self, by: str, at: datetime, version: str) -> Swap:
        """Return it as made, in the roster of that version."""
        update = {"status": "approved", "approver": by, "decided_at": at, "roster_version": version}
        return self.model_copy(update=update)

    def reject(self, by: str, at: datetime, reason: str) -> Swap:
        """Return it as rejected."""
        update = {"status": "rejected", "approver": by, "decided_at": at, "reason": reason}
        return self.model_copy(update=update)


@dataclass(frozen=True)
class Register:
    """Every swap by its id, in the order of the file.

    Attributes
    ----------
    notes
        By swap id, the cells of columns that the user added to the file; they are kept.
    """

    swaps: Mapping[str, Swap] = field(default_factory=dict)
    notes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def put(self, swap: Swap) -> Register:
        """Return the register with a swap added, or replaced where its id is known."""
        return replace(self, swaps={**self.swaps, swap.swap_id: swap})

    def open(self, swap_id: str) -> Swap:
        """Return a swap that waits for a decision.

        Raises
        ------
        SwapRefused
            When the id is unknown or the swap was decided.
        """
        if swap_id not in self.swaps:
            raise SwapRefused([m.UNKNOWN_ID.fill(swap_id=swap_id, known=", ".join(self.swaps) or m.NONE)])
        found = self.swaps[swap_id]
        if found.status != "proposed":
            raise SwapRefused([m.DECIDED.fill(swap_id=swap_id, status=m.STATUS[found.status], by=found.approver)])
        return found

    def next_id(self) -> str:
        """Return an id that no swap has."""
        numbers = [int(match[1]) for match in (re.fullmatch(r"S(\d+)", known) for known in self.swaps) if match]
        return f"S{max(numbers, default=0) + 1:03d}"

    def count(self, agent_id: str, month: tuple[int, int], besides: str) -> int:
        """Return how many binding swaps an agent has in a calendar month, one of them left out by its id."""
        others = (s for s in self.swaps.values() if s.swap_id != besides and s.binding)
        return sum(agent_id in s.pair and month in s.months for s in others)

    def confirmed(self, made: Iterable[Swap], first: date, last: date) -> Register:
        """Return the register as the published roster bears it out.

        The roster's own record decides, since it is exchanged together with the roster: a swap in it was made even
        where writing the register was cut off, and an approved one that is not in it has lapsed.

        Parameters
        ----------
        made
            The swaps that the published roster holds.
        first, last
            Its period: swaps of other dates stay as they are.
        """
        holds = {swap.swap_id: swap for swap in made}
        gone = {
            swap.swap_id: swap.model_copy(update={"status": "lapsed"})
            for swap in self.swaps.values()
            if swap.status == "approved" and swap.swap_id not in holds and all(first <= d <= last for d in swap.days)
        }
        return replace(self, swaps={**self.swaps, **gone, **holds})
