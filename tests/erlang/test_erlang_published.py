"""Published points that agree with theory, and a published table of traffic, where that folder is at hand."""

from __future__ import annotations

import csv
import os
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from wfm.erlang import (
    asa_seconds,
    erlang_a,
    erlang_b,
    erlang_c,
    load_for_blocking,
    log_erlang_b,
    log_erlang_c,
    required_agents,
    service_level,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a shared table: below `WFM_SHARED_DATA`, or beside the checkout."""
    folder = Path(os.environ.get("WFM_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
    path = folder / "erlang" / name
    if not path.exists():
        pytest.skip("shared data not present")
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def computed(row: dict[str, str]) -> float:
    """Return our value of a published quantity."""
    n, a, h, t, p = (float(row[k] or 0) for k in ("servers", "traffic_erlangs", "aht_s", "target_s", "patience_s"))
    quantity = row["quantity"].split(" (")[0].split("(")[0].strip()
    with_patience = erlang_a(n, a, h or 1.0, p or np.inf)
    found: dict[str, Callable[[], Any]] = {
        "log_blocking": lambda: log_erlang_b(n, a),
        "blocking": lambda: erlang_b(n, a),
        "log_wait_prob": lambda: log_erlang_c(n, a),
        "wait_prob": lambda: with_patience.waits,
        "immediate_answer_prob": lambda: 1 - erlang_c(n, a),
        "service_level": lambda: service_level(n, a, h, t),
        "asa_s": lambda: asa_seconds(n, a, h),
        "abandon_prob": lambda: with_patience.abandoned,
        "occupancy": lambda: with_patience.occupancy,
        "mean_wait_min": lambda: with_patience.wait_seconds / 60,
        "required_positions": lambda: required_agents(a, 1, 1, max_abandonment=0.02, patience_seconds=0).agents,
        "required_agents 80/20": lambda: required_agents(a, h, h, service_level=0.8).agents,
    }
    return float(np.asarray(found[quantity]()))


def test_published_points_are_met_within_their_digits() -> None:
    """Every published point that agrees with theory comes out within its printed digits, and within 1e-12 of theory."""
    checked = 0
    for row in rows("points.csv"):
        if row["agrees"] != "True":
            continue
        digits = 10.0 ** int(Decimal(row["published"]).as_tuple().exponent)
        value, exact = computed(row), float(row["recomputed_60_digits"])
        assert value == pytest.approx(exact, rel=1e-12, abs=1e-12), row
        assert value == pytest.approx(float(row["published"]), abs=digits * 1.001), row
        checked += 1
    assert checked > 20


def test_a_published_table_of_traffic() -> None:
    """The load that so many channels carry at a blocking is the table's within its printed digits."""
    table = [row for row in rows("erlang_b_traffic_table.csv") if row["agrees_to_printed_digits"] == "True"]
    loads = load_for_blocking([float(r["channels"]) for r in table], [float(r["blocking"]) for r in table])
    for row, load in zip(table, loads, strict=True):
        digits = 10.0 ** int(Decimal(row["published_max_erlangs"]).as_tuple().exponent)
        assert float(load) == pytest.approx(float(row["published_max_erlangs"]), abs=digits * 1.001), row


def test_logarithms_are_those_of_the_formulas() -> None:
    """Where floats reach, the logarithms are those of Erlang B and C; beyond, they go on."""
    loads = np.array([0.5, 9.0, 13.9, 300.0])
    np.testing.assert_allclose(np.exp(log_erlang_b(14, loads)), erlang_b(14, loads), rtol=1e-12)
    np.testing.assert_allclose(np.exp(log_erlang_c(14, loads)), erlang_c(14, loads), rtol=1e-12)
    assert float(log_erlang_b(500, 5)) == pytest.approx(np.log(1.687023853748449) - 787 * np.log(10), rel=1e-13)
    assert float(log_erlang_b(3, 0)) == float(log_erlang_c(3, 0)) == -np.inf
    assert float(log_erlang_b(0, 0)) == float(log_erlang_c(3, 9)) == 0
