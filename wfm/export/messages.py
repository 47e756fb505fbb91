"""What the export room says to people."""

from __future__ import annotations

from wfm.domain.text import Text

UNKNOWN_PROFILE = Text(en="an export profile: {known}", zh="导出格式之一：{known}")
DELIMITER = Text(
    en="the delimiter of a CSV file is one character, not {found!r}", zh="CSV 分隔符应为一个字符，而不是“{found}”"
)

AGENT_ID = Text(en="agent id", zh="工号")
NAME = Text(en="name", zh="姓名")
TEAM = Text(en="team", zh="部门")
WEEKDAYS = (
    Text(en="Mon", zh="一"),
    Text(en="Tue", zh="二"),
    Text(en="Wed", zh="三"),
    Text(en="Thu", zh="四"),
    Text(en="Fri", zh="五"),
    Text(en="Sat", zh="六"),
    Text(en="Sun", zh="日"),
)
REST = Text(en="off", zh="休")
STATUTORY_OFF = Text(en="holiday", zh="法定")
LEAVE = Text(en="leave", zh="请假")
