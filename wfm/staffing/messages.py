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
NO_TIME_LEFT = Text(
    en="queue {queue}: contacts that come at {start} are due before there is another open interval to do them in; "
    "give more due_hours in [queues.{queue}], or longer opening hours",
    zh="队列 {queue}：{start} 到达的工作在截止前已没有营业时段可处理；"
    "请加大 [queues.{queue}] 的 due_hours 或延长营业时间",
)
LONG_CONTACTS = Text(
    en="queue {queue}: a contact takes up to {aht} s, more than a quarter of the {minutes}-minute interval; intervals "
    "are then not independent, and the predicted service level can be several points off; "
    '[staffing] arrivals = "modified_load" follows the load that is in progress',
    zh="队列 {queue}：平均处理时长最高 {aht} 秒，超过 {minutes} 分钟时段的四分之一；"
    "相邻时段不再独立，预测的服务水平可能相差几个百分点；"
    '可设置 [staffing] arrivals = "modified_load"，按实际在处理的话务量计算',
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
JUDGED = Text(en="Of the targets: {target}.", zh="目标情况：{target}。")
GIVE_UP = Text(en="{share:.1%} give up.", zh="其中 {share:.1%} 放弃等待。")
MODEL = Text(
    en="Model: {model}; the service level is {counted}.",
    zh="模型：{model}；服务水平按{counted}计算。",
)
MODELS = {
    "erlang_c": Text(en="Erlang C, nobody gives up waiting", zh="Erlang C，假设来电者不放弃等待"),
    "erlang_a": Text(en="Erlang A, people give up after a while", zh="Erlang A，来电者等待一段时间后会放弃"),
    "erlang_b": Text(en="Erlang B, who finds no free agent is lost", zh="Erlang B，无空闲座席时来电即流失"),
    "erlang_x": Text(en="Erlang X, some of those who give up redial", zh="Erlang X，部分放弃者会重拨"),
    "lines": Text(en="Erlang with few lines", zh="有限中继线的 Erlang 模型"),
    "chat": Text(en="chats, several at a time", zh="在线会话，一名座席同时处理多个"),
    "uncertain": Text(en="Erlang with an uncertain load", zh="话务量不确定的 Erlang 模型"),
}
DEFINITIONS = {
    "offered": Text(en="answered in time / all offered", zh="“及时接听数 ÷ 全部呼入量”"),
    "offered_and_short_abandons": Text(
        en="(answered or given up in time) / all offered", zh="“（及时接听数＋及时放弃数）÷ 全部呼入量”"
    ),
    "excluding_short_abandons": Text(
        en="answered in time / (offered less short abandons)", zh="“及时接听数 ÷（呼入量－短时放弃数）”"
    ),
    "answered": Text(en="answered in time / answered", zh="“及时接听数 ÷ 接听数”"),
    "virtual": Text(en="the share who would be answered in time if they waited", zh="“若一直等待即可及时接听的比例”"),
}
VARIATIONS = {
    "as_asked": Text(en="as asked", zh="按所给条件"),
    "one_less": Text(en="one agent less", zh="少 1 名座席"),
    "one_more": Text(en="one agent more", zh="多 1 名座席"),
    "offered_down": Text(en="contacts -10 %", zh="呼入量 -10 %"),
    "offered_up": Text(en="contacts +10 %", zh="呼入量 +10 %"),
    "aht_down": Text(en="handle time -10 %", zh="处理时长 -10 %"),
    "aht_up": Text(en="handle time +10 %", zh="处理时长 +10 %"),
}
NOT_A_QUANTITY = Text(en="{name} must be finite and not negative", zh="{name} 必须是有限的非负数")
NOT_ABOVE_ZERO = Text(en="{name} must be finite and above 0", zh="{name} 必须是大于 0 的有限数")
TARGETS = {
    "service_level": Text(en="the service level", zh="服务水平"),
    "asa": Text(en="the mean wait", zh="平均应答速度"),
    "abandonment": Text(en="the share that gives up", zh="放弃率上限"),
    "occupancy": Text(en="the occupancy limit", zh="占用率上限"),
    "min_agents": Text(en="the floor of agents", zh="最低座席数"),
    "empty": Text(en="no load", zh="没有话务量"),
    "unreachable": Text(
        en="a service level that no number of agents reaches; these come closest",
        zh="服务水平目标，但任何座席数都无法达到，此数已最为接近",
    ),
    "met": Text(en="all are met", zh="全部达到"),
}

MERGE_NEEDS_TARGET = Text(
    en="the queues merged into {queue!r} have different targets; give targets.{queue} in the scenario",
    zh="合并为“{queue}”的各队列目标不同；请在情景中给出 targets.{queue}",
)
MERGE_ONE_MODEL = Text(
    en="the queues merged into {queue!r} have different models or patience; they cannot be one queue",
    zh="合并为“{queue}”的各队列模型或耐心时长不同，不能合并为一个队列",
)
