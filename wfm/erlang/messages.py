"""What the formulas say about numbers they cannot use."""

from wfm.domain.text import Text

NOT_A_QUANTITY = Text(en="{name} must be finite and not negative", zh="{name} 必须是有限的非负数")
NOT_A_TIME = Text(en="{name} must be a number that is not negative", zh="{name} 必须是非负数")
NOT_ABOVE_ZERO = Text(en="{name} must be finite and above 0", zh="{name} 必须是大于 0 的有限数")
NOT_BELOW_ONE = Text(en="{name} must be a share above 0 and below 1", zh="{name} 必须是大于 0 且小于 1 的比例")
NOT_A_SHARE = Text(en="{name} must be a share above 0 and at most 1", zh="{name} 必须是大于 0 且不超过 1 的比例")
NO_TARGET = Text(
    en="give at least one of service_level, asa_seconds, max_abandonment, max_occupancy",
    zh="请至少给出 service_level、asa_seconds、max_abandonment、max_occupancy 中的一项",
)
NO_DEFINITION = Text(
    en="{value!r} is no definition of a service level; known: {known}",
    zh="没有“{value}”这种服务水平口径；可用：{known}",
)
SHARE_BELOW_ONE = Text(en="{name} must be a share below 1", zh="{name} 必须是小于 1 的比例")
NOT_WHOLE = Text(en="{name} must be whole numbers", zh="{name} 必须是整数")
SLOWER_WITH_MORE = Text(
    en="an agent with one chat more must finish more chats per second: number of chats / handle time has to grow",
    zh="座席多接一个会话时，单位时间完成的会话必须更多：会话数 / 平均处理时长须递增",
)
NO_TIME = Text(
    en="work from {release:g} due by {due:g} has no open time between them",
    zh="{release:g} 到达、{due:g} 截止的工作之间没有开放时间",
)
SHARES_OF_ALL = Text(
    en="give one share for each mean, and shares that sum to 1", zh="每个均值须对应一个比例，且比例之和为 1"
)
UNSTABLE = Text(
    en="as much arrives as all servers can finish: the queue grows without end",
    zh="到达量不低于全部服务能力：排队将无限增长",
)
NOT_A_PART = Text(en="{name} must be a share from 0 to 1", zh="{name} 必须是 0 到 1 之间的比例")
NO_MODEL = Text(en="{value!r} is no model; known: {known}", zh="没有“{value}”这种模型；可用：{known}")
MODEL_WANTS = Text(en="the model {model} needs {field}", zh="模型 {model} 需要给出 {field}")
