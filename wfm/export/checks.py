"""What is wrong with `[export]` before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.domain.errors import InputError
from wfm.export.base import EXPORTS
from wfm.export.messages import UNKNOWN_PROFILE

if TYPE_CHECKING:
    from wfm.domain.settings import Settings


def check_settings(settings: Settings) -> list[InputError]:
    """Return one problem per export profile that does not exist."""
    expected = UNKNOWN_PROFILE.fill(known=", ".join(EXPORTS))
    return [
        InputError("plan.toml", None, "export.profiles", name, expected)
        for name in settings.export.profiles
        if name not in EXPORTS
    ]
