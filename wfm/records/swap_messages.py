"""What is said about swaps, in both languages."""

from __future__ import annotations

from wfm.domain.text import Text

REFUSED = Text(en="the swap cannot be made; nothing was changed", zh="无法调班；未改动任何文件")
NONE = Text(en="none", zh="无")
STATUS = {
    "proposed": Text(en="proposed", zh="待审批"),
    "approved": Text(en="approved", zh="已批准"),
    "rejected": Text(en="rejected", zh="已驳回"),
    "lapsed": Text(en="lapsed", zh="已失效"),
}

# The register
UNKNOWN_ID = Text(en="there is no swap {swap_id}; known: {known}", zh="没有调班 {swap_id}；已有：{known}")
DECIDED = Text(
    en="swap {swap_id} is {status} already ({by}); propose a new one", zh="调班 {swap_id} {status}（{by}）；请重新申请"
)
TWICE = Text(en="the same swap waits as {swap_id}", zh="相同的调班已在申请中：{swap_id}")
OWN_ID = Text(en="a swap id of its own; line {line} has it already", zh="不重复的调班编号；第 {line} 行已使用")
DECISION = Text(en="a value, since the status is “{status}”", zh="状态为“{status}”时必须填写")
MOVED = Text(
    en="{file} was changed by somebody else in the meantime; try again", zh="{file} 在此期间被其他人修改；请重试"
)
LOCKED = Text(
    en="{file} cannot be written ({reason}); close it in other programs",
    zh="无法写入 {file}（{reason}）；请在其他程序中关闭它",
)

# Who and when
ONESELF = Text(en="{agent} cannot swap with himself or herself", zh="{agent} 不能与自己调班")
NO_AGENT = Text(en="there is no agent {agent} in agents.csv", zh="agents.csv 中没有座席 {agent}")
CLOSE = Text(en="{message}; did you mean {name}?", zh="{message}；是否应为 {name}？")
NO_DAY = Text(en="{day} is outside the period, {first} to {last}", zh="{day} 不在排班周期内（{first} 至 {last}）")
MONTHS = Text(
    en="{first} and {last} lie in different months ([swap] same_month)",
    zh="{first} 与 {last} 不在同一个月（[swap] same_month）",
)
HIRED = Text(en="{agent} is not employed on {day}: starts on {date}", zh="{agent} 在 {day} 尚未入职（{date} 入职）")
LEFT = Text(
    en="{agent} is not employed on {day}: leaves after {date}", zh="{agent} 在 {day} 已离职（最后工作日 {date}）"
)
ON_LEAVE = Text(en="{agent} is on leave ({type}) on {day}", zh="{agent} 在 {day} 休假（{type}）")
PINNED = Text(en="the day {day} of {agent} is fixed in pins.csv", zh="{agent} 的 {day} 已在 pins.csv 中固定")
BOTH_OFF = Text(en="on {day} both are off: there is nothing to swap", zh="{day} 双方都休息，没有可调换的班次")
SAME_SHIFT = Text(
    en="on {day} both work shift {code}: there is nothing to swap",
    zh="{day} 双方同为 {code} 班，没有可调换的班次",
)
NO_SKILL = Text(
    en="{agent} cannot serve queue {queue}, which {other} serves on {day} ([swap] same_skill)",
    zh="{agent} 不能接 {other} 在 {day} 所接的队列 {queue}（[swap] same_skill）",
)
NOTICE = Text(
    en="the first shift starts on {start}, {hours:.1f} h after the proposal; {notice:g} h are asked for"
    " ([swap] notice_hours)",
    zh="首个班次于 {start} 开始，距申请仅 {hours:.1f} 小时；要求提前 {notice:g} 小时（[swap] notice_hours）",
)
STARTED = Text(en="the first shift started on {start}", zh="首个班次已于 {start} 开始")
LIMIT = Text(
    en="{agent} has {count} swap(s) in {month} already; {limit} are allowed ([swap] max_per_month)",
    zh="{agent} 在 {month} 已有 {count} 次调班；每月最多 {limit} 次（[swap] max_per_month）",
)

# Agreement and approval
NOT_PARTNER = Text(
    en="only the partner {partner} can agree to swap {swap_id}, not {by}",
    zh="调班 {swap_id} 只能由对方 {partner} 同意，而非 {by}",
)
AGREED = Text(en="{partner} agreed to swap {swap_id} on {at}", zh="{partner} 已于 {at} 同意调班 {swap_id}")
NOT_AGREED = Text(
    en="{partner} has not agreed yet: wfm swap FOLDER agree {swap_id} --by {partner}",
    zh="{partner} 尚未同意：wfm swap FOLDER agree {swap_id} --by {partner}",
)
NAME_NEEDED = Text(en="the name of who decides is missing (--by)", zh="缺少审批人姓名（--by）")
REASON_NEEDED = Text(en="the reason is missing (--reason)", zh="缺少驳回理由（--reason）")
OWN_SWAP = Text(
    en="{by} takes part in swap {swap_id} and cannot approve it", zh="{by} 是调班 {swap_id} 的当事人，不能审批"
)
NO_APPROVER = Text(
    en="{by} is an agent without the tag {tag} in agents.csv, and cannot approve ([swap] approver)",
    zh="{by} 是座席，在 agents.csv 中没有 {tag} 标签，不能审批（[swap] approver）",
)
ROSTER_CHANGED = Text(
    en="the roster has changed since it was proposed: then {then}, now {now}",
    zh="申请之后排班已变动：当时 {then}，现在 {now}",
)

# Rules
BREAKS = Text(en="{who}, {day}: {message} ({rule})", zh="{who}，{day}：{message}（{rule}）")
ALL = Text(en="everybody", zh="全体")
OLD_BREACH = Text(
    en="the roster in {folder} breaks {count} hard rule(s) without the swap already; run wfm plan again",
    zh="{folder} 中的排班表在调班之前已违反 {count} 条硬性规则；请重新运行 wfm plan",
)
IN_ROSTER = Text(
    en="the roster holds {count} approved swap(s): {ids} (swaps.csv)",
    zh="排班表包含 {count} 次已批准的调班：{ids}（见 swaps.csv）",
)
