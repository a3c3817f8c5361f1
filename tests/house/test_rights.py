"""Every address names its right or says it is public; the table role × right is printed and compared."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

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


@pytest.mark.django_db
def test_the_table_of_rights_is_the_one_that_was_read() -> None:

    check_generated(ROOT / "docs/rights.md", rights_table(OURS))
