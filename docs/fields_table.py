"""The fields of a class as rows of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.pipeline.manual import fields_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from pydantic import BaseModel


def fields_table(cls: type[BaseModel], without: Container[str] = ()) -> Iterator[str]:
    """Yield a table of the fields of a class but some; nothing when there is none."""
    fields = [field for field in fields_of(cls) if field.name not in without]
    if not fields:
        return
    yield from ("| field | type | default | meaning |", "|---|---|---|---|")
    for field in fields:
        default = "required" if field.default is None else f"`{field.default}`" if field.default else ""
        kind = field.type.replace("\t", "\\t").replace("|", "\\|")
        yield f"| `{field.name}` | `{kind}` | {default} | {field.meaning} |"
    yield ""
