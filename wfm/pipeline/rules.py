"""Every rule and goal with its manual, its examples and where it is used: what `wfm rules` lists and explains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from wfm import law, roster
from wfm.domain.errors import SettingsError
from wfm.domain.text import Text
from wfm.files import read_settings
from wfm.law.packs import choices, packs
from wfm.pipeline import stages
from wfm.pipeline.manual import SHARED, FieldManual, docstring_of, example_lines, fields_of, said_of, source_of
from wfm.roster.messages import CLOSE, FROM_LAW, FROM_PRESET
from wfm.roster.own_rules import file_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from wfm.law import Pack
    from wfm.roster import Rule

OWN_FILE = Text(en="your file {name}", zh="您的文件 {name}")
UNKNOWN_KIND = Text(
    en="there is no rule or goal {kind!r}; `wfm rules` lists them{mend}",
    zh="没有名为“{kind}”的规则或目标；`wfm rules` 可列出全部{mend}",
)
MEND = Text(en=". {close}", zh="。{close}")
TO_CHOOSE = "…"
"""What stands for a choice that a pack leaves to its user."""


@dataclass(frozen=True, slots=True)
class Use:
    """Where a rule stands."""

    place: Text
    """A preset, a law pack, or a file of the user."""
    fields: Mapping[str, Any]
    source: Text | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule or goal with its manual."""

    kind: str
    phrase: Text
    """In one sentence; a rule's with the values of its first example."""
    source: Text
    """Where it comes from; empty when the manual does not say so."""
    manual: str
    is_goal: bool = False
    always: bool = False
    """Whether a rule is in every book."""
    fields: tuple[FieldManual, ...] = ()
    good: tuple[str, ...] = ()
    """Lines of rosters that keep it."""
    bad: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()

    def has(self, words: Iterable[str]) -> bool:
        """Return whether every word stands somewhere in the entry, in either language."""
        texts = [self.phrase, self.source, *(use.place for use in self.uses), *(use.source for use in self.uses)]
        said = [part for text in texts if text is not None for part in (text.en, text.zh)]
        said += [self.kind.replace("_", " "), self.kind, self.manual]
        said += [part for field in self.fields if field.name not in SHARED for part in (field.name, field.meaning)]
        whole = "\n".join(said).casefold()
        return all(word.casefold() in whole for word in words)


def catalogue(folder: Path | None = None) -> tuple[Entry, ...]:
    """Return every rule that a book can hold, then every goal; with a folder its own rules too.

    Raises
    ------
    InputErrors
        With every problem of the folder's `plan.toml`.
    """
    rules = roster.RULES if folder is None else roster.rule_kinds(read_settings(folder, stages.checks()))
    uses: dict[str, list[Use]] = {}
    for kind, use in (*_own(rules), *_in_presets(), *_in_packs()):
        uses.setdefault(kind, []).append(use)
    goals = (
        Entry(kind, cls.phrase, _source(cls, ()), docstring_of(cls), is_goal=True) for kind, cls in roster.GOALS.items()
    )
    return (*(_entry(cls, uses.get(kind, [])) for kind, cls in sorted(rules.items())), *goals)


def named(kinds: Iterable[str], entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries of some kinds; raises `SettingsError` with the nearest name when there is none of a kind."""
    known = {entry.kind: entry for entry in entries}
    for kind in kinds:
        if kind not in known:
            raise SettingsError(UNKNOWN_KIND.fill(kind=kind, mend=mend(kind, known)))
    return tuple(known[kind] for kind in dict.fromkeys(kinds))


def mend(name: str, known: Iterable[str]) -> Text | str:
    """Return “did you mean …” as a sentence of its own; empty when nothing is close."""
    close = get_close_matches(name, list(known), n=1)
    return MEND.fill(close=CLOSE.fill(close=close[0])) if close else ""


def whole_pack(name: str) -> Pack:
    """Return a law pack with everything that holds on any day since it is complete."""
    chosen = {choice.name: choice.one_of[0] if choice.one_of else TO_CHOOSE for choice in choices(name)}
    since = law.pack(name, date.max, chosen).since
    return law.pack_in_force(name, since, date.max, chosen)


def _entry(cls: type[Rule], uses: Sequence[Use]) -> Entry:
    return Entry(
        kind=cls.kind,
        phrase=said_of(cls),
        source=_source(cls, uses),
        manual=docstring_of(cls),
        always=cls.always,
        fields=fields_of(cls),
        good=tuple(line for example in cls.good for line in example_lines(example)),
        bad=tuple(line for example in cls.bad for line in example_lines(example)),
        uses=tuple(uses),
    )


def _source(cls: type[Any], uses: Iterable[Use]) -> Text:
    """Return the source in the docstring; in Chinese that of the first use whose figures are not our own."""
    said = source_of(cls)
    told = (use.source for use in uses if use.source is not None and not use.source.en.startswith("Ours"))
    return Text(en=said, zh=next((source.zh for source in told), said))


def _own(rules: Mapping[str, type[Rule]]) -> Iterator[tuple[str, Use]]:
    for kind, cls in rules.items():
        if kind not in roster.RULES:
            yield kind, Use(OWN_FILE.fill(name=file_of(cls).name), {})


def _in_presets() -> Iterator[tuple[str, Use]]:
    for name in law.presets():
        sources = law.preset_sources(name)
        for kind, found in law.preset(name).items():
            for fields in found if isinstance(found, list) else [found]:
                yield kind, Use(FROM_PRESET.fill(name=name), dict(fields), sources.get(kind))


def _in_packs() -> Iterator[tuple[str, Use]]:
    for name in packs():
        for provision in whole_pack(name).provisions:
            yield provision.rule, Use(FROM_LAW.fill(name=name), dict(provision.fields), provision.article)
