"""Files that leave the house: the output tables, how CSV is written, one format per target system."""

from wfm.export.base import EXPORTS, MACHINE, PEOPLE, CsvProfile, ExportFormat, Outgoing, guard, unguard, write_csv
from wfm.export.checks import check_settings, export_formats
from wfm.export.tables import (
    control_totals,
    cover_table,
    forecast_table,
    requirement_table,
    roster_table,
    violations_table,
)

__all__ = [
    "EXPORTS",
    "MACHINE",
    "PEOPLE",
    "CsvProfile",
    "ExportFormat",
    "Outgoing",
    "check_settings",
    "control_totals",
    "cover_table",
    "export_formats",
    "forecast_table",
    "guard",
    "requirement_table",
    "roster_table",
    "unguard",
    "violations_table",
    "write_csv",
]
