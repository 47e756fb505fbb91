"""What the command line says, in both languages."""

from __future__ import annotations

from wfm.domain.text import Text

APP = Text(
    en="From a call log to next month's roster, payroll file included.",
    zh="从话务记录到下月排班表，含薪酬文件。",
)
INIT = Text(en="Write a new planning folder, commented, to fill in.", zh="新建带注释的计划文件夹。")
PLAN = Text(
    en="Plan a folder: forecast, requirement, roster, pay and the page, written to FOLDER/out.",
    zh="完成整个计划：预测、人力需求、排班、薪酬与报告，写入 FOLDER/out。",
)
FORECAST = Text(en="Forecast contacts and handle time.", zh="预测话务量与平均处理时长。")
BACKTEST = Text(
    en="Measure how good forecasts of the history would have been.",
    zh="用历史数据回测预测误差。",
)
STAFF = Text(
    en="Required agents: of a folder, or of one interval (--offered, --aht, …).",
    zh="计算所需座席：整个文件夹，或单个时段（--offered、--aht 等）。",
)
ROSTER = Text(en="Make the roster only, without pay and page.", zh="只生成排班表，不含薪酬与报告。")
CHECK = Text(
    en="Audit a roster, ours or edited by hand, against the folder's rules.",
    zh="按文件夹中的规则审核排班表（系统生成或手工修改均可）。",
)
EXPLAIN = Text(
    en="Say why there is no roster, which ways out there are and what each one costs.",
    zh="说明为何排不出班表、有哪些解决办法及其代价。",
)
REPORT = Text(en="Write the page of the roster in FOLDER/out again.", zh="重新生成 FOLDER/out 中排班表的报告页面。")

FOLDER = Text(en="The planning folder.", zh="计划文件夹。")
EXAMPLE = Text(en="Name of an example, such as hotline.", zh="示例名称，例如 hotline。")
BUDGET = Text(en="Search effort, such as 60s or 5min.", zh="搜索工作量，例如 60s 或 5min。")
SEED = Text(en="Seed of the search.", zh="求解的随机种子。")
JOBS = Text(en="How many sites or teams that share nothing are solved at a time.", zh="同时求解的独立职场或班组数。")
JSON = Text(en="Print one JSON object.", zh="输出一个 JSON 对象。")
LOCALE = Text(en="Language of messages and files.", zh="消息和文件的语言。")
VERSION = Text(en="Print the version and exit.", zh="显示版本号并退出。")
HELP = Text(en="Show this message and exit.", zh="显示此帮助并退出。")
ROSTER_FILE = Text(
    en="The roster to audit, in any shape that `wfm import roster` reads; FOLDER/out/roster.csv when absent.",
    zh="待审核的排班文件，可为 `wfm import roster` 支持的任何格式；默认 FOLDER/out/roster.csv。",
)
OFFERED = Text(en="Contacts in the interval.", zh="时段内的呼入量。")
INTERVAL = Text(en="Length of the interval.", zh="时段长度。")
AHT = Text(en="Handle time, such as 180s or 3min.", zh="平均处理时长，例如 180s 或 3min。")
TARGET = Text(en="Share of contacts in % / acceptable wait in seconds.", zh="服务水平：百分比/可接受等待秒数。")

FOLDER_OR_OPTIONS = Text(
    en="name a FOLDER, or give --offered and --aht for one interval",
    zh="请指定 FOLDER，或用 --offered 和 --aht 给出单个时段",
)
BAD_DURATION = Text(
    en="{value!r} is no duration; write 180s, 3min or 1h", zh="“{value}”不是时长；请写 180s、3min 或 1h"
)

STOPPING = Text(
    en="Stopping: the best roster so far will be written. Ctrl-C again gives up and leaves out/ as it was.",
    zh="正在停止：将写入目前最好的排班表。再按一次 Ctrl-C 则放弃，out/ 保持原样。",
)
GAVE_UP = Text(en="Given up; nothing was changed.", zh="已放弃；未改动任何文件。")
NO_MEMORY = Text(
    en="Too little memory for this; nothing was changed. Give it more, or plan fewer days or agents at a time.",
    zh="内存不足；未改动任何文件。请增加内存，或减少一次规划的天数或座席数。",
)
KEPT_BEFORE = Text(
    en="The roster that stood in out/ was made from other inputs; with its pay and exports it is in {folder} now.",
    zh="out/ 中原有的排班表依据的是另一版输入，已连同薪酬和导出文件移至 {folder}。",
)
REFUSED = Text(en="{path}: {reason}", zh="{path}：{reason}")
NOT_ALLOWED = Text(
    en="the system does not let us read or write it; close it in other programs, or choose a place that you may write",
    zh="系统不允许读取或写入；请先在其他程序中关闭该文件，或改用有权限的位置",
)
NO_PLACE = Text(
    en="there is no such folder, or a file stands where a folder should be",
    zh="没有此文件夹，或文件占用了文件夹的位置",
)
LONG_NAME = Text(en="the name is too long", zh="名称过长")
DISK_FULL = Text(en="the disk is full; make room and try again", zh="磁盘已满；请清理空间后重试")
NOTES = Text(en="Notes:", zh="备注：")
ITEM = Text(en="  - {text}", zh="  - {text}")
MORE = Text(en="… and {n} more.", zh="…… 另有 {n} 条。")
PAGE = Text(en="Page: {path}", zh="报告页面：{path}")
TABLES = Text(en="CSV files: {path}", zh="CSV 文件：{path}")
NEXT = Text(en="Next: wfm plan {folder}", zh="下一步：wfm plan {folder}")

PHASES = {
    "forecast": Text(en="Forecasting", zh="预测话务量"),
    "staff": Text(en="Computing required agents", zh="计算人力需求"),
    "alone": Text(en="Looking at each agent alone", zh="逐人检查可行性"),
    "bound": Text(en="Proving a bound", zh="求下界"),
    "construct": Text(en="Making a first roster", zh="构造初始排班"),
    "columns": Text(en="Finding good lines for each agent", zh="生成个人候选排班"),
    "dive": Text(en="Settling one agent after the other", zh="逐人确定排班"),
    "anneal": Text(en="Many small changes", zh="大量小幅调整"),
    "improve": Text(en="Improving", zh="改进排班"),
    "parts": Text(en="Solving team after team", zh="逐组求解"),
    "explain": Text(en="Looking for the conflict and the ways out", zh="查找冲突与解决办法"),
}
COMPILING = Text(en="first run on this machine: compiling takes up to a minute", zh="本机首次运行：编译最多需要一分钟")
READING = Text(en="Reading", zh="读取文件")
PROGRESS = Text(
    en="objective {objective} · bound {bound} · gap {gap}",
    zh="目标值 {objective} · 下界 {bound} · 差距 {gap}",
)

SUMMARY = {
    "status": Text(en="Status", zh="状态"),
    "period": Text(en="Period", zh="周期"),
    "agents": Text(en="Agents", zh="座席人数"),
    "shifts": Text(en="Shifts", zh="班次数"),
    "required": Text(en="Required hours on queue", zh="所需在线工时"),
    "cover": Text(en="Rostered hours on queue", zh="排班在线工时"),
    "paid": Text(en="Paid hours", zh="计薪工时"),
    "uncovered": Text(en="Uncovered hours", zh="缺口工时"),
    "surplus": Text(en="Surplus hours", zh="富余工时"),
    "hard": Text(en="Hard rules broken", zh="违反硬性规则"),
    "soft": Text(en="Soft rules not kept", zh="未满足软性规则"),
    "objective": Text(en="Objective (weighted cost)", zh="目标值（加权代价）"),
    "bound": Text(en="Bound (no roster costs less)", zh="下界（不存在更低代价）"),
    "gap": Text(en="Gap", zh="差距"),
    "seconds": Text(en="Seconds of search", zh="求解用时（秒）"),
}
STATUS = {
    "solved": Text(en="roster published", zh="排班完成"),
    "interrupted": Text(en="interrupted; best roster so far", zh="已中断；为目前最好的排班"),
    "infeasible": Text(en="no roster satisfies the hard rules", zh="不存在满足硬性规则的排班"),
    "out_of_time": Text(en="ended before a first roster", zh="在得到首个排班前结束"),
}
CONFLICT = Text(en="These cannot hold together:", zh="以下要求不能同时满足：")
WAYS_OUT = Text(en="Ways out, the cheapest first; each was solved:", zh="解决办法（由代价最低者起，均已求解验证）：")
NO_WAY_OUT = Text(en="No single change was found to be enough.", zh="未找到单项即可奏效的解决办法。")
NUMBERED = Text(en="  {n}. {text}", zh="  {n}. {text}")
ROSTER_EXISTS = Text(
    en="A roster exists: objective {objective}, gap {gap} after a short search.",
    zh="存在可行排班：目标值 {objective}，短时求解后差距 {gap}。",
)
UNDECIDED = Text(
    en="Neither a roster nor a proof that there is none was found in the time given.",
    zh="在限定时间内既未找到可行排班，也未能证明其不存在。",
)
DRAFT_WRITTEN = Text(
    en="The draft that breaks the least is in {folder}: {n} hard violations ({rules}). It is not for payroll.",
    zh="违规最少的草稿在 {folder}：违反硬性规则 {n} 处（{rules}）。不得用于薪酬。",
)
UNCHANGED = Text(en="{folder} is as it was.", zh="{folder} 保持原样。")
CLEAN = Text(en="No hard rule is broken.", zh="没有违反硬性规则。")
FOUND = Text(
    en="{hard} hard and {soft} soft violations.",
    zh="违反硬性规则 {hard} 处，软性规则 {soft} 处。",
)

COLUMNS = {
    "queue": Text(en="Queue", zh="队列"),
    "offered": Text(en="Contacts", zh="话务量"),
    "per_day": Text(en="Per day", zh="日均"),
    "aht_seconds": Text(en="AHT (s)", zh="平均处理时长（秒）"),
    "required_hours": Text(en="Required hours", zh="所需工时"),
    "rostered_hours": Text(en="To roster (hours)", zh="需排工时"),
    "peak": Text(en="Peak agents", zh="峰值座席"),
    "service_level": Text(en="Service level", zh="服务水平"),
    "model": Text(en="Model", zh="模型"),
    "horizon": Text(en="Horizon", zh="预测期"),
    "wape": Text(en="WAPE", zh="WAPE"),
    "bias": Text(en="Bias", zh="偏差"),
    "relmae": Text(en="To naive", zh="对比朴素"),
    "relmae_analyst": Text(en="To 6 weeks", zh="对比六周均值"),
    "coverage": Text(en="In 90 %", zh="90% 区间覆盖"),
    "pinball": Text(en="Pinball", zh="分位损失"),
    "day_class": Text(en="Days", zh="日类型"),
    "n": Text(en="Intervals", zh="时段数"),
    "actual": Text(en="Came", zh="实际"),
    "planned": Text(en="Planned", zh="原预测"),
    "planned_required": Text(en="Planned agents", zh="原需座席"),
    "floor": Text(en="Noise floor", zh="噪声下限"),
    "goal": Text(en="Goal or rule", zh="目标或规则"),
    "cost": Text(en="Weighted cost", zh="加权代价"),
    "part": Text(en="Share", zh="占比"),
    "counts": Text(en="What costs how much", zh="计价方式"),
    "rule": Text(en="Rule", zh="规则"),
    "severity": Text(en="Severity", zh="性质"),
    "agent_id": Text(en="Agent", zh="工号"),
    "first_date": Text(en="From", zh="起"),
    "last_date": Text(en="To", zh="止"),
    "message": Text(en="What", zh="说明"),
    "phrase": Text(en="In one sentence (values of an example)", zh="一句话说明（数值为示例）"),
    "phrase_in_force": Text(en="In one sentence", zh="一句话说明"),
    "source": Text(en="Source", zh="来源"),
    "origin": Text(en="Where it comes from", zh="出处"),
    "field": Text(en="Field", zh="字段"),
    "default": Text(en="Default", zh="默认值"),
    "meaning": Text(en="Meaning", zh="含义"),
    "agents": Text(en="Agents", zh="座席数"),
    "load": Text(en="Load (erlangs)", zh="话务强度（爱尔兰）"),
    "asa_seconds": Text(en="Mean wait (s)", zh="平均等待（秒）"),
    "occupancy": Text(en="Occupancy", zh="占用率"),
    "binding": Text(en="Binding target", zh="约束目标"),
    "leave_id": Text(en="Leave", zh="请假"),
    "leave_type": Text(en="Kind", zh="假别"),
    "short": Text(en="Short (h/n)", zh="缺口（时/段）"),
    "days_left": Text(en="Left", zh="余额"),
    "granted_by": Text(en="Granted by", zh="审批人"),
    "spare": Text(en="Spare", zh="可休"),
    "asking": Text(en="Ask", zh="申请"),
    "odds": Text(en="Odds", zh="机会"),
    "date": Text(en="Date", zh="日期"),
    "interval_start": Text(en="Interval", zh="时段"),
    "required": Text(en="Required", zh="需求"),
    "before": Text(en="Now", zh="现有"),
    "after": Text(en="Without", zh="准假后"),
    "missing": Text(en="Missing", zh="缺口"),
    "swap_id": Text(en="Swap", zh="编号"),
    "swap_status": Text(en="Status", zh="状态"),
    "proposer": Text(en="Proposer", zh="申请人"),
    "partner": Text(en="Partner", zh="对方"),
    "partner_date": Text(en="For", zh="换回日期"),
    "exchange": Text(en="Proposer/partner before", zh="调换前（申请人/对方）"),
    "agreed": Text(en="Agreed", zh="同意"),
    "approver": Text(en="Decided by", zh="审批人"),
    "new_soft": Text(en="Soft", zh="软违规"),
    "fairness": Text(en="Fairness", zh="公平"),
    "more_cost": Text(en="Cost", zh="代价"),
    "profile": Text(en="Profile", zh="格式"),
    "files": Text(en="What it writes", zh="输出内容"),
    "personal": Text(en="Personal data", zh="个人信息"),
    "scenario": Text(en="Scenario", zh="情景"),
    "gross_hours": Text(en="Paid h", zh="计薪工时"),
    "heads": Text(en="Full-time", zh="全职人数"),
    "peak_agents": Text(en="Peak", zh="峰值座席"),
    "cost_money": Text(en="Cost", zh="成本"),
}
VALUES = {
    "swap_status": {
        "proposed": Text(en="proposed", zh="待审批"),
        "approved": Text(en="approved", zh="已批准"),
        "rejected": Text(en="rejected", zh="已驳回"),
        "lapsed": Text(en="lapsed", zh="已失效"),
    },
    "agreed": {"yes": Text(en="yes", zh="是"), "no": Text(en="no", zh="否")},
    "severity": {"hard": Text(en="hard", zh="硬性"), "soft": Text(en="soft", zh="软性")},
    "horizon": {
        "1d": Text(en="first day", zh="首日"),
        "1w": Text(en="days 1-7", zh="第 1-7 天"),
        "4w": Text(en="days 22-28", zh="第 22-28 天"),
        "special": Text(en="holidays", zh="节假日"),
        "month": Text(en="days 8-28", zh="第 8-28 天"),
        "later": Text(en="day 29 on", zh="第 29 天起"),
    },
    "day_class": {
        "ordinary": Text(en="ordinary", zh="普通日"),
        "special": Text(en="holidays", zh="节假日"),
    },
}
"""What some cells say to people."""
