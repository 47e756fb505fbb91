"""What the pipeline says about leave, in both languages."""

from __future__ import annotations

from wfm.domain.text import Text

DOUBTFUL_LEAVE = Text(
    en="the approved leave of {agent} from {first} to {last}: {objection}",
    zh="{agent} 已批准的假期（{first} 至 {last}）：{objection}",
)
UNKNOWN_RANK = Text(
    en="leave.csv: the rank of these approvers of long leave is not known: {names}; name them under [leave] supervisors"
    " or managers in plan.toml",
    zh="leave.csv：以下连休审批人的职级未知：{names}；请在 plan.toml 的 [leave] supervisors 或 managers 中列出",
)
NEEDS_APPROVER = Text(
    en="the approval of the {rank}: the leave of {agent} from {first} is part of {count} days in a row",
    zh="由{rank}审批：{agent} 自 {first} 起的假期连休 {count} 天",
)
ALREADY_ON_LEAVE = Text(en="on approved leave already from {first}", zh="自 {first} 起已有批准的假期")
NO_REQUEST = Text(
    en="no leave {name!r} waits for a decision; waiting: {known}", zh="没有待审批的请假“{name}”；待审批：{known}"
)
NOTHING_WAITS = Text(en="no leave waits for a decision", zh="没有待审批的请假")
BY_WHOM = Text(en="say who decides: --by NAME", zh="请注明审批人：--by 姓名")
