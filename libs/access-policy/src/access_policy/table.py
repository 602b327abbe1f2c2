"""The access table: role x level x thing, as data and the two questions that are asked of it.

`docs/access.md` shows the same table to people; a test holds the two against each other.
"""

from enum import StrEnum

from access_policy.levels import Level
from access_policy.viewer import Role, Viewer


class Relation(StrEnum):
    """How a viewer stands to the administration whose data are asked for."""

    OWN = "own"
    ASSIGNED = "assigned"
    OWN_REGION = "own_region"
    OTHER = "other"


class Thing(StrEnum):
    """Things whose visibility does not depend on a member's choice. Answers and scores follow disclosure instead."""

    CATALOGUE = "catalogue"
    REGISTER = "register"
    CYCLE = "cycle"
    REGIONAL_COUNTS = "regional_counts"
    PARTICIPATION = "participation"
    SUBMISSION = "submission"
    PREVIEW = "preview"
    REHEARSAL = "rehearsal"


# The level a viewer must reach for the administration concerned to see the thing.
NEEDED: dict[Thing, Level] = {
    Thing.CATALOGUE: Level.PUBLIC,
    Thing.REGISTER: Level.PUBLIC,
    Thing.CYCLE: Level.PUBLIC,
    Thing.REGIONAL_COUNTS: Level.PUBLIC,
    Thing.PARTICIPATION: Level.WCO,
    Thing.SUBMISSION: Level.RESTRICTED,
    Thing.PREVIEW: Level.RESTRICTED,
    Thing.REHEARSAL: Level.RESTRICTED,
}

# Up to which level each role sees the data of an administration it stands in that relation to. What is not listed is
# public: deny by default.
REACH: dict[tuple[Role, Relation], Level] = {
    (Role.SECRETARIAT, Relation.OTHER): Level.RESTRICTED,
    (Role.CONTACT_POINT, Relation.OWN): Level.RESTRICTED,
    (Role.CONTACT_POINT, Relation.OTHER): Level.WCO,
    (Role.SYSTEM, Relation.OWN): Level.RESTRICTED,
    (Role.REVIEWER, Relation.ASSIGNED): Level.RESTRICTED,
    (Role.REGIONAL_OFFICE, Relation.OWN_REGION): Level.WCO,
}


def level_of(viewer: Viewer, administration: str, region: str | None) -> Level:
    """The most closed level that the viewer may see for this administration."""
    reached = [Level.PUBLIC]
    for role in viewer.roles:
        if role is Role.INTEGRATOR and viewer.level is not None:
            reached.append(viewer.level)
        for relation in _relations(viewer, administration, region):
            reached.append(REACH.get((role, relation), Level.PUBLIC))
    return max(reached, key=lambda level: level.closedness)


def may_see(viewer: Viewer, thing: Thing, administration: str, region: str | None) -> bool:
    """Whether the viewer may see a thing of this administration; of a rehearsal, nobody is assigned to review it."""
    if thing is Thing.REHEARSAL and not (viewer.has_role(Role.SECRETARIAT) or viewer.acts_for(administration)):
        return False
    return level_of(viewer, administration, region).covers(NEEDED[thing])


def _relations(viewer: Viewer, administration: str, region: str | None) -> list[Relation]:
    relations = [Relation.OTHER]
    if viewer.administration == administration:
        relations.append(Relation.OWN)
    if region is not None and viewer.region == region:
        relations.append(Relation.OWN_REGION)
    if administration in viewer.assignments:
        relations.append(Relation.ASSIGNED)
    return relations
