"""What ships with the product: the register of WCO members and the two frameworks, as files in `data/`."""

import csv
import io
from importlib.resources import files

from framework_svc.domain.population import Administration, Population, Region

DATA = files("framework_svc") / "data"
DEMO = "openpmm-demo.yaml"


def shipped_population() -> Population:
    """The WCO members and their regions, each with its source. Codes stay text: "NA" is Namibia elsewhere."""
    regions = tuple(Region(row["code"], row["name"]) for row in _rows("regions.csv"))
    administrations = tuple(
        Administration(row["iso3"], row["name"], row["wco_region"] or None, row["source"])
        for row in _rows("wco-members.csv")
    )
    return Population("wco-members", "Members of the World Customs Organization", regions, administrations)


def shipped_frameworks(*, with_demo: bool) -> list[bytes]:
    """The documents of the shipped frameworks; the illustrative one only where it is asked for."""
    folder = DATA / "frameworks"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return [(folder / name).read_bytes() for name in names if with_demo or name != DEMO]


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((DATA / name).read_text(encoding="utf-8"))))
