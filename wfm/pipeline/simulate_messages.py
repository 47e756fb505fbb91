"""What the simulation of a folder says to people."""

from wfm.domain.text import Text

NOBODY_WAITS = Text(
    en="{folder} has only deferred work, in which nobody waits for an agent: there is nothing to simulate",
    zh="{folder} 中只有可延后处理的工作，没有人排队等待座席，无需仿真",
)
