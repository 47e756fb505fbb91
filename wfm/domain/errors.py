"""Every error a user of the library can meet.

    WfmError                    anything that is not a bug of ours
    ├── InputError              one problem in one place of the user's input
    ├── InputErrors             all problems of all files, raised once
    ├── SettingsError           a setting given in code that cannot be used
    ├── NotEnoughHistory        a forecast was asked for with too little to learn from
    ├── ManifestError           the files in `out/` are not the ones the manifest describes
    └── PluginError             a rule, forecaster, pay element or export of the user's that cannot be used

A `WfmError` carries its message in both languages; the command line prints it without a traceback.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class WfmError(Exception):
    """Base class: the message says where, what, what was expected and how to mend it."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how another process makes the error again."""
        return _again, (type(self), self.args), self.__dict__


class InputError(WfmError):
    """One problem in one place of the user's input.

    Parameters
    ----------
    file
        Name of the file as the user knows it (`"agents.csv"`), or of the table or argument.
    row
        Line in the file, counted from 1 with the header as line 1; None when the whole file is meant.
    column
        The user's own column name, or the key path in `plan.toml`; None when the whole row is meant.
    value
        What stands there, shortened when long; None when nothing does.
    expected
        What should stand there.
    mend
        How to put it right; None when `expected` already says so.
    """

    def __init__(
        self,
        file: str,
        row: int | None,
        column: str | None,
        value: object,
        expected: Text,
        mend: Text | None = None,
    ) -> None:
        self.file, self.row, self.column, self.expected, self.mend = file, row, column, expected, mend
        self.value = None if value is None else shorten(str(value))
        super().__init__(self._compose())

    def _compose(self) -> Text:
        def line(locale: str) -> str:
            zh = locale == "zh"
            place = [self.file]
            if self.row is not None:
                place.append(f"第 {self.row} 行" if zh else f"line {self.row}")
            if self.column is not None:
                place.append(f"“{self.column}”" if zh else f"column {self.column!r}")
            found = "" if self.value is None else (f"“{self.value}”；" if zh else f"found {self.value!r}; ")
            mend = "" if self.mend is None else (f"。{self.mend.zh}" if zh else f". {self.mend.en}")
            expected = f"应为：{self.expected.zh}" if zh else f"expected {self.expected.en}"
            return (" " if zh else ", ").join(place) + ("：" if zh else ": ") + found + expected + mend

        return Text(en=line("en"), zh=line("zh"))


_NOTHING_CHANGED = Text(
    en="{count} problem(s) in the input; nothing was changed", zh="输入中有 {count} 个问题；未改动任何文件"
)


_MORE = Text(
    en="{place}: and {count} more like the {shown} above", zh="{place}：另有 {count} 个与上面 {shown} 个类似的问题"
)
MOST = 101
"""Problems of one column that are told one by one: reading keeps a hundred and a line about the rest."""
SHOWN = 20
"""Problems of a column that are told where it has more."""


class InputErrors(WfmError):
    """All problems of all files in one report, sorted by file and line; of a column with very many the first ones.

    Attributes
    ----------
    errors
        The single problems, at least one.
    """

    def __init__(self, errors: Iterable[InputError], head: Text = _NOTHING_CHANGED) -> None:
        self.errors = tuple(sorted(errors, key=lambda e: (e.file, e.row or 0, e.column or "")))
        head, told = head.fill(count=len(self.errors)), tuple(_told(self.errors))
        super().__init__(
            Text(
                en="\n".join([head.en, *(f"  {text.en}" for text in told)]),
                zh="\n".join([head.zh, *(f"  {text.zh}" for text in told)]),
            )
        )


def _told(errors: Sequence[InputError]) -> Iterator[Text]:
    """Yield the message of each problem; of a column that has more than `MOST` the first ones and how many more."""
    counts, seen = Counter((e.file, e.column) for e in errors), Counter[tuple[str, str | None]]()
    for error in errors:
        place = error.file, error.column
        seen[place] += 1
        if counts[place] <= MOST or seen[place] <= SHOWN:
            yield error.message
        elif seen[place] == counts[place]:
            yield _MORE.fill(place=" ".join(filter(None, place)), count=counts[place] - SHOWN, shown=SHOWN)


class SettingsError(WfmError):
    """A setting given in code that cannot be used."""


class NotEnoughHistory(WfmError):
    """A forecast was asked for with too little history to learn from."""


class ManifestError(WfmError):
    """The files in an output folder are not the ones its manifest describes."""


class PluginError(WfmError):
    """A rule, goal, forecaster, pay element or export format of the user's that cannot be loaded, or fails."""


def _again(cls: type[WfmError], arguments: tuple[Any, ...]) -> WfmError:
    error = cls.__new__(cls)
    error.args = arguments
    return error


def shorten(text: str, limit: int = 60) -> str:
    """Return the text on one line, cut to `limit` characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
