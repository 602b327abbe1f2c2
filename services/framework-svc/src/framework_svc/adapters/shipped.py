"""What ships with the product: the register of WCO members and the two frameworks, as files in `data/`."""

import csv
import io
from datetime import date
from importlib.resources import files

from framework_svc.domain.population import Administration, Membership, Office, Population, Region

DATA = files("framework_svc") / "data"
DEMO = "openpmm-demo"


def shipped_population() -> Population:
    """The WCO members, regions and offices, each with its source. Codes stay text: "NA" is Namibia elsewhere."""
    return Population(
        code="wco-members",
        name="Members of the World Customs Organization",
        regions=tuple(Region(code=row["code"], name=row["name"]) for row in _rows("regions.csv")),
        offices=tuple(Office.model_validate(_given(row)) for row in _rows("offices.csv")),
        administrations=tuple(
            Administration(
                code=row["iso3"],
                name=row["name"],
                names={"fr": row["name_fr"]} if row["name_fr"] else {},
                regions=(Membership(region=row["wco_region"]),) if row["wco_region"] else (),
                source=row["source"],
                valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
            )
            for row in _rows("wco-members.csv")
        ),
    )


def shipped_frameworks(*, with_demo: bool) -> list[bytes]:
    """The documents of the shipped frameworks; the illustrative one only where it is asked for."""
    folder = DATA / "frameworks"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return [(folder / name).read_bytes() for name in names if with_demo or not name.startswith(DEMO)]


def _given(row: dict[str, str]) -> dict[str, str]:
    return {field: value for field, value in row.items() if value}


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((DATA / name).read_text(encoding="utf-8"))))
