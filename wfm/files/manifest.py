"""The manifest: what a run made, from what, with a hash of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from wfm.domain.errors import ManifestError
from wfm.files import messages
from wfm.files.output import recover

if TYPE_CHECKING:
    from pathlib import Path

NAME = "manifest.json"
OUTPUTS = "outputs"


def write_manifest(folder: Path, facts: Mapping[str, Any]) -> None:
    """Write `manifest.json`: the facts, and under `outputs` the SHA-256 of every other file in the folder.

    Write it last. Keys are sorted; dates and `Decimal` become text; NaN is refused.
    """
    content = {**facts, OUTPUTS: _hashes(folder)}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False, default=_plain)
    (folder / NAME).write_text(text + "\n", encoding="utf-8", newline="\n")


def read_manifest(out: Path) -> dict[str, Any]:
    """Return the manifest of an output folder, put back first where a killed run left it between two renames.

    Raises
    ------
    ManifestError
        When there is none or it is no manifest.
    """
    if not out.exists():
        recover(out.parent)
    try:
        content = json.loads((out / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ManifestError(messages.MANIFEST_MISSING.fill(folder=out)) from error
    except ValueError as error:
        raise ManifestError(messages.MANIFEST_BROKEN.fill(folder=out, reason=error)) from error
    if not isinstance(content, dict) or not isinstance(content.get(OUTPUTS), dict):
        raise ManifestError(messages.MANIFEST_BROKEN.fill(folder=out, reason=OUTPUTS))
    return content


def verify_manifest(out: Path) -> dict[str, Any]:
    """Return the manifest after comparing every file that it names with its hash.

    Raises
    ------
    ManifestError
        When there is no manifest, or a file is missing or changed. Files it does not name do not matter.
    """
    manifest = read_manifest(out)
    now = _hashes(out)
    missing = [name for name in manifest[OUTPUTS] if name not in now]
    changed = [name for name, digest in manifest[OUTPUTS].items() if name in now and now[name] != digest]
    if missing or changed:
        raise ManifestError(
            messages.OUTPUTS_DIFFER.fill(
                folder=out, missing=", ".join(missing) or messages.NONE, changed=", ".join(changed) or messages.NONE
            )
        )
    return manifest


def _hashes(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    hashes = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    hashes.pop(NAME, None)
    return hashes


def _plain(value: object) -> object:
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no place in a manifest")
