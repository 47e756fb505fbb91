"""What pydantic and the settings' own validators say, in both languages and with the key that is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from wfm.domain.phrases import OTHER, PHRASES
from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

THIS_KEY = Text(en="this key, which must be given", zh="必须给出此键")

_BY_TYPE: Mapping[str, Text] = {
    **PHRASES,
    "missing": THIS_KEY,
    "string_too_short": Text(en="text that is not empty", zh="非空文本"),
    "too_short": Text(en="at least {min_length} of them", zh="至少 {min_length} 项"),
}


class Complaint(NamedTuple):
    """What was expected, and the key below the reported place that is meant (empty for the place itself)."""

    expected: Text
    key: str = ""


_BY_SENTENCE: tuple[tuple[str, Complaint], ...] = (
    (
        r"not a time of day: .*",
        Complaint(
            Text(
                en="a time of day such as 08:30 or 24:00; 08:00+1 is 08:00 of the next day",
                zh="时刻，如 08:30 或 24:00；次日 08:00 写作 08:00+1",
            )
        ),
    ),
    (r"not a duration: .*", Complaint(Text(en="a duration such as 60s, 30min or 2h", zh="时长，如 60s、30min 或 2h"))),
    (
        r"unknown time zone .*",
        Complaint(Text(en="an IANA time zone such as Asia/Shanghai", zh="IANA 时区名称，如 Asia/Shanghai")),
    ),
    (
        r".* is no currency;.*",
        Complaint(
            Text(
                en="the currency of wages, a code of ISO 4217 such as USD (needed where the country's is not known)",
                zh="工资币种，ISO 4217 代码，如 USD（未收录该国币种时必须填写）",
            )
        ),
    ),
    (
        r"the period has no days.*",
        Complaint(
            Text(
                en="a date not before [period] first; the period has no days",
                zh="不早于开始日期的日期；排班周期没有任何一天",
            ),
            "last",
        ),
    ),
    (
        r"the period is longer than 366 days",
        Complaint(Text(en="a period of at most 366 days", zh="不超过 366 天的排班周期"), "last"),
    ),
    (
        r"unknown weekday (?P<day>.*?);.*",
        Complaint(
            Text(
                en="weekdays mon, tue, wed, thu, fri, sat, sun; {day} is none",
                zh="星期写作 mon、tue、wed、thu、fri、sat、sun；{day} 不是",
            )
        ),
    ),
    (
        r"(?P<span>.*) is no span;.*",
        Complaint(
            Text(
                en="spans such as 08:00-20:00, or closed; {span} is none",
                zh="营业时段，如 08:00-20:00，或 closed；{span} 不是",
            )
        ),
    ),
    (
        r"(?P<span>.*) does not end after it starts;.*",
        Complaint(
            Text(
                en="spans that end after they start; over midnight write 20:00-08:00+1",
                zh="结束晚于开始的时段；跨零点写作 20:00-08:00+1",
            )
        ),
    ),
    (
        r"give at least one of service_level.*",
        Complaint(
            Text(
                en="at least one of service_level, asa_seconds, max_abandonment, max_occupancy",
                zh="service_level、asa_seconds、max_abandonment、max_occupancy 至少一项",
            )
        ),
    ),
    (
        r"the model (?P<model>.*) needs (?P<field>.*)",
        Complaint(Text(en="{field} beside the model {model}", zh="模型 {model} 所需的 {field}"), "model"),
    ),
    (
        r"every share must be in .*",
        Complaint(Text(en="shares from 0 to below 1 whose sum is below 1", zh="各项占比在 0 至 1 之间且总和小于 1")),
    ),
    (
        r"sibling (?P<sibling>.*) of queue (?P<queue>.*) is no other queue with its own history",
        Complaint(
            Text(en="another queue that has a history of its own", zh="另一个有自己历史数据的队列"),
        ),
    ),
    (
        r"shift code (?P<code>.*) is given twice",
        Complaint(Text(en="a code for one shift only", zh="不与其他班次重复的班次代码"), "shifts"),
    ),
    (
        r"the end must be after the start; an overnight end is written (?P<end>.*)",
        Complaint(
            Text(
                en="an end after the start; an overnight end is written {end}",
                zh="晚于开始的结束时间；次日结束写作 {end}",
            ),
            "end",
        ),
    ),
    (
        r"the start must lie on the business date.*",
        Complaint(Text(en="a start before 24:00 of the business date", zh="当日 24:00 之前的开始时间"), "start"),
    ),
    (
        r"a shift lasts at most 24 hours",
        Complaint(Text(en="a shift of at most 24 hours", zh="不超过 24 小时的班次"), "end"),
    ),
    (
        r"a break must end before the shift does",
        Complaint(Text(en="breaks that end before the shift does", zh="在下班之前结束的休息"), "unpaid_breaks"),
    ),
    (r"two breaks overlap", Complaint(Text(en="breaks that do not overlap", zh="互不重叠的休息"), "unpaid_breaks")),
    (
        r"(?P<kind>.*) is named twice",
        Complaint(Text(en="every name once; {kind} stands there twice", zh="各名称只写一次；{kind} 重复")),
    ),
    (
        r"last_date is before first_date",
        Complaint(Text(en="a date not before first_date", zh="不早于开始日期的日期"), "last_date"),
    ),
)


def complaint(kind: str, message: str, context: Mapping[str, Any]) -> Complaint:
    """Return what was expected where pydantic found an error.

    Parameters
    ----------
    kind, message, context
        `type`, `msg` and `ctx` of the error; a type that is not known here keeps pydantic's message.
    """
    if kind == "value_error":
        sentence = message.removeprefix("Value error, ")
        for pattern, found in _BY_SENTENCE:
            if match := re.fullmatch(pattern, sentence):
                return Complaint(found.expected.fill(**match.groupdict()), found.key)
        return Complaint(OTHER.fill(message=sentence))
    if kind == "literal_error":
        context = {"expected": str(context["expected"]).replace("'", "").replace(" or ", ", ")}
    return Complaint(_BY_TYPE.get(kind, OTHER).fill(**context, message=message))
