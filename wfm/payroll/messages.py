"""What the payroll room says to people."""

from __future__ import annotations

from wfm.domain.text import Text

UNKNOWN_ELEMENT = Text(en="a pay element: {known}", zh="薪资项目之一：{known}")

A_COLUMN = Text(en="a column {column!r}", zh="“{column}”列")
A_WAGE = Text(
    en="a row for agent {agent_id}, who is employed in the period", zh="座席 {agent_id} 的工资行（其在排班期内在职）"
)
A_ROW = Text(en="one row per agent", zh="每名座席一行")
A_FIGURE = Text(en="the {column} of agent {agent_id}, {what}", zh="座席 {agent_id} 的 {column}，{what}")
A_NUMBER = Text(en="a number", zh="数字")
NOT_NEGATIVE = Text(en="0 or more", zh="不小于 0")
WRITE_ZERO = Text(en="write 0 where there is none", zh="没有时请填 0")

NO_WAGES = Text(
    en="no wages were given (pay.csv), so payroll lines have quantities but no amounts",
    zh="未提供工资数据（pay.csv），薪资明细只有数量、没有金额",
)
NO_LAW = Text(
    en="{why}; standard hours and the legal floor of holiday pay are left empty",
    zh="{why}；标准工时和节假日工资的法定下限留空",
)
BEFORE_THE_PERIOD = Text(
    en="{hours} h on a statutory holiday of this period belong to shifts that started before it ({agents}); "
    "they are paid with the month in which the shift started",
    zh="本期法定节假日中有 {hours} 小时属于上期开始的班次（{agents}），随班次开始所在月份计薪",
)
