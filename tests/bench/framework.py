"""Speed of frameworks: publishing a large one through the gateway, and reading what is published."""

import statistics
from functools import partial

from tests.bench.figures import Figure, timed, wrk
from tests.support.gateway import Api

KPIS = 1_000
GROUPS = 20
YAML = {"content-type": "application/yaml"}
DEMO = "/api/v1/frameworks/openpmm-demo/versions/1"


def large_framework(version: int) -> str:
    """A framework of a thousand KPIs over as many inputs, in two languages, with a rule for every tenth."""
    inputs = "\n".join(
        f"  - {{code: I{n}X, name: {{en: Input {n}, fr: Donnée {n}}}, unit: count, minimum: 0}}" for n in range(KPIS)
    )
    rules = "\n".join(
        f'  - {{id: R{n}X, kind: comparison, severity: error, check: "I{n}X <= 10 * I{n - 1}X",'
        f" text: {{en: Too much, fr: Trop}}}}"
        for n in range(1, KPIS, 10)
    )
    groups = "\n".join(
        f"    - code: G{group}X\n      kind: dimension\n      name: {{en: Group {group}, fr: Groupe {group}}}\n"
        "      children:\n" + "\n".join(_kpi(n) for n in range(group, KPIS, GROUPS))
        for group in range(GROUPS)
    )
    return f"""spec: openpmm.framework/1
code: large
version: "{version}"
purpose: scoring
population: wco-members
label: {{en: Benchmark, fr: Mesure}}
name: {{en: Large, fr: Grand}}
languages: [en, fr]
inputs:
{inputs}
rules:
{rules}
root:
  code: ROOT
  kind: index
  name: {{en: Root, fr: Racine}}
  children:
{groups}
"""


def _kpi(number: int) -> str:
    return (
        f"        - code: K{number}X\n          kind: kpi\n          name: {{en: KPI {number}, fr: KPI {number}}}\n"
        f"          definition: {{en: A share of it., fr: Une part.}}\n          kpi_kind: performance\n"
        f'          formula: "100 * I{number}X / (I{number}X + I{(number + 1) % KPIS}X)"\n          unit: percent\n'
        "          direction: higher_is_better\n"
        "          scoring: {normalisation: goalposts, lower: 0, upper: 100}\n          sdgs: [16]"
    )


def large_frameworks(api: Api) -> list[Figure]:
    """A framework of 1,000 KPIs: published in one step, and as a draft that is sent, checked and published."""
    at_once = [timed(partial(_publish, api, number)) for number in range(1, 4)]
    steps = [timed(partial(_draft, api, number)) for number in range(4, 7)]
    return [
        _seconds(f"framework of {KPIS:,} KPIs published", at_once),
        _seconds(f"draft of {KPIS:,} KPIs sent, checked, published", steps),
    ]


def _seconds(name: str, times: list[float]) -> Figure:
    value = f"median {statistics.median(times):.2f} s, worst {max(times):.2f} s"
    return Figure(name, value, "< 2 s", statistics.median(times) < 2)


def _publish(api: Api, version: int) -> None:
    api.do("POST", "/api/v1/frameworks", "secretariat", content=large_framework(version), headers=YAML)


def _draft(api: Api, version: int) -> None:
    place = f"/api/v1/frameworks/large/drafts/{version}"
    tag = api.do("PUT", place, "secretariat", content=large_framework(version), headers=YAML)["tag"]
    if api.do("GET", f"{place}/problems", "secretariat")["errors"]:
        raise RuntimeError("the large framework has problems")
    api.do("POST", f"{place}/publish", "secretariat", headers={"if-match": f'"{tag}"'})


def catalogue_reads(api: Api, url: str) -> list[Figure]:
    """Reading a published version, for who has it already and whole, against a constant route."""
    etag = api.call("GET", DEMO, None).headers["etag"]
    floor = wrk(f"{url}/api/v1/scores", None)
    again = wrk(f"{url}{DEMO}", None, headers={"If-None-Match": etag})
    whole = wrk(f"{url}{DEMO}", None)
    if floor is None or again is None or whole is None:
        return [Figure("read of a published version", "wrk is not installed: not measured", "<= 2 x floor", None)]
    return [
        _ratio("cached read of a published version (304)", floor, again),
        _ratio("read of a published version (whole)", floor, whole),
    ]


def _ratio(name: str, floor: dict[str, float], read: dict[str, float]) -> Figure:
    ratio = floor["rate"] / read["rate"]
    value = f"{read['rate']:.0f}/s (p50 {read['50%']:.1f}, p99 {read['99%']:.1f} ms); floor {floor['rate']:.0f}/s"
    return Figure(name, f"{value}; ratio {ratio:.2f}", "<= 2 x floor", ratio <= 2)
