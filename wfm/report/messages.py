"""Every sentence of the page, in both languages."""

from __future__ import annotations

from wfm.domain.text import Text

# Headline
TITLE = Text(en="Roster", zh="排班表")
STATUS_SOLVED = Text(en="Published roster", zh="正式班表")
STATUS_INFEASIBLE = Text(en="Impossible", zh="无可行班表")
STATUS_OUT_OF_TIME = Text(en="Time ran out", zh="时间用尽")
DRAFT = Text(en="DRAFT", zh="草稿")
DRAFT_NOTE = Text(
    en="This draft breaks hard rules. It is here to show where the problem lies; it is not for payroll or publication.",
    zh="本草稿违反硬性规则，仅用于定位问题，不得用于薪资核算或发布。",
)
NO_DRAFT = Text(en="There is no draft roster to show.", zh="没有可显示的草稿班表。")
LEAD_GAP = Text(
    en="The roster keeps every hard rule. Its cost is at most {gap} above the best possible roster.",
    zh="班表遵守全部硬性规则，其代价最多比理论最优班表高 {gap}。",
)
LEAD_BEST = Text(
    en="The roster keeps every hard rule, and it is proven that no roster is better by the chosen weights.",
    zh="班表遵守全部硬性规则，且已证明在所选权重下不存在更好的班表。",
)
LEAD_INFEASIBLE = Text(
    en="No roster satisfies all hard rules. The points below cannot hold together.",
    zh="不存在满足全部硬性规则的班表，以下各项无法同时成立。",
)
LEAD_OUT_OF_TIME = Text(
    en="The search ended before it found a roster that keeps every hard rule. That does not mean that there is none.",
    zh="搜索结束时尚未找到遵守全部硬性规则的班表，但这并不表示不存在。",
)
LEAD_INTERRUPTED = Text(
    en="The search was interrupted before it found a roster that keeps every hard rule.",
    zh="搜索在找到遵守全部硬性规则的班表之前被中断。",
)
STOPPED = {
    "optimal": Text(en="The search ended with a proof.", zh="搜索以完成证明结束。"),
    "target": Text(en="The search ended at the wished gap.", zh="搜索达到目标差距后结束。"),
    "budget": Text(en="The search used up its budget.", zh="搜索用完了计算预算。"),
    "interrupted": Text(
        en="The search was interrupted; this is the best roster so far.", zh="搜索被中断，此为当前最好的班表。"
    ),
    "wall_limit": Text(en="The search met its wall-clock limit.", zh="搜索达到了实际时间上限。"),
}
REQUIRED_HOURS = Text(en="Required hours", zh="需求工时")
COVER_HOURS = Text(en="Hours on queue", zh="在线工时")
UNCOVERED_HOURS = Text(en="Uncovered hours", zh="缺口工时")
SURPLUS_HOURS = Text(en="Surplus hours", zh="富余工时")
PAID = Text(en="Paid hours", zh="计薪工时")
SHIFTS = Text(en="Shifts", zh="班次数")
AGENTS = Text(en="Agents", zh="座席人数")
HARD = Text(en="Hard rules broken", zh="违反硬性规则")
SOFT = Text(en="Soft rules not kept", zh="未满足软性规则")
OBJECTIVE = Text(en="Objective", zh="目标值")
BOUND = Text(en="Bound", zh="下界")
GAP = Text(en="Gap", zh="差距")
WALL_SECONDS = Text(en="Search time (s)", zh="求解用时（秒）")
OF_REQUIRED = Text(en="{share} of the need", zh="占需求的 {share}")
CONTACTS = Text(en="Forecast contacts", zh="预测话务量")
AHT = Text(en="AHT (s)", zh="平均处理时长（秒）")
QUEUE = Text(en="Queue", zh="队列")
SHARES = Text(en="What the objective is made of", zh="目标值构成")
GOAL = Text(en="Goal or rule", zh="目标或规则")
COST_UNITS = Text(en="Cost (units of weight)", zh="代价（权重单位）")
SHARE = Text(en="Share", zh="占比")
TOTAL = Text(en="Total", zh="合计")
NOT_KEPT = Text(en="Rules that are not kept", zh="未满足的规则")
RULE = Text(en="Rule", zh="规则")
SEVERITY = Text(en="Severity", zh="性质")
COUNT = Text(en="Times", zh="次数")
DETAILS = Text(en="Show each one", zh="逐条查看")
MORE_ROWS = Text(en="{n} more are in {file}.", zh="其余 {n} 条见 {file}。")
CONFLICT = Text(en="Why there is no roster", zh="为何没有可行班表")
COLON = Text(en=": ", zh="：")
WAYS_OUT = Text(en="Ways out", zh="解决办法")
CONFLICT_RULES = Text(en="Rules in the conflict", zh="相互冲突的规则")
CONFLICT_AGENTS = Text(en="Agents who have no possible line", zh="无法单独排出班次的座席")

# Section heads
COVER_HEAD = Text(en="Cover against requirement", zh="覆盖与需求")
ROSTER_HEAD = Text(en="Roster", zh="班表")
FAIRNESS_HEAD = Text(en="Fairness and requests", zh="公平与申请")
HOLES_HEAD = Text(en="What is uncovered, and why", zh="缺口及原因")
PAY_HEAD = Text(en="Pay", zh="薪资")
SEARCH_HEAD = Text(en="Search, forecast quality and notes", zh="求解过程、预测质量与备注")
GLOSSARY_HEAD = Text(en="Words used on this page", zh="名词说明")
INPUTS_HEAD = Text(en="Inputs and versions", zh="输入与版本")
NOTES_HEAD = Text(en="Notes", zh="备注")

# Cover
DAY = Text(en="Day", zh="日期")
REQUIRED = Text(en="Required", zh="需求")
COVER = Text(en="Cover", zh="覆盖")
COVERED = Text(en="Covered need", zh="已满足需求")
SHORTFALL = Text(en="Shortfall", zh="缺口")
SURPLUS = Text(en="Surplus", zh="富余")
HOVER_OVER = Text(en="Cover less requirement", zh="覆盖减需求")
AXIS_AGENTS = Text(en="Agents on queue", zh="在线座席数")
AXIS_SECONDS = Text(en="Seconds of search (deterministic)", zh="搜索用时（确定性秒）")
AXIS_OBJECTIVE = Text(en="Units of weight", zh="权重单位")
SECONDS = Text(en="s", zh="秒")
COVER_LEAD = Text(
    en="Agents on the queue in each interval. The page opens on the queue and day with the largest shortfall.",
    zh="每个时段的在线座席数。页面默认显示缺口最大的队列和日期。",
)
HEAT_LEAD = Text(
    en="Whole period: red is too few agents, blue is more than needed, white is balance. A click shows the day.",
    zh="整个周期：红色为人手不足，蓝色为富余，白色为平衡。点击色块可查看当天。",
)
NO_SCRIPT = Text(en="The charts need JavaScript; the tables do not.", zh="图表需要启用 JavaScript，表格不受影响。")

# Roster
AGENT = Text(en="Agent", zh="座席")
TEAM = Text(en="Team", zh="班组")
HOURS = Text(en="Hours", zh="工时")
REST_DAYS = Text(en="Rest", zh="休息")
NIGHTS = Text(en="Nights", zh="夜班")
WEEKENDS = Text(en="Wknd", zh="周末")
WISHES = Text(en="Wishes", zh="申请")
ON_DUTY = Text(en="On duty", zh="上班人数")
PAID_HOURS = Text(en="{h} paid h", zh="计薪 {h} 小时")
TEMPLATE = Text(en="{code}: {times}, {h} paid h, {b} min unpaid", zh="{code}：{times}，计薪 {h} 小时，不计薪 {b} 分钟")
ROSTER_LEAD = Text(
    en="Point at a square for times and queue. Nights counts small and big night shifts; Wknd counts shifts that start"
    " on Saturday or Sunday; Wishes is granted / asked.",
    zh="将鼠标停在格子上可查看时间与队列。夜班含小夜班和大夜班；周末指周六、周日开始的班次；申请为“满足数/申请数”。",
)

# Fairness
FAIRNESS_LEAD = Text(
    en="The mark on each bar is the fair share: the total in proportion to available days (employed and not on leave)"
    " times contract hours, among the agents who can work such shifts (nobody who is protected from night work).",
    zh="条形上的竖线为公平份额：总数按可用天数（在职且未请假）乘以合同工时比例，在可上该类班次的座席中分摊（受夜班保护者除外）。",
)
SMALL_NIGHTS = Text(en="Small nights", zh="小夜班")
BIG_NIGHTS = Text(en="Big nights", zh="大夜班")
WEEKEND_SHIFTS = Text(en="Weekend shifts", zh="周末班次")
FAIR_SHARE = Text(en="fair share {n}", zh="公平份额 {n}")
REQUESTS = Text(en="Requests", zh="休息与班次申请")
REQUESTS_LEAD = Text(
    en="Requests granted: {granted} of {asked}. The others:", zh="{asked} 项申请中满足 {granted} 项，其余如下："
)
REQUESTS_ALL = Text(en="Every request is granted ({asked}).", zh="全部 {asked} 项申请均已满足。")
REQUESTS_NONE = Text(en="There are no requests in the period.", zh="本周期没有申请。")
WISH = Text(en="Asked for", zh="申请内容")
WISH_OFF = Text(en="day off", zh="休息")
WISH_ON = Text(en="to work", zh="上班")
WISH_SHIFT = Text(en="shift {code}", zh="班次 {code}")
GOT = Text(en="Got", zh="实际安排")
WEIGHT = Text(en="Weight", zh="权重")

# Holes
HOLES_LEAD = Text(
    en="{hours} agent-hours in {n} spans are uncovered, {share} of the need.",
    zh="共 {n} 段、{hours} 座席小时未覆盖，占需求的 {share}。",
)
HOLES_NONE = Text(en="Every interval is covered.", zh="所有时段均已覆盖。")
HOLES_DAYS = Text(en="Uncovered hours by day", zh="每日缺口工时")
HOLES_WORST = Text(en="The worst spans", zh="最严重的缺口")
HOLES_COUNTS = Text(
    en="The counts are the employed agents who have the queue's skill, by what they do at that time.",
    zh="人数为具备该队列技能的在职座席，按其当时的状态统计。",
)
HOLES_MORE = Text(
    en="{n} smaller spans with {hours} hours in all are not listed.",
    zh="另有 {n} 段较小缺口，共 {hours} 小时，未列出。",
)
TIME = Text(en="Time", zh="时间")
MISSING = Text(en="Missing at most", zh="最多缺人")
MISSING_HOURS = Text(en="Hours", zh="缺口工时")
HERE = Text(en="Here", zh="在本队列")
ELSEWHERE_HEAD = Text(en="Other queue", zh="在其他队列")
OTHER_HOURS_HEAD = Text(en="Other hours", zh="其他时间上班")
REST_HEAD = Text(en="Rest", zh="休息")
STATUTORY_HEAD = Text(en="Holiday", zh="法定休")
LEAVE_HEAD = Text(en="Leave", zh="请假")
REASON = Text(en="Reason", zh="原因")
NOBODY_SKILLED = Text(en="Nobody employed that day has the skill {skill}.", zh="当天没有在职座席具备技能“{skill}”。")
NO_SHIFT_THEN = Text(
    en="No shift template is on the queue at that time of that day.", zh="没有班次模板在该日该时段处于在线状态。"
)
NOT_WORTH = Text(
    en="One more shift does not pay: the best, {code}, would fill {h} h and add {s} h of surplus"
    " (weights {u} and {o} per interval).",
    zh="再增加一个班次并不划算：最合适的 {code} 可填补 {h} 小时，但会增加 {s} 小时富余（每时段权重 {u} 与 {o}）。",
)
MOST_ELSEWHERE = Text(
    en="With the skill, but on other queues at that time: {n} of {total} agents; "
    "those queues have {h} surplus hours then.",
    zh="{total} 名具备该技能的座席中有 {n} 名此时在其他队列；其他队列此时富余 {h} 小时。",
)
MOST_OTHER_HOURS = Text(
    en="With the skill, but at work at other hours of that day: {n} of {total} agents; "
    "this queue has {h} surplus hours then.",
    zh="{total} 名具备该技能的座席中有 {n} 名当天在其他时间上班；本队列当天其他时间富余 {h} 小时。",
)
MOST_OFF = Text(
    en="With the skill, but off that day: {n} of {total} agents ({rest} rest, {statutory} statutory holiday).",
    zh="{total} 名具备该技能的座席中有 {n} 名当天不上班：休息 {rest} 人，法定节假日休 {statutory} 人。",
)
MOST_LEAVE = Text(
    en="With the skill, but on leave: {n} of {total} agents.", zh="{total} 名具备该技能的座席中有 {n} 名请假。"
)
ALL_USED = Text(
    en="Everyone with the skill is here or on leave: there is nobody left.",
    zh="具备该技能的座席均已在此或请假，无人可用。",
)

# Pay
PAY_TOTAL = Text(
    en="The period costs {amount} {currency} by the elements below, {mean} per agent.",
    zh="本周期按下列项目合计 {amount} {currency}，人均 {mean}。",
)
PAY_CLASSES_HEAD = Text(en="What it costs, by element and class of the day", zh="成本构成（按项目与日类型）")
PAY_SUM = Text(en="Sum", zh="合计")
ONE_MORE_HEAD = Text(en="What one more holiday shift would cost", zh="节假日再增加一个班次的成本")
ONE_MORE_LEAD = Text(
    en="For each agent who is off that day: pay of the period with the shift less pay without it, so that holiday pay, "
    "night allowance and overtime are all in.",
    zh="对当天不上班的每名座席计算：加上该班次后的周期薪资减去原薪资，已含由此产生的节假日工资、夜班津贴和加班费。",
)
SHIFT_CODE = Text(en="Shift", zh="班次")
PAID_HOURS_HEAD = Text(en="Paid h", zh="计薪工时")
AGENTS_OFF = Text(en="Agents off", zh="未上班座席")
LEAST = Text(en="Least", zh="最低")
MIDDLE = Text(en="Median", zh="中位")
MOST = Text(en="Most", zh="最高")
PAY_ELEMENTS = Text(en="By element", zh="按薪资项目")
PAY_DATES = Text(en="Premiums by date", zh="节假日与加班工资（按日期）")
PAY_LINES = Text(en="Every pay line", zh="薪资明细")
PAY_NONE = Text(en="There are no pay lines in this period.", zh="本周期没有薪资明细。")
PAY_NO_WAGES = Text(
    en="Some amounts are missing because no wage or allowance was given; the quantities stand.",
    zh="部分金额为空：未提供工资或津贴标准；数量有效。",
)
ELEMENT = Text(en="Element", zh="项目")
LINES = Text(en="Lines", zh="行数")
QUANTITY = Text(en="Quantity", zh="数量")
UNIT = Text(en="Unit", zh="单位")
AMOUNT = Text(en="Amount", zh="金额")
CURRENCY = Text(en="Currency", zh="币种")
WHY = Text(en="Why", zh="依据")
PAID_BY = Text(en="Paid by", zh="计算依据")
TIMESHEET_TOTALS = Text(en="Hours and nights of all agents", zh="全体座席工时与夜班")

# Search and forecast
TRACE = Text(en="How the search went", zh="求解过程")
BACKTEST = Text(en="How well the forecast did on past weeks", zh="预测在历史数据上的表现")
BACKTEST_LEAD = Text(
    en="WAPE is the sum of the errors' sizes over the sum of the contacts; bias is the same with signs.",
    zh="WAPE 为误差绝对值之和除以话务量之和；偏差为带符号的同一比值。",
)
