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
SKILL_SETS = Text(
    en="Also find the agents of each skill set of the staff list, by simulation: skill_sets.csv.",
    zh="按技能组仿真求所需座席。",
)
FLEXIBLE = Text(en="Largest share of agents who use several skills, in %.", zh="多技能座席占比上限（百分比）。")
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
SETS_NEED_FOLDER = Text(en="--skill-sets needs a planning folder", zh="--skill-sets 需要规划文件夹")
SKILL_PEOPLE = Text(
    en="Agents on the queue by skill set (“People”: who has exactly these skills in agents.csv):",
    zh="各技能组的在线座席（“人数”为 agents.csv 中恰好具备这些技能的人）：",
)
SKILL_WAYS = Text(
    en="{flexible:.0%} of the agents use several skills: {recovered:.0%} of what one pool would save.",
    zh="{flexible:.0%} 的座席使用多项技能：可实现统一座席池节省量的 {recovered:.0%}。",
)
SKILL_LEVELS = Text(
    en="Simulated service level of each queue over the period:", zh="各队列在整个周期内的仿真服务水平："
)
SKILL_LEFT_OUT = Text(
    en="Not shared (deferred, chat, limited lines or no service level as a target): {queues}",
    zh="未参与共用（可延后处理、会话、限定中继线或未设服务水平目标）：{queues}",
)
SKILL_WRITTEN = Text(en="Written: {path}", zh="已写入：{path}")
SKILL_COLUMNS = {
    "skill_set": Text(en="Skill set", zh="技能组"),
    "people": Text(en="People", zh="人数"),
    "way": Text(en="Agents", zh="配置方式"),
    "queue": Text(en="Queue", zh="队列"),
    "peak": Text(en="Peak agents", zh="峰值座席"),
    "required_hours": Text(en="Required hours", zh="所需工时"),
    "target": Text(en="Target", zh="目标"),
    "service_level": Text(en="Service level", zh="服务水平"),
}
WAYS = {
    "apart": Text(en="one skill each", zh="全部单技能"),
    "mix": Text(en="this mix", zh="本组合"),
    "pool": Text(en="one pool, every skill", zh="统一座席池（全技能）"),
}
