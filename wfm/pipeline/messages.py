"""What the pipeline says, in both languages."""

from wfm.domain.text import Text

BAD_BUDGET = Text(
    en="{value!r} is no search budget; write 60s, 5min or 1h", zh="“{value}”不是搜索工作量；请写 60s、5min 或 1h"
)
NO_NOTICE = Text(
    en="the official holiday notice for {years} is not known; write the days off and the weekends worked for them in "
    "calendar.csv once it is out",
    zh="{years} 年的官方放假安排尚未收录，公布后请把放假和调休上班的日期写入 calendar.csv",
)
CLOSED_SHIFTS = Text(
    en="{n} shifts lie wholly outside opening hours, the first on {first}; the rules on days off and hours can force "
    "such shifts, and they count as surplus",
    zh="有 {n} 个班次完全在营业时间之外，最早在 {first}；休息天数和工时规则可能导致这种安排，这些班次计入富余",
)
NOBODY_SKILLED = Text(
    en="no agent has skill {skill}, so nobody serves queue {queue}: name it in column skills of agents.csv",
    zh="没有座席具备技能“{skill}”，队列“{queue}”无人服务：请在 agents.csv 的技能列填写",
)
IN_ORDER = Text(
    en="goals in order: objective and bound count {factors}, and all others once; the shares are plain",
    zh="目标按次序优化：目标值与下界按 {factors} 计，其余按 1 倍计；各项构成为未乘系数的代价",
)
NO_OUTPUT = Text(
    en="{folder} holds no finished roster; run `wfm plan` first",
    zh="{folder} 中没有已完成的排班表；请先运行 `wfm plan`",
)
CHANGED_INPUT = Text(
    en="the roster in {folder} was made from other inputs ({files} changed since); run `wfm plan` again",
    zh="{folder} 中的排班表所依据的输入已变更（{files}）；请重新运行 `wfm plan`",
)
ONLY_DRAFT = Text(
    en="{folder} holds no finished roster: {draft} is a draft that breaks rules, to look at only; "
    "`wfm explain` says what to mend, then run `wfm plan`",
    zh="{folder} 中没有已完成的排班表：{draft} 只是违反规则的草案，仅供查看；"
    "请按 `wfm explain` 的说明修正后运行 `wfm plan`",
)
NOT_EMPTY = Text(
    en="{folder} already has {files}; choose an empty folder",
    zh="{folder} 中已有 {files}；请选择空文件夹",
)
UNKNOWN_EXAMPLE = Text(en="there is no example {name!r}; write one of: {known}", zh="没有示例“{name}”；可选：{known}")
NO_ROSTER_FILE = Text(
    en="there is no roster file {file}; run `wfm plan` first, or name one with --roster",
    zh="没有排班文件 {file}；请先运行 `wfm plan`，或用 --roster 指定文件",
)
BAD_MERGE = Text(
    en="{value!r} is no merger; write --merge NEW=QUEUE,QUEUE",
    zh="“{value}”不是合并方案；请写 --merge 新队列=队列,队列",
)
ROSTER_STANDS = Text(
    en="the roster is in out/, but what comes after it is not whole: {problem}; then run `wfm export` and `wfm report`",
    zh="排班已写入 out/，但其后的结果不完整：{problem}；然后运行 `wfm export` 和 `wfm report`",
)
EXPORT_LATER = Text(
    en="the roster, its pay and its page are in out/, but the exports could not be written ({count} problem(s)); mend "
    "this and run `wfm export`",
    zh="排班、薪酬与报告已写入 out/，但导出文件未能写入（{count} 个问题）；请修正后运行 `wfm export`",
)
