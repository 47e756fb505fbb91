"""Problems of the options of a plug-in."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from wfm.domain.options import built


class Part(BaseModel):
    """A table inside another."""

    model_config = ConfigDict(extra="forbid")

    source: str = Field(alias="from")


class Whole(BaseModel):
    """A table with tables inside."""

    model_config = ConfigDict(extra="forbid")

    parts: tuple[Part, ...] = Field(min_length=1)
    named: dict[str, str | Part] = {}
    share: float = 0.5
    since: date = date(2026, 5, 1)
    days: list[int] = []


def said(**options: object) -> list[str]:
    """Return the problems."""
    found = built(Whole, options, "export.x")
    assert isinstance(found, list)
    return [error.message.en for error in found]


def test_a_field_of_an_inner_table() -> None:
    """A misspelt key inside an array of tables names its place, counted from 1, and the fields of that table."""
    assert said(parts=[{"from": "a"}, {"from": "a", "frm": "b"}]) == [
        "plan.toml, column 'export.x.parts[2].frm': found 'b'; expected one of the fields from. Did you mean “from”?"
    ]


def test_no_name_of_a_type_in_a_key() -> None:
    """Where a value may be of several types, the key is the one in the file."""
    found = said(parts=[{"from": "a"}], named={"x": {"frm": "b"}})
    assert {text.split("'")[1] for text in found} <= {f"export.x.named.x{end}" for end in ("", ".frm", ".from")}


def test_a_table_is_not_complained_of_twice() -> None:
    """A table that is left without rows since its rows are wrong is reported by its rows alone."""
    (problem,) = said(parts=[{"frm": "b", "from": "a"}])
    assert "parts[1].frm" in problem


def test_a_misspelt_field() -> None:
    """A misspelt field comes with the closest one; one that is like none comes without."""
    near, far = said(parts=[{"from": "a"}], namd={}, zzz=1)
    assert "Did you mean “named”?" in near
    assert "Did you mean" not in far


def test_no_message_of_the_library() -> None:
    """Lists, tables and text of the wrong kind or length are asked for in words of both languages."""
    whole = {"parts": [{"from": "a"}]}
    wrong: tuple[dict[str, object], ...] = ({"named": 3}, {"share": "x"}, {"since": "x"}, {"days": 1})
    cases: tuple[dict[str, object], ...] = ({"parts": 1}, {"parts": []}, *({**whole, **one} for one in wrong))
    for options in cases:
        found = built(Whole, options, "")
        assert isinstance(found, list)
        assert not any("valid value" in error.message.en for error in found)
