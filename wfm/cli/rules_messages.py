"""What `wfm rules` says, in both languages."""

from __future__ import annotations

from wfm.domain.text import Text

RULES = Text(
    en="List the rules that a rule book can hold; explain some; show or lint the book of a folder.",
    zh="列出可用的规则；解释某条规则；查看或检查文件夹的规则集。",
)
WHAT = Text(
    en="A planning folder, for the book in force; kinds of rules, to explain them.",
    zh="FOLDER 看规则集，KIND 看说明。",
)
AGENT = Text(
    en="Show the book in force for one agent, with the origin of every value.",
    zh="查看某位座席适用的规则及每个取值的来源。",
)
SEARCH = Text(en="List the rules that speak of these words, in either language.", zh="按中英文关键词查找规则。")
LINT = Text(
    en="Warn of values weaker than the law, of packs that differ, of rules not switched on.",
    zh="检查低于法律要求的取值和未启用的规则。",
)

NO_FOLDER = Text(
    en="--agent and --lint need a planning folder: write `wfm rules FOLDER …`, or run it inside one",
    zh="--agent 和 --lint 需要计划文件夹：请写 `wfm rules 文件夹 …`，或在计划文件夹内运行",
)
NO_SUCH_FOLDER = Text(en="there is no folder {name}", zh="没有文件夹 {name}")
ONE_FOLDER = Text(en="name one planning folder, not {names}", zh="只能指定一个计划文件夹，而不是 {names}")
NOTHING_FOUND = Text(en="No rule speaks of {words}.", zh="没有规则提到“{words}”。")
NOTHING_ODD = Text(en="Nothing is odd about this rule book.", zh="该规则集没有需要提示之处。")
GOALS = Text(en="Goals", zh="目标")
ALWAYS = Text(en="always in force", zh="始终有效")
SOURCE = Text(en="Source: {source}", zh="来源：{source}")
SCOPE = Text(en="Binds: {scope}", zh="适用范围：{scope}")
HARD = Text(en="hard", zh="硬性")
SOFT = Text(en="soft, each unit beyond costs {weight}", zh="软性，每超出一个单位计 {weight}")
REQUIRED = Text(en="required", zh="必填")
ONE_OF = Text(en="{meaning} One of: {choices}.", zh="{meaning} 可选：{choices}。")
EVERY_RULE = Text(
    en="Every rule also has hard = true, weight = 10 (the price of a unit beyond, when hard = false), "
    "only and but (whom it binds: teams, contracts, tags, agents) and article.",
    zh="每条规则还有 hard = true、weight = 10（hard = false 时每超出一个单位的代价）、"
    "only 与 but（适用对象：teams、contracts、tags、agents）以及 article。",
)
KEPT = Text(en="Kept:", zh="符合：")
BROKEN = Text(en="Broken:", zh="违反：")
NOTATION = Text(
    en="One day a token, one agent a line: E 08-16, D 09-18, S 13:30-22:00, B 23-07, X 08-20; - rest, H statutory day "
    "off, L leave, . not employed; before | the month before; the first day is a Monday.",
    zh="每天一个符号，每行一位座席：E 08-16、D 09-18、S 13:30-22:00、B 23-07、X 08-20；- 休息、H 法定节假日休、L 请假、"
    ". 未在职；| 之前为上月；首日为星期一。",
)
USED = Text(en="Used in:", zh="用于：")
USE = Text(en="{place}: {fields}", zh="{place}：{fields}")
