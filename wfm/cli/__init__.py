"""The command line: `wfm COMMAND FOLDER`."""

from wfm.cli.app import app

__all__ = ["app"]
