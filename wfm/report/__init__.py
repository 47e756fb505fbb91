"""What the planner looks at: key figures, and one HTML page that opens without a network."""

from wfm.report.kpis import Kpis, cover_by_day, cover_by_queue, kpis
from wfm.report.page import Page, render

__all__ = ["Kpis", "Page", "cover_by_day", "cover_by_queue", "kpis", "render"]
