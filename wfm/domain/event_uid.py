"""The id of a shift in a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_OID, uuid5

if TYPE_CHECKING:
    from datetime import date


def event_uid(centre: str, agent_id: str, day: date) -> str:
    """Return the id of an agent's event on a date: the same for ever, and no name can be read from it."""
    return str(uuid5(NAMESPACE_OID, "\0".join((centre, agent_id, day.isoformat()))))
