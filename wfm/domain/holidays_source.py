"""What the `holidays` package knows about a country, sorted into kinds; the only module that imports it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING

import holidays

from wfm.domain.errors import SettingsError
from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from holidays import HolidayBase

    from wfm.domain.text import Locale

PACKAGE = f"holidays {version('holidays')}"
"""Name and version of the package, for the source of a day."""

_LABELS = ("observed_estimated_label", "observed_label_before", "observed_label", "estimated_label")
_UNKNOWN_COUNTRY = Text(
    en="country {country!r} has no holiday calendar; write an ISO 3166 code such as CN",
    zh="国家代码“{country}”没有节假日数据；请填写 ISO 3166 代码，例如 CN",
)
_UNKNOWN_SUBDIVISION = Text(
    en="country {country!r} has no subdivision {subdivision!r}; known: {known}",
    zh="国家“{country}”没有地区“{subdivision}”；可用：{known}",
)


@dataclass(frozen=True, slots=True)
class Known:
    """Holidays of some years.

    Attributes
    ----------
    statutory
        The holidays themselves, on their own dates: name by date.
    substitutes
        Days off in place of a holiday on a day off: name of that holiday by date.
    moved
        One-off or exchanged days off: name by date, empty where the package gives none.
    exchanges
        The weekday that is off by the weekend day that is worked for it, all years.
    weekend
        Every weekly day off.
    estimated
        Dates the package itself calls an estimate.
    last_notice
        Last year for which exchanged days are known; None where the country has none.
    """

    country: str
    statutory: Mapping[date, str]
    substitutes: Mapping[date, str]
    moved: Mapping[date, str]
    exchanges: Mapping[date, date]
    weekend: frozenset[date]
    estimated: frozenset[date]
    last_notice: int | None


def known_holidays(country: str, subdivision: str | None, days: Iterable[date], locale: Locale) -> Known:
    """Return what the package knows about the years of `days` and the years beside them.

    Raises
    ------
    SettingsError
        When the package does not know the country or the subdivision.
    """
    dates = tuple(days)
    years = range(min(dates).year - 1, max(dates).year + 2)
    full = _load(country, subdivision, years, locale, observed=True)
    core = _load(country, subdivision, years, locale, observed=False)
    special = dict(_special(full))
    names = {d: _base_name(full, name) for d, name in full.items() if d not in special}
    originals = {(d.year, part) for d in core if d in names for part in _parts(names[d])}
    substitutes = {d for d in names if d not in core and any((d.year, part) in originals for part in _parts(names[d]))}
    exchanges = {worked: off for off, worked in special.items() if worked is not None}
    return Known(
        country=full.country,
        statutory={d: name for d, name in names.items() if d not in substitutes},
        substitutes={d: names[d] for d in substitutes},
        moved={d: "" if special[d] else full[d] for d in special if d in full},
        exchanges=exchanges,
        weekend=frozenset(d for d in dates if full.is_weekend(d)),
        estimated=frozenset(d for d, name in full.items() if _is_estimate(full, name)),
        last_notice=max((d.year for d in special), default=None),
    )


def _load(
    country: str, subdivision: str | None, years: Iterable[int], locale: Locale, *, observed: bool
) -> HolidayBase:
    code = country.strip().upper()
    try:
        known = holidays.country_holidays(code, years=())
    except NotImplementedError as error:
        raise SettingsError(_UNKNOWN_COUNTRY.fill(country=country)) from error
    if subdivision is not None and subdivision not in (*known.subdivisions, *known.subdivisions_aliases):
        names = ", ".join(known.subdivisions) or "-"
        raise SettingsError(_UNKNOWN_SUBDIVISION.fill(country=country, subdivision=subdivision, known=names))
    return holidays.country_holidays(
        code, subdiv=subdivision, years=years, observed=observed, language=_language(known, locale)
    )


def _language(known: HolidayBase, locale: Locale) -> str | None:
    wished = ("zh_CN", "zh_HK", "zh_TW") if locale == "zh" else ("en_US", "en_GB")
    return next((w for w in wished if w in known.supported_languages), known.default_language)


def _special(known: HolidayBase) -> Iterator[tuple[date, date | None]]:
    """Yield days off that are no annual holiday, each with the weekend day worked for it where there is one."""
    for year, rows in getattr(known, "special_public_holidays", {}).items():
        for row in rows if rows and isinstance(rows[0], tuple) else (rows,):
            off = date(year, row[0], row[1])
            if len(row) >= 4:
                yield off, date(row[4] if len(row) == 5 else year, row[2], row[3])
            elif known.country == "CN":
                yield off, None


def _base_name(known: HolidayBase, name: str) -> str:
    """Return the name without the words that say "observed" or "estimated"."""
    for label in _labels(known):
        name = name.replace(label, "")
    return name.strip()


def _parts(name: str) -> list[str]:
    """Return the holidays of a date: two that fall together have their names joined."""
    return name.split("; ")


def _labels(known: HolidayBase) -> list[str]:
    return [known.tr(getattr(known, part)).replace("%s", "") for part in _LABELS if hasattr(known, part)]


def _is_estimate(known: HolidayBase, name: str) -> bool:
    words = [known.tr(getattr(known, p)).replace("%s", "") for p in _LABELS if "estimated" in p and hasattr(known, p)]
    return any(word and word in name for word in words)
