"""The benchmark of the queueing formulas: any file of cases, minimality, and the peer's algorithm."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks.__main__ import main
from benchmarks.erlang import misses, ours_c, retimed_a, retimed_c, with_patience
from benchmarks.erlang_inputs import patience_law

if TYPE_CHECKING:
    from pathlib import Path

CASES = {
    "note": "two cases and one that nobody knows",
    "cases": [
        {
            "model": "erlang_c",
            "inputs": {"calls": "100", "interval_s": 1800, "aht_s": 180, "agents": 14, "awt_s": 20},
            "outputs": {"p_wait": "0.174131933595049842644707", "stable": True},
        },
        {
            "model": "shrinkage",
            "inputs": {"net_agents": 14, "shrinkage": ["0.30"], "mode": "single"},
            "outputs": {"gross_agents": 20},
        },
        {"model": "unheard_of", "inputs": {}, "outputs": {"x": "1"}},
    ],
}


def test_a_file_of_cases_is_written_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--cases` writes every case with `computed` beside `outputs`, and says why one could not be computed."""
    (tmp_path / "in.json").write_text(json.dumps(CASES))
    assert main(["erlang", "--cases", str(tmp_path / "in.json"), "--out", str(tmp_path / "out.json")]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["cases"], told["computed"]) == (3, 2)
    known, whole, unknown = json.loads((tmp_path / "out.json").read_text("utf-8"))["cases"]
    assert float(known["computed"]["p_wait"]) == pytest.approx(0.174131933595049842644707, abs=1e-14)
    assert known["computed"]["stable"] is True
    assert whole["computed"] == {"gross_agents": 20}
    assert unknown["computed"] is None
    assert "unheard_of" in unknown["why"]


def test_random_answers_are_the_smallest() -> None:
    """No miss among 500 random cases of Erlang C and of each definition of Erlang A."""
    assert set(misses(500, 3).values()) == {0}


def test_the_peers_algorithms_agree_where_they_must() -> None:
    """The peer's Erlang C gives our agents; its Erlang A never fewer, since it starts at the load."""
    calls = np.array([30.0, 100.0, 240.0])
    assert retimed_c(calls) == ours_c(calls).tolist()
    assert (np.array(retimed_a(calls)) >= with_patience(calls)).all()


@pytest.mark.parametrize(
    ("text", "mean"),
    [
        ("exponential mean 120 s", 120),
        ("deterministic 90 s", 90),
        ("uniform 0..240 s", 120),
        ("hyperexponential: 50% mean 20 s, 50% mean 220 s", 120),
        ("Weibull shape 0.5 mean 120 s", 120),
        ("Erlang-2 mean 60 s", 60),
        ("gamma shape 2 mean 60 s", 60),
        ("lognormal mean 100 s cv 1.5", 100),
    ],
)
def test_laws_of_patience_are_read(text: str, mean: float) -> None:
    """A phrase names its law."""
    assert patience_law(text).mean == pytest.approx(mean)


def test_an_unknown_law_is_refused() -> None:
    """A law that nobody knows is an error, not a guess."""
    with pytest.raises(ValueError, match="cauchy"):
        patience_law("cauchy scale 3 s")
