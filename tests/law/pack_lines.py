"""Lines that a law pack lets pass and lines that it does not, each with the article it is derived from.

The notation is that of `wfm.roster.base.Example`, with four shifts more: `K` 09-13, 4 paid hours; `M` 06-14, 7; `N`
12-20, 7; `T` 07-22, 14.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


NOBODY: Mapping[str, Any] = MappingProxyType({})
"""Nothing is said of the agent."""


@dataclass(frozen=True)
class PackLine:
    """One agent's days under a law pack."""

    pack: str
    articles: tuple[str, ...]
    """Words by which one provision of the pack each is known, in the English article: those that the line breaks, or
    the one that it is close to."""
    line: str
    """From Monday 1 June 2026 on."""
    tail: str = ""
    agent: Mapping[str, Any] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    balance: Mapping[str, Any] = field(default_factory=dict)
    """What `balances.csv` says of the agent."""


def one(pack: str, article: str | tuple[str, ...], line: str, tail: str = "", **more: Any) -> PackLine:
    """Return a line; the words of one article may stand alone."""
    return PackLine(pack, (article,) if isinstance(article, str) else article, line, tail, **more)


def cycle(
    name: str,
    article: str | tuple[str, ...],
    line: str,
    agent: Mapping[str, Any] = NOBODY,
    carried: float | None = None,
) -> PackLine:
    """Return a line under comprehensive hours with a cycle."""
    balance = {} if carried is None else {"cycle_hours": carried}
    chosen = {"cycle": name, "approval": "2026-001"}
    return one("cn-comprehensive", article, line, agent=agent, chosen=chosen, balance=balance)


def japan(
    article: str | tuple[str, ...],
    line: str,
    agent: Mapping[str, Any] = NOBODY,
    *,
    tail: str = "",
    carried: float = 0,
    special: bool = False,
) -> PackLine:
    """Return a line under an agreement on overtime, perhaps with the special clause."""
    chosen = {"agreement": "2026-04", "special_clause": "agreed" if special else "none"}
    return one("jp-36", article, line, tail, agent=agent, chosen=chosen, balance={"overtime_hours": carried})


NO_NIGHT, NO_OVERTIME = {"no_night": True}, {"no_overtime": True}
MINOR, UNDER_16, HEAVY = ({"tags": (tag,)} for tag in ("minor", "under_16", "heavy_labour"))
AGREED = {"overtime": "agreed"}
SUMMER = {"child_hours": "21:00-07:00"}
FIVE_X, FIVE_D, SIX_D = "X X X X X - - ", "D D D D D - - ", "D D D D D D - "
IDLE = "- - - - - - - "
MONTH_25 = SIX_D * 4 + "D -"
"""June 2026 with 25 shifts of 8 hours."""
MONTH_26 = SIX_D * 4 + "D D"
MONTH_20 = FIVE_D * 4 + "- -"
MONTH_21 = FIVE_D * 4 + "D -"
SIX_X = "X X X X X X - "
"""26 hours of overtime: 3 on each day, 8 more beyond 40 a week."""
X_45, X_48 = FIVE_X * 3 + IDLE, FIVE_X * 3 + "X - - - - - - "
"""45 and 48 hours of overtime in three weeks of 15 and one of none or of 3."""
X_54, X_57 = FIVE_X * 3 + "X X X - - - - ", FIVE_X * 3 + "X X X X - - - "
OVERTIME_JP = ("article 32(2): 8", "article 32(1): 40")
"""Prices of overtime, no bans."""
OVERTIME_TW = ("article 30(1): 8", "article 30(1): 40")
SPECIAL: Mapping[str, Any] = MappingProxyType({"special": True})
MEANS = tuple(f"in the mean of {n} months" for n in ("two", "three", "four", "five", "six"))

KEEPS = (
    one("cn-standard", "article 36", "D D D D D D -"),
    one("cn-standard", "36 h a month", MONTH_26),
    one("cn-standard", "36 h a month", FIVE_X * 2 + "X X - - - - -", chosen=AGREED),
    one("cn-standard", "36 h a month", "D* D* D* D* - - -"),
    one("cn-standard", "at least one rest day", "- D D D D D D", "D D D D D -"),
    one("cn-standard", "6 days in a row", "D D D - - - -", "- D D D"),
    one("cn-standard", "no night work", "S S S S S - -", agent=NO_NIGHT),
    one("cn-standard", "no overtime", MONTH_20, agent=NO_OVERTIME),
    one("cn-standard", "no night work", "S S S S D - -", agent=NO_NIGHT),
    one("cn-standard", "article 41: by agreement", "X - D D D - -", chosen=AGREED),
    cycle("month", "article 5", MONTH_25),
    cycle("month", "article 5", "X X - - X X - - X X - - X X - - X X - - X X - - X X - - - -"),
    cycle("quarter", "article 5", MONTH_25, carried=404),
    cycle("year", "article 5", MONTH_25, carried=900),
    cycle("month", "no overtime", MONTH_20, NO_OVERTIME),
    cycle("quarter", "no overtime", MONTH_21, NO_OVERTIME, carried=328),
    cycle("month", "no night work", "S S S S S S S -", NO_NIGHT),
    cycle("month", "at most 11 h", "X X - - X X -", HEAVY),
    one("eu", "11 consecutive", "S D D D D - -"),
    one("eu", "article 5", "D D D D D D -"),
    one("eu", "article 5", "- D D D D D D D D D D D D -", IDLE),
    one("eu", "article 6", FIVE_X, FIVE_D * 3),
    one("eu", "8 h a day", FIVE_D, agent=MINOR),
    one("eu", "article 9(1)(b)", "S S S S S - -", agent=MINOR),
    one("eu", "article 10(1)(b)", "E D D E - - -", agent=MINOR),
    one("uk", "regulation 4(1)", FIVE_X, FIVE_D * 3),
    one("uk", "regulation 4(1)", FIVE_X * 2, FIVE_X * 15, agent={"tags": ("opted_out",)}),
    one("uk", "regulation 6(1)", "B B B B B - -", agent={"tags": ("night_worker",)}),
    one("uk", "regulation 10(1): 11", "S D D D D - -"),
    one("uk", "regulation 11(1)", "D D D D - E D", IDLE),
    one("uk", "regulation 5A(1)(b)", FIVE_D, agent=MINOR),
    one("uk", "regulation 6A", "S S S S S - -", agent=MINOR),
    one("us-flsa", "29 U.S.C. 207", FIVE_D),
    one("us-flsa", "29 U.S.C. 207", "B E - B E - -"),
    one("us-flsa", "29 U.S.C. 207", "K K K K K K K K K K K K K K"),
    one("us-flsa", "29 U.S.C. 207", "- T - - T - -"),
    one("us-flsa", "570.35(a)(4)", FIVE_D, agent=UNDER_16),
    one("us-flsa", "570.35(a)(6)", "E D E D E - -", agent=UNDER_16),
    one("us-flsa", "570.35(a)(6)", "- N N - - - -", agent=UNDER_16, chosen=SUMMER),
    japan("article 32(2): 8", FIVE_D),
    japan("article 35(1)", "- D D D K K K K K K D D D -"),
    japan("45 h a month", "D D D D D - - " * 4 + "D D"),
    japan("360 h a year", FIVE_D, carried=360),
    japan("720 h a year", FIVE_D, carried=720, **SPECIAL),
    japan("article 61(1)", "S S S S S - -", MINOR),
    japan("article 66(2) with 32(2)", FIVE_D, NO_OVERTIME),
    japan("article 66(3)", "S S S S S - -", NO_NIGHT),
    one("hk", "section 17", "X X X X X X -"),
    one("hk", "section 17", "D D D D D D - D D D D D D -"),
    one("hk", "section 17", "T T T T T T - - T T T T T -"),
    one("hk", "section 17", "- D D D", "D D D D D D"),
    one("hk", "section 17", "D D D D D L D"),
    one("hk", "section 17", "B - E E E E E"),
    one("tw", "article 30(1): 40", FIVE_D),
    one("tw", "at most 12 h", "- D D D D D -"),
    one("tw", "article 34(2)", "S D D D D - -"),
    one("tw", "6 days in a row", "- K K K K K - - K K K K K -", "- - E"),
    one("tw", "article 49", "S S S S S - -", agent=NO_NIGHT),
    one("tw", "article 48", "D D D D E - -", agent=UNDER_16),
    one("tw", "46 h a month", MONTH_20),
    one("au-ma000023", "clause 13", "K D D D D - -"),
    one("au-ma000023", "clause 13", FIVE_X, "- D D D D - - " * 3),
    one("au-ma000023", "clause 13", "D L L D D - -"),
    one("au-ma000023", "10 h between shifts", "S E E E E - -"),
    one("au-ma000023", "10 h between shifts", "X X - - X - -"),
    one("au-ma000023", "10 h between shifts", "- E E E E - -", "B"),
)

BREAKS = (
    one("cn-standard", "article 36", "X - D D D D -"),
    one("cn-standard", "article 41: by agreement", "T - - - - - -", chosen=AGREED),
    one("cn-standard", "36 h a month", FIVE_X * 2 + "X X X - - - -", chosen=AGREED),
    one("cn-standard", "36 h a month", "D* D* D* D* D* - -"),
    one("cn-standard", ("at least one rest day", "6 days in a row"), "D D D D D D D"),
    one("cn-standard", "6 days in a row", "D D D - - - -", "- D D D D"),
    one("cn-standard", "no night work", "B - - - - - -", agent=NO_NIGHT),
    one("cn-standard", "no overtime", MONTH_21, agent=NO_OVERTIME),
    cycle("month", "article 5", MONTH_26),
    cycle("quarter", "article 5", MONTH_26, carried=400),
    cycle("year", "article 5", MONTH_26, carried=1000),
    cycle("month", "no overtime", MONTH_21, NO_OVERTIME),
    cycle("quarter", "no overtime", MONTH_20, NO_OVERTIME, carried=340),
    cycle("month", "no night work", "B - - - - - -", NO_NIGHT),
    cycle("month", "at most 11 h", "T - - - - - -", HEAVY),
    cycle("month", "at least one rest day", "K K K K K K K", HEAVY),
    one("eu", "11 consecutive", "S E - - - - -"),
    one("eu", "11 consecutive", "E - - - - - -", "- - B"),
    one("eu", "what 11 h of rest leave", "T - - - - - -"),
    one("eu", "article 5", "B B B B - M K"),
    one("eu", "article 5", "D D D D D B -"),
    one("eu", "article 5", "E E E E E E E", IDLE),
    one("eu", "article 6", FIVE_X, FIVE_X * 3),
    one("eu", "8 h a day", "X - - - - - -", agent=MINOR),
    one("eu", ("40 h a week", "article 10(2)"), "E E E E E E -", agent=MINOR),
    one("eu", "article 9(1)(b)", "B - - - - - -", agent=MINOR),
    one("eu", "article 10(1)(b)", "S D - - - - -", agent=MINOR),
    one("uk", "regulation 4(1)", FIVE_X, FIVE_X * 16),
    one("uk", "regulation 6(1)", FIVE_X, FIVE_X * 3, agent={"tags": ("opted_out", "night_worker")}),
    one("uk", "regulation 10(1): 11", "S E - - - - -"),
    one("uk", "what 11 h of rest leave", "T - - - - - -"),
    one("uk", "regulation 11(1)", "B B B B - M K", IDLE),
    one("uk", "regulation 11(1)", "D D D S - E D", IDLE),
    one("uk", "regulation 5A(1)(a)", "X - - - - - -", agent=MINOR),
    one("uk", ("regulation 5A(1)(b)", "regulation 11(3)"), "E E E E E E -", agent=MINOR),
    one("uk", "regulation 6A", "B - - - - - -", agent=MINOR),
    one("uk", "regulation 6A", "B - - - - - -", agent=MINOR, chosen={"restricted_period": "23:00-07:00"}),
    one("uk", "regulation 10(2)", "S D - - - - -", agent=MINOR),
    one("uk", "regulation 11(3)", "E E E - D E -", agent=MINOR),
    one("us-flsa", "29 U.S.C. 207", SIX_D),
    one("us-flsa", "29 U.S.C. 207", "K - - - - - - " + SIX_D),
    one("us-flsa", "29 U.S.C. 207", FIVE_X),
    one("us-flsa", "570.35(a)(4)", "X - - - - - -", agent=UNDER_16, chosen=SUMMER),
    one("us-flsa", ("570.35(a)(2)", "29 U.S.C. 207"), SIX_D, agent=UNDER_16),
    one("us-flsa", "570.35(a)(6)", "S - - - - - -", agent=UNDER_16),
    one("us-flsa", "570.35(a)(6)", "M - - - - - -", agent=UNDER_16, chosen=SUMMER),
    japan("article 32(2): 8", "X - - - - - -"),
    japan("article 32(1): 40", "E E E E E E -"),
    japan("article 35(1)", "K K K K K K K"),
    japan(OVERTIME_JP, X_45),
    japan((*OVERTIME_JP, "45 h a month"), X_48),
    japan(OVERTIME_JP, FIVE_X, carried=345),
    japan((*OVERTIME_JP, "360 h a year"), FIVE_X, carried=346),
    japan(OVERTIME_JP, X_48, **SPECIAL),
    japan((*OVERTIME_JP, "720 h a year"), FIVE_X, carried=706, **SPECIAL),
    japan((*OVERTIME_JP, "under 100 h"), SIX_X * 4, **SPECIAL),
    japan((*OVERTIME_JP, *MEANS[:1]), SIX_X * 3, tail=SIX_X * 4, **SPECIAL),
    japan((*OVERTIME_JP, *MEANS), SIX_X * 3, tail=SIX_X * 22, **SPECIAL),
    japan(("article 60(1) with 32(2)", "article 32(2): 8"), "X - - - - - -", MINOR),
    japan(("article 60(1) with 32(1)", "article 32(1): 40"), SIX_D, MINOR),
    japan("article 61(1)", "B - - - - - -", MINOR),
    japan(("article 66(2) with 32(2)", "article 32(2): 8"), "X - - - - - -", NO_OVERTIME),
    japan(("article 66(2) with 32(1)", "article 32(1): 40"), SIX_D, NO_OVERTIME),
    japan("article 66(3)", "B - - - - - -", NO_NIGHT),
    one("hk", "section 17", "D D D D D D D"),
    one("hk", "section 17", "K K K K K K K"),
    one("hk", "section 17", "D D D D - - -", "D D D"),
    one("hk", "section 17", "- D D D D D D D -"),
    one("hk", "section 17", "B B B - M M M"),
    one("hk", "section 17", "D D D D D* D D"),
    one("tw", ("article 30(1): 8", "at most 12 h"), "T - - - - - -"),
    one("tw", "article 30(1): 8", "X - - - - - -"),
    one("tw", ("article 30(1): 40", "two days of rest"), SIX_D),
    one("tw", OVERTIME_TW, X_45),
    one("tw", (*OVERTIME_TW, "46 h a month"), X_48),
    one("tw", OVERTIME_TW, X_54, chosen={"overtime": "54"}),
    one("tw", (*OVERTIME_TW, "54 h of overtime"), X_57, chosen={"overtime": "54"}),
    one("tw", (*OVERTIME_TW, "138 h"), X_45, FIVE_X * 9, chosen={"overtime": "54"}),
    one("tw", "article 34(2)", "B D - - - - -"),
    one("tw", ("one mandatory day", "two days of rest", "6 days in a row"), "K K K K K K K"),
    one("tw", "6 days in a row", "K K K K - - -", "E E E"),
    one("tw", "article 49", "B - - - - - -", agent=NO_NIGHT),
    one("tw", "article 48", "S - - - - - -", agent=UNDER_16),
    one("tw", ("article 47: child workers (15 to 16), 8", "article 30(1): 8"), "X - - - - - -", agent=UNDER_16),
    one(
        "tw",
        ("article 47: child workers (15 to 16), 40", "article 30(1): 40", "two days of rest"),
        SIX_D,
        agent=UNDER_16,
    ),
    one("au-ma000023", "clause 13", FIVE_D, FIVE_D * 3),
    one("au-ma000023", "clause 13", FIVE_X, FIVE_D * 3),
    one("au-ma000023", "clause 13", FIVE_D * 4),
    one("au-ma000023", "10 h between shifts", "- - B E - - -"),
    one("au-ma000023", "10 h between shifts", "S M - - - - -"),
    one("au-ma000023", "10 h between shifts", "E - - - - - -", "- B"),
)
