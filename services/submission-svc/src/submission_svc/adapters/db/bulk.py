"""Writes many answers at once by COPY: an array of a hundred thousand texts costs more than the rows themselves.

Submissions that hold no answers yet get theirs straight into the table. The answers of all others go into a table of
this transaction first, and from there end what is other than pushed and add what does not hold yet.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from answer_intake.taken import AnswerEntry, AnswerKey
from submission_svc.domain.content import Written

LARGE = 1_000  # answers; fewer are written faster by one statement each
LINES_A_PIECE = 5_000
Answers = Mapping[AnswerKey, AnswerEntry]
Row = tuple[AnswerKey, AnswerEntry]
_COLUMNS = "submission, input, year, state, value, status, reason, comment, period"
_HOLDING = text(
    "select id from unnest(cast(:ids as uuid[])) id"
    " where exists (select 1 from answer where submission = id and until = 'infinity')"
)
_STAGE = text(f"create temporary table pushed_answer on commit drop as select {_COLUMNS} from answer limit 0")  # noqa: S608 - constant
_ANALYSE = text("analyze pushed_answer")
_SAME = "(present.submission, present.input, present.year) = (pushed.submission, pushed.input, pushed.year)"
_END = text(
    f"""
    with ended as (
        update answer present set until = :at from pushed_answer pushed
         where {_SAME} and present.until = 'infinity'
           and (present.state, present.value, present.status, present.reason, present.comment, present.period)
               is distinct from
               (pushed.state, pushed.value, pushed.status, pushed.reason, pushed.comment, pushed.period)
        returning present.submission
    )
    select submission, count(*) from ended group by submission
    """  # noqa: S608 - constant text
)
_ADD = text(
    f"""
    with added as (
        insert into answer ({_COLUMNS}, since)
        select pushed.*, :at from pushed_answer pushed
          left join answer present on {_SAME} and present.until = 'infinity'
         where present.submission is null
        returning submission
    )
    select submission, count(*) from added group by submission
    """  # noqa: S608 - constant text
)


def write_many(connection: Connection, answers: Answers, ids: Mapping[str, UUID], at: datetime) -> dict[UUID, Written]:
    """Merge answers into submissions as of `at`; only what differs is written."""
    texts = {administration: str(number) for administration, number in ids.items()}
    holding = set(connection.execute(_HOLDING, {"ids": list(texts.values())}).scalars())
    known = {administration for administration, number in ids.items() if number in holding}
    written = _add_first(connection, answers, known, texts, at)
    changed = _merge(connection, [row for row in answers.items() if row[0][0] in known], texts, at) if known else {}
    return {**{ids[administration]: Written(count) for administration, count in written.items()}, **changed}


def _add_first(
    connection: Connection, answers: Answers, known: Collection[str], ids: Mapping[str, str], at: datetime
) -> Counter[str]:
    """Answers of submissions that hold none; how many, by administration."""
    first = [row for row in answers.items() if row[0][0] not in known] if known else list(answers.items())
    if first:
        _copy(connection, f"answer ({_COLUMNS}, since)", _lines(first, ids, f"\t{at.isoformat()}\n"))
    return Counter(key[0] for key, _ in first)


def _merge(connection: Connection, rows: list[Row], ids: Mapping[str, str], at: datetime) -> dict[UUID, Written]:
    if not rows:
        return {}
    connection.execute(_STAGE)
    _copy(connection, "pushed_answer", _lines(rows, ids, "\n"))
    connection.execute(_ANALYSE)
    ended: dict[UUID, int] = dict(connection.execute(_END, {"at": at}).all())
    added: dict[UUID, int] = dict(connection.execute(_ADD, {"at": at}).all())
    # What was ended and added again was updated.
    return {
        submission: Written(count - ended.get(submission, 0), ended.get(submission, 0))
        for submission, count in added.items()
    }


def _copy(connection: Connection, target: str, lines: Iterator[str]) -> None:
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"copy {target} from stdin") as copy:
        while piece := "".join(islice(lines, LINES_A_PIECE)):
            copy.write(piece)


def _lines(rows: Iterable[Row], ids: Mapping[str, str], end: str) -> Iterator[str]:
    r"""The rows as COPY reads them: columns between tabs, \N for nothing."""
    for (administration, code, year), (_, state, value, comment, status, reason, period) in rows:
        number = r"\N" if value is None else repr(value)
        if comment is status is reason is period is None:
            yield f"{ids[administration]}\t{code}\t{year}\t{state}\t{number}\t\\N\t\\N\t\\N\t\\N{end}"
        else:
            others = "\t".join(map(_text, (status, reason, comment, period)))
            yield f"{ids[administration]}\t{code}\t{year}\t{state}\t{number}\t{others}{end}"


def _text(cell: str | None) -> str:
    if cell is None:
        return r"\N"
    return cell.replace("\\", "\\\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")
