"""Pictures of a forecast and of its errors: one small HTML file of plain SVG that opens without a network."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wfm.domain.text import Locale, Text

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 960, 250, 64, 24, 30, 30
"""Pixels of a picture and its margins; the names of the lines stand in the upper one."""
ROW, NUMBER, LETTER = 22, 56, 6.2
"""Pixels of a bar's row, of the number behind it, and of a letter."""
INK, QUIET, LINE, SOFT, ALERT, DEEP = "#1f2933", "#5f6c7b", "#e4e7eb", "#dbe7f0", "#d1495b", "#2f6690"
HUES = ("#2f6690", "#d1495b", "#3a7d44", "#b5838d", "#6d597a", "#e09f3e", "#52796f")
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
"""Distances of an axis, times a power of ten."""
STYLE = (
    f"body{{font:14px sans-serif;color:{INK};max-width:{WIDTH}px;margin:24px auto;padding:0 16px}}"
    "h2{font-size:16px;margin:28px 0 4px}svg{width:100%;height:auto}"
)


@dataclass(frozen=True)
class Curve:
    """One line of a picture; NaN breaks it."""

    name: str
    values: Sequence[float]
    colour: str = DEEP


@dataclass(frozen=True)
class Picture:
    """What one picture shows over equally spaced places.

    Attributes
    ----------
    ticks
        Place and label of some places.
    band
        Low and high bounds, drawn behind the lines.
    marks
        Places that are marked with a dot on the first line.
    shaded
        First and last place of stretches that are marked behind everything.
    """

    title: str
    curves: Sequence[Curve]
    ticks: Sequence[tuple[int, str]]
    band: tuple[Sequence[float], Sequence[float]] | None = None
    marks: Sequence[int] = ()
    shaded: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True)
class Bars:
    """One bar per name, one below the other, in percent.

    Attributes
    ----------
    marks
        A value per bar that is marked across it, such as the least that is possible; none leaves them out.
    """

    title: str
    names: Sequence[str]
    values: Sequence[float]
    marks: Sequence[float] = ()


def page(title: Text, pictures: Sequence[Picture | Bars], locale: Locale) -> str:
    """Return a page of pictures as HTML."""
    shown = "\n".join(f"<h2>{escape(p.title)}</h2>\n{drawn(p)}" for p in pictures)
    head = f'<meta charset="utf-8"><title>{escape(title.in_(locale))}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="{locale}">{head}\n<h1>{escape(title.in_(locale))}</h1>\n{shown}\n</html>\n'


def drawn(picture: Picture | Bars) -> str:
    """Return a picture as SVG."""
    height = HEIGHT if isinstance(picture, Picture) else ROW * len(picture.names) + 8
    parts = _curves(picture) if isinstance(picture, Picture) else _bars(picture)
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img">{"".join(parts)}</svg>'


def axis(low: float, high: float) -> list[float]:
    """Return round values, equally far apart, four to seven of them, the last at or above `high`.

    Examples
    --------
    >>> axis(0.0, 1530.0)
    [0.0, 500.0, 1000.0, 1500.0, 2000.0]
    """
    least = max(high - low, 1e-9) / 4
    power = 10.0 ** np.floor(np.log10(least))
    step = next(float(k * power) for k in STEPS if k * power >= least * (1 - 1e-9))
    first, last = np.floor(low / step), np.ceil(high / step - 1e-9)
    return [float(step * n) for n in range(int(first), int(max(last, first + 1)) + 1)]


def _curves(picture: Picture) -> Iterator[str]:
    rows = [np.asarray(c.values, dtype=float) for c in picture.curves]
    bounds = [np.asarray(b, dtype=float) for b in picture.band or ()]
    seen = np.concatenate([*rows, *bounds, [0.0]])
    values = axis(float(np.nanmin(seen)), float(np.nanmax(seen)))
    frame = _Frame(max(1, max(len(row) for row in rows) - 1), values[0], values[-1])
    yield from _shades(frame, picture)
    yield from _grid(frame, values)
    yield from _band(frame, bounds)
    yield from _lines(frame, picture, rows)
    yield from (_text(frame.x(place), HEIGHT - 10, label, "middle") for place, label in picture.ticks)


def _bars(picture: Bars) -> Iterator[str]:
    left = min(WIDTH / 2, 16 + LETTER * max(_letters(name) for name in picture.names))
    known = [v for v in (*picture.values, *picture.marks) if v == v]
    scale = (WIDTH - left - NUMBER) / max(*known, 1.0) if known else 0.0
    for n, (name, value) in enumerate(zip(picture.names, picture.values, strict=True)):
        y = 4 + ROW * n
        yield _text(left - 8, y + 15, name, "end", INK)
        if value == value:
            yield f'<rect x="{left:.1f}" y="{y + 3}" width="{scale * value:.1f}" height="{ROW - 6}" fill="{DEEP}"/>'
            yield _text(left + scale * value + 6, y + 15, f"{value:,.0f} %", "start", INK)
    for n, mark in enumerate(picture.marks):
        if mark == mark:
            x, y = left + scale * mark, 4 + ROW * n
            yield f'<path d="M{x:.1f} {y}V{y + ROW}" stroke="{ALERT}" stroke-width="3"/>'


def _letters(text: str) -> int:
    """Return the width of a text in letters; a Chinese character takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


@dataclass(frozen=True)
class _Frame:
    last: int
    low: float
    high: float

    def x(self, place: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * place / self.last

    def y(self, value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - self.low) / (self.high - self.low))


def _grid(frame: _Frame, values: Sequence[float]) -> Iterator[str]:
    for value in values:
        y = frame.y(value)
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{LINE}"/>'
        yield _text(LEFT - 6, y + 4, f"{value:,.10g}", "end")


def _shades(frame: _Frame, picture: Picture) -> Iterator[str]:
    for first, last in picture.shaded:
        x, width = frame.x(first - 0.5), frame.x(last + 0.5) - frame.x(first - 0.5)
        yield f'<rect x="{x:.1f}" y="{TOP}" width="{width:.1f}" height="{HEIGHT - TOP - BOTTOM}" fill="#f6e7c1"/>'


def _band(frame: _Frame, bounds: Sequence[np.ndarray[tuple[int], np.dtype[np.float64]]]) -> Iterator[str]:
    if bounds:
        low, high = bounds
        there = [(n, v) for n, v in enumerate(low) if v == v]
        back = [(n, v) for n, v in enumerate(high) if v == v][::-1]
        path = "L".join(f"{frame.x(n):.1f} {frame.y(v):.1f}" for n, v in [*there, *back])
        yield f'<path d="M{path}Z" fill="{SOFT}"/>'


def _lines(
    frame: _Frame, picture: Picture, rows: Sequence[np.ndarray[tuple[int], np.dtype[np.float64]]]
) -> Iterator[str]:
    place = float(LEFT)
    for curve, row in zip(picture.curves, rows, strict=True):
        breaks = ["M" if k == 0 or row[k - 1] != row[k - 1] else "L" for k in range(len(row))]
        cells = zip(breaks, enumerate(row), strict=True)
        path = "".join(f"{pen}{frame.x(k):.1f} {frame.y(v):.1f}" for pen, (k, v) in cells if v == v)
        yield f'<path d="{path}" fill="none" stroke="{curve.colour}" stroke-width="1.4"/>'
        yield f'<path d="M{place:.1f} 12h16" stroke="{curve.colour}" stroke-width="3"/>'
        yield _text(place + 20, 16, curve.name, "start", curve.colour)
        place += 44 + LETTER * _letters(curve.name)
    for mark in picture.marks:
        if mark < len(rows[0]) and rows[0][mark] == rows[0][mark]:
            x, y = frame.x(mark), frame.y(float(rows[0][mark]))
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="none" stroke="{ALERT}" stroke-width="2"/>'


def _text(x: float, y: float, text: str, anchor: str, colour: str = QUIET) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="11" fill="{colour}">{escape(text)}</text>'
