"""Roster files of every shape back to assignments: one reader per shape, the same checks of every cell."""

from wfm.files.rosters.reading import SHAPES, ReadBack, read_back

__all__ = ["SHAPES", "ReadBack", "read_back"]
