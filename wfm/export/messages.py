"""What the export room says to people."""

from __future__ import annotations

from wfm.domain.roster import State
from wfm.domain.text import Text

UNKNOWN_PROFILE = Text(en="an export profile: {known}", zh="导出格式之一：{known}")
NO_NAMES = Text(en="{value}, which is no list of names of files", zh="{value}，不是文件名列表")
OTHER_FILES = Text(
    en="other names than those of the files it wrote: {names}", zh="与实际写出的文件不一致的文件名：{names}"
)
NO_PROBLEMS = Text(en="what is no list of InputError", zh="非 InputError 列表的值")
DECLARED = Text(en="personal data that this format holds: {known}", zh="该格式所含的个人信息种类：{known}")
HOLDS_TEXT = Text(en="text that the encoding {encoding} can hold", zh="编码 {encoding} 可表示的文字")
CHOOSE_UTF8 = Text(en='choose encoding = "utf-8" or "gb18030"', zh='请改用 encoding = "utf-8" 或 "gb18030"')

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
DAY_CELL = Text(en="code of the shift on that day, or a word for the day off", zh="当日班次代码，或休息类字样")

ROSTER_SHEET = Text(en="Roster", zh="排班表")
LEGEND_SHEET = Text(en="Legend", zh="图例")
TIMESHEET_SHEET = Text(en="Timesheet", zh="工时表")
PAYROLL_SHEET = Text(en="Payroll", zh="薪资明细")
SUMS = (Text(en="days", zh="出勤"), Text(en="off", zh="休息"), Text(en="hours", zh="工时"))
LEGEND = (
    Text(en="Cell", zh="单元格"),
    Text(en="Meaning", zh="含义"),
    Text(en="From", zh="上班"),
    Text(en="To", zh="下班"),
    Text(en="Paid hours", zh="计薪工时"),
)
STATES = {
    State.REST: Text(en="rest day", zh="休息日"),
    State.STATUTORY_OFF: Text(en="statutory holiday off", zh="法定节假日休息"),
    State.LEAVE: Text(en="leave", zh="请假"),
}

AS_MAPPED = Text(en="the columns that plan.toml names, in their order", zh="plan.toml 中所列的列，按其顺序")
A_COLUMN = Text(en="a column of {table}: {known}", zh="{table} 的列之一：{known}")
FROM_OR_VALUE = Text(
    en='either from = "one of our columns" or value = "the same text in every row"',
    zh='from = "我方列名" 或 value = "固定文本"，二者取一',
)
A_FORM = Text(en="a form made of {tokens}, for {columns}", zh="由 {tokens} 组成的格式，仅用于 {columns}")
A_VALUE_FOR_IT = Text(en="a value for it in `values`, or a `default`", zh="在 values 中给出其对应值，或设置 default")
A_FILE_NAME = Text(en="a file name; places to fill are {places}", zh="文件名；可用占位符 {places}")
ONE_NAME = Text(en="a name of its own for each file", zh="每个文件各用不同的文件名")
