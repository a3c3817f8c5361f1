"""Walks every page of the house: no AA fault, no violation of the policy, no sideways scroll, one heading."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zlib import crc32

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from cae.core import menu
from cae.core.menu import menu_of
from people.states import RoleKind
from tests.browser.addresses import ACTS, NO_PAGE, UNLIT, Stop, addresses, routes, walk
from tests.browser.house import House
from tests.browser.visitor import FORMS, Visitor
from tests.factories.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

NAMES = dict(addresses())
KINDS = [kind for kind in RoleKind.values if kind != RoleKind.ENTREPRENEUR]


def check(faults: list[str]) -> None:
    """One fault a line."""
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def test_no_address_is_forgotten() -> None:
    walked = {stop.name for stop in walk()}
    assert walked | set(NO_PAGE) == set(NAMES)
    assert walked.isdisjoint(NO_PAGE)


def judged(stop: Stop) -> str:
    """The form in which this page is judged in the daily run, always the same one; the other one waits for
    `--full`."""
    return FORMS[crc32(str(stop).encode()) % 2]


def stops() -> list[Any]:
    """The walk: an address in its first state each day, in its other ones for `--full`."""
    seen: set[str] = set()
    found = []
    for stop in walk():
        marks = [pytest.mark.full] if stop.name in seen else []
        found.append(pytest.param(stop, marks=marks, id=str(stop)))
        seen.add(stop.name)
    return found


@pytest.mark.parametrize("stop", stops())
def test_page(visitor: Visitor, house: House, stop: Stop, request: pytest.FixtureRequest) -> None:
    visitor.sign_in(stop.who)
    forms = FORMS if request.config.getoption("--full") else [judged(stop)]
    check(visitor.look(stop.url(house), sent_on=stop.sent_on, judged=forms))


@pytest.mark.parametrize("kind", [*KINDS, "seller", "several", "member", "nobody"])
def test_home_of_each_role(visitor: Visitor, kind: str) -> None:
    visitor.sign_in(kind)
    check(visitor.look(reverse("portal:home")))


@pytest.mark.parametrize(
    ("url", "who", "status"),
    [
        ("/une-page-qui-n-existe-pas/", "seller", 404),
        ("/compta/", "candidate", 403),
        ("/x/", "visitor", 404),
        ("/d/x/", "visitor", 404),
    ],
)
def test_page_of_an_error(visitor: Visitor, url: str, who: str, status: int) -> None:
    visitor.sign_in(who)
    check(visitor.look(url, expected=status))


def test_the_page_of_the_second_factor(visitor: Visitor, house: House) -> None:
    visitor.sign_in("visitor")
    visitor.page.goto(reverse("account_login"))
    visitor.page.fill("[name=login]", house.users["guarded"].email)
    visitor.page.fill("[name=password]", PASSWORD)
    visitor.page.locator("form:has([name=password]) [type=submit]").click()
    visitor.page.wait_for_url(f"**{reverse('mfa_authenticate')}*")
    check(visitor.look(reverse("mfa_authenticate")))


@pytest.mark.parametrize("name", sorted(name for name, reason in NO_PAGE.items() if reason == ACTS))
def test_an_act_has_no_page(house: House, name: str) -> None:
    pattern = NAMES[name].pattern
    client = Client()
    client.force_login(house.users["accountant" if name.startswith(("invoicing", "accounting")) else "admin"])
    word = str(UUID(int=0))
    args = ["1" if kind.regex == "[0-9]+" else word for kind in pattern.converters.values()]
    assert client.get(reverse(name, args=args)).status_code == 405


@pytest.mark.full
@pytest.mark.parametrize("kind", KINDS)
def test_pages_open_to_each_role(visitor: Visitor, house: House, kind: str) -> None:
    """The whole product: what a role may open holds for that role too, whose menu and buttons differ."""
    visitor.sign_in(kind)
    client = Client()
    client.force_login(house.users[kind])
    urls = {stop.url(house) for stop in walk() if not stop.name.startswith(("account_", "mfa_"))}
    open_to_it = sorted(url for url in urls if client.get(url).status_code == 200)
    faults = {url: found for url in open_to_it if (found := visitor.look(url))}
    assert faults == {}


def test_every_page_lights_one_entry_of_the_menu(house: House) -> None:
    """One knows where one is: the group of the page is open, or the name under which one's account stands."""
    faults = []
    for stop in walk():
        if stop.who != "visitor" and stop.name not in UNLIT:
            request = RequestFactory().get(stop.url(house))
            request.user = house.users[stop.who]
            seen = menu_of(request)
            lit = [entry for group in (*seen.groups, seen.own) for entry in group.entries if entry.current]
            if len(lit) != 1:
                faults.append(f"{stop} ({stop.who}): {request.path}")
    check(faults)


def test_every_page_that_lights_nothing_is_one() -> None:
    assert set(UNLIT) <= {stop.name for stop in walk()}


def test_the_menu_covers_pages_that_exist() -> None:
    paths = {f"/{path}" for path in routes()}
    entries = {entry.url_name for entry in menu.entries()}
    for url_name, beginnings in menu.covered().items():
        assert url_name in entries
        assert len(set(beginnings)) == len(beginnings)
        for beginning in beginnings:
            known = beginning.rpartition("/invoicing.")[0]
            assert any(path.startswith(known or beginning) for path in paths), beginning
