"""Models from their settings, and what is wrong with those."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from wfm.domain.errors import InputError, SettingsError
from wfm.domain.own_parts import blamed
from wfm.domain.text import Text
from wfm.forecast.base import FORECASTER, FORECASTERS
from wfm.forecast.messages import BAD_OPTION, BAD_SETTING, KNOWN_OPTION, NO_LIBRARY, UNKNOWN_MODEL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfm.domain.settings import Settings
    from wfm.forecast.base import Forecaster


def check_settings(settings: Settings) -> list[InputError]:
    """Return what is wrong with `[forecast]`: an unknown model, or options that the model does not have or take."""
    chosen = settings.forecast
    if chosen.model not in FORECASTERS:
        return [_problem("forecast.model", chosen.model, UNKNOWN_MODEL.fill(known=", ".join(FORECASTERS)))]
    cls = FORECASTERS[chosen.model]
    if not is_available(cls):
        missing = NO_LIBRARY.fill(kind=chosen.model, library=cls.library)
        return [_problem("forecast.model", chosen.model, missing)]
    built = _built(cls, chosen.options)
    return built if isinstance(built, list) else []


def model_of(settings: Settings) -> Forecaster:
    """Return the model of the settings; raises `SettingsError` when they are wrong."""
    problems = check_settings(settings)
    if problems:
        raise SettingsError(BAD_SETTING.fill(problem=problems[0].message))
    return made(settings.forecast.model, settings.forecast.options)


def made(kind: str, options: Mapping[str, Any]) -> Forecaster:
    """Return a model by its kind; raises `SettingsError` when it is unknown, lacks its library or refuses an option."""
    if kind not in FORECASTERS:
        problem = UNKNOWN_MODEL.fill(known=", ".join(FORECASTERS))
        raise SettingsError(BAD_SETTING.fill(problem=_problem("forecast.model", kind, problem).message))
    cls = FORECASTERS[kind]
    if not is_available(cls):
        raise SettingsError(NO_LIBRARY.fill(kind=kind, library=cls.library))
    built = _built(cls, options)
    if isinstance(built, list):
        raise SettingsError(BAD_SETTING.fill(problem=built[0].message))
    return built


def is_available(cls: type[Forecaster]) -> bool:
    """Return whether the library that a model needs is installed."""
    with blamed(cls, FORECASTER):
        return cls.available()


def _built(cls: type[Forecaster], options: Mapping[str, Any]) -> Forecaster | list[InputError]:
    """Return a model with its options, or every problem of them."""
    with blamed(cls, FORECASTER):
        try:
            return cls.model_validate(dict(options))
        except ValidationError as error:
            return [_option_problem(cls, detail) for detail in error.errors()]


def _option_problem(cls: type[Forecaster], detail: Any) -> InputError:
    name = str(detail["loc"][0]) if detail["loc"] else "options"
    known = Text(en=", ".join(cls.model_fields) or "none", zh="、".join(cls.model_fields) or "无")
    unknown = detail["type"] == "extra_forbidden"
    expected = KNOWN_OPTION.fill(known=known) if unknown else BAD_OPTION.fill(problem=detail["msg"])
    return _problem("forecast.model", f"{name} = {detail['input']!r}", expected)


def _problem(column: str, value: str, expected: Text) -> InputError:
    return InputError("plan.toml", None, column, value, expected)
