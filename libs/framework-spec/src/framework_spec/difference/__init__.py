"""The semantic difference between two versions of a framework: typed changes, as data and as readable text."""

from framework_spec.difference.changes import Change, Difference, Version
from framework_spec.difference.comparing import difference
from framework_spec.difference.wording import describe

__all__ = ["Change", "Difference", "Version", "describe", "difference"]
