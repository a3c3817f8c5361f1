"""The tax calendar: made from its rules, reminded of once, declared and paid with proofs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounting.models import DeadlineRule, TaxDeadline, VatForm
from accounting.permissions.vat import PERMISSIONS
from accounting.selectors.tax_deadlines import happenings, services_sold_abroad, told_by_books
from accounting.selectors.tax_todo import vat_unfiled
from accounting.services.deadline_notices import keep_deadlines
from accounting.services.tax_deadlines import (
    DeadlineContent,
    add_deadline,
    drop_deadline,
    file_deadline,
    follow_deadline,
    make_deadlines,
    pay_deadline,
    reopen_deadline,
)
from accounting.states.vat import DeadlineState
from accounting.vat_form import BOXES, load_first_vat
from cae.core.errors import Code
from cae.core.facts import todos_of
from cae.core.models import Document, Notice
from cae.core.periods import Month
from cae.core.settings import set_setting
from people.models import User
from people.states import RoleKind
from tests.factories.accounting_vat import TODAY, deadline, filed, make_section, opened, prepared, sold
from tests.factories.people import make_user
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
D = Decimal
PDF = ("preuve.pdf", b"%PDF-1.7 une preuve")


@pytest.fixture
def accountant() -> User:
    return make_user(RoleKind.ACCOUNTANT)


def test_a_year_is_made_once_from_the_rules_in_force(accountant: User) -> None:
    count = make_deadlines(2026, actor=accountant)
    # Each month VAT, services in the Union, contributions; the others once a year.
    assert count == 3 * 12 + 8 == TaxDeadline.objects.count()
    assert make_deadlines(2026, actor=accountant) == 0
    march = TaxDeadline.objects.get(rule__code="vat-month", starts_on=date(2026, 3, 1))
    assert (march.due_on, march.period, march.is_paid) == (date(2026, 4, 24), "mars 2026", True)
    cfe = TaxDeadline.objects.get(rule__code="cfe")
    assert (cfe.due_on, cfe.period) == (date(2026, 12, 15), "2026")
    set_setting("accounting.vat_period", value="quarter", valid_from=date(2027, 1, 1), actor=None, reason="r")
    make_deadlines(2027, actor=None)
    quarters = TaxDeadline.objects.filter(rule__code__startswith="vat", starts_on__year=2027)
    assert next(one.period for one in quarters.order_by("starts_on")) == "trimestre 1 de 2027"
    assert quarters.count() == 4
    rule = DeadlineRule.objects.get(code="cfe")
    with pytest.raises(Exception, match="pgtrigger"), transaction.atomic():
        DeadlineRule.objects.filter(pk=rule.pk).update(day=16)


def test_each_name_is_gathered_by_one_box_and_the_form_is_loaded_once() -> None:
    names = [name for box in BOXES for name in box[6]]
    assert len(names) == len(set(names))
    codes = {box[0] for box in BOXES}
    assert {box[8] for box in BOXES} - {""} <= codes
    form = VatForm.objects.get()
    assert form.boxes.count() == len(BOXES)
    load_first_vat(apps.get_model)
    assert VatForm.objects.get() == form


def test_from_to_do_to_paid_with_its_proofs(accountant: User) -> None:
    row = deadline()
    row = follow_deadline(row, owner=accountant, due_on=date(2026, 10, 16), amount=D(900), actor=accountant)
    row = file_deadline(
        row, on=TODAY, today=TODAY, amount=None, actor=accountant, reference=" TF-1 ", proof=PDF
    )
    assert (row.state, row.amount, row.reference) == (DeadlineState.FILED, D(900), "TF-1")
    row = pay_deadline(row, on=TODAY, today=TODAY, actor=accountant, amount=D("910.50"), proof=PDF)
    assert (row.state, row.amount, row.is_over) == (DeadlineState.PAID, D("910.50"), True)
    assert Document.objects.filter(kind="accounting.tax_proof").count() == 2
    with refused(Code.ILLEGAL_MOVE, said="ne change plus"):
        follow_deadline(row, owner=None, due_on=TODAY, amount=None, actor=accountant)
    row = reopen_deadline(row, actor=accountant)
    assert (row.state, row.filed_on, row.paid_on, row.payment_proof) == (DeadlineState.TODO, None, None, None)
    row = drop_deadline(row, reason="Exonérée cette année", actor=accountant)
    assert row.is_over


def test_refusals_of_a_deadline(accountant: User) -> None:
    facts: dict[str, Any] = {
        "label": "Taxe",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "due_on": date(2026, 12, 1),
        "is_paid": True,
    }
    for changes, code, field in (
        ({"label": " "}, Code.VALUE_MISSING, "label"),
        ({"ends_on": date(2025, 1, 1)}, Code.PERIOD_INVALID, "ends_on"),
        ({"amount": D(-1)}, Code.AMOUNT_INVALID, "amount"),
    ):
        with refused(code, field):
            add_deadline(DeadlineContent(**(facts | changes)), form_key=uuid4(), actor=accountant)
    key = uuid4()
    first, again = (add_deadline(DeadlineContent(**facts), form_key=key, actor=accountant) for _turn in "ab")
    assert first == again
    known: dict[str, Any] = {"today": TODAY, "actor": accountant}
    with refused(Code.DATE_INVALID, "on"):
        file_deadline(first, on=date(2026, 5, 21), amount=None, **known)
    with refused(Code.AMOUNT_INVALID, "amount"):
        file_deadline(first, on=TODAY, amount=D("1.234"), **known)
    with refused(Code.FILE_REFUSED, "proof"):
        file_deadline(first, on=TODAY, amount=None, proof=("a.txt", b"rien"), **known)
    with refused(Code.ILLEGAL_MOVE):
        pay_deadline(first, on=TODAY, **known)
    first = file_deadline(first, on=TODAY, amount=None, **known)
    with refused(Code.VALUE_MISSING, "amount"):
        pay_deadline(first, on=TODAY, **known)
    with refused(Code.ILLEGAL_MOVE):
        drop_deadline(first, reason="x", actor=accountant)
    unpaid = file_deadline(deadline(is_paid=False), on=TODAY, amount=None, **known)
    assert unpaid.is_over
    with refused(Code.ILLEGAL_MOVE, said="ne se paie pas"):
        pay_deadline(unpaid, on=TODAY, amount=D(1), **known)
    another = deadline()
    with refused(Code.VALUE_MISSING, "reason"):
        drop_deadline(another, reason=" ", actor=accountant)
    with pytest.raises(IntegrityError), transaction.atomic():
        TaxDeadline.objects.filter(pk=first.pk).update(paid_on=TODAY)


def test_what_follows_a_return_is_undone_there_and_the_books_say_the_amount(accountant: User) -> None:
    make_deadlines(2026, actor=None)
    section = make_section()
    sold(section, ("20", "1000.00", "200.00"))
    sold(section, ("0", "70.00", "0"), kind="services_abroad", number="F-UE")
    row = prepared()
    vat = TaxDeadline.objects.get(rule__code="vat-month", starts_on=row.starts_on)
    des = TaxDeadline.objects.get(rule__code="des", starts_on=row.starts_on)
    assert (told_by_books(vat), told_by_books(des)) == (D(200), D(70))
    assert services_sold_abroad(des) == [("Client A", D(70))]
    assert told_by_books(deadline()) is None
    assert told_by_books(TaxDeadline.objects.get(rule=vat.rule, starts_on=date(2026, 4, 1))) is None
    filed(row, accountant)
    vat.refresh_from_db()
    assert (vat.state, vat.amount) == (DeadlineState.FILED, D(200))
    with refused(Code.ILLEGAL_MOVE, said="annulez plutôt le dépôt"):
        reopen_deadline(vat, actor=accountant)


def test_a_month_whose_vat_is_not_filed_says_so_before_it_is_closed(accountant: User) -> None:
    march = Month(2026, 3)
    assert vat_unfiled(march) is None
    sold(make_section(), ("20", "1000.00", "200.00"))
    row = prepared()
    missing = vat_unfiled(march)
    assert missing is not None
    assert missing.url == row.get_absolute_url()
    filed(row, accountant)
    assert vat_unfiled(march) is None
    assert vat_unfiled(Month(2026, 2)) is None
    later = vat_unfiled(Month(2026, 4))
    assert later is not None
    assert "n’a pas de déclaration" in later.sentence


def test_its_people_are_reminded_once_and_find_it_in_their_calendar(accountant: User) -> None:
    other, own = make_user(RoleKind.ACCOUNTANT), make_user(RoleKind.ACCOUNTANT)
    day = date(2026, 11, 20)
    followed = deadline(label="Suivie", due_on=date(2026, 11, 26), owner=own)
    deadline(label="De tous", due_on=date(2026, 11, 10))
    deadline(label="Lointaine", due_on=date(2026, 12, 20))
    keep_deadlines(today=day)
    near = Notice.objects.filter(kind="accounting.deadline_near")
    assert [one.user for one in near.filter(subject__startswith="Suivie")] == [own]
    assert near.filter(subject__startswith="De tous", user__in=[other, own, accountant]).count() == 3
    assert not near.filter(subject__startswith="Lointaine").exists()
    before = Notice.objects.count()
    keep_deadlines(today=day)
    assert Notice.objects.count() == before
    # A day that moves is told of again.
    follow_deadline(followed, owner=own, due_on=date(2026, 11, 25), amount=None, actor=accountant)
    keep_deadlines(today=day)
    assert Notice.objects.count() == before + 1
    found = list(happenings(own, day, date(2026, 12, 31)))
    assert [one.starts for one in found] == [date(2026, 11, 25)]
    assert TaxDeadline.objects.filter(starts_on__year=2027).count() == 0
    keep_deadlines(today=date(2026, 12, 1))
    assert TaxDeadline.objects.filter(starts_on__year=2027).exists()


def test_rights() -> None:
    reads = {RoleKind.ACCOUNTANT, RoleKind.CO_MANAGER, RoleKind.AUDITOR}
    for kind in (*reads, RoleKind.ADVISOR, RoleKind.ENTREPRENEUR):
        user = make_user(kind)
        assert PERMISSIONS["accounting.view_vat"].test(user) is (kind in reads)
        assert PERMISSIONS["accounting.view_deadlines"].test(user) is (kind in reads)
        for right in ("accounting.keep_vat", "accounting.keep_deadlines"):
            assert PERMISSIONS[right].test(user) is (kind == RoleKind.ACCOUNTANT)


def test_the_pages_of_the_calendar(accountant: User, client: Client) -> None:
    client.force_login(accountant)
    today = timezone.localdate()
    client.post(reverse("accounting:deadline_make"))
    assert TaxDeadline.objects.filter(starts_on__year=today.year).count() == 44
    page = text(client.get(reverse("accounting:deadline_list")))
    assert "Échéances fiscales et sociales" in page
    sent = {
        "label": "Redevance audiovisuelle",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "due_on": f"{today:%Y-%m-%d}",
        "is_paid": "on",
        "amount": "138,00",
        "form_key": str(uuid4()),
    }
    client.post(reverse("accounting:deadline_add"), sent)
    row = TaxDeadline.objects.get(label="Redevance audiovisuelle")
    assert (row.amount, row.is_paid) == (D(138), True)
    wrong = client.post(
        reverse("accounting:deadline_add"), sent | {"ends_on": "2025-01-01", "form_key": uuid4()}
    )
    assert wrong.status_code == 422
    assert "finit avant de commencer" in text(wrong)
    page = text(client.get(row.get_absolute_url()))
    for words in ("Noter la déclaration", "Sans objet cette fois", "138,00 €", "Toute la comptabilité"):
        assert words in page, words
    assert "Redevance" in text(client.get(reverse("accounting:deadline_list") + "?q=redevance"))
    labels = [todo.label for todo in todos_of(accountant, today)]
    assert any("échéances fiscales ou sociales" in label for label in labels)
    auditor = client_of(make_user(RoleKind.AUDITOR))
    assert "Noter la déclaration" not in text(auditor.get(row.get_absolute_url()))
    assert (
        auditor.post(reverse("accounting:deadline_file", args=[row.pk]), {"on": "2026-01-01"}).status_code
        == 403
    )


def test_the_calendar_is_as_quick_with_a_year_as_with_a_line(
    accountant: User, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(accountant)
    deadline(owner=accountant)
    address = reverse("accounting:deadline_all")
    client.get(address)
    with django_assert_max_num_queries(40) as few:
        client.get(address)
    for rank in range(30):
        deadline(label=f"Taxe {rank}", owner=accountant)
    with django_assert_max_num_queries(len(few)):
        client.get(address)
    opened()
