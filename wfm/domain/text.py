"""A message in both languages: rules, pay elements and exports carry their phrases in their own file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Locale = Literal["en", "zh"]
LOCALES: tuple[Locale, ...] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Text:
    """One message in English and Chinese; `{name}` places are filled by `fill`.

    Examples
    --------
    >>> Text(en="{n} days", zh="{n} 天").fill(n=3).in_("zh")
    '3 天'
    """

    en: str
    zh: str

    def in_(self, locale: Locale) -> str:
        """Return the message in one language."""
        return self.zh if locale == "zh" else self.en

    def fill(self, **values: object) -> Text:
        """Return the message with its places filled; a value that is a `Text` is filled per language."""
        return Text(
            en=self.en.format(**{k: v.en if isinstance(v, Text) else v for k, v in values.items()}),
            zh=self.zh.format(**{k: v.zh if isinstance(v, Text) else v for k, v in values.items()}),
        )
