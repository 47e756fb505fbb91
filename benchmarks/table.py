"""`docs/benchmarks.md` from saved results: what was asked, what was reached, what others reach, every miss."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median, median_low
from typing import TYPE_CHECKING, Any

from benchmarks.peers import timefold
from benchmarks.targets import COLD, MEMORY_MB, PEER_SECONDS, SECONDS, TARGETS, Run, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

RESULTS = Path(__file__).parent / "results"
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
STAMP = "<!-- made by `python -m benchmarks table` from benchmarks/results: run `make bench` -->"
LONG = SECONDS[-1]
LATE = 1.05
"""Times the seconds asked for from which a run is listed as late."""
NOT_MEASURED = "not measured"


def run(results: Path = RESULTS, *, page: Path = PAGE, check: bool = False) -> dict[str, Any]:
    """Return whether the page was stale, after writing it; with `check` nothing is written and a stale one fails."""
    text = page_of(load(results))
    stale = not page.exists() or page.read_text("utf-8") != text
    if stale and not check:
        page.write_text(text, encoding="utf-8")
    return {"benchmark": "table", "page": str(page), "stale": stale, "exit_code": int(check and stale)}


def load(results: Path) -> list[Run]:
    """Return the saved results by file name."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(results.glob("*.json"))]


def page_of(runs: Sequence[Run]) -> str:
    """Return the whole page."""
    parts = (_head(runs), _targets(runs), _peers(runs), _head_counts(runs), _resources(runs), _misses(runs))
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def of(runs: Iterable[Run], instance: str, seconds: int, solver: str = "wfm") -> list[Run]:
    """Return the runs of one instance, limit and solver."""
    asked = instance, seconds, solver
    return [run for run in runs if (run["instance"], run["asked_seconds"], run["solver"]) == asked]


def reached(target: Target, runs: Sequence[Run]) -> bool:
    """Return whether the median run meets a target: more than half of them do."""
    return 2 * sum(target.met(run) for run in runs) > len(runs)


_INTRO = """How long the roster engine takes to reach what, and how far from a proven bound it ends. `make bench`
measures again, in a few hours; a run whose result is in `benchmarks/results` for the same versions is not repeated.

Seconds are wall seconds of everything after imports: reading the instance, posting rules and goals, search, audit.
Every roster was checked twice, by `wfm.roster.verify` and by an audit that reads only the instance and the rows; both
found no broken hard rule and the same objective, or the run is listed as rejected. The gap is
(objective - bound) / max(1, bound), so it overstates the distance to the best roster there is. Figures are medians of
the seeds, best and worst in brackets. † marks what no prototype had reached when it was asked.

`ccNh-S` and `ccNu-S` are centres of N unequal or uniform agents over 30 days with seed S; `InstanceN` are those of
Curtois and Qu; `example:` is a planning folder of the product, from files to files."""


def _head(runs: Sequence[Run]) -> Iterator[str]:
    yield from ("# Benchmarks", "", STAMP, "", *_INTRO.splitlines(), "")
    machines = sorted({f"{m['cores']} cores, {m['processor']}" for run in runs if (m := run.get("machine"))})
    before = [run["machine"]["load_before"] for run in runs if "machine" in run]
    if before:
        span = f"{min(before):.2f} to {max(before):.2f}, median {median(before):.2f}"
        yield f"Machine: {'; '.join(machines)}. Load before each run, the one before it included: {span}."
        yield ""
    versions = sorted({json.dumps(run["versions"]) for run in runs if run["solver"] == "wfm"})
    yield from (f"Versions: {', '.join(f'{k} {v}' for k, v in json.loads(found).items())}." for found in versions)
    yield ""


def _targets(runs: Sequence[Run]) -> Iterator[str]:
    yield from ("## Asked and reached", "")
    yield "| instance | seconds | asked | objective | bound | gap | wall | reached |"
    yield "|---|---|---|---|---|---|---|---|"
    for target in TARGETS:
        found = of(runs, target.instance, target.seconds)
        yield _line([target.instance, target.seconds, target.asked(), *_figures(found), _verdict(target, found)])
    yield ""


def _verdict(target: Target, found: Sequence[Run]) -> str:
    if not found:
        return NOT_MEASURED
    return "yes" if reached(target, found) else "**no**"


def _figures(found: Sequence[Run]) -> list[str]:
    """Return objective, bound, gap and wall seconds in words."""
    solved = [run for run in found if run.get("objective") is not None]
    bounds = [run["bound"] for run in found if run.get("bound") is not None]
    walls = [run["wall_seconds"] for run in found if run.get("wall_seconds") is not None]
    return [
        _spread([run["objective"] for run in solved], len(found)),
        f"{max(bounds):g}" if bounds else "",
        f"{median([run['gap'] for run in solved]):.2%}" if solved else "",
        f"{median(walls):.1f}" if walls else "",
    ]


def _spread(values: Sequence[float], runs: int) -> str:
    """Return the median with the best and the worst."""
    if not values:
        return f"none in {runs} runs" if runs else ""
    text = f"{_plain(median_low(values))} ({_plain(min(values))} to {_plain(max(values))})"
    return text if len(values) == runs else f"{text}, none in {runs - len(values)} of {runs} runs"


def _plain(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _line(cells: Iterable[object]) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"


_PEERS = f"""Objectives after {PEER_SECONDS} s, or after the seconds that are named. The plain CP-SAT model has the same
rows, counts and costs, two workers, no hint, and the same wall time as the engine. The figures of Timefold are quoted,
not measured here: one solver thread, CPU seconds, one seed, the best of all settings that were tried, some of them on
the same instances; two idle cores give a program of two threads up to twice as many CPU seconds in the same wall time.
On uniform centres of the same kind it reached the proven optimum after 8, 5 and 25 CPU seconds with 50, 300 and 1,000
agents."""


def _peers(runs: Sequence[Run]) -> Iterator[str]:
    yield from ("## Against others", "", *_PEERS.splitlines(), "")
    yield f"| instance | wfm | plain CP-SAT | {timefold.NAME} | wfm {LONG} s | {timefold.NAME} {LONG} s | best known |"
    yield "|---|---|---|---|---|---|---|"
    for instance in dict.fromkeys(target.instance for target in TARGETS if ":" not in target.instance):
        best = {_plain(run["best_known"]) for run in runs if run["instance"] == instance and "best_known" in run}
        yield _line(
            [
                instance,
                _median(of(runs, instance, PEER_SECONDS)),
                _median(of(runs, instance, PEER_SECONDS, "monolithic")),
                timefold.BEST.get((instance, PEER_SECONDS), ""),
                _median(of(runs, instance, LONG)),
                timefold.BEST.get((instance, LONG), ""),
                *(best or [""]),
            ]
        )
    yield ""


def _median(found: Sequence[Run]) -> str:
    values = [run["objective"] for run in found if run.get("objective") is not None]
    if not found:
        return ""
    return _plain(median_low(values)) if values else "no roster"


_HEAD_COUNTS = """It makes head counts per day and shift, not rosters, so only the cover of its head counts is
priced here, with the same weights and none of the rules that a roster has to keep."""


def _head_counts(runs: Sequence[Run]) -> Iterator[str]:
    found = [run for run in runs if run["solver"] == "pyworkforce"]
    counted = [run for run in found if run["status"] == "head counts"]
    yield from ("## pyworkforce", "")
    if not counted:
        reasons = sorted({str(run.get("reason", run["status"])) for run in found}) or [NOT_MEASURED]
        yield from (f"No figure: {'; '.join(reasons)}.", "")
        return
    yield from (f"Version {counted[0]['peer_version']}.", *_HEAD_COUNTS.splitlines())
    yield from (f"It cannot express: {'; '.join(counted[0]['cannot'])}.", "")
    yield "| instance | cover of its head counts | hours they take | hours there are | seconds |"
    yield "|---|---|---|---|---|"
    for run in counted:
        yield _line(run[name] for name in ("instance", "cover_cost", "hours", "hours_there_are", "wall_seconds"))
    yield ""


def _resources(runs: Sequence[Run]) -> Iterator[str]:
    yield from ("## Memory and cold start", "")
    large = [run["peak_rss_mb"] for run in runs if run["instance"].startswith("cc1000") and run["solver"] == "wfm"]
    most = f"at most {max(large)} MB resident" if large else NOT_MEASURED
    yield f"- 1,000 agents: {most} (asked: at most {MEMORY_MB} MB)"
    for run in (run for run in runs if run["solver"] == COLD):
        warm = _median(of(runs, run["instance"], run["asked_seconds"]))
        limit = f"{run['instance']}, {run['asked_seconds']} s"
        yield f"- {limit}: {_median([run])} with an empty compile cache, {warm} with a warm one"
    yield ""


def _misses(runs: Sequence[Run]) -> Iterator[str]:
    """Yield everything that was asked and is not reached, and everything that went wrong."""
    yield from ("## Misses", "")
    found = [*_missed(runs), *_behind(runs), *_wrong(runs)]
    yield from found or ["None among what was measured."]
    absent = [f"{t.instance} {t.seconds} s" for t in TARGETS if not of(runs, t.instance, t.seconds)]
    if absent:
        yield from ("", f"Not measured: {', '.join(absent)}.")


def _missed(runs: Sequence[Run]) -> Iterator[str]:
    for target in TARGETS:
        measured = of(runs, target.instance, target.seconds)
        if measured and not reached(target, measured):
            objective, bound, gap, _ = _figures(measured)
            reached_words = f"objective {objective}, bound {bound or 'none'}, gap {gap or 'none'}"
            yield f"- {target.instance}, {target.seconds} s: asked {target.asked()}; {reached_words}"


def _behind(runs: Sequence[Run]) -> Iterator[str]:
    """Yield where another reaches as much or more."""
    for (instance, seconds), quoted in timefold.BEST.items():
        yield from _not_ahead(of(runs, instance, seconds), timefold.NAME, quoted)
    for run in runs:
        if run["solver"] == "monolithic" and run["objective"] is not None:
            own = of(runs, run["instance"], run["asked_seconds"])
            yield from _not_ahead(own, "plain CP-SAT", run["objective"])


def _not_ahead(own: Sequence[Run], who: str, theirs: float) -> Iterator[str]:
    """Yield where the median is above theirs, or equal although a better roster may exist."""
    values = [run["objective"] for run in own if run.get("objective") is not None]
    if not values:
        return
    ours = median_low(values)
    unbeatable = max(run.get("best_known") or run["bound"] for run in own if run.get("bound") is not None)
    if ours > theirs or ours == theirs > unbeatable:
        limit = f"{own[0]['instance']}, {own[0]['asked_seconds']} s"
        yield f"- {limit}: {_plain(ours)} is not below {who}, {_plain(theirs)}"


def _wrong(runs: Sequence[Run]) -> Iterator[str]:
    for run in runs:
        name = f"{run['instance']}, {run['asked_seconds']} s, {run['solver']}, seed {run.get('seed')}"
        if run["status"] in ("rejected", "wrong bound", "crashed"):
            yield f"- {name}: {run['status']}"
        if run.get("bound") is not None and run["bound"] > run.get("best_known", run["bound"]):
            yield f"- {name}: the bound {run['bound']:g} is above the best known {run['best_known']:g}"
        if run["solver"] == "wfm" and (run.get("wall_seconds") or 0) > LATE * run["asked_seconds"]:
            yield f"- {name}: took {run['wall_seconds']:.1f} s"
        if run["instance"].startswith("cc1000") and run.get("peak_rss_mb", 0) > MEMORY_MB and run["solver"] == "wfm":
            yield f"- {name}: {run['peak_rss_mb']} MB"
