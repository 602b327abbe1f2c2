"""Server-sent events are read as the standard says."""

from tests.reference.score_stream import Event, events_in


def test_reads_id_type_and_data_and_passes_over_comments() -> None:
    lines = [
        ": keep alive",
        "",
        "id: 7",
        "event: score.updated",
        'data: {"administration": "AAA",',
        'data: "score": 1}',
    ]
    assert list(events_in([*lines, ""])) == [Event("7", "score.updated", {"administration": "AAA", "score": 1})]


def test_keeps_an_unfinished_event_for_later() -> None:
    assert list(events_in(["id: 1", "data: {}"])) == []
