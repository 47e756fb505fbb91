"""General messages of the forecast room, in both languages."""

from __future__ import annotations

from wfm.domain.text import Text

NO_HISTORY = Text(
    en="queue {queue!r} has no history; give at least {days} days of contacts",
    zh="队列“{queue}”没有历史话务；请提供至少 {days} 天的数据",
)
SHORT_HISTORY = Text(
    en="queue {queue!r} has {found} days of history before {first}; a forecast needs at least {days}",
    zh="队列“{queue}”在 {first} 之前只有 {found} 天历史话务；预测至少需要 {days} 天",
)
SHORT_BACKTEST = Text(
    en="queue {queue!r} has {found} days of history; a backtest needs at least {days}",
    zh="队列“{queue}”只有 {found} 天历史话务；回测至少需要 {days} 天",
)
NO_AHT = Text(
    en="queue {queue!r} has no handle time; give aht_seconds in the history or in [queues.{queue}]",
    zh="队列“{queue}”没有平均处理时长；请在历史数据或 [queues.{queue}] 中填写 aht_seconds",
)
UNKNOWN_MODEL = Text(en="one of the models {known}", zh="以下预测模型之一：{known}")
KNOWN_OPTION = Text(en="one of the options {known}", zh="以下选项之一：{known}")
BAD_OPTION = Text(en="a valid value ({problem})", zh="有效的取值（{problem}）")
BAD_SETTING = Text(en="forecast settings: {problem}", zh="预测设置有误：{problem}")
UNKNOWN_EVENT = Text(
    en="event kind {kind!r} is unknown; write one of {known}",
    zh="未知的事件类型“{kind}”；请填写：{known}",
)
NO_YEAR = Text(
    en="{days} days of history: the year's own shape is not learnt, that takes {least}",
    zh="历史只有 {days} 天：未学习全年季节规律，至少需要 {least} 天",
)
NO_TRIALS = Text(
    en="{days} days of history are too few to measure forecast errors; a rate error of 20 % is assumed",
    zh="历史只有 {days} 天，不足以测算预测误差；按 20% 的水平误差处理",
)
NEW_HOURS = Text(
    en="{count} intervals of the day opened or closed for good within the history; they are learnt as they are now",
    zh="历史中有 {count} 个时段开始或停止营业，已按目前的营业情况学习",
)
REPAIRED = Text(
    en="queue {queue!r}: {count} stretches of the history were not learnt as recorded "
    "({outages} outages, {spikes} spikes, {empty} empty days, {doubled} days recorded twice); see forecast_repairs.csv",
    zh="队列“{queue}”：历史中有 {count} 段未按原始记录学习"
    "（中断 {outages} 段，突增 {spikes} 段，空白日 {empty} 天，重复记录 {doubled} 天）；见 forecast_repairs.csv",
)
OLD_HISTORY = Text(
    en="queue {queue!r}: the history ends on {last}, {days} days before the first day ahead; nothing is known of how "
    "contacts went since",
    zh="队列“{queue}”：历史话务截至 {last}，距预测首日 {days} 天；其间的变化未知",
)
GAPS = Text(
    en="queue {queue!r}: {count} open days of the history are missing; they count as unknown, not as zero",
    zh="队列“{queue}”：历史缺少 {count} 个营业日的数据，按未知处理，不视为零",
)
NEVER_RECORDED = Text(
    en="queue {queue!r}: open on {days} by the opening hours, but nothing was ever recorded then; they are forecast 0",
    zh="队列“{queue}”：按营业时间{days}营业，但历史中从无记录，按 0 预测",
)
WEEKDAYS = Text(
    en="Mondays Tuesdays Wednesdays Thursdays Fridays Saturdays Sundays", zh="周一 周二 周三 周四 周五 周六 周日"
)
UNANNOUNCED = Text(
    en="the days off of {years} are not announced yet: holidays are forecast by the law alone, and make-up workdays "
    "as ordinary weekends",
    zh="{years} 年的放假安排尚未公布：节假日仅按法定日期预测，调休上班日按普通周末预测",
)
OF_QUEUE = Text(en="queue {queue!r}: {note}", zh="队列“{queue}”：{note}")
NO_LIBRARY = Text(
    en="model {kind!r} needs the library {library}: pip install {library}",
    zh="模型“{kind}”需要 {library} 库：pip install {library}",
)
LEARNT_CAMPAIGN = Text(
    en="queue {queue!r}: campaigns ahead without a factor are taken as {factor} times the usual contacts, "
    "learnt from {count} earlier ones and drawn to 1",
    zh="队列“{queue}”：未填写系数的活动按平常话务量的 {factor} 倍预测，依据 {count} 次历史活动并向 1 收缩",
)
NOTHING_TODAY = Text(
    en="the history has no contacts of {day} before {now}; add the morning's rows to it",
    zh="历史中没有 {day} {now} 之前的话务；请先补充当天上午的数据",
)
UPDATED = Text(
    en="queue {queue!r}: {actual} contacts so far, {planned} were expected; the rest of the day is taken times {rest} "
    "(carry-over {carry}, learnt from {days} past days)",
    zh="队列“{queue}”：目前实际 {actual}，预计 {planned}；当天剩余时段按 {rest} 倍预测"
    "（延续系数 {carry}，依据 {days} 天历史）",
)
BORROWED = Text(
    en="forecast like {sibling}, at {ratio} times its contacts (from {days} days of its own)",
    zh="参照队列“{sibling}”预测，话务量为其 {ratio} 倍（依据自身 {days} 天数据）",
)
NO_DAY_TOTAL = Text(
    en="queue {queue!r} has no history yet; give contacts_per_day in [queues.{queue}] beside sibling = {sibling!r}",
    zh="队列“{queue}”尚无历史话务；请在 [queues.{queue}] 中除 sibling = “{sibling}” 外再填写 contacts_per_day",
)

GAVE_TYPE = Text(en="a value of the type {name}, which is no forecast", zh="类型为 {name} 的值，不是预测结果")
GAVE_SHAPE = Text(
    en="an array of the shape {shape}, not one number for each of the {size} intervals of the grid",
    zh="形状为 {shape} 的数组，而不是时段网格的 {size} 个时段各一个数",
)
GAVE_NAN = Text(en="no finite number for {at}", zh="{at} 的非有限数值")
GAVE_LESS = Text(en="contacts below 0 for {at}", zh="{at} 的负话务量")
GAVE_CLOSED = Text(en="contacts for {at}, when the queue is closed", zh="{at} 的话务量，而该时段不开放")
