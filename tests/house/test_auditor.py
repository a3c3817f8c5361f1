"""An auditor reads the whole books and changes nothing (ACC-51): every page of the room, every act."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from accounting.models import Account
from accounting.selectors.accounts import shared_section
from cae.core import permissions, workflow
from people.states import RoleKind
from tests.factories.accounting_bank import make_line
from tests.factories.accounting_lettering import third
from tests.house.moving import changed_since, everything
from tests.house.reaching import reached_from, views_by_name
from tests.house.rights_table import holder_of
from tests.pages import client_of

pytestmark = pytest.mark.django_db

# Pages that an auditor opens and from which others act: the act asks another right there, or is about one's
# own pay, which an auditor does not have.
GUARDED = {
    "accounting:bank_line": "matching asks accounting.match_bank",
    "accounting:letter_account": "lettering asks accounting.letter",
    "accounting:pay_agree": "one’s own pay",
    "accounting:pay_ask": "one’s own pay",
}
# What these services do is read: a file that somebody brings, a paper drawn when it is asked, figures.
READ_ONLY = {"allocated", "check_brought", "slip_pdf"}


def _writers(view: Any) -> set[str]:
    """The services of the room that a view may come to."""
    return {
        function.__name__
        for function in reached_from(view)
        if function.__module__.startswith("accounting.services.")
        and not function.__name__.startswith("_")
        and function.__name__ not in READ_ONLY
    }


def _open_to(user: Any) -> dict[str, Any]:
    """The views of the room whose right a person holds."""
    return {
        name: view
        for name, view in views_by_name().items()
        if name.startswith("accounting:")
        and view.right in permissions.RIGHTS
        and permissions.can(user, view.right)
    }


def test_no_page_open_to_an_auditor_comes_to_a_service_that_writes() -> None:
    found = _open_to(holder_of(RoleKind.AUDITOR))
    assert len(found) > 60
    assert {name for name, view in found.items() if _writers(view)} == GUARDED.keys()
    # So that a walk that finds nothing cannot make this pass.
    assert "post_entry" in _writers(views_by_name()["accounting:manual_validate"])


def test_no_move_of_the_books_is_an_auditor_s() -> None:
    auditor = holder_of(RoleKind.AUDITOR)
    flows = [flow for flow in workflow.WORKFLOWS if flow.model.startswith("accounting.")]
    rights = {move.right for flow in flows for move in flow.moves}
    assert len(rights) > 15
    # One’s own pay, which an auditor does not have.
    own = {"accounting.answer_pay", "accounting.sign_retained"}
    assert {right for right in rights if permissions.can(auditor, right)} <= own


def test_what_an_auditor_sends_to_the_pages_that_they_open_changes_nothing(demonstration: None) -> None:
    line, open_line = make_line(), third(shared_section(), "300.00")
    client = client_of(holder_of(RoleKind.AUDITOR))
    account = Account.objects.get(pk=open_line.account_id)
    pages = {
        "accounting:bank_line": {"do": "suspense", "shown": line.version},
        "accounting:letter_account": {"lines": [open_line.pk]},
        "accounting:pay_agree": {},
        "accounting:pay_ask": {"net": "100"},
    }
    keys = {"accounting:bank_line": line.pk, "accounting:letter_account": account.pk}
    assert pages.keys() == GUARDED.keys()
    cache.clear()
    before = everything()
    for name, sent in pages.items():
        answer = client.post(reverse(name, args=[keys.get(name, 1)]), sent)
        # A page that shows something draws itself again.
        assert answer.status_code in (200, 403, 404, 405), name
    assert changed_since(before) == []
