"""What `wfm swap` says, in both languages."""

from __future__ import annotations

from wfm.domain.text import Text

SWAP = Text(
    en="Swaps between two agents: propose, agree, approve or reject, ask who could take a day; alone, list them.",
    zh="座席调班：申请、同意、批准或驳回，查询谁可接替；不带子命令时列出全部。",
)
LIST = Text(en="List the swaps of the folder.", zh="列出文件夹中的全部调班。")
PROPOSE = Text(
    en="Propose that two agents exchange their day on one date, or on two: AGENT gives the first, PARTNER the second.",
    zh="申请调班：双方互换同一天，或互换两天（AGENT 让出前一日期，PARTNER 让出后一日期）。",
)
AGREE = Text(en="Note that the partner agrees.", zh="登记对方同意。")
APPROVE = Text(
    en="Approve a swap: it is checked again, and roster, hours, pay and page are written anew.",
    zh="批准调班：重新校验，并更新排班表、工时、薪酬与报告。",
)
REJECT = Text(en="Reject a swap.", zh="驳回调班。")
SUGGEST = Text(
    en="List who could take an agent's day, the best first; each was checked under every rule.",
    zh="列出可接替该座席当天班次的同事，最合适者在前，均已按全部规则校验。",
)

AGENT = Text(en="Id of the agent who proposes.", zh="申请人工号。")
DATE = Text(en="The date that the agent gives away.", zh="申请人让出的日期。")
PARTNER = Text(en="Id of the other agent.", zh="对方工号。")
PARTNER_DATE = Text(en="The date that the partner gives away; it may be the same.", zh="对方让出的日期，可为同一天。")
SWAP_ID = Text(en="Id of the swap, such as S001.", zh="调班编号，例如 S001。")
AGREED = Text(en="The partner has agreed already.", zh="对方已同意。")
BY_PARTNER = Text(en="Id of the partner.", zh="对方工号。")
BY = Text(en="Name of who decides.", zh="审批人姓名。")
REASON = Text(en="Why.", zh="理由。")
NOW = Text(en="Time of this step instead of the clock's, in local time.", zh="以此当地时间代替系统时间。")

NO_SWAPS = Text(en="There are no swaps.", zh="没有调班记录。")
NOBODY = Text(en="Nobody can take that day within the rules.", zh="在现有规则下无人可以接替该日。")
DONE = Text(
    en="{swap_id} {status}: {proposer} {first} ⇄ {partner} {second} (before: {exchange})",
    zh="{swap_id} {status}：{proposer} {first} ⇄ {partner} {second}（调换前：{exchange}）",
)
SOFT = Text(en="It brings {count} soft violation(s):", zh="带来 {count} 处软性违规：")
NEXT_AGREE = Text(
    en="Next: wfm swap {folder} agree {swap_id} --by {partner}",
    zh="下一步：wfm swap {folder} agree {swap_id} --by {partner}",
)
NEXT_APPROVE = Text(
    en="Next: wfm swap {folder} approve {swap_id} --by NAME",
    zh="下一步：wfm swap {folder} approve {swap_id} --by 姓名",
)
WRITTEN = Text(
    en="Roster {version} is in {folder}; hours, pay and page follow it.",
    zh="排班表 {version} 已写入 {folder}；工时、薪酬与报告已同步更新。",
)
