"""What the formulas say about numbers they cannot use."""

from wfm.domain.text import Text

NOT_A_QUANTITY = Text(en="{name} must be finite and not negative", zh="{name} 必须是有限的非负数")
NOT_ABOVE_ZERO = Text(en="{name} must be finite and above 0", zh="{name} 必须是大于 0 的有限数")
NOT_BELOW_ONE = Text(en="{name} must be a share above 0 and below 1", zh="{name} 必须是大于 0 且小于 1 的比例")
NOT_A_SHARE = Text(en="{name} must be a share above 0 and at most 1", zh="{name} 必须是大于 0 且不超过 1 的比例")
NO_TARGET = Text(
    en="give at least one of service_level, asa_seconds, max_occupancy",
    zh="请至少给出 service_level、asa_seconds、max_occupancy 中的一项",
)
