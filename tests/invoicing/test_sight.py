"""Who sees, sells, credits and is paid; what waits for each; as many queries for thirty rows as for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cae.core.facts import awaited_in
from cae.core.permissions import can
from invoicing.models import Invoice
from invoicing.selectors.gathered import AWAITED, invoice_sources
from invoicing.selectors.invoices import invoices_overdue, invoices_visible
from invoicing.states.sales import INVOICE_FLOW, Settlement
from people.services.scopes import save_portfolio
from people.states import RoleKind
from tests.factories import invoicing as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.invoicing.conftest import Judges

pytestmark = pytest.mark.django_db


def test_each_sees_what_is_theirs() -> None:
    owner, other = make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.PROJECT_HOLDER)
    mine, theirs = make.draft(make_activity(owner)), make.draft(make_activity(other))
    assert list(invoices_visible(owner, on=make.DAY)) == [mine]
    assert list(invoices_visible(other, on=make.DAY)) == [theirs]
    for kind in (RoleKind.ACCOUNTANT, RoleKind.CO_MANAGER, RoleKind.AUDITOR):
        assert invoices_visible(make_user(kind), on=make.DAY).count() == 2
    for kind in (RoleKind.WEBMASTER, RoleKind.HUMAN_RESOURCES, RoleKind.ADMINISTRATOR, RoleKind.ASSOCIATE):
        assert not invoices_visible(make_user(kind), on=make.DAY).exists()


def test_an_advisor_sees_the_portfolio() -> None:
    mine, other = make.draft(), make.draft()
    portfolio = save_portfolio(None, label="Suivi", scopes=[mine.activity.scope], actor=None)
    advisor = make_user(RoleKind.ADVISOR, scope=portfolio)
    assert list(invoices_visible(advisor, on=make.DAY)) == [mine]
    assert can(advisor, "invoicing.view_invoice", mine)
    assert not can(advisor, "invoicing.view_invoice", other)
    assert not can(advisor, "invoicing.issue_invoice", mine)


def test_an_advisor_of_the_whole_cooperative_sees_all() -> None:
    make.draft()
    advisor = make_user(RoleKind.ADVISOR)
    assert invoices_visible(advisor, on=make.DAY).count() == 1
    assert can(advisor, "invoicing.view_invoices")


SELLING = (
    "invoicing.create_invoice",
    "invoicing.edit_invoice",
    "invoicing.issue_invoice",
    "invoicing.discard_invoice",
    "invoicing.restore_invoice",
    "invoicing.credit_invoice",
    "invoicing.record_payment",
    "invoicing.reverse_receipt",
)


def test_who_sells() -> None:
    owner = make_user(RoleKind.ENTREPRENEUR)
    other = make_user(RoleKind.ENTREPRENEUR)
    make_activity(other)
    invoice = make.draft(make_activity(owner))
    make.trust(owner)
    for right in SELLING:
        assert can(owner, right, invoice), right
        assert can(make_user(RoleKind.ACCOUNTANT), right, invoice), right
        for stranger in (other, make_user(RoleKind.AUDITOR), make_user(RoleKind.CO_MANAGER)):
            assert not can(stranger, right, invoice), right
    assert can(owner, "invoicing.edit_customer", invoice.customer)
    assert can(owner, "invoicing.view_customer", invoice.customer)
    assert not can(other, "invoicing.view_customer", invoice.customer)
    assert can(owner, "invoicing.create_invoice")
    assert not can(make_user(RoleKind.CANDIDATE), "invoicing.view_invoices")


def test_what_was_paid_is_given_back_by_the_accountant_alone(judges: Judges) -> None:
    owner = make.trust(make_user(RoleKind.ENTREPRENEUR))
    invoice = make.issued(make_activity(owner))
    note = make.credit(invoice)
    assert can(owner, "invoicing.credit_invoice", invoice)
    assert can(owner, "invoicing.issue_invoice", note)
    payment = make.pay(invoice, "20.00")
    accountant = make_user(RoleKind.ACCOUNTANT)
    assert can(owner, "invoicing.credit_invoice")
    for user, may in ((owner, False), (accountant, True)):
        assert can(user, "invoicing.credit_invoice", invoice) is may
        assert can(user, "invoicing.issue_invoice", note) is may
        assert can(user, "invoicing.reverse_receipt", payment.receipt)


def test_the_buttons_of_a_document(judges: Judges) -> None:
    owner = make.trust(make_user(RoleKind.ENTREPRENEUR))
    draft = make.draft(make_activity(owner))
    buttons = [move.name for move in INVOICE_FLOW.moves_open_to(owner, draft)]
    assert buttons == ["submit", "issue", "discard"]
    assert INVOICE_FLOW.moves_open_to(make_user(RoleKind.AUDITOR), draft) == []
    assert INVOICE_FLOW.moves_open_to(owner, make.issue(draft)) == []


def test_what_waits(judges: Judges) -> None:
    owner = make_user(RoleKind.ENTREPRENEUR)
    activity = make_activity(owner)
    late, draft = make.issued(activity), make.draft(activity)
    make.pay(make.issued(activity), "240.00")
    assert late.due_on is not None
    day = late.due_on + timedelta(days=1)
    accountant = make_user(RoleKind.ACCOUNTANT)
    assert awaited_in(AWAITED, accountant, day) == []
    make.issue(make.credit(make.issued(activity)))
    assert list(invoices_overdue(owner, on=day)) == [late]
    # The settlement of each says the same in a word.
    assert list(invoices_visible(owner, on=day).filter(settlement=Settlement.OVERDUE)) == [late]
    assert list(invoices_overdue(owner, on=late.due_on)) == []
    found = awaited_in(AWAITED, owner, day)
    assert [(todo.label, todo.url, todo.count) for todo in found] == [
        ("Terminer 1 brouillon", "/ventes/brouillons/?state=draft", 1),
        ("Relancer 1 facture en retard", "/ventes/?settlement=overdue", 1),
    ]
    assert (found[0].since, found[1].due) == (timezone.localdate(draft.created_at), late.due_on)
    Invoice.objects.filter(pk=draft.pk).update(created_by=accountant)
    assert [todo.label for todo in awaited_in(AWAITED, accountant, day)] == ["Terminer 1 brouillon"]
    assert awaited_in(AWAITED, make_user(RoleKind.AUDITOR), day) == []
    assert awaited_in(AWAITED, make_user(RoleKind.ENTREPRENEUR), day) == []


def test_sources_of_book_entries(judges: Judges) -> None:
    owner = make_user(RoleKind.ENTREPRENEUR)
    invoice, other = make.issued(make_activity(owner)), make.issued()
    found = invoice_sources(owner, [str(invoice.pk), str(other.pk)])
    assert {key: source.label for key, source in found.items()} == {str(invoice.pk): "Facture F2026-0001"}


def test_as_many_queries_for_thirty_rows_as_for_one(judges: Judges) -> None:
    owner = make_user(RoleKind.ENTREPRENEUR)
    activity = make_activity(owner)
    counts = []
    for rows in (1, 29):
        for _ in range(rows):
            make.draft(activity)
        with CaptureQueriesContext(connection) as queries:
            shown = [
                (row.customer.name, row.activity.name, row.due)
                for row in invoices_visible(owner, on=make.DAY)
            ]
        counts.append((len(shown), len(queries)))
    assert counts[0][0] == 1
    assert counts[1][0] == 30
    assert counts[1][1] <= counts[0][1]
    assert Invoice.objects.count() == 30
