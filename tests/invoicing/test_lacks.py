"""What purchases and claims lack is said before they are refused, and no more once it is there (ACC-05)."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounting.selectors.lacks import lacks_on
from people.states import RoleKind
from tests.factories import invoicing_claims as claims
from tests.factories import invoicing_purchases as bought
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def said(*words: str) -> list[str]:
    found = [lack.sentence for lack in lacks_on(timezone.localdate())]
    return [sentence for sentence in found if any(word in sentence for word in words)]


def test_suppliers_and_people_without_account_or_bank_are_named(
    django_assert_max_num_queries: Any,
) -> None:
    activity = make_activity()
    bare = bought.make_supplier("Sans compte", account=None)
    purchase = bought.make_checking(activity, bought.line(account=None), supplier=bare)
    owed = bought.make_approved(activity)
    user, own = make_entrepreneur(name="Zoé")
    claims.approved(claims.submitted(user, own), make_user(RoleKind.ACCOUNTANT))
    name = str(user.person)
    assert said("Sans compte") == [
        "Les achats de « Sans compte » n’ont pas de compte : ils ne peuvent pas être approuvés."
    ]
    assert len(said(owed.supplier.name, name)) == 2
    bought.make_bank(owed.supplier)
    claims.banked(user)
    purchase.lines.update(account=bought.account())
    assert said("Sans compte", owed.supplier.name, name) == []
    with django_assert_max_num_queries(10):
        lacks_on(timezone.localdate())
