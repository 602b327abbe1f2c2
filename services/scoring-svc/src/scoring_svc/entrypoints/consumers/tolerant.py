"""The base of all readers of events."""

from pydantic import BaseModel, ConfigDict


class Tolerant(BaseModel):
    """A reader ignores what it does not use: additions are always allowed.

    What it cannot read is told without the values, because such errors are logged.
    """

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)
