"""The law as dated data: every value with its source and the date from which it holds."""

from wfm.law.pay import Parameter, calendar_month_hours, pay_countries, pay_parameters
from wfm.law.rulebooks import preset, preset_sources, preset_title, presets

__all__ = [
    "Parameter",
    "calendar_month_hours",
    "pay_countries",
    "pay_parameters",
    "preset",
    "preset_sources",
    "preset_title",
    "presets",
]
