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
