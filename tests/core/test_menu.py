"""The menu lights the entry of a page: its own address, the longest, then those that an entry covers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import reverse

from cae.core import menu
from people.states import RoleKind
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "lit"),
    [
        ("/documents/", ("core:document_list", "page")),
        ("/documents/3/", ("core:document_list", "true")),
        # Two entries begin so: the longer address is the nearer.
        ("/journal/3/", ("core:journal", "true")),
        # Covered by the journal and by the documents, it goes to the first in the order of the menu.
        ("/ailleurs/1/", ("core:document_list", "true")),
        # An address of one's own comes before the same one covered by an entry that stands above.
        ("/travaux/2/", ("core:job_list", "true")),
        ("/nulle-part/", None),
    ],
)
def test_a_page_lights_one_entry(monkeypatch: pytest.MonkeyPatch, path: str, lit: Any) -> None:
    monkeypatch.setattr(menu, "_covered", {})
    menu.register_pages("core:journal", "/ailleurs/")
    menu.register_pages("core:document_list", "/ailleurs/", "/travaux/", "/jour")
    request = RequestFactory().get(path)
    request.user = make_user(RoleKind.ADMINISTRATOR)
    seen = menu.menu_of(request)
    entries = [entry for group in (*seen.groups, seen.own) for entry in group.entries if entry.current]
    assert [(entry.url, entry.current) for entry in entries] == ([(reverse(lit[0]), lit[1])] if lit else [])


def test_what_one_may_not_open_lights_nothing() -> None:
    request = RequestFactory().get(reverse("core:journal"))
    request.user = make_user()
    seen = menu.menu_of(request)
    assert not any(group.current for group in (*seen.groups, seen.own))


def test_one_s_name_is_lit_on_the_pages_it_leads_to() -> None:
    client = client_of(make_user(RoleKind.CANDIDATE))
    account, home = client.get(reverse("people:account")), client.get(reverse("portal:home"))
    assert "btn btn-bare is-current" in account.text
    assert "btn btn-bare is-current" not in home.text
    assert "Mes travaux" in text(account)
