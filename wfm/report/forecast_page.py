"""Pictures of a forecast and of its errors: one small HTML file of plain SVG that opens without a network."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wfm.domain.text import Locale, Text

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 960, 240, 64, 34, 14
INK, QUIET, LINE, SOFT, ALERT, DEEP = "#1f2933", "#5f6c7b", "#e4e7eb", "#dbe7f0", "#d1495b", "#2f6690"
HUES = ("#2f6690", "#d1495b", "#3a7d44", "#b5838d", "#6d597a", "#e09f3e", "#52796f")
STYLE = f"body{{font:14px sans-serif;color:{INK};max-width:{WIDTH}px;margin:24px auto}}svg{{width:100%;height:auto}}"


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


def page(title: Text, pictures: Sequence[Picture], locale: Locale) -> str:
    """Return a page of pictures as HTML."""
    shown = "\n".join(f"<h2>{escape(p.title)}</h2>\n{drawn(p)}" for p in pictures)
    head = f'<meta charset="utf-8"><title>{escape(title.in_(locale))}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="{locale}">{head}\n<h1>{escape(title.in_(locale))}</h1>\n{shown}\n</html>\n'


def drawn(picture: Picture) -> str:
    """Return a picture as SVG."""
    rows = [np.asarray(c.values, dtype=float) for c in picture.curves]
    bounds = [np.asarray(b, dtype=float) for b in picture.band or ()]
    seen = np.concatenate([*rows, *bounds, [0.0]])
    low, high = float(np.nanmin(seen)), float(np.nanmax(seen))
    frame = _Frame(max(1, max(len(row) for row in rows) - 1), min(0.0, low), max(high, low + 1e-9))
    parts = [*_grid(frame), *_shades(frame, picture), *_band(frame, bounds), *_lines(frame, picture, rows)]
    parts += [_text(frame.x(place), HEIGHT - 10, label, "middle") for place, label in picture.ticks]
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img">{"".join(parts)}</svg>'


@dataclass(frozen=True)
class _Frame:
    last: int
    low: float
    high: float

    def x(self, place: float) -> float:
        return LEFT + (WIDTH - LEFT - 8) * place / self.last

    def y(self, value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - self.low) / (self.high - self.low))


def _grid(frame: _Frame) -> Iterator[str]:
    for value in np.linspace(frame.low, frame.high, 5):
        y = frame.y(float(value))
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - 8}" stroke="{LINE}"/>'
        yield _text(LEFT - 6, y + 4, f"{value:,.0f}" if frame.high > 10 else f"{value:.2g}", "end")


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
    for n, (curve, row) in enumerate(zip(picture.curves, rows, strict=True)):
        breaks = ["M" if k == 0 or row[k - 1] != row[k - 1] else "L" for k in range(len(row))]
        cells = zip(breaks, enumerate(row), strict=True)
        path = "".join(f"{pen}{frame.x(k):.1f} {frame.y(v):.1f}" for pen, (k, v) in cells if v == v)
        yield f'<path d="{path}" fill="none" stroke="{curve.colour}" stroke-width="1.4"/>'
        yield _text(LEFT + 8 + 120 * n, TOP + 4, curve.name, "start", curve.colour)
    for place in picture.marks:
        if place < len(rows[0]) and rows[0][place] == rows[0][place]:
            x, y = frame.x(place), frame.y(float(rows[0][place]))
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="none" stroke="{ALERT}" stroke-width="2"/>'


def _text(x: float, y: float, text: str, anchor: str, colour: str = QUIET) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="11" fill="{colour}">{escape(text)}</text>'
