"""What a cycle asks for, kept on this machine so that files can be checked without a connection."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from answer_intake.workbook.facts import TemplateFacts
from framework_spec.rules import RulePack
from pmm_cli.api import Api
from pmm_cli.errors import Exit, PmmError, Said
from pmm_cli.files import write_file
from pmm_cli.patience import ATTEMPTS
from pmm_cli.session import Session

NEVER_FETCHED = "{why} The rules of {cycle} were never fetched here: do this once while the server answers."


@dataclass(frozen=True)
class CycleRules:
    """The rule pack of a cycle's framework version; `kept_at` is when it was last fetched, UTC."""

    cycle: str
    reporting_year: int
    framework: str
    framework_version: str
    pack_json: str
    kept_at: str
    names: dict[str, dict[str, str]]  # of inputs, by code and language
    framework_digest: str | None = None  # None where it was kept before digests were
    is_fresh: bool = True

    @property
    def pack(self) -> RulePack:
        """The rules themselves."""
        return RulePack.model_validate_json(self.pack_json)

    def own_template(self, administration: str) -> TemplateFacts:
        """What a template must have been made for, to be one of this cycle."""
        framework = (self.framework, self.framework_version, self.framework_digest)
        return TemplateFacts(self.cycle, administration or None, *framework)


def rules_of(session: Session, cycle: str) -> CycleRules:
    """The rules of a cycle: from the server, or as they were kept when it does not answer, which is then told.

    Raises:
        PmmError: `rules.not_kept` when the server does not answer and nothing was kept; or the server's refusal.
    """
    place = _place(user_cache_path("openpmm"), session.api.url, cycle)
    kept = _kept(place)
    try:
        rules = _fetched(session.api, cycle, ATTEMPTS if kept is None else 1)
    except PmmError as error:
        if error.exit_code is not Exit.UNAVAILABLE:
            raise
        if kept is None:
            message = Said(NEVER_FETCHED, {"why": str(error), "cycle": cycle})
            raise PmmError("rules.not_kept", message, Exit.UNAVAILABLE) from error
        said = "The server does not answer; these are its rules of {moment} UTC."
        session.output.note(said, moment=kept.kept_at[:16])
        return kept
    place.parent.mkdir(parents=True, exist_ok=True)
    write_file(place, json.dumps(asdict(rules)).encode())
    return rules


def _fetched(api: Api, cycle: str, attempts: int) -> CycleRules:
    found: dict[str, Any] = api.get(f"/api/v1/cycles/{cycle}", attempts=attempts)
    code, version = found["framework"], found["framework_version"]
    path = f"/api/v1/frameworks/{code}/versions/{version}"
    names = {each["code"]: each.get("name") or {} for each in api.get(path)["inputs"]}
    pack = api.send("GET", f"{path}/rule-pack").text
    now, digest = datetime.now(UTC).isoformat(), found["framework_digest"]
    return CycleRules(cycle, found["reporting_year"], code, version, pack, now, names, digest)


def _kept(place: Path) -> CycleRules | None:
    """What was kept, where it is there and whole."""
    try:
        rules = CycleRules(**{**json.loads(place.read_bytes()), "is_fresh": False})
        rules.pack  # noqa: B018 - whether it can be read
    except (OSError, ValueError, TypeError):
        return None
    return rules


def _place(folder: Path, url: str, cycle: str) -> Path:
    host = "".join(each if each.isalnum() else "-" for each in url)
    return folder / "rules" / host / f"{cycle}.json"
