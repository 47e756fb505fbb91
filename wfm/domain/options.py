"""Options of one plug-in from its table in `plan.toml`: the built thing, or every problem of the table."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from wfm.domain.errors import InputError
from wfm.domain.phrases import A_TABLE, OTHER, PHRASES
from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

PLAN = "plan.toml"
UNKNOWN_FIELD = Text(en="one of the fields {known}", zh="以下字段之一：{known}")
NO_FIELDS = Text(en="no field: it has none", zh="不应有字段：该项没有字段")
DID_YOU_MEAN = Text(en="Did you mean “{name}”?", zh="是否应为“{name}”？")

Model = TypeVar("Model", bound=BaseModel)


def built(model: type[Model], options: object, path: str, file: str = PLAN) -> Model | list[InputError]:
    """Return the model with its options, or every problem of them.

    Parameters
    ----------
    path
        Key path of the table in the file, for instance `"pay.holiday"`; empty for the whole file.
    """
    if not isinstance(options, dict):
        return [problem(path, options, A_TABLE, file)]
    try:
        return model.model_validate(options)
    except ValidationError as error:
        places = [detail["loc"] for detail in error.errors()]
        return [
            _problem(model, detail, _at(path, detail, options), file)
            for detail in error.errors()
            if not any(detail["loc"] == place[: len(detail["loc"])] != place for place in places)
        ]


def problem(path: str, value: object, expected: Text, file: str = PLAN, mend: Text | None = None) -> InputError:
    """Return a problem of one key of a TOML file; the line is filled in where the file is read."""
    return InputError(file, None, path, value, expected, mend)


def suggestion(name: str, names: Iterable[str]) -> Text | None:
    """Return “did you mean …” for the closest name; None when nothing is close."""
    by_fold = {n.casefold(): n for n in names}
    close = get_close_matches(name.casefold(), by_fold, n=1)
    return DID_YOU_MEAN.fill(name=by_fold[close[0]]) if close else None


def _at(path: str, detail: ErrorDetails, options: object) -> str:
    """Return the key path of a problem, without the names that pydantic has for the types of a value."""
    here, absent = options, detail["loc"][-1:] if detail["type"] == "missing" else ()
    for part in detail["loc"]:
        if isinstance(part, int):
            path += f"[{part + 1}]"
            here = here[part] if isinstance(here, list | tuple) and part < len(here) else None
        elif isinstance(here, dict) and (part in here or part in absent):
            path += f"{path and '.'}{part}"
            here = here.get(part)
    return path


def _problem(model: type[BaseModel], detail: ErrorDetails, at: str, file: str) -> InputError:
    value: Any = None if detail["type"] == "missing" else detail["input"]
    if detail["type"] == "extra_forbidden":
        fields = _inner(model, detail["loc"][:-1]).model_fields
        known = [field.alias or name for name, field in fields.items()]
        expected = UNKNOWN_FIELD.fill(known=", ".join(known)) if known else NO_FIELDS
        return problem(at, value, expected, file, suggestion(str(detail["loc"][-1]), known))
    phrase = PHRASES.get(detail["type"], OTHER)
    return problem(at, value, phrase.fill(**{**detail.get("ctx", {}), "message": detail["msg"]}), file)


def _inner(model: type[BaseModel], place: Iterable[str | int]) -> type[BaseModel]:
    """Return the model of the table at a place inside another; keys of plain tables and indices change nothing."""
    for part in place:
        field = model.model_fields.get(str(part))
        inside = _models(field.annotation) if field else []
        model = inside[0] if len(inside) == 1 else model
    return model


def _models(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in get_args(annotation) for found in _models(part)]
