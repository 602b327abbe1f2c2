"""The handler of the one consumer of all topics: each that waits for messages costs time, even where none come."""

from collections.abc import Sequence

from reporting_svc.application.ports import UnitOfWork
from reporting_svc.entrypoints.consumers import framework, score, submission
from service_kit.envelope import Envelope

TOPICS = ("framework", "submission", "score")
ACTIONS = {**framework.ACTIONS, **submission.ACTIONS, **score.ACTIONS}


def handle(events: Sequence[Envelope], uow: UnitOfWork) -> None:
    """Bring the events to effect, in order; other types are none of our business."""
    for event in events:
        take = ACTIONS.get(event.type)
        if take is not None:
            take(event, uow)
