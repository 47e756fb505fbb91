"""Typer's own words in Chinese: usage lines, panel titles and usage errors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from wfm.cli.messages import HELP

if TYPE_CHECKING:
    from collections.abc import Sequence

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
PANELS = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "ERRORS_PANEL_TITLE": "错误",
    "DEFAULT_STRING": "[默认：{}]",
    "ENVVAR_STRING": "[环境变量：{}]",
    "REQUIRED_LONG_STRING": "[必填]",
    "RICH_HELP": "运行 [blue]'{command_path} {help_option}'[/] 查看帮助。",
}
ERRORS = (
    (r"Missing argument '?(?P<name>[^'.]+)'?\.?", "缺少参数 {name}。"),
    (r"Missing option '?(?P<name>[^'.]+)'?\.?", "缺少选项 {name}。"),
    (r"Missing command\.", "缺少命令。"),
    (r"No such command '(?P<name>[^']+)'\..*", "没有命令 {name}。"),
    (r"No such option: (?P<name>\S+)( .*)?", "没有选项 {name}。"),
    (r"Option '(?P<name>[^']+)' requires an argument\.", "选项 {name} 需要一个值。"),
    (r"Got unexpected extra argument\S* \((?P<name>.*)\)", "多余的参数：{name}。"),
    (r"Invalid value for '?(?P<name>[^':]+)'?.*", "{name} 的值无效。"),
)
"""What Typer says, and what we say instead; the rest stays as it is."""


def translated(message: str) -> str:
    """Return a usage error in Chinese.

    Examples
    --------
    >>> translated("No such option: --sed")
    '没有选项 --sed。'
    """
    for pattern, text in ERRORS:
        if match := re.fullmatch(pattern, message, flags=re.DOTALL):
            return text.format(**match.groupdict())
    return message


class _Chinese:
    """What a command and a group have in common."""

    def get_usage(self, ctx: Any) -> str:
        """Return the usage line."""
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        return usage.replace("Usage:", "用法：").replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 …")

    def get_help(self, ctx: Any) -> str:
        """Return the help text; the panels get Chinese titles first."""
        _name_panels()
        text: str = super().get_help(ctx)  # type: ignore[misc]
        return text

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option `--help`."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = HELP.zh
        return option

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Return the context of one call; a usage error speaks Chinese."""
        try:
            return super().make_context(info_name, args, parent, **extra)  # type: ignore[misc]
        except UsageError as error:
            raise _chinese(error) from error

    def resolve_command(self, ctx: Any, args: Sequence[str]) -> Any:
        """Return the command that was named; an unknown one is an error in Chinese."""
        try:
            return super().resolve_command(ctx, args)  # type: ignore[misc]
        except UsageError as error:
            raise _chinese(error) from error


def _chinese(error: Any) -> Exception:
    if type(error).__name__ == "NoArgsIsHelpError":
        raise error
    _name_panels()
    return UsageError(translated(error.format_message()), error.ctx)


def _name_panels() -> None:
    from typer import rich_utils

    for name, text in PANELS.items():
        setattr(rich_utils, name, text)


class ChineseCommand(_Chinese, TyperCommand):
    """A command that speaks Chinese."""


class ChineseGroup(_Chinese, TyperGroup):
    """A group of commands that speaks Chinese."""
