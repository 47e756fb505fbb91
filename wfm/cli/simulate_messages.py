"""What `wfm simulate` says, in both languages."""

from __future__ import annotations

from wfm.domain.text import Text

SIMULATE = Text(
    en="Play the roster in out/ contact by contact: service level, waits, abandonment and occupancy.",
    zh="逐个来电仿真 out/ 中的班表：服务水平、等待时间、放弃率和占用率。",
)
REPLICATIONS = Text(en="How often the period is simulated.", zh="整个排班周期的仿真次数。")
SEED = Text(
    en="Seed of the simulated contacts; that of plan.toml by default.",
    zh="仿真来电的随机种子；不写则用 plan.toml 中的种子。",
)
ROUTING = Text(
    en="Whom agents serve: rostered (the queue of the shift), or every queue of their skills by longest_wait, priority "
    "(order of the queues in plan.toml) or skill_order (the queue of the shift first).",
    zh="座席接听的范围：rostered 只接班次的队列；其余接技能内的所有队列： longest_wait 等待最久者优先， "
    "priority 按 plan.toml 中的队列顺序， skill_order 班次的队列优先。",
)
HANDLE_CV = Text(
    en="Standard deviation / mean of handle times, then lognormal; exponential by default.",
    zh="处理时长的标准差与均值之比， 此时按对数正态分布；不写则按指数分布。",
)
QUEUES = Text(
    en="What the roster achieves, and what exactly the required agents would (“Required”); ± is half of a 95 % "
    "interval.",
    zh="班表可达到的水平，以及恰好按需求配置座席时的服务水平（“按需求”）；± 为 95% 置信区间的一半。",
)
QUEUE_MISSES = Text(en="{queue} misses its target: {target}.", zh="队列 {queue} 未达标：{target}。")
SHORT_DAYS = Text(en="Days that miss a target:", zh="未达标的日期：")
NO_SHORT_DAYS = Text(en="No day misses a target.", zh="所有日期均达标。")
MORE_DAYS = Text(en="… and {n} more, in --json.", zh="……另有 {n} 行，见 --json。")
SHORT_INTERVALS = Text(
    en="{n} of {of} intervals with contacts miss a target (even at the better end of their 95 % interval).",
    zh="有来电的 {of} 个时段中，{n} 个未达标（即使取 95% 置信区间较好的一端）。",
)
LEFT_OUT = Text(
    en="Not simulated, since their work is deferred: {queues}", zh="以下队列的工作可延后处理，未参与仿真：{queues}"
)
WRITTEN = Text(
    en="Written: {path} ({replications} replications, seed {seed})",
    zh="已写入：{path}（仿真 {replications} 次，种子 {seed}）",
)
PROGRESS = Text(en="simulating", zh="仿真中")
COLUMNS = {
    "queue": Text(en="Queue", zh="队列"),
    "date": Text(en="Date", zh="日期"),
    "offered": Text(en="Contacts", zh="话务量"),
    "agents": Text(en="Agents", zh="座席数"),
    "service_level": Text(en="Service level", zh="服务水平"),
    "asa_seconds": Text(en="Wait (s)", zh="等待秒数"),
    "abandonment": Text(en="Lost", zh="放弃率"),
    "occupancy": Text(en="Busy", zh="占用率"),
    "required_service_level": Text(en="Required", zh="按需求"),
    "missed": Text(en="Missed", zh="未达标项"),
}
MISSED = {
    "service_level": Text(en="service level", zh="服务水平"),
    "asa": Text(en="mean wait", zh="平均等待"),
    "abandonment": Text(en="abandonment", zh="放弃率"),
    "occupancy": Text(en="occupancy", zh="占用率"),
}
