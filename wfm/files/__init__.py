"""People's files to inputs, and the output folder: every problem of every file is collected and raised once."""

from wfm.files.figures import read_figures
from wfm.files.folder import read_folder, read_settings
from wfm.files.frames import from_frames
from wfm.files.leave import leave_lines, write_decision
from wfm.files.manifest import other_files, read_manifest, verify_manifest, write_manifest
from wfm.files.output import ready, recover, staged
from wfm.files.roster_file import read_roster, read_version
from wfm.files.rosters import ReadBack, read_back
from wfm.files.serving_file import SERVING, with_spans
from wfm.files.settings_file import Check
from wfm.files.toml_lines import toml_line

__all__ = [
    "SERVING",
    "Check",
    "ReadBack",
    "from_frames",
    "leave_lines",
    "other_files",
    "read_back",
    "read_figures",
    "read_folder",
    "read_manifest",
    "read_roster",
    "read_settings",
    "read_version",
    "ready",
    "recover",
    "staged",
    "toml_line",
    "verify_manifest",
    "with_spans",
    "write_decision",
    "write_manifest",
]
