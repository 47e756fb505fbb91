"""What is said about a rule book that cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.domain.phrases import OTHER, PHRASES
from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

ONE_OF = Text(en="one of: {known}", zh="以下之一：{known}")
CLOSE = Text(en="Did you mean {close!r}?", zh="是否想写“{close}”？")
TABLE = Text(en="a table of fields, or a list of such tables", zh="字段表，或字段表的列表")
LAW = Text(
    en='a list of law packs, such as ["eu"], or one table per pack with what it asks for',
    zh='法规包列表，如 ["eu"]，或每个法规包一张表，填写其所需内容',
)
PACK = Text(en="a law pack that can be applied ({message})", zh="可以适用的法规包（{message}）")
NAMES = Text(en="one table of fields per name", zh="每个名称一张字段表")
FROM_PRESET = Text(en="preset {name}", zh="预设 {name}")
FROM_PLAN = Text(en="plan.toml", zh="plan.toml 文件")
FROM_DEFAULT = Text(en="default", zh="默认值")
FROM_LAW = Text(en="law pack {name}", zh="法规包 {name}")
FROM_OVERRIDE = Text(en="plan.toml, {group} {name}", zh="plan.toml 文件，{group} {name}")
GROUPS: Mapping[str, Text] = {
    "team": Text(en="team", zh="班组"),
    "contract": Text(en="contract", zh="合同"),
    "tag": Text(en="tag", zh="标签"),
    "agent": Text(en="agent", zh="座席"),
}
PATHS = Text(en='a list of Python files, such as ["my_rule.py"]', zh='Python 文件列表，如 ["my_rule.py"]')
READABLE_RULE = Text(en="a Python file that can be loaded ({error})", zh="可以加载的 Python 文件（{error}）")
A_RULE_CLASS = Text(en="a file with at least one subclass of wfm.Rule", zh="至少含一个 wfm.Rule 子类的文件")
WHOLE_RULE = Text(
    en="a rule that is whole; the class {name} lacks {lacks} (see docs/own-rule.md)",
    zh="完整的规则；类 {name} 缺少 {lacks}（见 docs/own-rule.md）",
)
NEW_KIND = Text(en="a kind that no other rule has", zh="其他规则未使用的 kind 名称")
PRICE = Text(en="{rule}; each unit beyond costs {weight}", zh="{rule}；每超出一个单位计 {weight}")
BOTH = Text(en="{one}; {other}", zh="{one}；{other}")
NO_GAP = Text(
    en="target_gap = 0 in [solve], since with [goals] order a gap above 0 would be reached by the first goal alone",
    zh="[solve] 中写 target_gap = 0：设定 [goals] order 后，仅凭首要目标即可达到大于 0 的差距",
)
_EXPECTED: Mapping[str, Text] = {
    **PHRASES,
    "window": Text(en="a daily span such as 22:00-06:00", zh="每日时段，如 22:00-06:00"),
    "monday": Text(en="a Monday", zh="星期一的日期"),
    "tuple_type": Text(en='a list, such as ["a", "b"]', zh='列表，如 ["a", "b"]'),
    "dataclass_type": Text(en='both languages, {{ en = "…", zh = "…" }}', zh='两种语言：{{ en = "…", zh = "…" }}'),
    "below_least": Text(en="a number that is not below the least", zh="不小于 least 的数"),
    "anchor": Text(
        en="anchor: the first day of one of the blocks, unless they are weeks",
        zh="anchor：某一周期的第一天（按周计算时可省略）",
    ),
    "limit_missing": Text(en="at_least or at_most, or both", zh="at_least 或 at_most，或两者"),
    "limit_order": Text(en="an at_most that is not below at_least", zh="at_most 不小于 at_least"),
    "limit_whole": Text(en="whole numbers, since only hours have parts", zh="整数，只有工时可以有小数"),
    "limit_shifts": Text(en="shifts: the codes to count", zh="shifts：计入的班次代码"),
    "limit_window": Text(
        en="window: a daily span, exactly when what is window",
        zh='window：每日时段，仅当 what = "window" 时填写，且必须填写',
    ),
    "overtime_base": Text(en="day_hours or week_hours, or both", zh="day_hours 或 week_hours，或两者"),
    "cycle_order": Text(
        en="each team or agent once when offset_by says so, else nothing",
        zh="offset_by 指定班组或座席时各写一次，否则留空",
    ),
}


def expected(problem: ErrorDetails) -> Text:
    """Return what pydantic expected, in both languages; a type of problem that is not known keeps its own words."""
    context = dict(problem.get("ctx", {}))
    if problem["type"] == "literal_error":
        context = {"expected": str(context["expected"]).replace("'", "").replace(" or ", ", ")}
    said = problem["msg"].removeprefix("Value error, ")
    return _EXPECTED.get(problem["type"], OTHER).fill(message=said, **context)
