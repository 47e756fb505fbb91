"""What `wfm export` says, in both languages."""

from __future__ import annotations

from wfm.domain.text import Text

EXPORT = Text(
    en="Write hours, pay and the files for other systems, from the roster in FOLDER/out.",
    zh="根据 FOLDER/out 中的排班表生成工时、薪酬及对接其他系统的文件。",
)
PROFILE = Text(
    en="Profile to write instead of those in plan.toml; may be repeated.",
    zh="改为输出此格式（可重复），代替 plan.toml 所列。",
)
SINCE = Text(
    en="Roster file of an earlier version: out/exports/delta.csv says what changed.",
    zh="较早版本的排班文件；变更写入 delta.csv。",
)
LIST = Text(en="List the profiles and the personal data in their files.", zh="列出各格式及其所含个人信息。")

NO_FOLDER = Text(en="name a FOLDER, or ask for --list", zh="请指定 FOLDER，或用 --list 列出格式")
CHANGES = Text(
    en="Since the earlier version: {added} shifts added, {cancelled} cancelled, {changed} days changed.",
    zh="与较早版本相比：新增班次 {added} 个，取消 {cancelled} 个，变更 {changed} 天。",
)
PERSONAL = {
    "agent_id": Text(en="agent id", zh="工号"),
    "name": Text(en="name", zh="姓名"),
    "team": Text(en="team", zh="部门"),
    "leave_type": Text(en="type of leave", zh="假别"),
    "hours": Text(en="hours", zh="工时"),
    "pay": Text(en="pay", zh="薪酬"),
}
COMMA = Text(en=", ", zh="、")
