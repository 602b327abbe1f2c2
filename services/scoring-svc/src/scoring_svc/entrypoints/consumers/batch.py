"""The handler of the consumer: events of a poll become one batch. Types that are not known are passed over."""

from collections.abc import Callable, Sequence

from scoring_svc.application.commands.take_batch import Batch, take_batch
from scoring_svc.application.ports import UnitOfWork
from scoring_svc.entrypoints.consumers.framework import read_framework_published, read_register_changed
from scoring_svc.entrypoints.consumers.submission import read_cycle_status, read_submission_state
from service_kit.envelope import Envelope

TOPICS = ("framework", "submission")
READERS: dict[str, Callable[[Envelope, Batch], None]] = {
    "framework.published.v1": read_framework_published,
    "register.changed.v1": read_register_changed,
    "cycle.opened.v1": read_cycle_status,
    "cycle.closed.v1": read_cycle_status,
    "submission.submitted.v1": read_submission_state,
    "submission.accepted.v1": read_submission_state,
    "submission.returned.v1": read_submission_state,
    "submission.withdrawn.v1": read_submission_state,
    "disclosure.changed.v1": read_submission_state,
    "claim.decided.v1": read_submission_state,
}


def handle(events: Sequence[Envelope], uow: UnitOfWork) -> None:
    """Bring new events to effect in the running transaction."""
    batch = Batch()
    for event in events:
        reader = READERS.get(event.type)
        if reader is not None:
            reader(event, batch)
    take_batch(batch, uow)
