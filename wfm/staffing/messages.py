"""What the staffing room says to people."""

from wfm.domain.text import Text

NO_AHT = Text(
    en="queue {queue}: contacts are expected from {start} on, but there is no handle time above 0; "
    "give aht_seconds in the history or in [queues.{queue}]",
    zh="队列 {queue}：自 {start} 起有预计话务量，但没有大于 0 的平均处理时长；"
    "请在历史数据或 [queues.{queue}] 中给出 aht_seconds",
)
BAD_OFFERED = Text(
    en="queue {queue}: expected contacts must be finite and not negative (interval {start})",
    zh="队列 {queue}：预计话务量必须是有限的非负数（时段 {start}）",
)
MISSING_ROWS = Text(
    en="the forecast has no row for queue {queue} at {start}",
    zh="预测中缺少队列 {queue} 在 {start} 的数据",
)
LONG_CONTACTS = Text(
    en="queue {queue}: a contact takes up to {aht} s, more than a quarter of the {minutes}-minute interval; intervals "
    "are then not independent, and the predicted service level can be several points off",
    zh="队列 {queue}：平均处理时长最高 {aht} 秒，超过 {minutes} 分钟时段的四分之一；"
    "相邻时段不再独立，预测的服务水平可能相差几个百分点",
)
BAD_TARGET = Text(
    en="{value!r} is no target; write the share and the seconds, for instance 80/20",
    zh="“{value}”不是服务目标；请写成“百分比/秒数”，例如 80/20",
)
BAD_SHRINKAGE = Text(
    en="shrinkage must be a share from 0 up to, but not including, 1; found {value}",
    zh="损耗率必须是不小于 0 且小于 1 的比例；实际为 {value}",
)
LOAD = Text(
    en="{offered:g} contacts of {aht:g} s in {minutes:g} min are {load:.2f} erlangs of load.",
    zh="{minutes:g} 分钟内 {offered:g} 个来电，平均处理时长 {aht:g} 秒，话务量为 {load:.2f} 爱尔兰。",
)
NO_LOAD = Text(
    en="No load: only the floor of agents counts, {agents} agent(s).",
    zh="没有话务量：只看最低座席数，共 {agents} 名座席。",
)
OUTCOME = Text(
    en="{agents} agent(s) answer {level:.1%} within {wait:g} s, mean wait {asa:.1f} s, occupancy {occupancy:.1%}.",
    zh="{agents} 名座席时，{wait:g} 秒内接听 {level:.1%}，平均应答速度 {asa:.1f} 秒，占用率 {occupancy:.1%}。",
)
ONE_LESS = Text(
    en="With {agents} agent(s) it would be {level:.1%}, {asa:.1f} s and {occupancy:.1%}.",
    zh="若为 {agents} 名座席，则依次为 {level:.1%}、{asa:.1f} 秒、{occupancy:.1%}。",
)
UNSTABLE = Text(
    en="With {agents} agent(s) the queue would grow without end.",
    zh="若为 {agents} 名座席，排队将无限增长。",
)
BINDS = Text(en="What decides: {target}.", zh="起决定作用的是：{target}。")
HEADS = Text(
    en="With {share:.1%} shrinkage, {heads} agent(s) have to be scheduled.",
    zh="计入 {share:.1%} 的损耗后，需要安排 {heads} 名座席。",
)
MODEL = Text(
    en="Model: Erlang C; nobody gives up waiting; the service level counts all offered contacts.",
    zh="模型：Erlang C，假设来电者不放弃等待；服务水平按全部呼入量计算。",
)
TARGETS = {
    "service_level": Text(en="the service level", zh="服务水平"),
    "asa": Text(en="the mean wait", zh="平均应答速度"),
    "occupancy": Text(en="the occupancy limit", zh="占用率上限"),
    "min_agents": Text(en="the floor of agents", zh="最低座席数"),
    "empty": Text(en="no load", zh="没有话务量"),
}
