"""Who a viewer can be, and how he can stand to an administration: the two things that reach depends on."""

from enum import StrEnum


class Role(StrEnum):
    """Roles a token may carry. No token at all means the public."""

    SECRETARIAT = "secretariat"
    CONTACT_POINT = "contact_point"
    SYSTEM = "system"
    REVIEWER = "reviewer"
    REGIONAL_OFFICE = "regional_office"
    INTEGRATOR = "integrator"
    LOADER = "loader"


class Relation(StrEnum):
    """How a viewer stands to the administration whose data are asked for."""

    OWN = "own"
    ASSIGNED = "assigned"
    OWN_REGION = "own_region"
    OTHER = "other"
