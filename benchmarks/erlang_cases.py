"""Every case of a file in the format of `reference.json`, computed by our formulas."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.erlang_inputs import Facts, Inputs
from benchmarks.erlang_models import MODELS
from wfm.domain.errors import WfmError

if TYPE_CHECKING:
    from pathlib import Path


def compute_file(cases: Path, out: Path | None) -> Facts:
    """Return how many cases were computed and how many could not be; write them, with `computed`, to `out`."""
    known = json.loads(cases.read_text(encoding="utf-8"))
    done = [case | computed_of(case) for case in known["cases"]]
    if out is not None:
        text = json.dumps(known | {"cases": done}, ensure_ascii=False, indent=1)
        out.write_text(text + "\n", encoding="utf-8")
    failed = [{"model": case["model"], "why": case["why"]} for case in done if case["computed"] is None]
    return {"benchmark": "erlang", "cases": len(done), "computed": len(done) - len(failed), "failed": failed}


def computed_of(case: Facts) -> Facts:
    """Return `computed` with the keys of the outputs; None and `why` for a case that cannot be computed."""
    try:
        found = MODELS[case["model"]](Inputs(case["inputs"]))
        return {"computed": {name: _written(found[name]) for name in case["outputs"] if name != "published_text"}}
    except (WfmError, LookupError, ValueError, TypeError, ArithmeticError) as error:
        return {"computed": None, "why": f"{type(error).__name__}: {error}"}


def _written(value: Any) -> Any:
    """Return a value as the file writes it: numbers that are not whole as text, undefined ones as null."""
    if isinstance(value, list | tuple | np.ndarray):
        return [v if isinstance(v, int) else float(v) for v in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, np.bool_ | np.integer):
        return value.item()
    return repr(float(value))
