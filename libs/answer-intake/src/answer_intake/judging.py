"""Judges a file by a rule pack, from its bytes to the report: what the server says of it into an empty submission."""

from datetime import date

from answer_intake.checking import check
from answer_intake.findings import UnreadableError
from answer_intake.formats import Format
from answer_intake.reading import read
from answer_intake.report import Report
from answer_intake.rulebook import Rulebook
from answer_intake.violations import content_of, violations
from answer_intake.workbook.facts import TemplateFacts
from answer_intake.workbook.placed import refuse_other_template
from framework_spec.rules import RulePack


def judge(
    body: bytes, fmt: Format, pack: RulePack, reporting_year: int, own: TemplateFacts, on: date, language: str
) -> Report:
    """The whole report on a file of one administration; a file that cannot be read has one finding.

    `own` is what a template must have been made for; its administration is the one that the file is about. Rules are
    asked only where every row is good: on half a content they would complain of what is not there.
    """
    administration = own.administration or ""
    try:
        table = read(body, fmt, many=False)
        refuse_other_template(table, own)
    except UnreadableError as error:
        return Report(fmt, 0, [error.finding])
    checked = check(table, Rulebook.of(pack, reporting_year), member=administration)
    if checked.findings:
        return Report(fmt, table.received, checked.findings, checked.notes)
    content = content_of(checked.taken, administration, reporting_year)
    return Report(fmt, table.received, (), checked.notes, violations(pack, content, on, language))
