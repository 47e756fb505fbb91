"""What is said about roster files that are read back."""

from __future__ import annotations

from wfm.domain.text import Text

WHOLE_ID = Text(
    en="the whole agent id; a spreadsheet rounded it to a number", zh="完整的工号；电子表格已将其四舍五入为数字"
)
FORMAT_AS_TEXT = Text(
    en="Format the column as text in the spreadsheet, copy the ids from agents.csv into it and save again",
    zh="请在电子表格中将该列设为文本格式，从 agents.csv 复制工号后重新保存",
)
ONE_AGENT = Text(
    en="an agent id with its leading zeros; without them it could be {names}", zh="含前导零的工号；去零后可能是 {names}"
)
WITHOUT_ZEROS = Text(
    en="{file}: {count} agent id(s) lack their leading zeros and were matched all the same: {names}",
    zh="{file}：{count} 个工号缺少前导零，已自动匹配：{names}",
)
ONE_NAMED = Text(
    en="the agent id, or the name of one agent; {count} have this name", zh="工号，或唯一的座席姓名；同名者 {count} 人"
)
ONE_SHIFT = Text(en="a shift code; this name is that of {names}", zh="班次代码；该名称对应多个班次：{names}")
A_SHIFT_OR_OFF = Text(
    en="the code or name of a shift, or a day off (休, off): {names}", zh="班次代码或名称，或 休 / off：{names}"
)
A_SHIFT_THEN = Text(en="the start and end of a shift of plan.toml on {day}", zh="plan.toml 中某班次在 {day} 的起止时间")
LEAVE_ON_RECORD = Text(
    en="a shift or a day off: no approved leave is on record for this day", zh="班次或休息：该日没有已批准的请假记录"
)
RECORD_LEAVE = Text(
    en="Enter the leave in leave.csv and plan again, or write a day off",
    zh="请先在 leave.csv 中登记请假并重新排班，或改为休息",
)
UNTOLD = Text(
    en="{file}: {count} day(s) of {agents} agent(s) are not in the file and stay as they stand: {names}",
    zh="{file}：有 {agents} 名座席的 {count} 个人日不在文件中，保持原排班：{names}",
)
QUEUE_CHOSEN = Text(
    en="{file}: no queue is given for {count} new shift(s); chosen was the agent's usual one: {cells}",
    zh="{file}：{count} 个新增班次未注明队列，已取该座席的常用队列：{cells}",
)


# Whole files
FILE_THERE = Text(en="a roster file, or a folder of them", zh="排班文件，或存放此类文件的文件夹")
A_ROSTER_FILE = Text(
    en="a roster file: one of {known}; name its profile with --profile",
    zh="排班文件，以下之一：{known}；可用 --profile 指定格式",
)
UNKNOWN_PROFILE = Text(
    en="{profile} is no profile that holds shifts and can be read back; one of: {known}",
    zh="“{profile}”不是可导回班次的格式；可选：{known}",
)
A_MATRIX = Text(
    en="a sheet with a column of agent ids or names and a column for each day",
    zh="含工号或姓名列、且每天一列的排班矩阵",
)
A_CALENDAR = Text(en="an iCalendar file (.ics)", zh="iCalendar 日历文件（.ics）")
A_WORKBOOK = Text(en="an Excel workbook (.xlsx) that can be opened", zh="可打开的 Excel 工作簿（.xlsx）")
JSON_LINE = Text(en="one JSON object a line", zh="每行一个 JSON 对象")
JSON_OBJECT = Text(en="a JSON object", zh="JSON 对象")
BODIES = Text(en="this list of agent-days in every body", zh="每个请求体中都有此人员排班列表")
ENTRY = Text(en="an agent-day with {keys} and its date", zh="含 {keys} 与日期的人员排班")
A_SHIFT_BODY = Text(
    en="a shift with employee.qualifier, startDateTime and endDateTime",
    zh="含 employee.qualifier、startDateTime、endDateTime 的班次",
)
AN_IN_FIRST = Text(en="In: a shift starts with it", zh="In：班次以上班事件开始")
AN_OUT_LAST = Text(en="an Out after it: the shift does not end", zh="其后有 Out 事件：该班次没有结束")
AN_EVENT_OF_OURS = Text(
    en="the UID and the times of an event that we wrote for an agent and a day of the period",
    zh="本系统为周期内某座席某日生成的事件 UID 与起止时间",
)
ONE_FILE = Text(
    en="agent-days that no other file of the folder has; {cell} is in another too",
    zh="文件夹内各文件的人员日期不重复；另一文件中也有 {cell}",
)
ONE_MONTH = Text(
    en="a whole date: the period has this day of the month more than once, and neither a row of weekdays nor the file"
    " name (…-2026-05) says which",
    zh="完整日期：周期内该日号出现多次，且星期行与文件名（…-2026-05）均未说明月份",
)
THIS_MONTH = Text(
    en="a day of the period, {first} to {last}; the weekday or the month in the name of the file says another",
    zh="排班周期 {first} 至 {last} 内的日期；星期或文件名中的月份与之不符",
)
SHIFT_IDS = Text(en="the ids of the shifts in {kind}, by our code", zh="{kind} 中各班次的编号（按班次代码）")
A_MAPPED_FILE = Text(
    en="the columns of a file of [[export.mapping.files]] that has {columns} among its columns",
    zh="与 [[export.mapping.files]] 中某文件一致的列，且其中包含 {columns}",
)
SAME_TIMES = Text(
    en="{file}: {count} new shift(s) can be several of the same times; taken was the first: {cells}",
    zh="{file}：{count} 个新增班次对应多个起止时间相同的班次，已取第一个：{cells}",
)
