"""From contacts to required agents per queue and interval."""
