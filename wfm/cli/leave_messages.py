"""What `wfm leave` says, in both languages."""

from __future__ import annotations

from wfm.domain.text import Text

LEAVE = Text(
    en="Leave that waits for a decision: what granting it costs in cover, what stands against it; approve or reject.",
    zh="待审批的请假：准假后的人力缺口、不符合的规定；并可批准或驳回。",
)
APPROVE = Text(en="Approve this leave; written into leave.csv.", zh="批准此请假并写入 leave.csv。")
REJECT = Text(en="Reject this leave; written into leave.csv.", zh="驳回此请假并写入 leave.csv。")
BY = Text(en="Who decides.", zh="审批人。")
SHOW = Text(en="Show the intervals in which this leave leaves cover lacking.", zh="列出此请假造成缺口的时段。")
WISHES = Text(en="List the wishes for days off and their odds.", zh="列出休息需求及其机会。")

ONE_DECISION = Text(en="give either --approve or --reject, not both", zh="--approve 与 --reject 只能给出一个")
NONE_WAITS = Text(en="No leave waits for a decision.", zh="没有待审批的请假。")
NO_WISHES = Text(en="There is no wish for a day off.", zh="没有休息需求。")
NO_ROSTER = Text(
    en="There is no roster in out/ yet: what granting leave costs in cover is not known.",
    zh="out/ 中尚无排班表：无法计算准假后的缺口。",
)
EXPLAINED = Text(
    en="Short: agent-hours that would be lacking more than now, in so many intervals.",
    zh="缺口：准假后新增的缺口工时及涉及的时段数。",
)
ESTIMATE = Text(
    en="Spare: how many of those who serve the same queues can be off on the tightest day, rest days included; odds:"
    " the share of those who ask. Both are upper estimates.",
    zh="可休：同队列座席在最紧张的一天可休息的人数（含休息日）；机会：与申请人数之比。均为上限估计。",
)
NOBODY = Text(en="nobody", zh="不予批准")
DECIDES = {
    "unknown": Text(en="anybody", zh="任何人"),
    "supervisor": Text(en="supervisor", zh="主管"),
    "manager": Text(en="manager", zh="经理"),
}
REASON = Text(en="{name}: {reason}", zh="{name}：{reason}")
UNPAID = Text(en="unpaid", zh="无薪")
NOTHING_MISSING = Text(en="Granting {name} leaves no interval short.", zh="批准 {name} 不会造成缺口。")
DONE = {
    "approved": Text(
        en="{name} was approved by {by}. Next: wfm plan {folder}", zh="{by} 已批准 {name}。下一步：wfm plan {folder}"
    ),
    "rejected": Text(en="{name} was rejected by {by}.", zh="{by} 已驳回 {name}。"),
}
REFUSED = Text(en="{name} was not approved; nothing was changed:", zh="未批准 {name}；未改动任何文件：")
