"""Lines, redials, chats, blending, other laws of patience, uncertain rates, deferred work, retrials, rules of thumb."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import gamma as gamma_distribution

from wfm.domain.errors import SettingsError
from wfm.erlang import (
    backlog,
    blend,
    chat,
    deferred_agents,
    deferred_profile,
    deterministic,
    erlang_a,
    erlang_a_uncertain,
    erlang_b,
    erlang_c,
    erlang_g,
    erlang_lines,
    erlang_x,
    exponential,
    first_attempts,
    gamma_law,
    garnett,
    halfin_whitt,
    load_for_blocking,
    load_with_retries,
    lognormal,
    mixture,
    pooling,
    retrial_orbit,
    square_root_agents,
    uniform,
    weibull,
)

if TYPE_CHECKING:
    from wfm.erlang.outcome import Outcome
    from wfm.erlang.patience import Patience

SHARES = ("waits", "answered", "abandoned", "answered_within", "abandoned_within", "virtual_within")


def same(one: Outcome, other: Outcome, *names: str, rel: float = 1e-10) -> None:
    """Check that some figures of two outcomes agree."""
    for name in names:
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=rel, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("patience", [120.0, np.inf])
def test_many_lines_are_no_limit(patience: float) -> None:
    """With more lines than anybody fills, finite lines are Erlang A or C."""
    found, endless = erlang_lines(14, 400, 10, 180, patience, 20), erlang_a(14, 10, 180, patience, 20)
    same(found, endless, *SHARES, "wait_seconds", "occupancy")
    assert float(found.blocked) < 1e-30


def test_as_many_lines_as_agents_is_erlang_b() -> None:
    """Without a place to wait, who finds nobody free is lost; fewer lines than agents decide alone."""
    assert float(erlang_lines(14, 14, 10, 180).blocked) == pytest.approx(float(erlang_b(14, 10)), rel=1e-13)
    assert float(erlang_lines(14, 6, 10, 180, 60).blocked) == pytest.approx(float(erlang_b(6, 10)), rel=1e-13)


def test_lines_of_a_large_queue_neither_overflow_nor_vanish() -> None:
    """With 5,000 agents and 300 places to wait the shares still add up."""
    found = erlang_lines(5000, 5300, 5020, 300, 240, 60)
    assert float(found.answered + found.abandoned + found.blocked) == pytest.approx(1, abs=1e-12)
    assert 0 < float(found.answered_within) < 1


def test_lines_broadcast_and_without_load_nobody_is_blocked() -> None:
    """Numbers of lines broadcast against loads; no load means no busy signal."""
    found = erlang_lines(5, np.array([5, 8, 20])[:, None], np.array([0.0, 3.0]), 100, 60)
    assert found.blocked.shape == (3, 2)
    assert (found.blocked[:, 0] == 0).all()
    assert (np.diff(found.blocked[:, 1]) < 0).all()


def test_redials_raise_the_load_until_it_agrees_with_itself() -> None:
    """The total is what first attempts and redials of it sum to, and its first attempts are the demand again."""
    for share in (0.0, 0.3, 0.9):
        found = erlang_x(10, 10, 180, 120, share)
        total, lost = float(found.load), float(found.outcome.abandoned)
        assert total == pytest.approx(10 + share * total * lost, rel=1e-13)
        assert float(first_attempts(10, total, 180, 120, share)) == pytest.approx(10, rel=1e-13)
        assert float(found.never_served) == pytest.approx((1 - share) * total / 10 * lost, rel=1e-12)


def test_reconnects_raise_the_load_too() -> None:
    """When everybody is answered and a fifth calls again, there are 1.25 attempts per caller."""
    found = erlang_x(100, 10, 180, 120, 0.5, reconnect_share=0.2)
    assert float(found.attempts_per_caller) == pytest.approx(1.25, rel=1e-9)


def test_retries_of_the_blocked() -> None:
    """The load with retries is first attempts and the share of its own lost contacts that comes back."""
    load = float(load_with_retries(10, 8, 0.5))
    assert load == pytest.approx(8 + 0.5 * load * float(erlang_b(10, load)), rel=1e-13)


def test_load_for_a_loss() -> None:
    """15 lines lose 1 % of 8.108 erlangs; the loss of the found load is the share asked for."""
    assert float(load_for_blocking(15, 0.01)) == pytest.approx(8.108, abs=5e-4)
    shares = np.array([1e-6, 0.01, 0.5, 0.99])
    np.testing.assert_allclose(erlang_b(40, load_for_blocking(40, shares)), shares, rtol=1e-12)


@pytest.mark.parametrize("patience", [120.0, np.inf])
def test_one_chat_at_a_time_is_a_call(patience: float) -> None:
    """With a concurrency of one, chats are Erlang A or C."""
    same(
        chat(14, 10 / 180, [180], 20, patience),
        erlang_a(14, 10, 180, patience, 20),
        *SHARES,
        "wait_seconds",
        "occupancy",
    )


def test_chats_beyond_what_agents_finish_never_settle() -> None:
    """An unstable chat queue is defined: everybody waits for ever, every place is taken."""
    found = chat(3, 1.0, [100, 150], 20)
    assert float(found.waits) == 1
    assert float(found.wait_seconds) == np.inf
    assert float(found.occupancy) == 1
    assert float(chat(3, 0.0, [100, 150], 20).service_level()) == 1


@pytest.mark.parametrize(("times", "agents"), [([], 3), ([100, 200], 3), ([100, 250], 3), ([100], 2.5), ([0.0], 3)])
def test_chats_that_mean_nothing_are_refused(times: list[float], agents: float) -> None:
    """No concurrency, agents who finish fewer with more chats, and half agents are refused."""
    with pytest.raises(SettingsError):
        chat(agents, 0.01, times)


def test_blending_without_a_limit_is_erlang_c() -> None:
    """When all idle agents are kept, nobody calls out and inbound contacts see Erlang C."""
    found = blend(14, 10, 180, 14, 20)
    same(found.inbound, erlang_a(14, 10, 180, np.inf, 20), *SHARES, "wait_seconds", "occupancy")
    assert float(found.outbound_per_second) == 0


def test_blending_without_idle_agents_fills_everybody() -> None:
    """When none is kept, everybody is always busy: all inbound contacts wait, outbound takes what inbound leaves."""
    found = blend(14, 10, 180, 0, 20)
    assert float(found.inbound.waits) == 1
    assert float(found.inbound.occupancy) == pytest.approx(1)
    assert float(found.outbound_per_second) * 180 == pytest.approx(4)


def test_blending_conserves_work() -> None:
    """Busy agents are those on inbound and on outbound contacts, for every number kept and with patience too."""
    for patience in (np.inf, 90.0):
        kept = np.arange(0, 12)
        found = blend(16, 10, 180, kept, 20, patience)
        busy = 10 * found.inbound.answered + found.outbound_per_second * 180
        np.testing.assert_allclose(found.inbound.occupancy * 16, busy, rtol=1e-12)
        assert (np.diff(found.outbound_per_second) < 0).all()
        assert (np.diff(found.inbound.answered_within) > 0).all()


@pytest.mark.parametrize("law", [exponential(120), mixture([0.4, 0.6], [120, 120]), weibull(1, 120), gamma_law(1, 120)])
def test_every_law_without_memory_is_erlang_a(law: Patience) -> None:
    """The exponential law in whatever disguise gives Erlang A."""
    agents = np.array([8.0, 12.0, 12.5, 40.0])
    found = erlang_g(agents, [10, 10, 10, 41], 180, law, 20).outcome
    same(found, erlang_a(agents, [10, 10, 10, 41], 180, 120, 20), *SHARES, "wait_seconds", "occupancy")


@pytest.mark.parametrize(
    "law",
    [
        weibull(0.6, 120),
        weibull(3, 90),
        gamma_law(2.5, 60),
        lognormal(120, 1.3),
        uniform(240),
        mixture([0.5, 0.5], [20, 220]),
    ],
)
def test_the_integral_of_a_law_is_that_of_its_survival(law: Patience) -> None:
    """Each law's integral is the integral of its survival, and ends at its mean."""
    for x in (0.5, 30.0, 200.0):
        value, _ = quad(lambda u: float(law.survival(np.array([u]))[0]), 0, x, epsabs=1e-10, limit=200)
        assert float(law.integral(np.array([x]))[0]) == pytest.approx(value, rel=1e-7)
    assert float(law.integral(np.array([1e7]))[0]) == pytest.approx(law.mean, rel=1e-4)


def test_who_would_wait_long_anyway_decides_little() -> None:
    """At one mean patience, people who all wait two minutes give up least, a mixture of kinds most."""
    lost = [
        float(erlang_g(12, 10, 180, law).outcome.abandoned)
        for law in (deterministic(120), uniform(240), exponential(120), mixture([0.5, 0.5], [20, 220]))
    ]
    assert lost == sorted(lost)
    assert lost[0] == pytest.approx(0.021905277755200029, abs=1e-13)


def test_shares_under_any_patience_add_up() -> None:
    """Answered and given up make all; short and long abandons make all abandons, from light load to overload."""
    found = erlang_g(np.array([3.0, 12.0, 60.0]), np.array([9.0, 12.0, 55.0]), 200, lognormal(60, 1.0), 15).outcome
    np.testing.assert_allclose(found.answered + found.abandoned, 1, rtol=1e-11)
    assert (found.abandoned_within <= found.abandoned).all()
    assert (found.answered_within <= found.virtual_within).all()


@pytest.mark.parametrize("make", [lambda: uniform(0), lambda: mixture([0.5, 0.6], [1, 2]), lambda: weibull(-1, 3)])
def test_laws_that_mean_nothing_are_refused(make: object) -> None:
    """Times and shapes are above 0, shares sum to 1."""
    with pytest.raises(SettingsError):
        make()  # type: ignore[operator]


def test_an_uncertain_rate_costs_service() -> None:
    """The service level under a gamma rate is the mean over contacts, by numerical integration of SciPy's density."""
    cv, load, agents = 0.2, 10.0, 14
    shape = 1 / cv**2
    density = gamma_distribution(shape, scale=load / shape)

    def weighted(rate: float) -> float:
        return rate / load * float(density.pdf(rate)) * float(erlang_a(agents, rate, 180, np.inf, 20).answered_within)

    value, _ = quad(weighted, 0, agents, epsabs=1e-11, limit=200)
    found = erlang_a_uncertain(agents, load, cv, 180, np.inf, 20)
    assert float(found.answered_within) == pytest.approx(value, abs=1e-9)
    assert float(found.answered_within) < float(erlang_a(agents, load, 180, np.inf, 20).answered_within)


def test_a_nearly_certain_rate_is_the_rate() -> None:
    """With an error of a thousandth the shares are those of the mean."""
    same(erlang_a_uncertain(14, 10, 1e-3, 180, 120, 20), erlang_a(14, 10, 180, 120, 20), *SHARES, rel=1e-4)


def test_deferred_work_needs_what_its_tightest_span_needs() -> None:
    """30 hours of work due in 3 open hours need ten agents; work for tomorrow rides along."""
    found = deferred_agents([9, 9, 13], [12, 33, 37], [30, 10, 10], [(9, 17), (33, 41)])
    assert (found.agents, found.first, found.last) == (10, 9, 12)
    assert deferred_agents([], [], [], [(9, 17)]).agents == 0


def test_deferred_agents_are_enough_and_fewer_are_not() -> None:
    """Working by earliest due date, the agents found are late nowhere and a hundredth fewer are, in 50 random cases."""
    rng = np.random.default_rng(2)
    for _ in range(50):
        release = rng.integers(0, 40, 12)
        due, work = release + rng.integers(1, 30, 12), rng.integers(1, 9, 12)
        agents = deferred_agents(release, due, work, [(0, 100)]).agents
        assert late(release, due, work, agents * (1 + 1e-9)) == 0
        assert late(release, due, work, agents * 0.99) > 0


def test_the_profile_of_deferred_work_wastes_nothing() -> None:
    """In 50 random cases the profile peaks as constant agents do, its hours are the work, and nothing is late."""
    rng = np.random.default_rng(4)
    for _ in range(50):
        release = rng.integers(0, 40, 12)
        due, work = release + rng.integers(1, 30, 12), rng.integers(1, 9, 12)
        spans = deferred_profile(release, due, work, [(0, 100)])
        agents = np.zeros(100)
        for span in spans:
            agents[int(span.first) : int(span.last)] = np.maximum(agents[int(span.first) : int(span.last)], span.agents)
        assert spans[0] == deferred_agents(release, due, work, [(0, 100)])
        assert agents.sum() == pytest.approx(work.sum())
        assert late(release, due, work, agents * (1 + 1e-9)) == 0
    assert deferred_profile([], [], [], [(9, 17)]) == ()


def late(release: np.ndarray, due: np.ndarray, work: np.ndarray, agents: float | np.ndarray) -> float:
    """Return the hours of work that is late when the earliest due date goes first, in steps of one hour."""
    left, missed, present = work.astype(float), 0.0, np.broadcast_to(agents, 100)
    for hour in range(100):
        hands = present[hour]
        for item in np.argsort(due, kind="stable"):
            if release[item] <= hour:
                done = min(hands, left[item])
                left[item] -= done
                hands -= done
        missed += left[due == hour + 1].sum()
        left[due == hour + 1] = 0.0
    return missed


def test_work_without_an_open_hour_is_refused() -> None:
    """Work that arrives and is due while nobody works cannot be done."""
    with pytest.raises(SettingsError, match="no open time"):
        deferred_agents([18], [20], [1], [(9, 17)])


def test_backlog_carries_over() -> None:
    """What is not done today is left for tomorrow, never less than nothing."""
    assert backlog([5, 0, 0, 9], [3, 3, 3, 3], opening=1).tolist() == [3, 0, 0, 6]


def test_one_server_orbit_has_a_closed_form() -> None:
    """With one server the mean orbit is rho (lambda + rho nu) / ((1 - rho) nu)."""
    for rate, retry in ((0.5, 1.0), (0.8, 0.4)):
        found = retrial_orbit(1, rate, 1, retry, 800)
        assert found.mean_orbit == pytest.approx(rate * (rate + rate * retry) / ((1 - rate) * retry), rel=1e-10)
        assert found.mean_busy == pytest.approx(rate, rel=1e-12)


def test_an_orbit_without_end_is_refused() -> None:
    """Arrivals that reach the capacity have no long run."""
    with pytest.raises(SettingsError):
        retrial_orbit(2, 2, 1, 1)


def test_square_root_rules_meet_the_exact_formulas() -> None:
    """At 10,000 erlangs Halfin-Whitt and Garnett are within a percent of Erlang C and A."""
    load, beta = 10_000.0, 0.7
    agents = load + beta * np.sqrt(load)
    assert float(halfin_whitt(beta)) == pytest.approx(float(erlang_c(agents, load)), rel=0.01)
    exact = erlang_a(agents, load, 300, 120)
    waits, lost = garnett(beta, 300 / 120)
    assert float(waits) == pytest.approx(float(exact.waits), rel=0.01)
    assert float(lost) == pytest.approx(np.sqrt(agents) * float(exact.abandoned / exact.waits), rel=0.01)
    assert float(erlang_c(square_root_agents(load, 0.3), load)) == pytest.approx(0.3, rel=0.01)
    assert float(halfin_whitt(0)) == 1


def test_pooling_saves_less_the_larger_the_centres() -> None:
    """Two centres of 10 erlangs save 3 of 28 agents, ten of 100 erlangs 65 of 1,080."""
    assert (pooling(10, 2, 300, 0.8).saved, pooling(100, 10, 300, 0.8).saved) == (3, 65)
