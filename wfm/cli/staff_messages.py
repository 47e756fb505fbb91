"""What `wfm staff` says, in both languages."""

from __future__ import annotations

from wfm.domain.text import Text

AGENTS = Text(en="Judge so many agents instead of finding the fewest.", zh="评估给定的座席数。")
MODEL = Text(
    en="Name of a model, such as erlang_a, lines or chat; erlang_a when a patience is given.",
    zh="模型名称，如 chat。",
)
PATIENCE = Text(en="Mean time until a waiting contact gives up, such as 2min.", zh="平均耐心时长，例如 2min。")
DEFINITION = Text(
    en="How the service level is counted, such as offered, answered or virtual.", zh="服务水平口径，如 offered。"
)
SHORT = Text(en="Short-call cut of excluding_short_abandons, such as 5s.", zh="短时放弃的界限，例如 5s。")
ASA = Text(en="Longest mean wait, such as 30s.", zh="平均应答速度上限，例如 30s。")
MAX_ABANDONMENT = Text(en="Largest share that gives up, in %.", zh="放弃率上限（百分比）。")
MAX_OCCUPANCY = Text(en="Highest occupancy, in %.", zh="占用率上限（百分比）。")
MIN_AGENTS = Text(en="Fewest agents.", zh="最低座席数。")
SHRINKAGE = Text(en="Share of paid time off the queue, in %.", zh="损耗率（百分比）。")
REDIAL = Text(en="Share of those who give up that redials, in %: erlang_x.", zh="放弃后重拨的百分比。")
LINES = Text(en="Contacts that fit in, waiting ones included: lines.", zh="中继线数（含等待者）。")
CONCURRENCY = Text(
    en="Handle time with 1, 2, … chats at a time over that with one: chat.",
    zh="多会话并行时的时长倍数。",
)
LOAD_CV = Text(en="Error of the forecast, in % of it: uncertain.", zh="预测误差的百分比。")
EXPLAIN = Text(en="Say why: load, cushion, a little more or less of everything.", zh="说明余量与敏感性。")
TABLE = Text(
    en="CSV with offered, aht_seconds, … per row, answered row by row.",
    zh="逐行计算的 CSV 表。",
)
OUT = Text(en="Where the answered table is written; printed when absent.", zh="结果表的写入位置。")

BAD_NUMBERS = Text(en="{value!r} is no list of numbers; write 1,1.2,1.5", zh="“{value}”不是数字列表；请写成 1,1.2,1.5")
CUSHION = Text(
    en="Load {load:.2f} erlangs; cushion {cushion:+.2f} agents, {roots:.2f} times the square root of the load.",
    zh="话务强度 {load:.2f} 爱尔兰；余量 {cushion:+.2f} 名座席，为话务强度平方根的 {roots:.2f} 倍。",
)
CURVE = Text(en="Service level by agents:", zh="各座席数对应的服务水平：")
COLUMNS = {
    "case": Text(en="Case", zh="情形"),
    "agents": Text(en="Agents", zh="座席数"),
    "required": Text(en="Needed", zh="所需座席"),
    "service_level": Text(en="Service level", zh="服务水平"),
    "asa_seconds": Text(en="Mean wait (s)", zh="平均应答速度（秒）"),
    "abandoned": Text(en="Give up", zh="放弃率"),
    "occupancy": Text(en="Occupancy", zh="占用率"),
}
WRITTEN = Text(en="{n} rows written to {path}.", zh="已将 {n} 行写入 {path}。")
