"""Who reads French is refused in French: by the route, by its commands, by the kit, and by a job."""

from typing import Any

import pytest

from tests.support.push_jobs import Worker, job, queue

ONE = "/c-2024/submissions/KEN"
FRENCH = {"accept-language": "fr"}
HTML = {"content-type": "text/html"}


def refused(service: Any, method: str, path: str, person: str | None = "contact-ken", **sent: Any) -> tuple[str, str]:
    """Code and sentence of a refusal that is French as a whole."""
    headers = {**FRENCH, **sent.pop("headers", {})}
    answer = service.call(method, path, person, headers=headers, **sent)
    assert answer.headers["content-language"] == "fr", answer.text
    problem = answer.json()
    english = service.call(method, path, person, headers={**headers, "accept-language": "en"}, **sent)
    assert english.headers["content-language"] == "en"
    assert english.json()["code"] == problem["code"]
    assert english.json()["title"] != problem["title"]
    return problem["code"], problem["detail"]


@pytest.mark.parametrize(
    ("method", "path", "sent", "code", "words"),
    [
        ("GET", "/nowhere", {}, "cycle.not_found", "Il n\u2019y a pas de cycle nowhere."),
        ("GET", f"{ONE}/jobs/00000000-0000-4000-8000-000000000000", {}, "job.not_found", "n\u2019a pas de tâche"),
        ("DELETE", f"{ONE}/answers?scope=all", {}, "submission.not_found", "KEN n\u2019a pas de soumission"),
        ("POST", f"{ONE}/answers?mode=replace", {"json": {}}, "answers.scope_required", "Dites ce qui doit partir"),
        ("POST", f"{ONE}/answers", {"headers": HTML}, "answers.media_type", "Envoyez les réponses comme"),
        ("POST", f"{ONE}/evidence?about=HOURS&name=a.pdf", {}, "evidence.empty", "Le fichier a.pdf est vide."),
        ("GET", f"{ONE}?languge=fr", {}, "request.unknown_parameter", "n\u2019admet pas de paramètre languge"),
    ],
)
def test_requests_that_cannot_be_met(
    service: Any, method: str, path: str, sent: dict[str, Any], code: str, words: str
) -> None:
    found, detail = refused(service, method, path, **sent)
    assert found == code
    assert words in detail


def test_what_the_state_of_a_submission_refuses(service: Any, make: Any) -> None:
    service.push(make.figure())
    other = {"if-match": '"9.9"'}
    code, detail = refused(service, "PUT", f"{ONE}/disclosure", json={"default": "public"}, headers=other)
    assert code == "submission.changed"
    assert "son état est maintenant «\u00a0brouillon\u00a0», révision 0." in detail
    service.move("submit", "contact-ken")
    code, detail = refused(service, "POST", f"{ONE}/revise")
    assert code == "submission.wrong_status"
    assert detail.endswith(
        "à l\u2019état «\u00a0en révision\u00a0»\u00a0; c\u2019est possible depuis «\u00a0acceptée\u00a0»."
    )
    code, detail = refused(service, "POST", f"{ONE}/answers", json={"answers": [make.figure(value=2)]})
    assert code == "submission.locked"
    assert detail.startswith("La soumission de KEN ne peut pas être modifiée\u00a0: elle attend d\u2019être acceptée.")


def test_what_the_cycle_refuses(service: Any, make: Any) -> None:
    service.open_cycle("c-next", opens_on="2035-01-01", closes_on="2035-12-31")
    answers = {"answers": [make.figure()]}
    code, detail = refused(service, "POST", "/c-next/submissions/KEN/answers", json=answers)
    assert code == "cycle.not_open"
    assert detail.startswith("Le cycle c-next accepte les soumissions du 2035-01-01 au 2035-12-31 (UTC)\u00a0; nous")
    service.close()
    assert refused(service, "POST", f"{ONE}/answers", json=answers) == (
        "cycle.closed",
        "Le cycle c-2024 est clos\u00a0; il n\u2019accepte plus de soumissions.",
    )


def test_a_key_that_was_used_for_something_else(service: Any, make: Any) -> None:
    key = {"idempotency-key": "one"}
    service.call("POST", f"{ONE}/answers", "contact-ken", json={"answers": [make.figure()]}, headers=key)
    code, detail = refused(service, "POST", f"{ONE}/answers", json={"answers": [make.figure(value=2)]}, headers=key)
    assert code == "idempotency.key_reused"
    assert detail.startswith("Cette Idempotency-Key a servi")


def test_a_stranger_and_somebody_without_a_token(service: Any) -> None:
    assert refused(service, "GET", f"{ONE}/jobs", "contact-uga")[0] == "submission.foreign"
    assert refused(service, "GET", f"{ONE}/jobs", None) == (
        "token.missing",
        "Il faut un jeton\u00a0; sans jeton, rien n\u2019est montré.",
    )


def test_the_outcome_of_a_job_is_in_the_language_of_its_push(service: Any, make: Any, worker: Worker) -> None:
    queued = queue(service, make.figure("HUORS"), headers=FRENCH)
    assert worker.work()
    outcome = job(service, queued)["outcome"]
    assert outcome["title"] == "Une partie de ce qui a été envoyé n\u2019est pas valable"
    assert outcome["detail"].startswith("1 erreur")
