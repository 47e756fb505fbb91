"""What the commands about forecasts say, in both languages."""

from __future__ import annotations

from wfm.domain.text import Text

REFORECAST = Text(
    en="Forecast the rest of a day again from its morning, with the agents it needs.",
    zh="根据当天上午的实际话务重新预测当天剩余时段及所需座席。",
)
ACCURACY = Text(
    en="Measure the forecasts that were made against the contacts that came.",
    zh="用实际话务检验已做出的预测。",
)
MODELS = Text(en="Kinds of models, joined by commas; all when left out.", zh="模型名称，以逗号分隔；默认全部。")
AT = Text(en="Now, by the clock of the centre.", zh="当前时刻（按呼叫中心当地时间）。")
WRITTEN = Text(en="Written: {path}", zh="已写入：{path}")
NOTHING_CAME = Text(
    en="No forecast on record has come due yet: run `wfm forecast`, then add contacts of its period to history.csv.",
    zh="尚无到期的预测记录：请先运行 `wfm forecast`，再把该时期的实际话务补充到 history.csv。",
)
