"""What is said about leave, in both languages."""

from __future__ import annotations

from wfm.domain.text import Text

TENURE = Text(
    en="long leave only after {months} months of employment, from {day} on (A16)",
    zh="入职满 {months} 个月（{day} 起）方可申请连休（A16）",
)
QUARTER = Text(
    en="at most {count} long leave a quarter; there is one from {day} (A17)",
    zh="每季度最多连休 {count} 次，已有 {day} 起的连休（A17）",
)
LENGTH = Text(
    en="{count} days in a row with the days off beside it ({first} to {last}), at most {most} (A18)",
    zh="含前后休息日连休 {count} 天（{first} 至 {last}），最长 {most} 天（A18）",
)
KINDS = Text(
    en="at most {most} kinds of leave in a row, here {kinds} (A19)", zh="连休最多 {most} 种假期，现为 {kinds}（A19）"
)
APPROVER = Text(
    en="{count} days off in a row are approved by the {rank} (A20)", zh="连休 {count} 天须由{rank}审批（A20）"
)
RANK = {
    "unknown": Text(en="anybody", zh="任何人"),
    "supervisor": Text(en="direct supervisor", zh="直属主管"),
    "manager": Text(en="department manager", zh="部门经理"),
}
ALLOWANCE = Text(
    en="{taken} days of {kind} leave, {left} left ({origin})",
    zh="假别 {kind} 需 {taken} 天，余额 {left} 天（{origin}）",
)
FROM_BALANCE = Text(en="as in balances.csv", zh="见 balances.csv")
FROM_SETTINGS = Text(en="{days} a year by [leave.types]", zh="[leave.types] 每年 {days} 天")
FROM_LAW = Text(
    en="{days} a year, the least by law for the years with this employer", zh="按本单位工龄，法定最低每年 {days} 天"
)
