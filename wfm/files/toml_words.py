"""What Python says of a text that is no TOML, in Chinese too, and how to mend the commonest slips."""

from __future__ import annotations

import re
import unicodedata

from wfm.domain.text import Text

PLACE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
"""Where Python says that the reading stopped; without a line it is the end."""
_CHINESE = (
    ("Invalid statement", "此行不是“键 = 值”或“[表名]”"),
    ("Expected newline or end of document", "值之后应换行，此处有多余内容"),
    ("Expected '=' after a key", "键之后缺少“=”"),
    ("Expected ']", "表名之后缺少“]”"),
    ("Expected '\"", "文本缺少右引号"),
    ('Expected "', "文本缺少右引号"),
    ("Invalid initial character for a key part", "键或表名中有不允许的字符"),
    ("Invalid value", "此处不是可用的值"),
    ("Invalid date or datetime", "日期或时间不存在"),
    ("Invalid hex value", "文本中“\\u”之后不是字符编码"),
    ("Escaped character is not", "文本中“\\u”之后不是字符编码"),
    ("Unescaped '\\' in a string", "文本中的反斜杠应写成两个，或改用单引号"),
    ("Unterminated string", "文本缺少右引号"),
    ("Unclosed array", "列表缺少“]”"),
    ("Unclosed inline table", "行内表缺少“}”"),
    ("Duplicate inline table key", "同一个键重复出现"),
    ("Cannot overwrite a value", "同一个键重复出现"),
    ("Cannot declare", "同一个表重复出现"),
    ("Cannot redefine namespace", "同一个表重复出现"),
    ("Cannot mutate immutable namespace", "该表或列表已写完，不能再补充"),
    ("Illegal character", "有不允许的字符，或文本缺少右引号"),
    ("Found invalid character", "有不允许的字符，或文本缺少右引号"),
)
"""How a message of Python begins, and what it means."""
_SYNTAX = Text(en="TOML: {message}", zh="符合 TOML 语法（{message}）")
_HALF_WIDTH = Text(
    en='Signs of TOML are written in half width: " = , : # [ ] {{ }}; here stands “{sign}”',
    zh='TOML 的符号须用半角：" = , : # [ ] {{ }}；此处为“{sign}”',
)
_IN_QUOTES = Text(
    en='Text, times of day and names in other letters stand in quotes: "D8", "08:30", [queues."电话"];'
    " true and false in small letters",
    zh='文本、时刻以及中文名称须加英文引号："D8"、"08:30"、[queues."电话"]；true 和 false 须小写',
)
_A_DATE = Text(en="A date is written 2026-05-01", zh="日期写作 2026-05-01")


def told(said: str, text: str) -> tuple[Text, Text | None]:
    """Return what was expected and how to mend it, from what Python said of a TOML text.

    Examples
    --------
    >>> told("Invalid value (at line 1, column 8)", "code = D8")[0].zh
    '符合 TOML 语法（此处不是可用的值）'
    """
    message = PLACE.sub("", said)
    chinese = next((zh for begin, zh in _CHINESE if message.startswith(begin)), message)
    return Text(en=_SYNTAX.fill(message=message).en, zh=_SYNTAX.fill(message=chinese).zh), _mend(_sign(said, text))


def _sign(said: str, text: str) -> str:
    """Return the character at which the reading stopped; empty at the end of a line."""
    place = PLACE.search(said)
    if place is None or place["line"] is None:
        return ""
    return text.split("\n")[int(place["line"]) - 1][int(place["column"]) - 1 :][:1]


def _mend(sign: str) -> Text | None:
    if sign == "/":
        return _A_DATE
    if sign == ":" or sign.isalpha():
        return _IN_QUOTES
    if not sign.isascii() and unicodedata.category(sign)[0] in "PS":
        return _HALF_WIDTH.fill(sign=sign)
    return None
