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

NOT_APPROVED = Text(
    en="[hours] asks for comprehensive hours without the reference of an approval by the labour administration "
    "(approval), so standard hours hold: overtime by the day and on rest days",
    zh="[hours] 选用综合计算工时制但未填写劳动行政部门批准文号（approval），因此按标准工时制计算：按日及休息日计加班",
)
NO_MULTIPLIERS = Text(
    en="no overtime multipliers of this kind are recorded for {country}: {elements} in [pay] gives no lines",
    zh="没有 {country} 的此类加班倍数数据：[pay] 中的 {elements} 不产生明细",
)
NOT_WORKED = Text(
    en="scheduled shifts without a row in worked.csv, which count as not worked: {count} ({agents})",
    zh="worked.csv 中缺少 {count} 个已排班次的记录，视为未出勤（{agents}）",
)
UNSCHEDULED = Text(
    en="days in worked.csv without a scheduled shift, which count as work outside the roster: {count} ({agents})",
    zh="worked.csv 中有 {count} 天没有对应排班，计为排班外工作（{agents}）",
)
NO_BREAK = Text(
    en="days in worked.csv without unpaid time although the scheduled shift has an unpaid break: {count} ({agents}); "
    "all of their time is paid. Fill unpaid_minutes where the break was taken",
    zh="worked.csv 中有 {count} 天没有无薪时间，而所排班次含无薪休息；该时间全部计薪。"
    "如已休息，请填写扣除分钟（{agents}）",
)
WORKED_UNTIL = Text(
    en="worked.csv ends on {until}; later days count as scheduled",
    zh="worked.csv 截至 {until}；之后的日期按排班计算",
)
UNKNOWN_CYCLE = Text(
    en="balances.csv has no cycle_hours of {agents}, and the previous roster does not reach back from {before} to "
    "{first}: their overtime of the cycle {first} to {last} is not known, left empty and not paid",
    zh="balances.csv 中没有 {agents} 的周期工时（cycle_hours），上期排班也未覆盖 {first} 至 {before}："
    "其 {first} 至 {last} 周期的加班无法确定，留空且不计发",
)
OPEN_CYCLE = Text(
    en="the cycle of comprehensive hours runs until {last}: its overtime is settled in the month in which it ends; "
    "cycle_h in timesheet.csv is the cycle_hours to bring along",
    zh="综合计算工时周期至 {last} 结束：加班在周期结束的月份结算；timesheet.csv 的 cycle_h 即下期的周期工时",
)
OPEN_UNKNOWN = Text(
    en="cycle_h in timesheet.csv is empty for {agents}: balances.csv has no cycle_hours of theirs, and the previous "
    "roster does not reach back from {before} to {first}",
    zh="timesheet.csv 中 {agents} 的 cycle_h 为空：balances.csv 中没有其周期工时（cycle_hours），"
    "上期排班也未覆盖 {first} 至 {before}",
)
UNKNOWN_WEEK = Text(
    en="not every day of the week {first} to {last} is known for {agents}; the days that are not count as days off, so "
    "rest-day pay of that week may be too low. Give previous_roster.csv",
    zh="{agents} 在 {first} 至 {last} 这一周的部分日期未知，按未上班处理，"
    "该周休息日加班可能偏少；请提供 previous_roster.csv",
)
BEYOND_MONTH = Text(
    en="{period}: more than {cap} h of overtime, rest-day and holiday work, the cap of a month (Labour Law "
    "article 41); agents and hours: {agents}",
    zh="{period}：加班（含休息日和法定节假日）超过每月 {cap} 小时上限（《劳动法》第四十一条），座席及小时数：{agents}",
)
BEYOND_MEAN = Text(
    en="{period}: more than {cap} h a month beyond the standard hours as a mean over the cycle (Labour Law "
    "article 41); agents and hours a month: {agents}",
    zh="{period}：超出标准工时的部分在周期内平均每月超过 {cap} 小时（《劳动法》第四十一条），"
    "座席及月均小时数：{agents}",
)
LESS_THAN_LAW = Text(
    en="{element}: {paid} is paid where the law asks for {asked} (lines: {count}; agents: {agents}). {source}",
    zh="{element}：实发 {paid}，法定应发 {asked}（明细 {count} 条；座席 {agents}）。{source}",
)

NO_LINE = Text(en="a value of the type {name}, which is no PayLine", zh="类型为 {name} 的值，不是 PayLine")
OTHER_FIELD = Text(
    en="a line with {name} = {value} in the payroll of {known}", zh="{name} = {value} 的明细，而应属于 {known}"
)
OTHER_CODE = Text(
    en="a line of the element code {value}, which its `names` do not have ({known})",
    zh="项目代码为 {value} 的明细，而 `names` 中没有该代码（{known}）",
)
NO_TEXT = Text(en="a line whose {name} is no Text", zh="{name} 不是 Text 的明细")
NO_DECIMAL = Text(
    en="a line with {name} = {value}, which is no finite Decimal", zh="{name} = {value} 的明细，不是有限的 Decimal"
)
NO_CENTS = Text(
    en="a line with {name} = {value}, which has more than two places (see `cents`)",
    zh="{name} = {value} 的明细，小数超过两位（见 `cents`）",
)
