"""Loads the synthetic demo cycle through the public API; safe to run again after a break at any point."""

import hashlib
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from typing import Any

import httpx

from framework_spec.document import Framework
from local_stack.demo_client import ApiClient, settle
from local_stack.demo_data import REPORTING_YEAR, DemoSubmission, Member, make_submissions
from local_stack.demo_plan import DemoPlan, read_plan
from local_stack.errors import StackError
from pmm_cli.errors import RefusedError

CYCLE = "demo-2024"
FRAMEWORK, FRAMEWORK_VERSION = "openpmm-demo", "2"
NAME = {
    "en": "Demonstration cycle 2024 (synthetic data)",
    "fr": "Cycle de démonstration 2024 (données synthétiques)",
}
RETURN_REASON = "Synthetic example: please check the figures of the year before and submit again."
SECRETARIAT = "secretariat"
PARALLEL = 4
MOST_STEPS = 8
Progress = Callable[[int, int], None]


def load(
    gateway_url: str,
    token_for: Callable[[str], str],
    progress: Progress = lambda done, of: None,
    transport: httpx.BaseTransport | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> int:
    """Open the demo cycle and bring every synthetic submission to its place; return their number.

    `token_for` gives an access token for a client id. `progress(done, of)` is called after each administration.
    """
    client = ApiClient(gateway_url, token_for, transport, sleep)
    try:
        submissions = make_submissions(_framework(client), _members(client), shipped_plan())
        settle(lambda: _open_cycle(client, datetime.now(UTC).date()), sleep)
        # Alone first: it shows whether the services have heard of the cycle and the register already.
        settle(lambda: _bring(client, submissions[0]), sleep)
        progress(1, len(submissions))
        with ThreadPoolExecutor(PARALLEL) as pool:
            waiting = [pool.submit(_bring, client, submission) for submission in submissions[1:]]
            for done, finished in enumerate(as_completed(waiting), start=2):
                finished.result()
                progress(done, len(submissions))
        return len(submissions)
    finally:
        client.close()


def shipped_plan() -> DemoPlan:
    """Read the plan beside this module."""
    return read_plan((files("local_stack") / "demo_plan.yaml").read_text(encoding="utf-8"))


def _framework(client: ApiClient) -> Framework:
    path = f"/api/v1/frameworks/{FRAMEWORK}/versions/{FRAMEWORK_VERSION}"
    return Framework.model_validate_json(client.send(SECRETARIAT, "GET", path).content)


def _members(client: ApiClient) -> list[Member]:
    register = client.send(SECRETARIAT, "GET", "/api/v1/populations/wco-members").json()
    return [Member(each["code"], each["region"]) for each in register["administrations"] if each.get("region")]


def _open_cycle(client: ApiClient, today: date) -> None:
    if _get_or_none(client, f"/api/v1/cycles/{CYCLE}") is not None:
        return
    body = {
        "code": CYCLE,
        "name": NAME,
        "framework": FRAMEWORK,
        "framework_version": FRAMEWORK_VERSION,
        "reporting_year": REPORTING_YEAR,
        "opens_on": (today - timedelta(days=30)).isoformat(),
        "closes_on": (today + timedelta(days=335)).isoformat(),
        "is_rehearsal": False,
    }
    client.send(SECRETARIAT, "POST", "/api/v1/cycles", body, {"Idempotency-Key": _same_key("cycle", body)})


def _get_or_none(client: ApiClient, path: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = client.send(SECRETARIAT, "GET", path).json()
    except RefusedError as refused:
        if refused.status != 404:
            raise
        return None
    return found


def _bring(client: ApiClient, submission: DemoSubmission) -> None:
    """Ask how far the submission is and do the next step, until it is where it should be."""
    path = f"/api/v1/cycles/{CYCLE}/submissions/{submission.administration}"
    refused: RefusedError | None = None
    is_pushed = False
    for _ in range(MOST_STEPS):
        status = (_get_or_none(client, path) or {}).get("status")
        if status == submission.outcome and (is_pushed or status != "draft"):
            return
        try:
            if status == "submitted":
                _decide(client, path, submission)
            elif is_pushed:
                client.send(f"contact-{submission.administration.lower()}", "POST", f"{path}/submit")
            else:
                _push(client, path, submission)
                is_pushed = True
        except RefusedError as error:
            if error.status != 409:
                raise
            refused = error  # an answer was lost on the way and the step had been done; the next look tells
    raise refused or StackError(f"{submission.administration} does not reach {submission.outcome}")


def _push(client: ApiClient, path: str, submission: DemoSubmission) -> None:
    iso3 = submission.administration.lower()
    rows = [*submission.answers, *submission.claims]
    client.push_json(f"system-{iso3}", path, rows, _same_key(submission.administration, rows))
    client.send(f"contact-{iso3}", "PUT", f"{path}/disclosure", submission.disclosure)


def _decide(client: ApiClient, path: str, submission: DemoSubmission) -> None:
    if submission.outcome == "accepted":
        client.send(SECRETARIAT, "POST", f"{path}/accept")
    else:
        client.send(SECRETARIAT, "POST", f"{path}/return", {"reason": RETURN_REASON})


def _same_key(name: str, body: Any) -> str:
    """Equal content, equal key: sending it again after a break is recognised as the same push."""
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:16]
    return f"{CYCLE}-{name}-{digest}"
