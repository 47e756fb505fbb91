"""The command line: `wfm COMMAND FOLDER`."""

from wfm.cli.commands import app

__all__ = ["app"]
