"""What one file may refer to in another: queues, skills, contracts, shift codes, agents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wfm.domain.options import suggestion
from wfm.files import messages
from wfm.files.cells import BadCell, clean, normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wfm.domain.text import Text

SHOWN = 12
"""Names listed in a message; the rest is cut."""


class Known:
    """A parser that knows the names in use; an unknown one is a bad cell with a suggestion.

    Parameters
    ----------
    names
        The names; None when they could not be read, then every name passes.
    what
        What they name, for the message.
    """

    def __init__(self, names: Iterable[str] | None, what: Text) -> None:
        self._names = None if names is None else {normal(name): name for name in names}
        self._what = what

    def __call__(self, text: str) -> str:
        """Return the name as it is written where it is defined."""
        found = self.meant(text)
        if found is None:
            close = suggestion(clean(text), self._names or {})
            raise BadCell(messages.KNOWN_NAME.fill(what=self._what, names=self.listed()), close)
        return found

    def meant(self, text: str) -> str | None:
        """Return the name that a cell means, None when it is unknown; what looks like a guard may belong to it."""
        plain = clean(text)
        return plain if self._names is None else self._names.get(plain) or self._names.get(normal(text))

    def __contains__(self, name: str) -> bool:
        return self._names is None or normal(name) in self._names

    def __iter__(self) -> Iterator[str]:
        return iter((self._names or {}).values())

    def listed(self) -> str:
        """Return the names for a message."""
        return enumerated(self)


def enumerated(names: Iterable[str]) -> str:
    """Return names separated by commas, cut after the first dozen."""
    every = list(names)
    return ", ".join(every[:SHOWN]) + (", …" if len(every) > SHOWN else "")


@dataclass(frozen=True)
class Names:
    """Everything that `plan.toml` names."""

    queues: Known
    skills: Known
    contracts: Known
    shifts: Known
    leave_types: Known

    @classmethod
    def of(cls, raw: Mapping[str, Any] | None) -> Names:
        """Return the names in the data of `plan.toml`, valid or not; None when it could not be read."""
        data = raw or {}
        queues, contracts, shifts = data.get("queues"), data.get("contracts"), data.get("shifts")
        skills = None
        if isinstance(queues, dict):
            skills = dict.fromkeys(
                str((table.get("skill") if isinstance(table, dict) else None) or name) for name, table in queues.items()
            )
        return cls(
            queues=Known(queues if isinstance(queues, dict) else None, messages.A_QUEUE),
            skills=Known(skills, messages.A_SKILL),
            contracts=Known(contracts if isinstance(contracts, dict) else None, messages.A_CONTRACT),
            shifts=Known(_codes(shifts), messages.A_SHIFT),
            leave_types=Known(_leave_types(data.get("leave")), messages.A_LEAVE_TYPE),
        )


def _codes(shifts: object) -> list[str] | None:
    if not isinstance(shifts, list | tuple):
        return None
    return [str(table["code"]) for table in shifts if isinstance(table, dict) and "code" in table]


def _leave_types(leave: object) -> list[str] | None:
    """Return the kinds of leave that are named; None when none is, then every kind passes."""
    types = leave.get("types") if isinstance(leave, dict) else None
    return list(types) if isinstance(types, dict) and types else None
