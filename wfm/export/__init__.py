"""Files that leave the house: the output tables, how CSV is written, one format per target system."""

from wfm.export.base import EXPORTS, PERSONAL, Column, ExportFormat, Outgoing
from wfm.export.checks import check_settings, export_formats
from wfm.export.csv_file import MACHINE, PEOPLE, CsvOptions, MachineCsv, write_csv
from wfm.export.delta import delta_table
from wfm.export.sidecar import write_profile
from wfm.export.tables import (
    control_totals,
    cover_table,
    forecast_table,
    requirement_table,
    roster_table,
    serving_table,
    violations_table,
)

__all__ = [
    "EXPORTS",
    "MACHINE",
    "PEOPLE",
    "PERSONAL",
    "Column",
    "CsvOptions",
    "ExportFormat",
    "MachineCsv",
    "Outgoing",
    "check_settings",
    "control_totals",
    "cover_table",
    "delta_table",
    "export_formats",
    "forecast_table",
    "requirement_table",
    "roster_table",
    "serving_table",
    "violations_table",
    "write_csv",
    "write_profile",
]
