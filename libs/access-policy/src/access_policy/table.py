"""The access table: role x level x thing, as data and the two questions that are asked of it.

`docs/access.md` shows the same table to people; a test holds the two against each other.
"""

from enum import StrEnum

from access_policy.levels import CONFIGURED, MOST_CLOSED, MOST_OPEN, Level, most_closed
from access_policy.roles import Relation, Role
from access_policy.viewer import Viewer


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
    Thing.CATALOGUE: MOST_OPEN,
    Thing.REGISTER: MOST_OPEN,
    Thing.CYCLE: MOST_OPEN,
    Thing.REGIONAL_COUNTS: MOST_OPEN,
    Thing.PARTICIPATION: Level(CONFIGURED.participation),
    Thing.SUBMISSION: MOST_CLOSED,
    Thing.PREVIEW: MOST_CLOSED,
    Thing.REHEARSAL: MOST_CLOSED,
}

# Up to which level each role sees the data of an administration it stands in that relation to. What is not listed is
# the most open level: deny by default.
REACH: dict[tuple[Role, Relation], Level] = {who: Level(code) for who, code in CONFIGURED.reached.items()}


def level_of(viewer: Viewer, administration: str, region: str | None) -> Level:
    """The most closed level that the viewer may see for this administration."""
    reached = [MOST_OPEN]
    for role in viewer.roles:
        if role is Role.INTEGRATOR and viewer.level is not None:
            reached.append(viewer.level)
        for relation in _relations(viewer, administration, region):
            reached.append(REACH.get((role, relation), MOST_OPEN))
    return most_closed(reached)


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
