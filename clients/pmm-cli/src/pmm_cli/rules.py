"""What a cycle asks for, kept on this machine so that files can be checked without a connection."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from framework_spec.rules import RulePack
from pmm_cli.api import Api
from pmm_cli.errors import Exit, PmmError, UnreachableError


@dataclass(frozen=True)
class CycleRules:
    """The rule pack of a cycle's framework version; `kept_at` is when it was last fetched, UTC."""

    cycle: str
    reporting_year: int
    framework: str
    framework_version: str
    pack_json: str
    kept_at: str
    is_fresh: bool = True

    @property
    def pack(self) -> RulePack:
        """The rules themselves."""
        return RulePack.model_validate_json(self.pack_json)


def rules_of(api: Api, cycle: str, folder: Path | None = None) -> CycleRules:
    """The rules of a cycle: from the server, or as they were kept when it does not answer.

    Raises:
        PmmError: `rules.not_kept` when the server does not answer and nothing was kept; or the server's refusal.
    """
    place = _place(folder or user_cache_path("openpmm"), api.url, cycle)
    try:
        rules = _fetched(api, cycle)
    except UnreachableError as error:
        if not place.exists():
            message = f"{error} The rules of {cycle} were never fetched here: do this once while the server answers."
            raise PmmError("rules.not_kept", message, Exit.UNAVAILABLE) from error
        return CycleRules(**{**json.loads(place.read_text(encoding="utf-8")), "is_fresh": False})
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(asdict(rules)), encoding="utf-8")
    return rules


def _fetched(api: Api, cycle: str) -> CycleRules:
    found: dict[str, Any] = api.get(f"/api/v1/cycles/{cycle}")
    code, version = found["framework"], found["framework_version"]
    pack = api.send("GET", f"/api/v1/frameworks/{code}/versions/{version}/rule-pack").text
    return CycleRules(cycle, found["reporting_year"], code, version, pack, datetime.now(UTC).isoformat())


def _place(folder: Path, url: str, cycle: str) -> Path:
    host = "".join(each if each.isalnum() else "-" for each in url)
    return folder / "rules" / host / f"{cycle}.json"
