"""Workforce management for contact centres: from a call log to next month's roster."""
