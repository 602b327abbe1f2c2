"""The reference indices as the API needs them, read from the data folder next to the repository."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
FRAMEWORKS = Path(__file__).resolve().parent / "frameworks"
Row = dict[str, str]


@dataclass(frozen=True)
class Published:
    """The published answer for one administration; no score where none was published."""

    score: float | None
    rank: int | None


@dataclass(frozen=True)
class Case:
    """One index: what to push, what to expect, and how near the result must be."""

    code: str
    framework: bytes
    population: str
    register: dict[str, Any]  # body of PUT /api/v1/populations/{population}
    year: int
    answers: tuple[tuple[str, str, int, str], ...]  # administration, code, year, value as written in the source
    published: dict[str, Published]
    tolerance: float
    rank_tolerance: int

    def answers_csv(self) -> bytes:
        """Write the answers as the API reads them."""
        lines = [",".join(map(str, answer)) for answer in self.answers]
        return ("\n".join(["administration,code,year,value", *lines]) + "\n").encode()


def hdi_2022(data: Path = DATA) -> Case:
    """The Human Development Index 2022: 195 countries, 193 of them with a published index."""
    rows = _rows(data / "hdi-2022" / "values.csv")
    published = {
        row["iso3"]: Published(_number(row["hdi"]), int(row["hdi_rank"]) if row["hdi_rank"] else None)
        for row in _rows(data / "hdi-2022" / "expected.csv")
    }
    return Case(
        code="hdi-2022",
        framework=(FRAMEWORKS / "hdi-2022.yaml").read_bytes(),
        population="hdi-countries",
        register=_register("Countries of the Human Development Report", rows, lambda row: row["region"] or "OTHER"),
        year=2022,
        answers=tuple(_answers(rows, ("le", "eys", "mys", "gnipc"), 2022)),
        published=published,
        tolerance=0.000501,
        rank_tolerance=0,
    )


def lpi_2016(data: Path = DATA) -> Case:
    """The Logistics Performance Index 2016: 160 countries, six components."""
    rows = [row for row in _rows(data / "lpi" / "lpi_2010_2016.csv") if row["year"] == "2016"]
    components = ("customs", "infrastructure", "shipments", "competence", "tracking", "timeliness")
    return Case(
        code="lpi-2016",
        framework=(FRAMEWORKS / "lpi-2016.yaml").read_bytes(),
        population="lpi-countries",
        register=_register("Countries of the Logistics Performance Index", rows, lambda row: "WORLD"),
        year=2016,
        answers=tuple(_answers(rows, components, 2016)),
        published={row["iso3"]: Published(_number(row["lpi"]), int(row["rank"])) for row in rows},
        tolerance=0.01,
        rank_tolerance=3,
    )


CASES: dict[str, Callable[[], Case]] = {"hdi-2022": hdi_2022, "lpi-2016": lpi_2016}


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _number(text: str) -> float | None:
    return float(text) if text else None


def _answers(rows: list[Row], columns: tuple[str, ...], year: int) -> Iterator[tuple[str, str, int, str]]:
    for row in rows:
        for column in columns:
            if row[column]:
                yield row["iso3"], column.upper(), year, row[column]


def _register(name: str, rows: list[Row], region_of: Callable[[Row], str]) -> dict[str, Any]:
    regions = sorted({region_of(row) for row in rows})
    return {
        "name": name,
        "regions": [{"code": region, "name": region} for region in regions],
        "administrations": [{"code": row["iso3"], "name": row["country"], "region": region_of(row)} for row in rows],
    }
