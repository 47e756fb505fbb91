"""What each model of the reference cases asks, answered by our formulas."""

from __future__ import annotations

import re
from fractions import Fraction
from math import ceil, prod
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.erlang_inputs import LEVELS, Facts, Inputs, patience_law
from wfm.erlang import (
    Outcome,
    asa_seconds,
    blend,
    chat,
    course,
    deferred_agents,
    erlang_a,
    erlang_a_uncertain,
    erlang_b,
    erlang_c,
    erlang_g,
    erlang_lines,
    erlang_x,
    garnett,
    halfin_whitt,
    load_for_blocking,
    occupancy,
    pooling,
    required_agents,
    retrial_orbit,
    service_level,
    service_level_of_counts,
    sinusoidal_load,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def _b(given: Inputs) -> Facts:
    n, a = given.number("servers"), given.number("load_erlangs")
    return {"blocking": erlang_b(n, a), "carried_erlangs": a * erlang_a(n, a, 1, 0).answered if a else 0.0}


def _c(given: Inputs) -> Facts:
    n, a, h = given.number("agents"), given.load(), given.number("aht_s")
    mean = float(asa_seconds(n, a, h))
    delayed = None if a == 0 else h / (n - a) if n > a else float("inf")
    return {
        "load_erlangs": a,
        "erlang_b": erlang_b(n, a),
        "stable": a == 0 or n > a,
        "p_wait": erlang_c(n, a),
        "service_level": service_level(n, a, h, given.number("awt_s")),
        "asa_s": mean,
        "mean_wait_of_delayed_s": delayed,
        "occupancy": occupancy(n, a) if n > 0 else None,
        "mean_queue": given.rate() * mean if a else 0.0,
    }


def _c_asa(given: Inputs) -> Facts:
    h = given.number("aht_min") * 60
    load = float(Fraction(str(given["calls_per_minute"])) * Fraction(str(given["aht_min"])))
    return {"asa_s_exact": asa_seconds(given.number("agents"), load, h)}


def _c_required(given: Inputs) -> Facts:
    load, h, wait = given.load(), given.number("aht_s"), given.number("awt_s")
    most = given.get("max_occupancy")
    found = required_agents(
        load,
        h,
        h,
        service_level=given.number("target_sl"),
        acceptable_wait_seconds=wait,
        max_occupancy=None if most is None else float(most),
    )
    n = int(found.agents)
    fewer = float(service_level(n - 1, load, h, wait)) if n else None
    return {"agents": n, "service_level": service_level(n, load, h, wait), "service_level_one_less": fewer}


def _c_required_delay(given: Inputs) -> Facts:
    found = required_agents(
        given.number("load_erlangs"), 1, 1, service_level=1 - given.number("max_p_wait"), acceptable_wait_seconds=0
    )
    return {"agents": int(found.agents)}


def _a(given: Inputs) -> Facts:
    n, a, patience = given.number("agents"), given.load(), given.patience()
    found = erlang_a(n, a, given.number("aht_s"), patience, given.number("awt_s"))
    facts = {
        "load_erlangs": a,
        "occupancy": found.occupancy if n > 0 else None,
        "p_wait": found.waits,
        "p_abandon": found.abandoned,
        "mean_wait_all_s": found.wait_seconds,
        "mean_queue": given.rate() * found.wait_seconds if a else 0.0,
        "p_served_within_awt": found.answered_within,
        "p_abandoned_within_awt": found.abandoned_within,
        "p_served_late": found.answered - found.answered_within,
        "p_abandoned_late": found.abandoned - found.abandoned_within,
    }
    return facts | {name: _level(found, name, n) for name in LEVELS}


def _level(found: Outcome, name: str, agents: float) -> Any:
    """Return a service level; undefined when nobody can be answered."""
    return None if LEVELS[name] == "answered" and agents == 0 else found.service_level(LEVELS[name])


def _a_required(given: Inputs) -> Facts:
    load, h, wait, name = given.load(), given.number("aht_s"), given.number("awt_s"), given["definition"]
    found = required_agents(
        load,
        h,
        h,
        service_level=given.number("target_sl"),
        acceptable_wait_seconds=wait,
        patience_seconds=given.patience(),
        definition=LEVELS.get(name, name),
    )
    n = int(found.agents)
    levels = {
        key: _level(erlang_a(at, load, h, given.patience(), wait), name, at) if at >= 0 else None
        for key, at in (("value", n), ("value_one_less", n - 1))
    }
    return {"agents": n} | levels


def _x(given: Inputs) -> Facts:
    found = erlang_x(
        given.number("agents"),
        given.load(),
        given.number("aht_s"),
        given.patience(),
        given.number("redial_fraction_of_abandoners"),
        given.number("awt_s"),
    )
    return {
        "total_calls": given.number("calls") * found.attempts_per_caller,
        "p_abandon_per_attempt": found.outcome.abandoned,
        "p_never_served": found.never_served,
        "sl_offered_per_attempt": found.outcome.answered_within,
        "mean_wait_all_s": found.outcome.wait_seconds,
        "occupancy": found.outcome.occupancy,
        "attempts_per_caller": found.attempts_per_caller,
    }


def _lines(given: Inputs) -> Facts:
    found = erlang_lines(
        given.number("agents"),
        given.number("lines"),
        given.load(),
        given.number("aht_s"),
        given.patience(),
        given.number("awt_s"),
    )
    return {
        "p_block": found.blocked,
        "p_abandon_of_offered": found.abandoned,
        "mean_queue": found.wait_seconds * given.rate() * (1 - found.blocked),
        "p_served_within_awt_of_offered": found.answered_within,
        "mean_wait_of_accepted_s": found.wait_seconds,
        "sum_check": found.answered,
    }


def _chat(given: Inputs) -> Facts:
    times = [float(v) for v in given["aht_s_by_concurrency"]]
    n, rate = given.number("agents"), given.rate("chats")
    capacity = n * len(times) / times[-1]
    found = chat(n, rate, times, given.number("awt_s"), given.patience())
    return {
        "stable": rate < capacity,
        "capacity_per_h": capacity * 3600,
        "p_wait": found.waits,
        "service_level": found.answered_within,
        "asa_s": found.wait_seconds,
        "p_abandon": found.abandoned,
        "mean_chats_in_service": found.occupancy * n * len(times),
    }


def _blend(given: Inputs) -> Facts:
    found = blend(
        given.number("agents"),
        given.load(),
        given.number("aht_s"),
        given.number("idle_kept_for_inbound"),
        given.number("awt_s"),
        given.patience(),
    )
    inbound = found.inbound
    return {
        "p_wait": inbound.waits,
        "service_level": inbound.answered_within,
        "asa_s": inbound.wait_seconds,
        "outbound_per_h": found.outbound_per_second * 3600,
        "occupancy": inbound.occupancy,
    }


def _g(given: Inputs) -> Facts:
    law = patience_law(given["patience"])
    found = erlang_g(given.number("agents"), given.load(), given.number("aht_s"), law)
    return {
        "p_wait": found.outcome.waits,
        "p_abandon": found.outcome.abandoned,
        "mean_wait_all_s": found.outcome.wait_seconds,
        "mean_virtual_wait_s": found.virtual_wait_seconds,
    }


def _deferred(given: Inputs) -> Facts:
    release, due, work = zip(*given["items_release_due_workhours"], strict=True)
    found = deferred_agents(release, due, work, given["open_hours"])
    exact = Fraction(found.agents).limit_denominator(1_000_000)
    span = [int(v) if v == int(v) else v for v in (found.first, found.last)]
    return {"min_constant_agents_exact": str(exact), "agents": ceil(exact), "critical_interval_h": span}


def _uncertain(given: Inputs) -> Facts:
    n, a, h, wait = given.number("agents"), given.load("mean_calls"), given.number("aht_s"), given.number("awt_s")
    found = erlang_a_uncertain(n, a, given.number("rate_cv"), h, given.patience(), wait)
    at_mean = erlang_a(n, a, h, given.patience(), wait).answered_within
    return {"service_level_call_averaged": found.answered_within, "service_level_at_mean": at_mean}


def _sinusoid(given: Inputs) -> Facts:
    mean, swing = given.number("mean_rate_per_h") / 3600, given.number("amplitude_per_h") / 3600
    period, h, at = given.number("period_s"), given.number("aht_s"), given.number("t_s")
    found = sinusoidal_load(mean, swing, period, h, at)
    return {
        "offered_load_MOL": found.load,
        "offered_load_pointwise": h * (mean + swing * np.sin(2 * np.pi * at / period)),
        "peak_lag_s": found.lag_seconds,
        "amplitude_damping": found.damping,
    }


def _transient(given: Inputs) -> Facts:
    start = str(given["start"])
    inside = 0 if start == "empty" else int(re.findall(r"\d+", start)[0])
    found = course(
        [float(v) for v in next(given[name] for name in given if name.startswith("calls_per"))],
        given["agents"],
        given.number("aht_s"),
        given.patience(),
        given.number("interval_s"),
        inside,
    )
    return {
        "mean_queue": found.mean_queue,
        "time_average_p_all_busy": found.all_busy,
        "abandoned_calls": found.abandoned,
        "mean_in_system_end": found.in_system_at_end,
    }


def _orbit(given: Inputs) -> Facts:
    found = retrial_orbit(
        int(given["servers"]),
        given.number("arrival_rate"),
        given.number("service_rate"),
        given.number("retrial_rate_per_customer"),
        int(given["orbit_truncation"]),
    )
    return {
        "p_all_busy": found.all_busy,
        "mean_busy": found.mean_busy,
        "mean_orbit": found.mean_orbit,
        "mass_at_truncation": found.mass_at_truncation,
    }


def _counts(given: Inputs) -> Facts:
    answered, abandoned, soon = (given.number(k) for k in ("answered", "abandoned", "answered_within_T"))
    facts: Facts = {
        name: service_level_of_counts(answered, abandoned, soon, given.number("abandoned_within_T"), definition)
        for name, definition in {
            "offered": LEVELS["sl_offered"],
            "offered_plus_ab_within": LEVELS["sl_offered_plus_ab_within"],
            "excl_ab_within": LEVELS["sl_excl_ab_within"],
            "answered_only": LEVELS["sl_answered_only"],
        }.items()
    }
    for name in (key for key in given if re.fullmatch(r"abandoned_within_\d+s", key)):
        cut = name.removeprefix("abandoned_within_")
        facts[f"excl_short_{cut}"] = service_level_of_counts(
            answered, abandoned, soon, given.number(name), "excluding_short_abandons"
        )
    return facts


def _shrinkage(given: Inputs) -> Facts:
    shares, net = [Fraction(str(s)) for s in given["shrinkage"]], Fraction(str(given["net_agents"]))
    on_queue = prod(1 - share for share in shares) if given["mode"] == "sequential" else 1 - sum(shares)
    gross = net / on_queue
    return {
        "gross_exact": float(gross),
        "gross_agents": ceil(gross),
        "wrong_multiplied": float(net * (2 - on_queue)),
    }


def _garnett(given: Inputs) -> Facts:
    waits, lost = garnett(given.number("beta"), given.number("theta_over_mu"))
    return {"p_wait": waits, "sqrt_n_times_p_ab_given_wait": lost}


def _pooling(given: Inputs) -> Facts:
    found = pooling(
        given.number("load_each"),
        int(given["centres"]),
        given.number("aht_s"),
        given.number("target_sl"),
        given.number("awt_s"),
    )
    return {"separate_agents": found.separate, "pooled_agents": found.pooled, "saving": found.saved}


MODELS: dict[str, Callable[[Inputs], Facts]] = {
    "erlang_b": _b,
    "erlang_b_continuous": _b,
    "erlang_b_load": lambda given: {
        "load_erlangs": load_for_blocking(given.number("servers"), given.number("max_blocking"))
    },
    "erlang_c": _c,
    "erlang_c_asa": _c_asa,
    "erlang_c_required": _c_required,
    "erlang_c_required_delay": _c_required_delay,
    "erlang_a": _a,
    "erlang_a_required": _a_required,
    "erlang_x_redial": _x,
    "erlang_lines": _lines,
    "chat_concurrency": _chat,
    "blend_threshold": _blend,
    "mmn_g_patience": _g,
    "deferred_min_agents": _deferred,
    "erlang_c_gamma_mixed": _uncertain,
    "erlang_a_gamma_mixed": _uncertain,
    "mol_sinusoid_exponential": _sinusoid,
    "transient_mt_m_st_m": _transient,
    "retrial_orbit_MMc": _orbit,
    "service_level_counts": _counts,
    "shrinkage": _shrinkage,
    "halfin_whitt": lambda given: {"p_wait": halfin_whitt(given.number("beta"))},
    "garnett_qed": _garnett,
    "pooling": _pooling,
}
