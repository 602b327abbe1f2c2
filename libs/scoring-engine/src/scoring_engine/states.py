"""The states of a node for one administration; missing, not applicable, opted out and zero stay four things."""

from enum import IntEnum


class State(IntEnum):
    """The state of a node; the name in small letters stands in the score card."""

    SCORED = 0
    MISSING = 1
    NOT_APPLICABLE = 2
    OPTED_OUT = 3
    UNDER_THRESHOLD = 4
    CONTEXT_ONLY = 5

    @property
    def label(self) -> str:
        """The word of the state in a score card."""
        return self.name.lower()


CLAIMS = {"not_applicable": State.NOT_APPLICABLE, "opted_out": State.OPTED_OUT}
