"""What the simulation says to people."""

from wfm.domain.text import Text

NOT_A_TIME = Text(en="{name} must be a number that is not negative", zh="{name} 必须是非负数")
NOT_ABOVE_ZERO = Text(en="{name} must be finite and above 0", zh="{name} 必须是大于 0 的有限数")
NOT_A_SHARE = Text(
    en="{name} must be a share from 0 up to, but not including, 1", zh="{name} 必须是不小于 0 且小于 1 的比例"
)
EMPTY_SAMPLE = Text(en="{name} must hold at least one number", zh="{name} 至少要有一个数")
FEW_REPLICATIONS = Text(
    en="{value} replication(s) give no interval of confidence; use at least 2",
    zh="仅 {value} 次仿真无法得到置信区间；至少需要 2 次",
)
NOT_WHOLE = Text(en="{name} must be whole numbers that are not negative", zh="{name} 必须是非负整数")
LENGTHS = Text(
    en="queue {queue}: {name} has {found} intervals, expected {expected}",
    zh="队列 {queue}：{name} 有 {found} 个时段，应为 {expected} 个",
)
UNKNOWN_QUEUE = Text(
    en="a team serves {queue!r}, which is no queue; known: {known}",
    zh="某组座席的队列“{queue}”不存在；可用：{known}",
)
TWICE = Text(en="queue {queue!r} is given twice", zh="队列“{queue}”重复出现")
NO_QUEUES = Text(en="give at least one queue", zh="请至少给出一个队列")
BAD_SPAN = Text(
    en="the spans of an agent must be finite, in order, apart from each other, and each end after it starts",
    zh="同一座席的在岗时间段必须有限、按时间先后排列、互不重叠，且结束晚于开始",
)
BAD_PACE = Text(
    en="a team has one pace above 0 for each of its queues", zh="每组座席对每个队列须有一个大于 0 的处理速度系数"
)
BAD_CHOICE = Text(en="{value!r} is no {name}; known: {known}", zh="没有“{value}”这种 {name}；可用：{known}")
UNEQUAL = Text(en="{one} and {other} must have equal lengths", zh="{one} 与 {other} 的长度必须相同")
NO_SET_OF_ITS_OWN = Text(
    en="no skill set serves only {queue!r}; every queue needs one", zh="没有只服务“{queue}”的技能组；每个队列都需要一个"
)
BAD_SHARE = Text(
    en="{name} must be a share from 0 to 1, not {value}", zh="{name} 应为 0 到 1 之间的比例，而不是 {value}"
)
