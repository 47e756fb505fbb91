"""What the stage of skill sets says to people."""

from wfm.domain.text import Text

NOTHING_TO_SHARE = Text(
    en="{folder}: fewer than two queues can share agents; each needs a service level as a target and must not be chat, "
    "deferred work or limited in lines",
    zh="{folder}：可共用座席的队列不足两个；每个队列都须以服务水平为目标，且不能是会话、可延后处理或限定中继线数的队列",
)
