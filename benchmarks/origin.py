"""What a measurement was made with: versions, the sources of the engine, the machine and its load."""

from __future__ import annotations

import hashlib
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import wfm

PACKAGES = ("wfm", "ortools", "numpy", "pandas", "numba")


def versions() -> dict[str, str]:
    """Return the versions of Python and the libraries, and a fingerprint of the engine's sources."""
    return {
        "python": platform.python_version(),
        **{name: found for name in PACKAGES if (found := _version(name)) is not None},
        "engine": engine(),
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def engine() -> str:
    """Return the first digits of a hash of all sources of `wfm.roster`."""
    digest = hashlib.sha256()
    for path in sorted((Path(wfm.__file__).parent / "roster").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def machine(load: float) -> dict[str, Any]:
    """Return the processors, and the load (mean of the last minute) before the run and now."""
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "load_before": round(load, 2),
        "load_after": round(os.getloadavg()[0], 2),
    }


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text("utf-8").splitlines() if known.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()
