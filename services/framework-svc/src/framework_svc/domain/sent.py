"""What somebody sent of a register: where in it a fault stands, and what is there now and would be lost by it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from framework_svc.domain.population import Population
from framework_svc.domain.register_changes import KINDS, Part, part_of
from service_kit.errors import Finding, Kind, ProblemError

MOST_NAMED = 20
# The short ways of "always", by the field that has the days.
SHORT = {"regions": "region", "members": "administrations"}


@dataclass(frozen=True)
class Sent:
    """The fields as they were sent, null included; `at` is the JSON Pointer of the part in the register.

    Nothing was sent for a removal, nor by who makes a register himself; then there is no place to point to.
    """

    content: dict[str, Any] | None = None
    at: str = ""

    def pointing(self, finding: Finding) -> Finding:
        """The finding with the place in what was sent that it is about, or without one where it is about the rest."""
        return replace(finding, pointer=self._place(finding.pointer))

    def _place(self, pointer: str | None) -> str | None:
        if pointer is None or self.content is None or not f"{pointer}/".startswith(f"{self.at}/"):
            return None
        here: Any = self.content
        known = ""
        for step in pointer.removeprefix(self.at).split("/")[1:]:
            key = _key(here, step)
            if key is None:
                break
            here, known = here[key], f"{known}/{key}"
        return known or None


def _key(here: Any, step: str) -> str | int | None:
    """The step itself where it leads on, or the short field in the place of the one that it names."""
    if isinstance(here, list):
        return int(step) if int(step) < len(here) else None
    if not isinstance(here, dict):
        return None
    return next((name for name in (step, SHORT.get(step, "")) if here.get(name) is not None), None)


NOTHING = Sent()


def refuse_loss(present: Part | Population | None, sent: Sent, faults: list[Finding]) -> None:
    """Refuse what would take fields away from what is there now without saying so; null, or an empty list, says so.

    Of a register, each part that was sent is held against the present one with its code; a part that is not in a list
    that was sent is taken away. `faults` are what else is wrong, to be told at once.

    Raises:
        ProblemError: `register.would_lose` (422) with every field and every fault.
    """
    lost = list(_lost(present, sent.content)) if present and sent.content is not None else []
    if not lost:
        return
    names = ", ".join(f"`{name}`" for name in lost[:MOST_NAMED])
    more = f" and {len(lost) - MOST_NAMED} more" if len(lost) > MOST_NAMED else ""
    detail = f"What you sent leaves out what {present.code if present else ''} has: {names}{more}. Nothing was saved."
    findings = tuple(
        Finding(
            "register.would_lose",
            f"`{name}` is there now and would be lost.",
            pointer="/" + name.replace(".", "/"),
            hint=f"Read what is at this address and send all of it with your change in it, or {_nothing(name)} to take"
            " this away.",
        )
        for name in lost
    )
    raise ProblemError("register.would_lose", Kind.INVALID, detail, findings=(*findings, *faults))


def _lost(present: Part | Population, sent: dict[str, Any]) -> Iterator[str]:
    """The names of what would be lost, with dots; of parts in a list with their place in what was sent."""
    for name, value in present.model_dump(mode="json", exclude_defaults=True, exclude={"code"}).items():
        if name == "names" and isinstance(sent.get("names"), dict):
            yield from (f"names.{language}" for language in value if language not in sent["names"])
        elif name not in sent and not (SHORT.get(name) in sent and _is_undated(value)):
            yield name
    if isinstance(present, Population):
        for kind in KINDS:
            for place, each in enumerate(sent.get(kind, ())):
                part = part_of(present, kind, each["code"])
                yield from (f"{kind}.{place}.{name}" for name in (_lost(part, each) if part else ()))


def _nothing(name: str) -> str:
    """How to say that something is to go: the lists of a register are never null."""
    return "an empty list" if name in KINDS else "null"


def _is_undated(periods: list[dict[str, Any]]) -> bool:
    """Whether the short field says as much: each entry names a code, and no days."""
    return all(len(period) == 1 for period in periods)
