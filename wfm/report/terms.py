"""Names of days, states, rules, goals and figures, and the glossary at the foot of the page, in both languages."""

from __future__ import annotations

from wfm.domain.calendar import DayClass
from wfm.domain.text import Text

WEEKDAY_NAMES = tuple(
    Text(en=en, zh=zh)
    for en, zh in zip(
        ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
        strict=True,
    )
)
WEEKDAY_SIGNS = tuple(Text(en=name.en[:2], zh=name.zh[1:]) for name in WEEKDAY_NAMES)
MONTHS = tuple(
    Text(en=en, zh=f"{number}月")
    for number, en in enumerate(
        (
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        start=1,
    )
)
KINDS = {
    "cover": Text(en="Cover per interval", zh="时段覆盖"),
    "under": Text(en="Shortfall", zh="人手不足"),
    "over": Text(en="Surplus", zh="人手富余"),
    "requests": Text(en="Requests not granted", zh="未满足的申请"),
    "fairness": Text(en="Unequal nights and weekends", zh="夜班与周末不均"),
    "stability": Text(en="Changes to the published roster", zh="已发布班表的变动"),
    "cost": Text(en="Paid hours and premiums", zh="计薪工时及加成"),
    "max_consecutive_days": Text(en="Working days in a row", zh="连续上班天数"),
    "rest_days": Text(en="Rest days", zh="休息天数"),
    "month_hours": Text(en="Hours of the month", zh="月工时"),
    "shift_hours": Text(en="Paid hours of a shift", zh="班次计薪工时"),
    "rest_between_shifts": Text(en="Rest between shifts", zh="班次间隔休息"),
    "night_eligibility": Text(en="Protection from night work", zh="夜班保护"),
    "overtime_protection": Text(en="Protection from overtime", zh="加班保护"),
    "unrequested_long_rest": Text(en="Long rest without a request", zh="未申请的连休"),
    "cover_floor": Text(en="Fewest agents on duty", zh="最低在线人数"),
    "eligibility": Text(en="Skills and contract", zh="技能与合同"),
    "availability": Text(en="Leave and employment", zh="请假与在职"),
    "pinned": Text(en="Fixed assignments", zh="固定安排"),
    "holiday": Text(en="Statutory holiday pay", zh="法定节假日加班费"),
    "small_night": Text(en="Small night allowance", zh="小夜班津贴"),
    "big_night": Text(en="Big night allowance", zh="大夜班津贴"),
    "seasonal_naive": Text(en="same weekday last week", zh="上周同期"),
    "day_profile": Text(en="day total and profile", zh="日总量与日内分布"),
}
LEGEND_SIGN = {
    "early": Text(en="E", zh="早"),
    "day": Text(en="D", zh="中"),
    "late": Text(en="L", zh="晚"),
    "small": Text(en="SN", zh="小夜"),
    "big": Text(en="BN", zh="大夜"),
    "rest": Text(en="", zh=""),
    "statutory": Text(en="H", zh="法"),
    "leave": Text(en="lv", zh="假"),
    "absent": Text(en="", zh=""),
}
LEGEND = {
    "early": Text(en="starts before 10:00", zh="10:00 前上班"),
    "day": Text(en="starts 10:00–13:59", zh="10:00–13:59 上班"),
    "late": Text(en="starts from 14:00", zh="14:00 后上班"),
    "small": Text(en="small night shift", zh="小夜班"),
    "big": Text(en="big night shift", zh="大夜班"),
    "rest": Text(en="rest day", zh="休息"),
    "statutory": Text(en="statutory holiday off", zh="法定节假日休"),
    "leave": Text(en="leave", zh="请假"),
    "absent": Text(en="not employed", zh="不在职"),
}
DAY_CLASSES = {
    DayClass.STATUTORY: Text(en="statutory holiday", zh="法定节假日"),
    DayClass.MAKEUP_OFF: Text(en="day off in place of a holiday", zh="补假"),
    DayClass.ADJUSTED_OFF: Text(en="day off by exchange", zh="调休放假"),
    DayClass.WEEKEND: Text(en="weekend", zh="周末"),
    DayClass.WEEKEND_WORKDAY: Text(en="weekend day worked", zh="调休上班"),
    DayClass.WORKDAY: Text(en="working day", zh="工作日"),
}
DAY_MARKS = {
    DayClass.STATUTORY: Text(en="H", zh="法"),
    DayClass.MAKEUP_OFF: Text(en="off", zh="休"),
    DayClass.ADJUSTED_OFF: Text(en="off", zh="休"),
    DayClass.WEEKEND_WORKDAY: Text(en="wk", zh="班"),
}
TIMESHEET_HEADS = {
    "scheduled_h": Text(en="Scheduled hours", zh="排班工时"),
    "standard_h": Text(en="Standard hours", zh="标准工时"),
    "excess_h": Text(en="Hours above standard", zh="超标准工时"),
    "ot300_h": Text(en="Statutory holiday hours", zh="法定节假日工时"),
    "small_nights": Text(en="Small nights", zh="小夜班"),
    "big_nights": Text(en="Big nights", zh="大夜班"),
    "leave_h": Text(en="Leave hours", zh="请假工时"),
}
BACKTEST_HEADS = {
    "queue": Text(en="Queue", zh="队列"),
    "model": Text(en="Model", zh="模型"),
    "horizon": Text(en="Days ahead", zh="提前天数"),
    "wape": Text(en="WAPE", zh="WAPE"),
    "daily_wape": Text(en="WAPE of day totals", zh="日总量 WAPE"),
    "bias": Text(en="Bias", zh="偏差"),
    "relmae": Text(en="Error against naive", zh="相对朴素法误差"),
    "floor": Text(en="Noise floor", zh="噪声下限"),
    "n": Text(en="Days judged", zh="检验天数"),
}
BACKTEST_SHARES = ("wape", "daily_wape", "bias", "floor")
BACKTEST_NUMBERS = (*BACKTEST_SHARES, "relmae", "n")
HORIZONS = {
    "1d": Text(en="next day", zh="次日"),
    "1w": Text(en="1 to 7", zh="1–7 天"),
    "4w": Text(en="22 to 28", zh="22–28 天"),
    "special": Text(en="holidays", zh="节假日"),
}
PAY_CLASSES = {
    "statutory": Text(en="Statutory holidays", zh="法定节假日"),
    "makeup_off": Text(en="Make-up days off", zh="补假"),
    "adjusted_off": Text(en="Adjusted days off", zh="调休放假"),
    "weekend": Text(en="Weekends", zh="周末"),
    "weekend_workday": Text(en="Make-up workdays", zh="调休上班"),
    "workday": Text(en="Work days", zh="工作日"),
    "month": Text(en="The month as a whole", zh="按月"),
}
"""By class of the day that earns a pay line; `month` where no single day does."""
PAID_BY = {
    "company": Text(en="company formula", zh="公司公式"),
    "legal_floor": Text(en="legal floor", zh="法定下限"),
    "hours": Text(en="hours only", zh="仅计工时"),
    "law": Text(en="law", zh="法律规定"),
    "toil": Text(en="time off in lieu", zh="转调休"),
    "unknown_days": Text(en="days not known", zh="部分日期未知"),
}
"""By the last part of the `rule_id` of a pay line."""
FACTS = {
    "seed": Text(en="Seed", zh="随机种子"),
    "budget": Text(en="Search budget", zh="计算预算"),
    "status": Text(en="Status", zh="状态"),
    "version": Text(en="Version", zh="版本"),
    "roster_version": Text(en="Roster version", zh="班表版本"),
}
SEVERITIES = {"hard": Text(en="hard", zh="硬性"), "soft": Text(en="soft", zh="软性")}
GLOSSARY = (
    (
        Text(en="Interval", zh="时段"),
        Text(en="A slice of the day in which need and cover are counted.", zh="统计需求与覆盖的时间片。"),
    ),
    (
        Text(en="Queue", zh="队列"),
        Text(en="Where contacts wait for an agent who has its skill.", zh="来话等候具备相应技能座席的位置。"),
    ),
    (
        Text(en="Required", zh="需求"),
        Text(
            en="Agents who have to be rostered so that the service target is met, lateness and short breaks included.",
            zh="为达到服务水平目标应排的座席数，已计入迟到与短休等损耗。",
        ),
    ),
    (
        Text(en="Cover", zh="覆盖"),
        Text(
            en="Rostered agents on the queue; a meal or a placed break does not count.",
            zh="班表中在该队列上线的座席数，用餐与已安排的休息不计入。",
        ),
    ),
    (
        Text(en="Shortfall, surplus", zh="缺口、富余"),
        Text(en="Cover below the requirement; cover above it.", zh="覆盖低于需求的部分；高于需求的部分。"),
    ),
    (
        Text(en="Objective", zh="目标值"),
        Text(
            en="What the roster costs by the weights in the settings: the smaller, the better.",
            zh="按设置中的权重计算的班表代价，越小越好。",
        ),
    ),
    (
        Text(en="Bound", zh="下界"),
        Text(en="No roster can cost less than this: it is proven.", zh="已证明任何班表的代价都不会低于此值。"),
    ),
    (
        Text(en="Gap", zh="差距"),
        Text(
            en="Objective less bound, as a share of the bound: the most that a better roster could still save.",
            zh="目标值与下界之差占下界的比例，即最多还能改进多少。",
        ),
    ),
    (
        Text(en="Hard and soft rules", zh="硬性规则、软性规则"),
        Text(
            en="A hard rule is never broken in a published roster; a soft one that is not kept adds to the objective.",
            zh="正式班表绝不违反硬性规则；软性规则未满足时计入目标值。",
        ),
    ),
    (
        Text(en="Small and big night shift", zh="小夜班、大夜班"),
        Text(
            en="By the end of the shift: from 22:00 to 23:00 is small, later until the morning is big.",
            zh="按下班时间划分：22:00–23:00 下班为小夜班，更晚至次日早晨下班为大夜班。",
        ),
    ),
    (
        Text(en="Rest day, statutory day off", zh="休息日、法定节假日休"),
        Text(
            en="A rest day is one of the month's days off; a statutory holiday that is not worked comes on top.",
            zh="休息日为当月应休天数之一；法定节假日未上班另计，不占休息日。",
        ),
    ),
    (
        Text(en="Fair share", zh="公平份额"),
        Text(
            en="An agent's part of a total, by available days and contract hours.",
            zh="按可用天数与合同工时比例应分摊的数量。",
        ),
    ),
    (
        Text(en="WAPE, bias", zh="WAPE、偏差"),
        Text(
            en="Size of the forecast's errors, and whether it is too high (+) or too low (-), as a share of contacts.",
            zh="预测误差的大小，以及预测偏高（+）或偏低（-）的程度，均以话务量为基数。",
        ),
    ),
)
"""Term and meaning."""
