"""The manual of a plug-in class, read from its docstring, its fields and its examples."""

from __future__ import annotations

import ast
import inspect
import textwrap
from dataclasses import dataclass
from itertools import pairwise
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from wfm.roster import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfm.roster import Example

SHARED = ("hard", "weight", "only", "but", "article")
"""Fields that every rule has: last in each table."""
SOURCE = "Source: "


@dataclass(frozen=True, slots=True)
class FieldManual:
    """One field that a user may set."""

    name: str
    type: str
    default: str | None
    """As it is written in `plan.toml`, empty for nothing; None when the field must be given."""
    one_of: tuple[str, ...]
    """What may be written; empty when that is no list."""
    meaning: str
    """With its unit."""


def docstring_of(cls: type) -> str:
    """Return the docstring of a class without its indentation."""
    return inspect.cleandoc(cls.__doc__ or "")


def source_of(cls: type) -> str:
    """Return what the docstring says after `Source:`; empty when it says nothing."""
    paragraphs = (" ".join(part.split()) for part in docstring_of(cls).split("\n\n"))
    return next((text.removeprefix(SOURCE) for text in paragraphs if text.startswith(SOURCE)), "")


def fields_of(cls: type[BaseModel]) -> tuple[FieldManual, ...]:
    """Return the fields of a class, those that every rule has at the end."""
    meaning = meanings(cls)
    own = [name for name in cls.model_fields if name not in SHARED]
    names = [*own, *(name for name in SHARED if name in cls.model_fields)]
    return tuple(_field(name, cls, meaning) for name in names)


def _field(name: str, cls: type[BaseModel], meaning: Mapping[str, str]) -> FieldManual:
    field = cls.model_fields[name]
    choices = tuple(map(str, get_args(field.annotation))) if get_origin(field.annotation) is Literal else ()
    default = None if field.is_required() else written(field.get_default(call_default_factory=True))
    return FieldManual(name, _type_name(field.annotation), default, choices, meaning.get(name, ""))


def written(value: object) -> str:
    """Return a value as it is written in `plan.toml`; empty for nothing.

    Examples
    --------
    >>> written(("D", "N")), written(True), written(None)
    ('["D", "N"]', 'true', '')
    """
    match value:
        case None | () | []:
            return ""
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}"
        case str():
            return f'"{value}"'
        case list() | tuple():
            return f"[{', '.join(map(written, value))}]"
        case dict():
            return f"{{ {', '.join(f'{name} = {written(inner)}' for name, inner in value.items())} }}"
        case BaseModel():
            given = value.model_dump(exclude_defaults=True)
            return written(given) if given else ""
        case _:
            return str(value)


def _type_name(annotation: Any) -> str:
    """Return a type in short; what may be written where there is a list of it.

    Examples
    --------
    >>> _type_name(tuple[Literal["mon", "tue"], ...]), _type_name(int | None)
    ('tuple[mon | tue, ...]', 'int | None')
    """
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type_name(inner[0])
    if origin is Literal:
        return " | ".join(map(str, inner))
    if origin in (Union, UnionType):
        return " | ".join(map(_type_name, inner))
    if origin is not None:
        return f"{origin.__name__}[{', '.join(map(_type_name, inner))}]"
    return {NoneType: "None", ...: "..."}.get(annotation) or annotation.__name__


def meanings(cls: type[BaseModel]) -> dict[str, str]:
    """Return the docstring under each field, the class's own before those it inherits."""
    found: dict[str, str] = {}
    for base in reversed([c for c in cls.__mro__ if issubclass(c, BaseModel) and c is not BaseModel]):
        body = ast.parse(textwrap.dedent(inspect.getsource(base))).body[0]
        assert isinstance(body, ast.ClassDef)
        for field, said in pairwise(body.body):
            if isinstance(field, ast.AnnAssign) and isinstance(said, ast.Expr) and isinstance(said.value, ast.Constant):
                found[ast.unparse(field.target)] = " ".join(str(said.value.value).split())
    return found


def example_lines(example: Example) -> tuple[str, ...]:
    """Return an example, one agent a line, with the fields that are not the default behind the last."""
    lines = example.line.split("\n")
    tails = example.tail.split("\n") if example.tail else []
    tails += [""] * (len(lines) - len(tails))
    shown = [f"{tail} | {line}" if tail else line for tail, line in zip(tails, lines, strict=True)]
    facts = [f"{k} = {written(v) or '[]'}" for k, v in (*example.fields.items(), *example.agent.items())]
    facts += ["exception recorded"] if example.exempt else []
    return (*shown[:-1], f"{shown[-1]}    # {', '.join(facts)}" if facts else shown[-1])


def said_of(cls: type[Any]) -> Any:
    """Return the phrase of a class; a rule's as the sentence that its first example is about."""
    return cls.illustration() if issubclass(cls, Rule) else cls.phrase
