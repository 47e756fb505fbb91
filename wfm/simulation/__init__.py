"""Discrete-event simulation of contacts and agents.

    simulate(streams, teams, interval_seconds, *, replications=200, seed=1, routing=None) -> Simulated
    scores(simulated, definitions=(), *, whole=False) -> DataFrame

`Stream(name, offered, handle, patience, …)` is the contacts of a queue: expected contacts per interval, laws of handle
time and patience. `Team(skills, spans, pace)` is agents with the same skills and when each of them is on the queue;
`Team.of_counts(skills, counts, interval_seconds)` makes one from head counts per interval. `leaving` says who goes
when numbers fall. `Routing(contact, agent, tie, priority, lines)` says how they find each other. A flexible agent is
one agent: he serves one contact at a time.
"""

from __future__ import annotations

from wfm.simulation.adjust import Adjusted, adjusted
from wfm.simulation.crew import Team
from wfm.simulation.estimate import Survival, handle_law, kaplan_meier, mean_patience, patience_law
from wfm.simulation.laws import Law, deterministic, empirical, exponential, lognormal, never, uniform
from wfm.simulation.routing import Routing
from wfm.simulation.run import Simulated, replay, simulate
from wfm.simulation.scores import Estimate, estimate, scores
from wfm.simulation.streams import Contacts, Stream, draw, given
from wfm.simulation.tally import Tally

__all__ = [
    "Adjusted",
    "Contacts",
    "Estimate",
    "Law",
    "Routing",
    "Simulated",
    "Stream",
    "Survival",
    "Tally",
    "Team",
    "adjusted",
    "deterministic",
    "draw",
    "empirical",
    "estimate",
    "exponential",
    "given",
    "handle_law",
    "kaplan_meier",
    "lognormal",
    "mean_patience",
    "never",
    "patience_law",
    "replay",
    "scores",
    "simulate",
    "uniform",
]
