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


def verify_manifest(out: Path, but: Path | None = None) -> dict[str, Any]:
    """Return the manifest after comparing every file that it names with its hash.

    Parameters
    ----------
    but
        A file, or a folder of files, inside `out` that may have been edited.

    Raises
    ------
    ManifestError
        When there is no manifest, or a file is missing or changed. Files it does not name do not matter.
    """
    manifest = read_manifest(out)
    other = other_files(out, manifest)
    if but is not None and out.resolve() in but.resolve().parents:
        other = [name for name in other if not (out / name).resolve().is_relative_to(but.resolve())]
    missing = [name for name in other if not (out / name).is_file()]
    changed = [name for name in other if name not in missing]
    if other:
        raise ManifestError(
            messages.OUTPUTS_DIFFER.fill(
                folder=out, missing=", ".join(missing) or messages.NONE, changed=", ".join(changed) or messages.NONE
            )
        )
    return manifest


def other_files(out: Path, manifest: Mapping[str, Any], start: str = "") -> list[str]:
    """Return the files that a manifest names and that are missing, or others than it says.

    Parameters
    ----------
    start
        How the names begin that are looked at.
    """
    named = ((name, digest) for name, digest in manifest[OUTPUTS].items() if name.startswith(start))
    return [name for name, digest in named if _hash(out / name) != digest]


def _hashes(folder: Path) -> dict[str, str | None]:
    """Return the hash of each file; the manifest's own, hidden files and the locks of spreadsheets are left out."""
    names = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
    return {n: _hash(folder / n) for n in names if n != NAME and not n.rpartition("/")[2].startswith((".", "~$"))}


def _hash(file: Path) -> str | None:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else None


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
