"""The law as dated data: every value with its source and the date from which it holds."""

from wfm.law.packs import NotComputable, Pack, Provision, pack, pack_in_force
from wfm.law.pay import Parameter, calendar_month_hours, countries_with, pay_countries, pay_parameters
from wfm.law.rulebooks import preset, preset_sources, preset_title, presets

__all__ = [
    "NotComputable",
    "Pack",
    "Parameter",
    "Provision",
    "calendar_month_hours",
    "countries_with",
    "pack",
    "pack_in_force",
    "pay_countries",
    "pay_parameters",
    "preset",
    "preset_sources",
    "preset_title",
    "presets",
]
