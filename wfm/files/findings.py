"""What reading turns up: every problem of every file, and what was left aside."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from wfm.domain.errors import InputError, InputErrors
from wfm.files import messages

if TYPE_CHECKING:
    from wfm.domain.text import Text

LIMIT = 100
"""Problems listed per file and column; the rest is counted in one line."""


class Findings:
    """Problems and notes, gathered while files are read."""

    def __init__(self) -> None:
        self.notes: list[Text] = []
        self._errors: list[InputError] = []
        self._seen: Counter[tuple[str, str | None]] = Counter()

    def add(self, error: InputError) -> None:
        """Keep one problem; beyond `LIMIT` of a file and column it is only counted."""
        place = error.file, error.column
        self._seen[place] += 1
        if self._seen[place] <= LIMIT:
            self._errors.append(error)

    def note(self, text: Text, **values: object) -> None:
        """Keep one note for the report, its places filled."""
        self.notes.append(text.fill(**values))

    def about(self, file: str) -> int:
        """Return how many problems a file has."""
        return sum(count for (name, _), count in self._seen.items() if name == file)

    def errors(self) -> tuple[InputError, ...]:
        """Return the problems in the order in which they were found."""
        rest = (
            InputError(file, None, column, None, messages.MANY_MORE.fill(count=count - LIMIT))
            for (file, column), count in self._seen.items()
            if count > LIMIT
        )
        return (*self._errors, *rest)

    def raise_if_any(self) -> None:
        """Raise `InputErrors` with every problem; return when there is none."""
        if self._errors:
            raise InputErrors(self.errors())
