"""Figures of Timefold Solver 1.24.0 (Java), quoted from a measurement made elsewhere: never run here.

One solver thread, CPU seconds, one random seed; settings were chosen on some of the same instances. A 60 s figure here
is 60 CPU seconds of that thread; two idle cores give a program of two threads up to 120 of them in the same wall time.
"""

from __future__ import annotations

NAME = "Timefold 1.24.0 (quoted)"

BEST: dict[tuple[str, int], int] = {
    ("Instance1", 60): 607,
    ("Instance3", 60): 1003,
    ("Instance5", 60): 1243,
    ("Instance7", 60): 1076,
    ("Instance9", 60): 493,
    ("Instance11", 60): 3519,
    ("cc100h-1", 10): 18009,
    ("cc100h-1", 60): 17665,
    ("cc100h-1", 300): 17665,
    ("cc100h-2", 10): 19813,
    ("cc100h-2", 60): 19537,
    ("cc100h-2", 300): 19517,
    ("cc300h-1", 10): 55725,
    ("cc300h-1", 60): 53936,
    ("cc300h-1", 300): 53398,
    ("cc300h-2", 10): 56337,
    ("cc300h-2", 60): 54488,
    ("cc300h-2", 300): 54300,
    ("cc1000h-1", 10): 193499,
    ("cc1000h-1", 60): 183886,
    ("cc1000h-1", 300): 179930,
}
"""Lowest objective of all its settings, by instance and CPU seconds."""
