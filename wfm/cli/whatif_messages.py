"""What `wfm whatif` says, in both languages."""

from __future__ import annotations

from wfm.domain.text import Text

WHATIF = Text(
    en="Compare scenarios: volumes, handle times, targets, and centres that become one.",
    zh="情景对比：话务量、处理时长、服务目标，以及多个中心合并为一个。",
)
SCENARIOS = Text(
    en="File of scenarios; FOLDER/scenarios.toml when absent.",
    zh="情景文件；不写则为 scenarios.toml（在计划文件夹中）。",
)
VOLUME = Text(en="Contacts times this, such as 1.1.", zh="话务量倍数，例如 1.1。")
AHT_FACTOR = Text(en="Handle time times this, such as 0.95.", zh="处理时长倍数，例如 0.95。")
TARGET = Text(en="Another target for every queue, such as 80/20.", zh="所有队列改用的目标，例如 80/20。")
MERGE = Text(en="Queues that become one; may be given again.", zh="合并的队列；可重复给出。")
CENTRES = Text(
    en="Without a folder: equal centres that share the contacts of --offered.",
    zh="不给文件夹时：平分 --offered 话务量的中心数。",
)
OUT = Text(en="Where the comparison is written as CSV.", zh="对比结果 CSV 的写入位置。")
WRITTEN = Text(en="Written: {path}", zh="已写入：{path}")
BASE = Text(en="as planned", zh="现状")
ASKED = Text(en="asked for", zh="所问情景")
AGAINST = Text(
    en="{name}: {heads:+,} full-time agents, {hours:+,.0f} paid hours{cost} against the plan.",
    zh="{name}：与现状相比，全职人数 {heads:+,}，计薪工时 {hours:+,.0f}{cost}。",
)
COST = Text(en=", cost {cost:+,.0f} {currency}", zh="，成本 {cost:+,.0f} {currency}")
POOLED = Text(
    en="{centres} centres of {each:.2f} erlangs need {separate} agents; one pool needs {pooled}: {saved} fewer "
    "({share:.1%}).",
    zh="{centres} 个中心各 {each:.2f} 爱尔兰，共需 {separate} 名座席；合并后需 {pooled} 名，"
    "减少 {saved} 名（{share:.1%}）。",
)
COLUMNS = ("scenario", "offered", "gross_hours", "heads", "peak_agents", "service_level", "occupancy", "cost_money")
FOLDER_OR_CENTRES = Text(
    en="name a FOLDER, or give --centres, --offered and --aht",
    zh="请指定 FOLDER，或给出 --centres、--offered 和 --aht",
)
