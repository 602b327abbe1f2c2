"""Reads what a content is judged by: accepted answers of all cycles, reasons given before, codes with evidence."""

from uuid import UUID

from sqlalchemy import Connection, text

from submission_svc.application.queries.evidence_rows import evidence_codes
from submission_svc.domain.warnings.found import Accepted
from submission_svc.domain.warnings.judging import Facts
from submission_svc.domain.warnings.reasons import Given

# Of all submissions of the administration the content in force; of two cycles that know a figure the later one wins.
# Of this submission also what was in force last, and was withdrawn or returned since: nobody revises unasked that way.
_ACCEPTED = text(
    """
    select distinct on (a.input collate "C", a.year) a.input, a.year, a.value, c.code,
           s.in_force_at is not null as is_in_force, s.id = :submission as is_own
      from cycle c join submission s on s.cycle = c.code and s.administration = :administration
      join lateral (
           select coalesce(s.in_force_at, (
               select in_force_at from submission_step
                where submission = s.id and s.id = :submission and in_force_at is not null order by changes desc limit 1
           )) as at
      ) last on last.at is not null
      join answer a on a.submission = s.id and a.since <= last.at and a.until > last.at
     where c.population = :population and not c.is_rehearsal
     order by a.input collate "C", a.year, is_in_force desc, c.reporting_year desc, c.opens_on desc, c.code desc
    """
)
_GIVEN = text(
    """
    select distinct on (r.submission, r.warning)
           r.id, r.submission, r.warning, r.stem, r.figures_digest, r.code, r.text, r.at
      from warning_reason r join submission s on s.id = r.submission join cycle c on c.code = s.cycle
     where s.administration = :administration and c.population = :population
     order by r.submission, r.warning, r.id desc
    """
)


def read_facts(connection: Connection, population: str, administration: str, submission: UUID) -> Facts:
    """What the submission of an administration of a population is judged by."""
    wanted = {"population": population, "administration": administration, "submission": submission}
    return Facts(
        accepted=[Accepted(*row) for row in connection.execute(_ACCEPTED, wanted)],
        given=[Given(*row) for row in connection.execute(_GIVEN, wanted)],
        evidence=evidence_codes(connection, submission),
    )
