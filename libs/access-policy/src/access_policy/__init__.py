"""Who may see what: the one place that decides it, for reads, averages, events, exports and error texts."""

from access_policy.cards import is_visible, redact_card, with_levels
from access_policy.connected import input_levels
from access_policy.levels import GRANTS, LEVELS, MOST_CLOSED, MOST_OPEN, Level, most_closed
from access_policy.roles import Relation, Role
from access_policy.table import REACH, Thing, level_of, may_see
from access_policy.viewer import (
    PUBLIC_VIEWER,
    InvalidClaimsError,
    Viewer,
    claims_reader,
    viewer_from_claims,
    within,
)

__all__ = [
    "GRANTS",
    "LEVELS",
    "MOST_CLOSED",
    "MOST_OPEN",
    "PUBLIC_VIEWER",
    "REACH",
    "InvalidClaimsError",
    "Level",
    "Relation",
    "Role",
    "Thing",
    "Viewer",
    "claims_reader",
    "input_levels",
    "is_visible",
    "level_of",
    "may_see",
    "most_closed",
    "redact_card",
    "viewer_from_claims",
    "with_levels",
    "within",
]
