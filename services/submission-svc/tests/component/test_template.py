"""The workbook to fill in: what stands in it from the start, and that it is taken back as it is."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from answer_intake.formats import XLSX_TYPE

ONE = "/c-2024/submissions/KEN"


def fetched(service: Any, person: str = "contact-ken", **options: Any) -> bytes:
    """The template."""
    answer = service.call("GET", f"{options.pop('path', ONE)}/template", person, params=options)
    assert (answer.status_code, answer.headers["content-type"]) == (200, XLSX_TYPE)
    assert answer.headers["cache-control"] == "private, no-cache"
    body: bytes = answer.content
    return body


def upload(service: Any, body: bytes, member: str = "KEN", cycle: str = "c-2024", **options: Any) -> Any:
    """Push a workbook."""
    path = f"/{cycle}/submissions/{member}/answers"
    return service.call("POST", path, "loader", content=body, headers={"content-type": XLSX_TYPE}, params=options)


def test_a_template_comes_in_the_language_asked_for(service: Any) -> None:
    assert load_workbook(BytesIO(fetched(service))).sheetnames[0] == "Answers"
    assert load_workbook(BytesIO(fetched(service, language="fr"))).sheetnames[0] == "Réponses"


def test_a_template_with_the_draft_in_it_changes_nothing_when_it_is_pushed(service: Any, make: Any) -> None:
    service.push(
        make.figure("HOURS", 12.5, comment="=1+1", status="E"),
        {"code": "BALANCE", "year": 2024, "state": "missing"},
        {"code": "K-SHARE", "state": "opted_out", "reason": "No figures."},
    )
    before = (service.table("answer"), service.table("claim"))
    answer = upload(service, fetched(service))
    assert (answer.status_code, answer.json()["unchanged"]) == (200, 3), answer.text
    replaced = upload(service, fetched(service, language="fr"), mode="replace", scope="all")
    assert (replaced.status_code, replaced.json()["unchanged"]) == (200, 3), replaced.text
    assert (service.table("answer"), service.table("claim")) == before


def test_what_was_accepted_for_the_same_calendar_year_stands_in_it(service: Any, make: Any) -> None:
    service.push(make.figure("DECLARATIONS_ALL", 77), make.figure("HOURS", 5))
    service.move("submit", "contact-ken")
    service.move("accept", "secretariat")
    service.clock.now = service.clock.now.replace(month=4)
    assert service.open_cycle("c-2025", reporting_year=2025).status_code == 201
    answer = upload(service, fetched(service, path="/c-2025/submissions/KEN"), cycle="c-2025")
    assert answer.json()["created"] == 1, answer.text
    held = service.rows(
        "select input, year, value from answer a join submission s on s.id = a.submission where s.cycle = 'c-2025'"
    )
    assert held == [("DECLARATIONS_ALL", 2024, 77.0)]


def test_what_was_accepted_for_the_year_before_stands_beside_each_figure(service: Any, make: Any) -> None:
    service.push(make.figure("HOURS", 5), {"code": "BALANCE", "year": 2024, "state": "missing"})
    service.move("submit", "contact-ken")
    service.move("accept", "secretariat")
    assert service.open_cycle("c-2025", reporting_year=2025).status_code == 201
    sheet = load_workbook(BytesIO(fetched(service, path="/c-2025/submissions/KEN"))).worksheets[0]
    assert [cell.value for cell in sheet[4]][:7:5] == ["Code", "Earlier value"]
    earlier = {row[0].value: row[5].value for row in sheet.iter_rows(min_row=5) if row[2].value == 2025}
    assert (earlier["HOURS"], earlier["BALANCE"]) == (5, None)


def test_a_template_is_not_taken_for_another_member(service: Any) -> None:
    answer = upload(service, fetched(service), member="UGA")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "workbook.other_administration"


@pytest.mark.parametrize(("person", "status"), [("contact-uga", 403), ("reviewer", 403), (None, 401), ("loader", 403)])
def test_a_template_is_for_those_who_may_read_the_submission(service: Any, person: str | None, status: int) -> None:
    assert service.call("GET", f"{ONE}/template", person).status_code == status
