"""Every address names its right or says it is public; the table role × right is printed and compared."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from cae.core import permissions
from tests.house.rights_table import rights_table
from tests.house.tables import check_generated

# Doors of packages: their own decorators guard them.
FOREIGN = ("allauth.", "django.")
ROOT = Path(__file__).parent.parent.parent


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


OURS = [
    (address, view) for address, view in addresses(get_resolver()) if not view.__module__.startswith(FOREIGN)
]


def test_the_walk_finds_the_house() -> None:
    assert len(OURS) > 40


@pytest.mark.parametrize(("address", "view"), OURS, ids=[address for address, _view in OURS])
def test_each_address_says_who_may_open_it(address: str, view: Any) -> None:
    right = getattr(view, "right", None)
    assert right is not None, f"/{address} says neither a right, nor signed_in, nor public"
    assert right in ("PUBLIC", "SIGNED_IN") or right in permissions.RIGHTS, (
        f"/{address} asks an unknown right"
    )


# What stands in an address for what it names, by its converter; whatever else takes a word.
STANDS = {"int": "7", "uuid": "6a2f1c6e-9d0b-4a7e-8f55-0d3c2b1a4e5f"}


def _sample(address: str) -> str:
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: STANDS.get(found[1], "zq7x"), f"/{address}")


def test_each_address_is_answered_by_its_own_page() -> None:
    assert [address for address, view in OURS if resolve(_sample(address)).func is not view] == []


@pytest.mark.django_db
def test_the_table_of_rights_is_the_one_that_was_read() -> None:

    check_generated(ROOT / "docs/rights.md", rights_table(OURS))
