"""Options of one plug-in from its table in `plan.toml`: the built thing, or every problem of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from wfm.domain.errors import InputError
from wfm.domain.text import Text

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

PLAN = "plan.toml"
A_TABLE = Text(en="a table of fields", zh="由字段组成的表")
UNKNOWN_FIELD = Text(en="one of the fields {known}", zh="以下字段之一：{known}")
NO_FIELDS = Text(en="no field: it has none", zh="不应有字段：该项没有字段")
OTHER = Text(en="a valid value ({detail})", zh="有效的值（{detail}）")
PHRASES = {
    "missing": Text(en="a value for the required field", zh="必填字段的值"),
    "decimal_parsing": Text(en="a number", zh="数字"),
    "decimal_type": Text(en="a number", zh="数字"),
    "finite_number": Text(en="a number", zh="数字"),
    "int_type": Text(en="a whole number", zh="整数"),
    "int_parsing": Text(en="a whole number", zh="整数"),
    "string_type": Text(en="text", zh="文本"),
    "bool_type": Text(en="true or false", zh="true 或 false"),
    "bool_parsing": Text(en="true or false", zh="true 或 false"),
    "greater_than": Text(en="a number above {gt}", zh="大于 {gt} 的数字"),
    "greater_than_equal": Text(en="a number of at least {ge}", zh="不小于 {ge} 的数字"),
    "less_than_equal": Text(en="a number of at most {le}", zh="不大于 {le} 的数字"),
    "literal_error": Text(en="one of {expected}", zh="以下之一：{expected}"),
}

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
        return [_problem(model, detail, path, file) for detail in error.errors()]


def problem(path: str, value: object, expected: Text, file: str = PLAN) -> InputError:
    """Return a problem of one key of a TOML file; the line is filled in where the file is read."""
    return InputError(file, None, path, value, expected)


def _problem(model: type[BaseModel], detail: ErrorDetails, path: str, file: str) -> InputError:
    at = ".".join([*filter(None, [path]), *map(str, detail["loc"])])
    value: Any = None if detail["type"] == "missing" else detail["input"]
    if detail["type"] == "extra_forbidden":
        known = ", ".join(model.model_fields)
        return problem(at, value, UNKNOWN_FIELD.fill(known=known) if known else NO_FIELDS, file)
    phrase = PHRASES.get(detail["type"], OTHER)
    return problem(at, value, phrase.fill(**{**detail.get("ctx", {}), "detail": detail["msg"]}), file)
