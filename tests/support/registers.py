"""A made-up register of framework-svc, as its component tests load and change it."""

from typing import Any

from httpx2 import Response

PLACE = "/populations/testers"
BODY: dict[str, Any] = {
    "name": "Testers",
    "names": {"fr": "Testeurs"},
    "regions": [{"code": "XX", "name": "Region"}, {"code": "YY", "name": "Other region"}],
    "offices": [
        {"code": "ROCB-XX", "kind": "capacity_building", "name": "Office", "region": "XX", "seat": "Town",
         "source": "S", "valid_from": "2011-10-17"}
    ],
    "administrations": [
        {"code": "NA", "name": "Namibia", "names": {"fr": "Namibie"}, "region": "XX"},
        {"code": "KEN", "name": "Kenya", "valid_until": "2030-01-01",
         "regions": [{"region": "XX", "valid_until": "2025-01-01"}, {"region": "YY", "valid_from": "2025-01-01"}]},
        {"code": "XKX", "name": "Kosovo", "valid_from": "2017-01-01"},
    ],
    "groups": [
        {"code": "LOW", "name": "Low income", "scheme": "income-level", "source": "World Bank, July 2024",
         "members": [{"administration": "KEN", "valid_until": "2015-07-01"}]},
        {"code": "LOWER-MIDDLE", "name": "Lower middle income", "scheme": "income-level", "source": "World Bank",
         "members": [{"administration": "KEN", "valid_from": "2015-07-01"}]},
        {"code": "LANDLOCKED", "name": "Landlocked", "source": "an atlas", "administrations": ["XKX"]},
    ],
}  # fmt: skip


def put(service: Any, place: str, body: Any, tag: str | None = None, person: str | None = "secretariat") -> Response:
    """Write a register or a part of it, with If-Match where a tag is given."""
    headers = {"if-match": tag} if tag else {}
    answer: Response = service.call("PUT", place, person, json=body, headers=headers)
    return answer


def load(service: Any) -> str:
    """Load the register; its tag."""
    answer = put(service, PLACE, BODY)
    assert answer.status_code == 200, answer.text
    return str(answer.headers["etag"])
