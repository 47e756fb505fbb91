"""Queueing formulas: pure functions on numbers and arrays; NumPy is all they import."""

from wfm.erlang.blend import Blended, blend
from wfm.erlang.changing import (
    Course,
    Sinusoid,
    course,
    lagged_offered,
    modified_load,
    sinusoidal_load,
)
from wfm.erlang.chat import chat
from wfm.erlang.deferred import Deferred, backlog, deferred_agents, deferred_profile
from wfm.erlang.erlang_a import erlang_a
from wfm.erlang.erlang_b import erlang_b, load_for_blocking, load_with_retries
from wfm.erlang.erlang_c import asa_seconds, erlang_c, occupancy, service_level
from wfm.erlang.erlang_g import AnyPatience, erlang_g
from wfm.erlang.inverse import longest_aht, most_offered, patience_of, shortest_wait
from wfm.erlang.lines import erlang_lines
from wfm.erlang.logs import log_erlang_b, log_erlang_c
from wfm.erlang.models import MODEL_NAMES, Model, ModelName, achieved, required_by
from wfm.erlang.outcome import DEFINITIONS, Definition, Outcome, service_level_of_counts
from wfm.erlang.patience import (
    Patience,
    deterministic,
    exponential,
    gamma_law,
    lognormal,
    mixture,
    uniform,
    weibull,
)
from wfm.erlang.pooling import Pooling, pooling
from wfm.erlang.redial import Redials, erlang_x, first_attempts
from wfm.erlang.required import Required, required_agents
from wfm.erlang.retrial import Orbit, retrial_orbit
from wfm.erlang.square_root import garnett, halfin_whitt, square_root_agents
from wfm.erlang.targets import BINDING, Goals, Targets, targets_of
from wfm.erlang.uncertain import erlang_a_uncertain

__all__ = [
    "BINDING",
    "DEFINITIONS",
    "MODEL_NAMES",
    "AnyPatience",
    "Blended",
    "Course",
    "Deferred",
    "Definition",
    "Goals",
    "Model",
    "ModelName",
    "Orbit",
    "Outcome",
    "Patience",
    "Pooling",
    "Redials",
    "Required",
    "Sinusoid",
    "Targets",
    "achieved",
    "asa_seconds",
    "backlog",
    "blend",
    "chat",
    "course",
    "deferred_agents",
    "deferred_profile",
    "deterministic",
    "erlang_a",
    "erlang_a_uncertain",
    "erlang_b",
    "erlang_c",
    "erlang_g",
    "erlang_lines",
    "erlang_x",
    "exponential",
    "first_attempts",
    "gamma_law",
    "garnett",
    "halfin_whitt",
    "lagged_offered",
    "load_for_blocking",
    "load_with_retries",
    "log_erlang_b",
    "log_erlang_c",
    "lognormal",
    "longest_aht",
    "mixture",
    "modified_load",
    "most_offered",
    "occupancy",
    "patience_of",
    "pooling",
    "required_agents",
    "required_by",
    "retrial_orbit",
    "service_level",
    "service_level_of_counts",
    "shortest_wait",
    "sinusoidal_load",
    "square_root_agents",
    "targets_of",
    "uniform",
    "weibull",
]
