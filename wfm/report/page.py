"""The page: one HTML file that needs no network, in the language of the centre."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from plotly.offline import get_plotlyjs

from wfm.domain.answer import Solved
from wfm.report import sections
from wfm.report.wording import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from wfm.domain.answer import Answer
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.domain.text import Text


@dataclass(frozen=True)
class Page:
    """What the page is made from.

    Attributes
    ----------
    cover
        As `wfm.domain.cover.cover` returns it for the roster or the draft; None when there is neither.
    timesheet, payroll
        Tables of the payroll room, with reasons in the language of the page; shown only with a published roster. A
        figure that is not known is None, not zero.
    one_more
        What one more shift on each statutory holiday costs, as payroll returns it; None when nobody asked.
    forecast
        Indexed by (`queue`, `interval_start`); columns `offered` (contacts) and `aht_seconds`.
    backtest
        One row per queue, model and horizon, as the forecast room returns it; errors as shares.
    notes
        What was left aside or flagged on the way.
    facts
        Seed, versions and hashes of the input files, by name.
    names
        Names of rules, goals and pay elements by kind, where the room does not know them.
    prices
        What costs how much, in one sentence per goal and soft rule, by kind.
    """

    plan: Plan
    answer: Answer
    cover: pd.DataFrame | None = None
    timesheet: pd.DataFrame | None = None
    payroll: pd.DataFrame | None = None
    one_more: pd.DataFrame | None = None
    forecast: pd.DataFrame | None = None
    backtest: pd.DataFrame | None = None
    notes: tuple[Text, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, Text] = field(default_factory=dict)
    prices: Mapping[str, Text] = field(default_factory=dict)

    @property
    def published(self) -> bool:
        """Whether there is a roster that keeps every hard rule."""
        return isinstance(self.answer, Solved)

    @property
    def roster(self) -> Roster | None:
        """The roster, or the draft where there is none."""
        return self.answer.roster if isinstance(self.answer, Solved) else self.answer.draft

    @cached_property
    def words(self) -> Words:
        """The language of the page."""
        return Words(self.plan.settings.centre.locale)


def render(page: Page) -> str:
    """Return the page as one HTML document: styles, script and charts are inside, nothing is fetched.

    Every text from outside is escaped; a security policy in the head forbids the browser to load anything.
    """
    environment = Environment(
        loader=PackageLoader("wfm.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates = files("wfm.report") / "templates"
    return environment.get_template("page.html.j2").render(
        t=page.words.constants(),
        words=page.words,
        page=page,
        css=(templates / "page.css").read_text("utf-8"),
        js=(templates / "page.js").read_text("utf-8"),
        plotly=get_plotlyjs(),
        **sections.everything(page),
    )
