"""Checks of a register: everything that contradicts itself, told at once."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from framework_svc.domain.population import Population
from framework_svc.domain.register_facts import Dated, overlap
from framework_svc.domain.sent import Sent
from service_kit.errors import Finding, Kind, ProblemError

Check = Callable[[Population], Iterator[Finding]]


def check(population: Population, sent: Sent) -> None:
    """Refuse a register that contradicts itself; the faults point into what was sent.

    Raises:
        ProblemError: `population.invalid` (422) with every fault.
    """
    findings = faults_of(population, sent)
    if findings:
        faults = "a fault" if len(findings) == 1 else f"{len(findings)} faults"
        detail = f"The register has {faults}; nothing was saved."
        raise ProblemError("population.invalid", Kind.INVALID, detail, findings=tuple(findings))


def faults_of(population: Population, sent: Sent) -> list[Finding]:
    """Every fault of the register, pointing into what was sent."""
    return [sent.pointing(finding) for find in CHECKS for finding in find(population)]


def _duplicates(population: Population) -> Iterator[Finding]:
    lists: dict[str, Iterable[str]] = {
        "administration": (each.code for each in population.administrations),
        "region": (each.code for each in population.regions),
        "office": (each.code for each in population.offices),
        "group": (each.code for each in population.groups),
    }
    for kind, codes in lists.items():
        for code, count in Counter(codes).items():
            if count > 1:
                yield Finding(f"population.duplicate_{kind}", f"{code} stands {count} times.", hint="Keep one of them.")


def _unknown_regions(population: Population) -> Iterator[Finding]:
    known = {region.code for region in population.regions}
    named = [
        (f"/administrations/{place}/regions/{number}/region", each.code, membership.region)
        for place, each in enumerate(population.administrations)
        for number, membership in enumerate(each.regions)
    ] + [
        (f"/offices/{place}/region", office.code, office.region)
        for place, office in enumerate(population.offices)
        if office.region is not None
    ]
    for pointer, code, region in named:
        if region not in known:
            yield Finding(
                "population.unknown_region",
                f"{code} names the region {region}, which the register does not have.",
                pointer=pointer,
                hint=f"Known regions: {', '.join(sorted(known)) or 'none'}.",
            )


def _unknown_members(population: Population) -> Iterator[Finding]:
    known = {administration.code for administration in population.administrations}
    for number, group in enumerate(population.groups):
        for place, member in enumerate(group.members):
            if member.administration not in known:
                yield Finding(
                    "population.unknown_member",
                    f"The group {group.code} names {member.administration}, which the register does not have.",
                    pointer=f"/groups/{number}/members/{place}",
                )


def _periods(population: Population) -> Iterator[Finding]:
    for pointer, code, period in _dated(population):
        if period.is_empty:
            yield Finding(
                "population.empty_period",
                f"{code}: valid_until ({period.valid_until}) is not after valid_from ({period.valid_from}).",
                pointer=f"{pointer}/valid_until",
                hint="valid_until is the first day on which it holds no more.",
            )


def _dated(population: Population) -> Iterator[tuple[str, str, Dated]]:
    for place, office in enumerate(population.offices):
        yield f"/offices/{place}", office.code, office
    for place, each in enumerate(population.administrations):
        yield f"/administrations/{place}", each.code, each
        for number, membership in enumerate(each.regions):
            yield f"/administrations/{place}/regions/{number}", f"{each.code} in {membership.region}", membership
    for place, group in enumerate(population.groups):
        for number, member in enumerate(group.members):
            yield f"/groups/{place}/members/{number}", f"{member.administration} in {group.code}", member


def _regions_at_once(population: Population) -> Iterator[Finding]:
    for place, each in enumerate(population.administrations):
        if overlap(each.regions):
            yield Finding(
                "population.overlapping_regions",
                f"{each.code} is in two regions, or twice in one, on the same day.",
                pointer=f"/administrations/{place}/regions",
                hint="End one of them with valid_until on the day on which the next begins.",
            )


def _groups_at_once(population: Population) -> Iterator[Finding]:
    """Nobody is twice in a group on one day, nor in two groups that exclude each other."""
    memberships: dict[tuple[str, str], list[Dated]] = defaultdict(list)
    for group in population.groups:
        scheme = f"the scheme {group.scheme}" if group.scheme else f"the group {group.code}"
        for member in group.members:
            memberships[scheme, member.administration].append(member)
    for (called, administration), periods in memberships.items():
        if overlap(periods):
            yield Finding(
                "population.overlapping_groups",
                f"{administration} is more than once in {called} on the same day.",
                hint="End one of them with valid_until, or take one away. Groups of one scheme exclude each other.",
            )


CHECKS: tuple[Check, ...] = (
    _duplicates, _unknown_regions, _unknown_members, _periods, _regions_at_once, _groups_at_once
)  # fmt: skip
