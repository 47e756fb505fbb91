"""Encodings, separators and quotes of people's files."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest
from files_folder import AGENTS, PLAN, clocks, complaint, history, problems, read
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.domain.errors import InputError
from wfm.files.encoding import decode, known_encoding

if TYPE_CHECKING:
    from pathlib import Path

CHINESE = AGENTS.replace("Ann", "甲一").replace("team", "班组")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_text_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    """UTF-8 with and without its mark, GB18030 and UTF-16 with its mark give the same agents."""
    assert read(tmp_path, agents=CHINESE.encode(encoding)).agents[0].name == "甲一"


def test_plan_may_be_gb18030_too(tmp_path: Path) -> None:
    """A plan that an old editor saved in GB18030 is read."""
    text = PLAN.replace("Hotline", "热线").replace("\n", "\r\n")
    assert read(tmp_path, plan=text.encode("gb18030")).settings.centre.name == "热线"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_utf8_is_never_taken_for_gb18030(text: str) -> None:
    """Whatever is valid UTF-8 is read as UTF-8."""
    plain = text.removeprefix("\ufeff")
    if plain.strip():
        assert decode("a.csv", plain.encode()) == plain.removeprefix("\ufeff")


@settings(deadline=None)
@given(st.text(alphabet="座席排班班次话务量服务水平一二三四五六七八九十", min_size=1))
def test_gb18030_of_chinese_words_is_read(text: str) -> None:
    """A line of Chinese words in GB18030 is read, whatever the words, when it is not valid UTF-8."""
    data = f"{text},工号\n".encode("gb18030")
    assert decode("a.csv", data) == f"{text},工号\n"


def test_undecodable_byte_is_named() -> None:
    """The error names the byte that neither encoding can read: offset, value, line."""
    with pytest.raises(InputError) as caught:
        decode("a.csv", "工号,姓名\n1,".encode() + b"\xff\n")
    assert caught.value.row == 2
    assert "byte 16 is 0xFF" in caught.value.message.en


def test_control_byte_is_named() -> None:
    """A byte that no text holds is named too, by its place in the file's own encoding."""
    with pytest.raises(InputError, match="byte 5 is 0x00") as caught:
        decode("a.csv", "工号\n".encode("gb18030") + b"\x00")
    assert caught.value.row == 2


def test_encoding_can_be_given(tmp_path: Path) -> None:
    """An encoding in the plan is used for the history instead of the usual order."""
    plan = PLAN + '[history]\nencoding = "latin-1"\ncolumns = { offered = "Anrufe für" }\n'
    text = history().replace("offered", "Anrufe für")
    assert read(tmp_path, plan=plan, history=text.encode("latin-1")).history["offered"].sum() == 14 * 24 * 2 * 3
    assert problems(tmp_path, plan=plan, history=text.encode()) == [
        ("plan.toml", 38, "history.columns.offered", "Anrufe für")
    ]


@pytest.mark.parametrize("name", ["klingon", "base64", "hex"])
def test_unknown_encoding_is_a_problem_of_the_plan(tmp_path: Path, name: str) -> None:
    """A name that is no text encoding is reported at its key, and the history is still looked at."""
    assert not known_encoding(name)
    found = problems(
        tmp_path, plan=f'{PLAN}[history]\nencoding = "{name}"\n', history=history("2026-04-20 8:00,sales,x,1")
    )
    assert [place[:3] for place in found] == [("history.csv", 674, "offered"), ("plan.toml", 37, "history.encoding")]


@pytest.mark.parametrize("separator", [",", ";", "\t", "，", "；"])
def test_separator_is_taken_from_the_header(tmp_path: Path, separator: str) -> None:
    """Comma, semicolon and tab are found, and the full-width ones."""
    rows = history().replace(",", separator)
    assert len(read(tmp_path, history=rows).history) == 14 * 24 * 2


def test_separator_can_be_given(tmp_path: Path) -> None:
    """A separator in the plan is used for the history; two characters are none."""
    plan = PLAN + '[history]\nseparator = "|"\n'
    assert len(read(tmp_path, plan=plan, history=history().replace(",", "|")).history) == 14 * 24 * 2
    found = problems(tmp_path, plan=plan.replace('"|"', '"||"'), history=history())
    assert found == [("plan.toml", 37, "history.separator", "||")]


def test_names_keep_their_text(tmp_path: Path) -> None:
    """Commas, quotes, emoji, line breaks and formula text in names arrive as they are."""
    rows = (
        'agent_id,name,contract\n1,"Li, ""Ace""\nSmith",full\n2,=SUM(A1:A9),full\n3,\'=1+1,full\n4,🙂 \u200bAnn,full\n'
        '5,O\'Neil "x" y,full\n'
    )
    names = [a.name for a in read(tmp_path, agents=rows).agents]
    assert names == ['Li, "Ace"\nSmith', "=SUM(A1:A9)", "=1+1", "🙂 \u200bAnn", 'O\'Neil "x" y']


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    """A row after blank rows and a quoted line break is placed on the line where it starts."""
    rows = 'agent_id,name,contract\n\n1,"a\nb",full\n,,\n2,c,zzz\n'
    assert problems(tmp_path, agents=rows) == [("agents.csv", 6, "contract", "zzz")]


def test_line_ends_of_every_system(tmp_path: Path) -> None:
    """CR LF and CR alone end a line like LF."""
    for end in ("\r\n", "\r"):
        assert problems(tmp_path, agents=AGENTS.replace("part", "zzz").replace("\n", end)) == [
            ("agents.csv", 3, "contract", "zzz")
        ]


def test_extra_columns_and_trailing_separators_are_ignored(tmp_path: Path) -> None:
    """Columns that are not ours are left alone; a row with empty fields too many is whole."""
    rows = "phone,agent_id,contract\n5550,1,full,,\n5551,2,part\n"
    assert [a.agent_id for a in read(tmp_path, agents=rows).agents] == ["1", "2"]


def test_text_after_a_quote_is_a_problem(tmp_path: Path) -> None:
    """A field that goes on after its closing quote is reported where its row starts."""
    assert problems(tmp_path, agents='agent_id,contract\n1,"full"x\n') == [("agents.csv", 2, None, None)]


def test_chinese_headers(tmp_path: Path) -> None:
    """Every file may have its header in Chinese."""
    rows = [f"2026年4月{d}日 {c},销售,3,240" for d in range(1, 15) for c in clocks()]
    inputs = read(
        tmp_path,
        plan=PLAN.replace("[queues.sales", '[queues."销售"').replace("[queues.service]", "[queues.service]"),
        history="\n".join(["时段,队列,呼入量,平均处理时长", *rows, *[r.replace("销售", "service") for r in rows]]),
        agents="工号,姓名,班组,合同,技能,不上夜班\n００７,甲,一组,full,销售、care,是\n",
        requests="工号,日期,类型,班次,权重\n007,2026/5/3,休,,2\n007,2026年5月4日,班,D8,\n",
        leave="工号,开始日期,结束日期,假别,状态,审批人\n007,2026-05-10,2026-05-12,年假,已批准,乙\n",
        pins="工号,日期,班次,队列\n007,2026-05-20,休,\n007,2026-05-21,D8,销售\n",
        calendar="日期,类型,名称,来源\n2026-05-04,法定节假日,青年节,公司通知\n",
        pay="工号,姓名,基本工资,餐补\n007,甲,6000.00,\n",
    )
    agent = inputs.agents[0]
    assert (agent.agent_id, agent.skills, agent.no_night) == ("007", ("销售", "care"), True)
    assert [(r.kind, r.shift_code, r.weight) for r in inputs.requests] == [("off", None, 2), ("on", "D8", 1)]
    assert inputs.absences[0].status == "approved"
    assert [(p.shift_code, p.queue) for p in inputs.pins] == [(None, None), ("D8", "销售")]
    assert list(inputs.calendar_overrides.iloc[0])[1:] == ["statutory", "青年节", "公司通知"]
    assert str(inputs.pay.loc["007", "base"]) == "6000.00"


def test_mark_alone_is_an_empty_file(tmp_path: Path) -> None:
    """A file that holds only a byte order mark is empty."""
    assert "the file is empty" in complaint(tmp_path, agents=codecs.BOM_UTF8)
