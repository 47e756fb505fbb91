"""What a setting should have been, by the type of error that pydantic reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

WHOLE = Text(en="a whole number", zh="整数")
NUMBER = Text(en="a number", zh="数字")
DAY = Text(en="a date such as 2026-05-01", zh="日期，如 2026-05-01")
SWITCH = Text(en="true or false", zh="true 或 false")
A_LIST = Text(en="a list", zh="列表")
A_TABLE = Text(en="a table of fields", zh="由字段组成的表")
OTHER = Text(en="a valid value ({message})", zh="有效的值（{message}）")
PHRASES: Mapping[str, Text] = {
    "missing": Text(en="this field, which must be given", zh="必须给出此字段"),
    "string_type": Text(en="text in quotes", zh="加引号的文本"),
    "string_too_short": Text(en="text of at least {min_length} character(s)", zh="至少 {min_length} 个字符的文本"),
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_from_float": WHOLE,
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "finite_number": NUMBER,
    "decimal_type": NUMBER,
    "decimal_parsing": NUMBER,
    "bool_type": SWITCH,
    "bool_parsing": SWITCH,
    "date_type": DAY,
    "date_parsing": DAY,
    "date_from_datetime_parsing": DAY,
    "date_from_datetime_inexact": DAY,
    "literal_error": Text(en="one of: {expected}", zh="以下之一：{expected}"),
    "greater_than": Text(en="a number above {gt:g}", zh="大于 {gt:g} 的数"),
    "greater_than_equal": Text(en="a number of at least {ge:g}", zh="不小于 {ge:g} 的数"),
    "less_than": Text(en="a number below {lt:g}", zh="小于 {lt:g} 的数"),
    "less_than_equal": Text(en="a number of at most {le:g}", zh="不大于 {le:g} 的数"),
    "too_short": Text(en="a list of at least {min_length}", zh="至少 {min_length} 项的列表"),
    "tuple_type": A_LIST,
    "list_type": A_LIST,
    "dict_type": A_TABLE,
    "model_type": A_TABLE,
    "model_attributes_type": A_TABLE,
}
"""By `type` of the error; what is in braces is its `ctx`."""
