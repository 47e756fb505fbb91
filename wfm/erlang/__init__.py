"""Queueing formulas: pure functions on numbers and arrays; NumPy is all they import."""

from wfm.erlang.erlang_b import erlang_b
from wfm.erlang.erlang_c import asa_seconds, erlang_c, occupancy, service_level
from wfm.erlang.required import BINDING, Required, required_agents

__all__ = [
    "BINDING",
    "Required",
    "asa_seconds",
    "erlang_b",
    "erlang_c",
    "occupancy",
    "required_agents",
    "service_level",
]
