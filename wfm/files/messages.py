"""What is said about people's files, in both languages: what was expected, how to mend it, what was left aside."""

from __future__ import annotations

from wfm.domain.text import Text

# Whole files
FILE_THERE = Text(en="this file in the planning folder", zh="排班文件夹中有此文件")
FOLDER_THERE = Text(
    en="an existing folder with plan.toml, history.csv and agents.csv",
    zh="已存在的排班文件夹（含 plan.toml、history.csv、agents.csv）",
)
NOT_EMPTY = Text(en="some content; the file is empty", zh="有内容；该文件为空")
HAS_ROWS = Text(en="at least one row below the header", zh="表头下至少有一行数据")
IS_TEXT = Text(
    en="a text file (CSV); byte {offset} is {value}, which no text holds",
    zh="文本文件（CSV）；第 {offset} 字节为 {value}，文本中不会出现",
)
IS_NOT_WORKBOOK = Text(
    en="a text file (CSV); this is an Excel workbook or a zip archive", zh="文本文件（CSV）；这是 Excel 工作簿或压缩包"
)
SAVE_AS_CSV = Text(en="Save it as “CSV UTF-8” and try again", zh="请另存为“CSV UTF-8”后重试")
DECODES = Text(
    en="text in {encodings}; byte {offset} is {value}",
    zh="{encodings} 编码的文本；第 {offset} 字节为 {value}",
)
KNOWN_ENCODING = Text(
    en="“auto” or the name of an encoding, such as utf-8, gb18030 or utf-16",
    zh="“auto” 或编码名称，如 utf-8、gb18030、utf-16",
)
ONE_SEPARATOR = Text(en="“auto” or one character", zh="“auto” 或单个字符")
MANY_MORE = Text(
    en="the same as in the lines below; {count} more rows have a problem here",
    zh="与下列各行相同；另有 {count} 行存在问题",
)
STRANGE_FILE = Text(
    en="{file} is none of the files of a planning folder and was not read; did you mean {name}?",
    zh="{file} 不是排班文件夹中的文件，未读取；是否应为 {name}？",
)

A_TABLE = Text(
    en="a table (pandas.DataFrame), or a list of objects of wfm such as wfm.Agent",
    zh="表格（pandas.DataFrame），或 wfm 对象（如 wfm.Agent）的列表",
)
SETTINGS_GIVEN = Text(
    en="wfm.Settings, or a mapping with the tables of plan.toml", zh="wfm.Settings，或与 plan.toml 结构相同的字典"
)

# Rows and headers
WHOLE_ROW = Text(
    en="{count} fields as in the header; this row has {found}", zh="与表头一致的 {count} 个字段；此行有 {found} 个"
)
CUT_OR_QUOTES = Text(
    en="The file may be cut off here, or a field with a separator lacks its quotes",
    zh="文件可能在此处被截断，或含分隔符的字段缺少引号",
)
CLOSED_QUOTE = Text(en="a quoted field that ends; the file stops inside it", zh="引号成对的字段；文件在引号内结束")
TIDY_QUOTES = Text(en="a separator or a line end after a closing quote", zh="右引号之后为分隔符或换行")
NEEDED_COLUMN = Text(en="this column; the file has: {columns}", zh="表头中有此列；文件现有的列：{columns}")
OTHER_NAMES = Text(en="It may also be called: {names}", zh="也可写作：{names}")
MAP_COLUMN = Text(
    en='Name it in plan.toml: [history] columns = {{ {column} = "…" }}',
    zh='请在 plan.toml 中指定：[history] columns = {{ {column} = "…" }}',
)
MAPPED_COLUMN = Text(en="a column of {file}, which has: {columns}", zh="{file} 中的列；该文件的列：{columns}")
ONE_COLUMN_EACH = Text(
    en="one column for {column}; there are two: {first} and {second}",
    zh="{column} 只对应一列；现有两列：{first} 与 {second}",
)
NO_SECOND_QUEUE = Text(
    en="no such setting: {file} has a column for the queue ({column})",
    zh="无此设置：{file} 中已有队列列（{column}）",
)
QUEUE_COLUMN_OR_SETTING = Text(
    en='Add the column, or write [history] queue = "…" in plan.toml when the file has one queue only',
    zh='请补上此列；若文件只含一个队列，可在 plan.toml 中写 [history] queue = "…"',
)

# Cells
FILLED = Text(en="a value; the cell is empty", zh="填写内容；此单元格为空")
A_DATE = Text(en="a date such as 2026-05-01", zh="日期，如 2026-05-01")
A_REAL_DATE = Text(en="a date that exists in the calendar", zh="日历中存在的日期")
A_NEAR_DATE = Text(en="a date from {first} to {last}", zh="{first} 年至 {last} 年之间的日期")
DAY_FIRST = Text(
    en="When the day comes first in this file, write [history] day_first = true in plan.toml",
    zh="若文件中日在月前，请在 plan.toml 中写 [history] day_first = true",
)
A_MOMENT = Text(en="a date with a time such as 2026-05-01 08:30", zh="日期加时间，如 2026-05-01 08:30")
NOT_CLOCK_ALONE = Text(
    en="a date with a time such as 2026-05-01 08:30; this is a time alone",
    zh="日期加时间，如 2026-05-01 08:30；此处只有时间",
)
A_REAL_TIME = Text(en="a time of day from 00:00 to 24:00", zh="00:00 至 24:00 之间的时刻")
NEXT_DAY = Text(en="A time after midnight belongs to the next date", zh="午夜之后的时刻请写次日日期")
WHOLE_MINUTE = Text(en="the start of an interval, in whole minutes", zh="时段起点，精确到整分钟")
A_COUNT = Text(en="a whole number, 0 or more, of at most 15 digits", zh="不小于 0 的整数，最多 15 位")
A_POSITIVE_COUNT = Text(en="a whole number, 1 or more, of at most 15 digits", zh="不小于 1 的整数，最多 15 位")
AN_AMOUNT = Text(
    en="a number, 0 or more, with a point for decimals and at most 15 digits before it",
    zh="不小于 0 的数，小数用“.”，整数部分最多 15 位",
)
YES_OR_NO = Text(
    en="yes or no (1/0, true/false, 是/否); empty means no", zh="是或否（1/0、true/false、yes/no）；留空为否"
)
ONE_OF = Text(en="one of: {names}", zh="以下之一：{names}")
KNOWN_NAME = Text(en="{what}: {names}", zh="{what}：{names}")

A_QUEUE = Text(en="a queue of plan.toml", zh="plan.toml 中的队列")
A_SKILL = Text(en="a skill of a queue in plan.toml", zh="plan.toml 中某队列的技能")
A_CONTRACT = Text(en="a contract of plan.toml", zh="plan.toml 中的合同")
A_SHIFT = Text(en="a shift code of plan.toml", zh="plan.toml 中的班次代码")
AN_AGENT = Text(en="an agent of agents.csv", zh="agents.csv 中的座席")
A_RULE = Text(en="a kind of rule", zh="规则名称")

# agents.csv
NEW_AGENT_ID = Text(en="an agent id of its own; line {line} has it already", zh="不重复的工号；第 {line} 行已使用")
HAS_CONTRACT = Text(en="the agent's contract: {names}", zh="座席的合同：{names}")
LEAVES_AFTER_HIRE = Text(en="a date not before hire_date ({hired})", zh="不早于入职日期（{hired}）的日期")
NOT_ONESELF = Text(en="another agent: nobody is his own mentor", zh="另一名座席：师傅不能是本人")
NO_CIRCLE = Text(en="mentors without a circle; here: {circle}", zh="师徒关系不成环；现为：{circle}")

# balances.csv
A_SIGNED_AMOUNT = Text(
    en="a number, below 0 when overdrawn, with a point for decimals and at most 15 digits before it",
    zh="数字（透支为负），小数用“.”，整数部分最多 15 位",
)
A_LEAVE_TYPE = Text(en="a kind of leave of [leave.types] in plan.toml", zh="plan.toml 中 [leave.types] 的假别")
ONE_BALANCE = Text(en="one row per agent; line {line} has it already", zh="每名座席一行；第 {line} 行已有")

# requests.csv, leave.csv, pins.csv, exceptions.csv
ONE_REQUEST = Text(
    en="one request per agent and day; line {line} has another", zh="每名座席每天一条需求；第 {line} 行已有"
)
OFF_WITHOUT_SHIFT = Text(en="an empty cell beside kind “off”", zh="类型为休（off）时留空")
OUTSIDE_REQUESTS = Text(
    en="{count} request(s) lie outside the period and were left aside", zh="{count} 条需求不在排班周期内，已忽略"
)
OUTSIDE_PINS = Text(
    en="{count} pin(s) lie outside the period and were left aside", zh="{count} 条固定班次不在排班周期内，已忽略"
)
UNDECIDED_LEAVE = Text(
    en="{count} leave request(s) of the period wait for approval and bind nothing yet",
    zh="{count} 条请假尚待审批，未予安排",
)
LAST_AFTER_FIRST = Text(en="a date not before first_date ({first})", zh="不早于开始日期（{first}）的日期")
LEAVE_APART = Text(
    en="leave that does not overlap approved leave of the same agent; line {line} covers {first} to {last}",
    zh="与同一座席已批准的假期不重叠；第 {line} 行为 {first} 至 {last}",
)
LEAVE_WHILE_EMPLOYED = Text(
    en="leave while the agent is employed ({first} to {last})", zh="在职期间（{first} 至 {last}）的假期"
)
LEAVE_CUT = Text(
    en="leave.csv line {line}: the leave of {agent} reaches beyond the employment ({first} to {last}); the days outside"
    " do not count",
    zh="leave.csv 第 {line} 行：{agent} 的假期超出在职期间（{first} 至 {last}），超出部分不计",
)
LEAVE_ASKED_TWICE = Text(
    en="leave.csv line {line}: {agent} asks for days that line {other} covers already ({first} to {last})",
    zh="leave.csv 第 {line} 行：{agent} 申请的日期与第 {other} 行（{first} 至 {last}）重叠",
)
OPEN_END = Text(en="open", zh="未定")
CHANGED_MEANWHILE = Text(
    en="{file} was changed by somebody else meanwhile; nothing was written, try again",
    zh="{file} 已被他人修改；未写入任何内容，请重试",
)
NOT_REWRITTEN = Text(
    en="{file} cannot be written back byte for byte as {encoding}; nothing was written, save it as UTF-8 first",
    zh="{file} 无法按 {encoding} 逐字节写回；未写入任何内容，请先另存为 UTF-8",
)
COLUMN_TO_WRITE = Text(
    en="the column {column}, so that the decision can be written down", zh="有“{column}”列，以便写入审批结果"
)
ONE_PIN = Text(en="one pin per agent and day; line {line} has another", zh="每名座席每天一条固定班次；第 {line} 行已有")
OFF_WITHOUT_QUEUE = Text(en="an empty cell beside a pinned day off", zh="固定休息日的队列留空")


# calendar.csv, events.csv, pay.csv
ONE_DAY = Text(en="one row per date; line {line} has it already", zh="每个日期一行；第 {line} 行已有")
A_SOURCE_AGAINST_LAW = Text(
    en="the source of a class that contradicts the law: {lawful}", zh="填写来源，因该日期类别与法规不符：{lawful}"
)
NAME_THE_SOURCE = Text(
    en="Name the notice or decision in the column source, or remove the row",
    zh="请在来源列写明依据的通知或决定，或删除该行",
)
A_STATUTORY_DAY = Text(en="{day} is the statutory holiday {name} ({law})", zh="{day} 是法定休假日“{name}”（{law}）")
NO_STATUTORY_DAY = Text(en="{day} is no statutory holiday ({law})", zh="{day} 不是法定休假日（{law}）")
AGAINST_LAW = Text(
    en="{file}: {day} counts as {kind}, as its source says ({source}), though by law {lawful}",
    zh="{file}：{day} 按所注明的来源（{source}）视为 {kind}；而依法规，{lawful}",
)
END_AFTER_START = Text(en="a time after the start ({start})", zh="晚于开始时间（{start}）的时间")
ONE_PAY_ROW = Text(en="one row per agent; line {line} has it already", zh="每名座席一行；第 {line} 行已有")

# quality.csv
FAILED_OF_CHECKED = Text(
    en="at most as many as were checked on that day ({checked})", zh="不超过当日质检条数（{checked}）"
)
ONE_CHECK = Text(
    en="one row per agent and date; line {line} has this one already", zh="每名座席每天一行；第 {line} 行已有该日"
)
OUTSIDE_CHECKS = Text(
    en="{count} row(s) of quality.csv lie outside the period and were left aside",
    zh="quality.csv 中 {count} 行不在排班周期内，已忽略",
)

# worked.csv
A_TIME_WORKED = Text(
    en="a time in whole minutes: 08:30, 24:00, 08:00+1 on the next day, or with its date, 2026-05-01 08:30",
    zh="精确到分钟的时间：08:30、24:00、次日 08:00+1，或带日期的 2026-05-01 08:30",
)
PLUS_ONE = Text(en="An end on the next day is written 08:00+1, or with its date", zh="次日下班请写 08:00+1，或写明日期")
EMPLOYED_THEN = Text(en="a date on which {agent} is employed", zh="{agent} 在职期间的日期")
LESS_THAN_SPAN = Text(en="fewer minutes than the {minutes} from start to end", zh="少于起止之间的 {minutes} 分钟")
NO_OVERLAP = Text(
    en="a start not before {end}, the end in line {line}", zh="不早于第 {line} 行结束时间 {end} 的开始时间"
)
STARTS_ON = Text(en="a start on {day}, the date of the row", zh="在该行日期 {day} 当天的开始时间")
WITHIN_A_DAY = Text(
    en="an end within 24 hours of {start}, the first start of the date",
    zh="当日首次上班 {start} 之后 24 小时内的结束时间",
)

# history.csv
ONE_ROW_AN_INTERVAL = Text(
    en="one row per queue and interval; line {line} has {start} already",
    zh="每个队列每个时段一行；第 {line} 行已有 {start}",
)
AHT_OF_CONTACTS = Text(
    en="more than 0 seconds, since the interval has contacts; empty when unknown",
    zh="该时段有来电，平均处理时长应大于 0 秒；未知时留空",
)
ON_GRID = Text(
    en="a start on the {minutes}-minute grid of queue {queue}",
    zh="位于队列 {queue} 的 {minutes} 分钟时段起点",
)
FITS_PLANNING = Text(
    en="intervals that divide {planning} minutes or are a multiple of it, up to a day;"
    " queue {queue} has {minutes}-minute intervals",
    zh="能整除 {planning} 分钟、或为其整数倍且不超过一天的时段；队列 {queue} 的时段为 {minutes} 分钟",
)
CHANGE_MINUTES = Text(
    en="Change [intervals] minutes in plan.toml, or give history.interval_minutes when the detected length is wrong",
    zh="请修改 plan.toml 的 [intervals] minutes；若识别的时段长度有误，请填写 history.interval_minutes",
)
TIME_EXISTS = Text(
    en="a local time that exists: the clock of {zone} skips it, yet the row has contacts",
    zh="存在的当地时间：{zone} 的时钟跳过了该时刻，而此行有来电",
)
TWO_WEEKS = Text(
    en="at least 14 days of history; queue {queue} has {days}", zh="至少 14 天的历史数据；队列 {queue} 只有 {days} 天"
)
HISTORY_OF_QUEUE = Text(
    en="rows for every queue of plan.toml; there are none for {queue}",
    zh="plan.toml 中每个队列都有数据；队列 {queue} 没有",
)
SKIPPED_HOUR = Text(
    en="queue {queue}: {count} history row(s) without contacts lie in an hour that the clock skips and were left out",
    zh="队列 {queue}：{count} 行历史数据位于夏令时跳过的时刻且无来电，已略去",
)
HALVED_HOUR = Text(
    en="queue {queue}: {count} history row(s) of the hour that the clock repeats were given once;"
    " half was put on each pass",
    zh="队列 {queue}：{count} 行历史数据位于夏令时重复的时刻且只给出一次，已各计一半",
)
CLOSED_CONTACTS = Text(
    en="queue {queue}: {contacts} contact(s) in {count} closed interval(s) of the history were left out",
    zh="队列 {queue}：营业时间之外的 {count} 个时段共 {contacts} 通来电，已略去",
)
PARTIAL_INTERVALS = Text(
    en="queue {queue}: {count} interval(s) with only a part recorded count as gaps ({contacts} contact(s))",
    zh="队列 {queue}：{count} 个时段只有部分数据，按缺失处理（{contacts} 通来电）",
)
SPREAD_ROWS = Text(
    en="queue {queue}: {count} row(s) of {minutes} minutes were spread evenly over the open intervals",
    zh="队列 {queue}：{count} 行 {minutes} 分钟的数据已平均分摊到营业时段",
)

# Rosters
STATE_FITS = Text(en="an empty cell, since the state is “{state}”", zh="状态为“{state}”时留空")
SHIFT_OF_WORK = Text(en="the shift code of a working day", zh="上班日的班次代码")
QUEUE_SERVED = Text(en="the queue that the agent serves, one of: {names}", zh="座席服务的队列，以下之一：{names}")
SHIFT_TIMES = Text(
    en="{time}, the {side} of shift {code} on that day",
    zh="{time}，即班次 {code} 当天的{side}时间",
)
START = Text(en="start", zh="开始")
END = Text(en="end", zh="结束")
CHANGE_CODE = Text(
    en="The shift code decides: leave the times empty, or choose the code with these times",
    zh="以班次代码为准：请将时间留空，或改用对应的班次代码",
)
IN_PERIOD = Text(en="a date of the period, {first} to {last}", zh="排班周期 {first} 至 {last} 内的日期")
ONE_CELL = Text(
    en="one row per agent and day; line {line} has {day} already", zh="每名座席每天一行；第 {line} 行已有 {day}"
)
EVERY_CELL = Text(en="a row for every agent and day; {agent} lacks {days}", zh="每名座席每天一行；{agent} 缺少 {days}")
SHIFT_RUNS_FROM = Text(
    en="the times of the shift, since plan.toml has no shift {code}", zh="plan.toml 中没有班次 {code}，请给出起止时间"
)
NOT_BEFORE_PERIOD = Text(
    en="{count} row(s) of the previous roster do not lie before the period and were left aside",
    zh="上期班表有 {count} 行不早于本排班周期，已忽略",
)
FORMER_AGENTS = Text(
    en="{count} agent(s) of the previous roster are not in agents.csv; they only count as cover of their last shifts",
    zh="上期班表中有 {count} 名座席不在 agents.csv 中，仅计入其最后班次的在岗人数",
)
NOT_PUBLISHED_HERE = Text(
    en="{count} day(s) of the published roster lie outside the period or belong to agents not in agents.csv, and were"
    " left aside",
    zh="已发布班表中有 {count} 个人日不在排班周期内，或其座席不在 agents.csv 中，已忽略",
)
PUBLISHED_DAYS = Text(
    en="{count} day(s) stand in the published roster; each one whose shift or day off changes costs {weight}"
    " ([goals] stability)",
    zh="已发布班表含 {count} 个人日，班次或休息每变动一天计 {weight}（[goals] stability）",
)

# Settings
KNOWN_KEY = Text(en="a known key of this table: {names}", zh="该表的已知键：{names}")
OUR_COLUMN = Text(en="a column name of ours", zh="本系统的列名")

# Output
MANIFEST_MISSING = Text(
    en="{folder} has no manifest.json; run wfm plan again", zh="{folder} 中没有 manifest.json；请重新运行 wfm plan"
)
MANIFEST_BROKEN = Text(
    en="{folder}/manifest.json cannot be read: {reason}", zh="{folder}/manifest.json 无法读取：{reason}"
)
OUTPUTS_DIFFER = Text(
    en="the files in {folder} are not the ones its manifest describes; missing: {missing}; changed: {changed}."
    " A roster that you edited there is taken by `wfm import roster`; else run `wfm plan` again",
    zh="{folder} 中的文件与其 manifest 不符；缺失：{missing}；已改动：{changed}。若直接改了其中的排班文件，"
    "请用 `wfm import roster` 导入；否则请重新运行 `wfm plan`",
)
NONE = Text(en="none", zh="无")

WRITE_SCENARIOS = Text(
    en="write [scenarios.NAME] tables into it (volume, aht, target, merge), or give --volume, --aht or --merge",
    zh="请在其中写入 [scenarios.名称] 表（volume、aht、target、merge），或使用 --volume、--aht、--merge",
)
MERGED_ONCE = Text(en="a queue that only one merger takes in", zh="只被一次合并使用的队列")
NEW_QUEUE = Text(
    en="a name of its own: a queue of the plan that is not merged has this one",
    zh="新的名称：计划中未被合并的队列已使用此名",
)
