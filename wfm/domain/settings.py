"""What people type in `plan.toml`: one frozen model per table, unknown keys refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from wfm.domain.agents import Contract
from wfm.domain.clock import parse_clock, parse_duration
from wfm.domain.currencies import CURRENCIES
from wfm.domain.intervals import Grid, OpeningHours, weekday_spans
from wfm.domain.leave import Leave
from wfm.domain.shifts import WEEKDAYS, ShiftTemplate
from wfm.domain.text import Locale


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Centre(_Table):
    """`[centre]`: who plans."""

    name: str
    timezone: str = "Asia/Shanghai"
    """IANA name of the zone whose wall clock the centre lives by."""
    locale: Locale = "zh"
    """Language of messages, reports and files."""
    country: str = "CN"
    """ISO 3166 code: whose holidays."""
    subdivision: str | None = None
    """State or province where holidays differ inside the country."""
    currency: str = Field(default="", validate_default=True)
    """ISO 4217 code of the money of wages; that of the country when left out, where it is known."""

    @model_validator(mode="before")
    @classmethod
    def _money_of_the_country(cls, data: Any) -> Any:
        country = data.get("country", "CN") if isinstance(data, dict) else None
        known = CURRENCIES.get(country) if isinstance(country, str) else None
        return {"currency": known, **data} if known else data

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"unknown time zone {value!r}; write an IANA name such as Asia/Shanghai") from error
        return value

    @field_validator("currency")
    @classmethod
    def _is_code(cls, value: str, info: ValidationInfo) -> str:
        if "country" in info.data and not (len(value) == 3 and value.isascii() and value.isalpha() and value.isupper()):
            raise ValueError(f"{value!r} is no currency; write a code of ISO 4217 such as USD")
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.timezone)


class Period(_Table):
    """`[period]`: the dates to plan, both included."""

    first: date
    last: date

    @model_validator(mode="after")
    def _has_days(self) -> Period:
        if self.last < self.first:
            raise ValueError("the period has no days: last is before first")
        if (self.last - self.first).days >= 366:
            raise ValueError("the period is longer than 366 days")
        return self


class Intervals(_Table):
    """`[intervals]`: the planning grid."""

    minutes: Literal[5, 10, 15, 20, 30, 60] = 30
    open: str | dict[str, str] = "00:00-24:00"
    """`"08:00-20:00"`, several spans joined by commas, `"closed"`, or a table by weekday (`mon` … `sun`)."""

    @field_validator("open")
    @classmethod
    def _readable(cls, value: str | dict[str, str]) -> str | dict[str, str]:
        _opening(value)
        return value

    @property
    def opening(self) -> OpeningHours:
        """The opening hours per weekday."""
        return _opening(self.open)


def _opening(value: str | dict[str, str]) -> OpeningHours:
    table = dict.fromkeys(WEEKDAYS, value) if isinstance(value, str) else value
    unknown = set(table) - set(WEEKDAYS)
    if unknown:
        raise ValueError(f"unknown weekday {sorted(unknown)[0]!r}; write mon, tue, wed, thu, fri, sat, sun")
    return weekday_spans({day: _spans(text) for day, text in table.items()})


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    if text.strip().lower() == "closed":
        return ()
    spans = []
    for piece in text.split(","):
        begin, dash, end = piece.partition("-")
        if not dash:
            raise ValueError(f"{piece.strip()!r} is no span; write 08:00-20:00")
        pair = parse_clock(begin), parse_clock(end)
        if pair[1] <= pair[0]:
            raise ValueError(f"{piece.strip()!r} does not end after it starts; write 20:00-08:00+1 over midnight")
        spans.append(pair)
    return tuple(spans)


class HistoryFormat(_Table):
    """`[history]`: how to read `history.csv`."""

    file: str = "history.csv"
    separator: str = "auto"
    """One character, or `"auto"` (comma, semicolon or tab, taken from the header)."""
    encoding: str = "auto"
    """`"auto"` (BOM, then strict UTF-8, then GB18030) or a Python codec name."""
    columns: dict[str, str] = Field(default_factory=dict)
    """Our column name to the file's own."""
    queue: str | None = None
    """Queue of every row, for a file that has no queue column."""
    day_first: bool = False
    """True when 03/04/2026 is the 3rd of April."""
    interval_minutes: int | None = Field(default=None, gt=0)
    """Length of the file's intervals; None takes it from the file."""


class Target(_Table):
    """Service target of a queue; each given part must hold, and the binding one is named."""

    service_level: float | None = Field(default=None, gt=0, lt=1)
    """Share of offered contacts answered within `acceptable_wait_seconds`."""
    acceptable_wait_seconds: float = Field(default=20, ge=0)
    definition: Literal["offered", "offered_and_short_abandons", "excluding_short_abandons", "answered", "virtual"] = (
        "offered"
    )
    """How the service level is counted; see the page on staffing."""
    short_seconds: float | None = Field(default=None, ge=0)
    """Short-call cut of `excluding_short_abandons`; None takes the acceptable wait."""
    asa_seconds: float | None = Field(default=None, gt=0)
    """Longest mean wait in seconds."""
    max_abandonment: float | None = Field(default=None, gt=0, lt=1)
    """Largest share of contacts that gives up."""
    max_occupancy: float | None = Field(default=None, gt=0, le=1)
    """Highest share of on-queue time spent on contacts."""
    min_agents: int = Field(default=0, ge=0)
    """Floor of agents on the queue while it is open."""

    @model_validator(mode="after")
    def _something(self) -> Target:
        given = (self.service_level, self.asa_seconds, self.max_abandonment, self.max_occupancy)
        if all(value is None for value in given):
            raise ValueError("give at least one of service_level, asa_seconds, max_abandonment, max_occupancy")
        return self


class Queue(_Table):
    """`[queues.NAME]`: one stream of contacts."""

    target: Target
    skill: str | None = None
    """Skill an agent needs to serve it; the queue's own name when absent."""
    aht_seconds: float | None = Field(default=None, gt=0)
    """Handle time in seconds where the history has none."""
    group: str | None = None
    """Name of a family of queues whose sum is forecast too; each agrees with it."""
    sibling: str | None = None
    """Queue that a new one is forecast like while it has little history of its own."""
    contacts_per_day: float | None = Field(default=None, gt=0)
    """Contacts expected on an ordinary day of a new queue with a sibling."""
    patience_seconds: float | None = Field(default=None, gt=0)
    """Mean seconds until a waiting contact gives up; `erlang_c` and `erlang_b` do not use it."""
    model: Literal["erlang_c", "erlang_a", "erlang_b", "erlang_x", "lines", "chat", "uncertain", "deferred"] = (
        "erlang_c"
    )
    """`erlang_c`: nobody gives up; `erlang_a`: people do; `erlang_b`: nobody waits; `erlang_x`: some redial; `lines`:
    few lines; `chat`: several at a time; `uncertain`: the forecast errs; `deferred`: work with a due time."""
    redial_share: float = Field(default=0, ge=0, lt=1)
    """Share of those who give up that redials: `erlang_x`."""
    lines: int | None = Field(default=None, gt=0)
    """Contacts that fit in, waiting ones included: `lines`."""
    concurrency: tuple[float, ...] = ()
    """Handle time with 1, 2, … chats at a time over that with one, such as [1.0, 1.2, 1.5]: `chat`."""
    load_cv: float | None = Field(default=None, gt=0, le=1)
    """Standard deviation of the forecast's error / the forecast: `uncertain`."""
    due_hours: float | None = Field(default=None, gt=0)
    """Hours after its arrival by which a contact has to be done: `deferred`."""
    name: str = ""
    """Name for people; the key when empty."""

    @model_validator(mode="after")
    def _what_the_model_wants(self) -> Queue:
        wanted = {
            "erlang_a": "patience_seconds",
            "erlang_x": "patience_seconds",
            "lines": "lines",
            "chat": "concurrency",
            "uncertain": "load_cv",
            "deferred": "due_hours",
        }.get(self.model)
        if wanted and not getattr(self, wanted):
            raise ValueError(f"the model {self.model} needs {wanted}")
        return self


class Staffing(_Table):
    """`[staffing]`: how the requirement follows contacts that come and go within the day."""

    arrivals: Literal["sipp", "lagged", "modified_load", "simulated"] = "sipp"
    """`sipp`: every interval for itself; `lagged`: one handle time late; `modified_load`: the load that follows them;
    `simulated`: from there on, simulated until every interval meets its targets (seconds for each day).
    """


class Shrinkage(_Table):
    """`[shrinkage]`: shares of paid time off the queue, by cause."""

    rostered: dict[str, float] = Field(default_factory=dict)
    """What the roster itself places (leave, meals, meetings): only for head-count planning."""
    unrostered: dict[str, float] = Field(default_factory=dict)
    """What it does not place (lateness, adherence, short breaks): the roster covers more for it."""
    combine: Literal["additive", "sequential"] = "additive"
    """`additive`: shares are summed; `sequential`: 1 - product of (1 - share)."""

    @model_validator(mode="after")
    def _below_one(self) -> Shrinkage:
        for part in (self.rostered, self.unrostered):
            if any(not 0 <= s < 1 for s in part.values()) or sum(part.values()) >= 1:
                raise ValueError("every share must be in [0, 1) and their sum below 1")
        return self


class Forecasting(_Table):
    """`[forecast]`: which model, and what it may use."""

    model: str = "day_profile"
    """Kind of the forecaster."""
    options: dict[str, Any] = Field(default_factory=dict)
    quantile: float | None = Field(default=None, gt=0, lt=1)
    """Staff to the rate of contacts that is not exceeded with this probability; None staffs to the expectation."""


class Premiums(_Table):
    """`[goals.premiums]`: how many ordinary hours one paid hour costs.

    What two of them add to an ordinary hour adds up: at 3 and 1.5 an hour costs 3.5.
    """

    hours_system: Literal["standard", "comprehensive"] | None = None
    """Whose multipliers of the pay law hold: standard (标准工时制) or comprehensive hours (综合计算工时制)."""
    statutory: Decimal | None = Field(default=None, ge=1)
    """On a statutory holiday, by the local date of the hour; None takes the law's."""
    rest_day: Decimal | None = Field(default=None, ge=1)
    """On a weekend or another day off of the calendar that is no statutory holiday; None takes the law's."""
    small_night: Decimal = Field(default=Decimal(1), ge=1)
    """In a small night shift; no law names a multiplier."""
    big_night: Decimal = Field(default=Decimal(1), ge=1)
    """In a big night shift; no law names a multiplier."""


class Goals(_Table):
    """`[goals]`: what a good roster is, as integer weights; 0 switches a goal off."""

    under: int = Field(default=10, ge=0)
    """Per missing agent and interval."""
    over: int = Field(default=1, ge=0)
    """Per surplus agent and interval."""
    requests: int = Field(default=1, ge=0)
    """Times the weight of each wish that is not met."""
    fairness: int = Field(default=2, ge=0)
    """Per night or weekend shift away from an agent's fair share."""
    stability: int = Field(default=10, ge=0)
    """Per agent-day that differs from the roster already published for the period; without that file nothing differs.
    """
    cost: int = Field(default=0, ge=0)
    """Per paid hour, times its multiplier in `premiums`."""
    premiums: Premiums = Premiums()
    """Multipliers of a paid hour; only `cost` uses them."""
    order: tuple[str, ...] = ()
    """Kinds of goals and soft rules, the most important first: nothing later outweighs the least of an earlier one.
    Those not named come last together. Empty weighs all against each other."""
    order_step: int = Field(default=0, ge=0)
    """With an order, the least difference in units of weight that nothing later may outweigh; 0 is every difference."""

    @field_validator("order")
    @classmethod
    def _once(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        twice = sorted({kind for kind in value if value.count(kind) > 1})
        if twice:
            raise ValueError(f"{twice[0]!r} is named twice")
        return value


class Solve(_Table):
    """`[solve]`: how long to search, where the search starts, and what it may choose."""

    seed: int = Field(default=1, ge=0)
    budget: str = "60s"
    """Search effort in deterministic seconds: about wall seconds on two idle cores."""
    target_gap: float = Field(default=0.005, ge=0, lt=1)
    """Stop when (objective - bound) / max(1, bound) is at most this."""
    wall_limit: str | None = None
    """Longest wall time; reaching it truncates the search and is recorded."""
    serve: Literal["shift", "interval"] = "shift"
    """An agent with several skills serves one queue for a whole shift, or one in each interval of it; then
    `serving.csv` says who serves what when."""

    @field_validator("budget", "wall_limit")
    @classmethod
    def _duration(cls, value: str | None) -> str | None:
        if value is not None:
            parse_duration(value)
        return value

    @property
    def budget_seconds(self) -> float:
        """The budget in deterministic seconds."""
        return parse_duration(self.budget)

    @property
    def wall_limit_seconds(self) -> float | None:
        """The wall limit in seconds."""
        return None if self.wall_limit is None else parse_duration(self.wall_limit)


class Nights(_Table):
    """`[nights]`: which shifts count as small and big nights."""

    mode: Literal["extended", "strict"] = "extended"
    """`strict` is the company rule to the letter; `extended` closes its gaps (see `wfm.law.nights`)."""


class Swapping(_Table):
    """`[swap]`: what two agents may exchange (调班)."""

    notice_hours: float = Field(default=48, ge=0)
    """Hours between the proposal and the start of the first shift that changes hands."""
    approver: str = Field(default="supervisor", min_length=1)
    """Tag of the agents who may approve; somebody who is not in the staff list may approve too."""
    same_skill: bool = True
    """Whether each needs the skill of the queue he takes over; if not, he serves the first queue of his own skills."""
    same_month: bool = True
    """Whether both dates lie in one calendar month."""
    max_per_month: int = Field(default=2, ge=0)
    """Swaps that an agent takes part in per calendar month, those not decided yet included."""


class NewHires(_Table):
    """`[new_hires]`: what happens before somebody takes contacts."""

    training_days: int = Field(default=0, ge=0)
    """Calendar days of class from the hire date on: leave of the type `training`, credited like any leave, no cover."""


class Hours(_Table):
    """`[hours]`: the system of working hours that overtime is counted under (工时制度)."""

    regime: Literal["standard", "comprehensive"] = "standard"
    """Standard hours (标准工时制), or comprehensive hours (综合计算工时制), which need an approval."""
    approval: str = ""
    """Reference of the labour administration's approval; without one comprehensive hours count as standard hours."""
    cycle: Literal["week", "month", "quarter", "year"] = "month"
    """Comprehensive hours: the span over which hours are summed, by the calendar; a week begins on Monday."""
    basis: Literal["mean", "calendar"] = "mean"
    """Standard hours of a cycle: the mean month of the law, or the calendar's work days; regions differ."""
    settle: Literal["pay", "toil"] = "pay"
    """Overtime that may be compensated: paid, or time off in lieu (调休). Statutory holidays are always paid."""
    rest_day: Literal["roster", "calendar"] = "roster"
    """Standard hours: the days off of the agent's own week, or those of the calendar, are the rest days."""
    exclude_holiday_hours: bool = True
    """Whether hours on statutory holidays, paid apart, stay out of the cycle's total; regions differ. `cycle_hours` of
    `balances.csv` is added as it stands: leave them out there too."""

    @property
    def in_force(self) -> Literal["standard", "comprehensive"]:
        """The system that holds: comprehensive hours only with an approval."""
        return "comprehensive" if self.regime == "comprehensive" and self.approval.strip() else "standard"


class Export(_Table):
    """`[export]`: which files leave the house, and per profile a table of its options."""

    profiles: tuple[str, ...] = ("neutral",)
    options: dict[str, Any] = Field(default_factory=dict)
    """`[export.PROFILE]` tables by profile; checked by the export room."""

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        given = {k: v for k, v in data.items() if k != "options"}
        tables = {k: given.pop(k) for k in tuple(given) if k != "profiles"}
        return {**given, "options": {**data.get("options", {}), **tables}}


class Settings(_Table):
    """The whole `plan.toml`."""

    centre: Centre
    period: Period
    intervals: Intervals = Intervals()
    history: HistoryFormat = HistoryFormat()
    queues: dict[str, Queue] = Field(min_length=1)
    staffing: Staffing = Staffing()
    shrinkage: Shrinkage = Shrinkage()
    contracts: dict[str, Contract] = Field(min_length=1)
    """By name; the name inside is filled from the key."""
    shifts: tuple[ShiftTemplate, ...] = Field(min_length=1)
    forecast: Forecasting = Forecasting()
    rules: dict[str, Any] = Field(default_factory=dict)
    """`preset`, and per rule kind a table of fields, or a list of tables; checked by the rule book."""
    nights: Nights = Nights()
    goals: Goals = Goals()
    leave: Leave = Leave()
    swap: Swapping = Swapping()
    new_hires: NewHires = NewHires()
    hours: Hours = Hours()
    pay: dict[str, Any] = Field(default_factory=dict)
    """Per pay element kind a table of fields; checked by payroll."""
    solve: Solve = Solve()
    export: Export = Export()

    @model_validator(mode="before")
    @classmethod
    def _name_contracts(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("contracts"), dict):
            named = {k: {"name": k, **v} if isinstance(v, dict) else v for k, v in data["contracts"].items()}
            return {**data, "contracts": named}
        return data

    @model_validator(mode="after")
    def _unique_shifts(self) -> Settings:
        codes = [s.code for s in self.shifts]
        twice = sorted({c for c in codes if codes.count(c) > 1})
        if twice:
            raise ValueError(f"shift code {twice[0]!r} is given twice")
        return self

    @model_validator(mode="after")
    def _known_siblings(self) -> Settings:
        for name, queue in self.queues.items():
            lender = self.queues.get(queue.sibling or "")
            if queue.sibling is not None and (lender is None or lender.sibling is not None or queue.sibling == name):
                raise ValueError(f"sibling {queue.sibling!r} of queue {name!r} is no other queue with its own history")
        return self

    @property
    def grid(self) -> Grid:
        """The planning grid of the period."""
        period, intervals = self.period, self.intervals
        return Grid(period.first, period.last, intervals.minutes, self.centre.zone, intervals.opening)

    def skill_of(self, queue: str) -> str:
        """Return the skill that serves a queue."""
        return self.queues[queue].skill or queue
