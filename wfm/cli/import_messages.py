"""What `wfm import` says, in both languages."""

from __future__ import annotations

from wfm.domain.roster import State
from wfm.domain.text import Text

IMPORT = Text(en="Read back what was edited elsewhere.", zh="导入在别处修改过的文件。")
ROSTER = Text(
    en="Read a roster back: any roster file that wfm writes, also after Excel, WPS or LibreOffice saved it. It is "
    "audited; nothing is written when a hard rule is broken.",
    zh="导回排班表：wfm 写出的任何排班格式，经 Excel、WPS 或 LibreOffice 保存亦可。先审核，违反硬性规则则不写入。",
)
FILE = Text(en="The roster file, or a folder of files of one export.", zh="排班文件，或同一导出格式的文件夹。")
PROFILE = Text(
    en="The export profile that wrote it, such as matrix; told from the content when absent.",
    zh="文件的导出格式，例如 matrix；默认按内容识别。",
)
DRY_RUN = Text(en="Show what would change; write nothing.", zh="只显示变更，不写入。")

READ_AS = Text(en="{file} was read as {profile}.", zh="{file} 按 {profile} 格式读取。")
CHANGED = Text(en="{n} agent-day(s) change:", zh="变更 {n} 个人日：")
CHANGE = Text(en="  {agent}  {day}  {before} → {after}", zh="  {agent}  {day}  {before} → {after}")
BROUGHT = Text(en="What the changes break:", zh="变更带来的违规：")
NOTHING = Text(en="Nothing changed; {folder} is as it was.", zh="没有变更；{folder} 保持原样。")
MENDED = Text(
    en="Nothing changed; {folder} was written again, so that its files are those of its manifest.",
    zh="没有变更；{folder} 已重新写入，文件与 manifest 恢复一致。",
)
REFUSED = Text(
    en="{n} hard violation(s): nothing was written, {folder} is as it was.",
    zh="违反硬性规则 {n} 处：未写入，{folder} 保持原样。",
)
DRY = Text(en="Dry run: nothing was written.", zh="试运行：未写入。")
COST = Text(
    en="Objective (weighted cost) {objective}, it was {before}; bound {bound}.",
    zh="目标值（加权代价）{objective}，原为 {before}；下界 {bound}。",
)
WRITTEN = Text(
    en="Roster {version} is in {folder}; hours, pay, exports and page follow it.",
    zh="排班表 {version} 已写入 {folder}；工时、薪酬、导出文件与报告已同步更新。",
)
DAYS_OFF = {
    State.REST: Text(en="off", zh="休"),
    State.STATUTORY_OFF: Text(en="holiday", zh="法定"),
    State.LEAVE: Text(en="leave", zh="请假"),
    State.NOT_EMPLOYED: Text(en="not employed", zh="不在职"),
}
