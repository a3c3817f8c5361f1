"""Purchases typed: figures that agree, once, who bears what."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounting.selectors.accounts import section_of, shared_section
from cae.core.errors import Code
from cae.core.models import Notice
from entrepreneurs.models import Activity
from invoicing.models import Purchase, PurchaseLine, PurchaseShare
from invoicing.selectors.purchases import doubts_of
from invoicing.services.purchase_telling import TO_TAKE
from invoicing.services.purchase_writing import PurchaseKnown
from invoicing.services.purchases import create_purchase, save_purchase
from invoicing.services.split_keys import weigh_key
from invoicing.services.suppliers import archive_supplier
from tests.factories import invoicing_purchases as make
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.invoicing.purchases.refusals import refused

pytestmark = pytest.mark.django_db
D = make.D


def enter(supplier: Any, *lines: Any, key: uuid.UUID | None = None, **details: Any) -> Purchase:
    return create_purchase(
        content=make.content(supplier, *lines, **details),
        form_key=key or uuid.uuid4(),
        actor=None,
        today=timezone.localdate(),
    )


def test_a_purchase_has_its_totals_its_taxes_and_one_share() -> None:
    user, activity = make_entrepreneur()
    purchase = make.make_purchase(activity, make.line("100.00"), make.line("50.00", "0.0550"))
    assert (purchase.total_net, purchase.total_tax, purchase.total_gross) == (
        D("150.00"),
        D("22.75"),
        D("172.75"),
    )
    assert [(one.rate, one.base, one.tax) for one in purchase.taxes.all()] == [
        (D("0.2000"), D("100.00"), D("20.00")),
        (D("0.0550"), D("50.00"), D("2.75")),
    ]
    share = purchase.shares.get()
    assert (share.section, share.gross, share.weight) == (section_of(activity), D("172.75"), D(1))
    assert Notice.objects.filter(kind=TO_TAKE, user=user).exists()


def test_the_due_date_is_that_of_the_supplier_else_thirty_days() -> None:
    activity, on = make_activity(), timezone.localdate()
    assert make.make_purchase(activity).due_on == on + timedelta(days=30)
    late = make.make_supplier("Autre", payment_days=45, payment_end_of_month=True)
    due = make.make_purchase(activity, supplier=late).due_on
    assert (due + timedelta(days=1)).day == 1


def test_a_common_cost_goes_to_the_shared_services() -> None:
    purchase = make.make_purchase(None)
    assert purchase.shares.get().section == shared_section()


def test_a_key_of_its_day_spreads_it_and_a_line_goes_to_its_section() -> None:
    one, other, third = (section_of(make_activity()) for _ in range(3))
    key = make.make_key((one, "1"), (other, "2"))
    weigh_key(key, weights=[(other, D(1))], starts_on=timezone.localdate(), actor=None)
    before = timezone.localdate() - timedelta(days=1)
    lines = (make.line("100.00"), make.line("10.00", section=third))
    purchase = make.make_purchase(None, *lines, split_key=key, on=before)
    assert {share.section: share.net for share in purchase.shares.all()} == {
        one: D("33.33"),
        other: D("66.67"),
        third: D("10.00"),
    }
    today = make.make_purchase(None, split_key=key, number="FA-2", supplier=purchase.supplier)
    assert today.shares.get().section == other


def test_a_key_without_part_that_day_is_refused() -> None:
    key = make.make_key((section_of(make_activity()), "1"), starts_on=timezone.localdate())
    supplier = make.make_supplier()
    with refused(Code.VALUE_INVALID, "split_key"):
        enter(supplier, split_key=key, on=timezone.localdate() - timedelta(days=1))
    assert not Purchase.objects.exists()


def test_the_same_form_sent_twice_gives_the_same_purchase() -> None:
    supplier, key = make.make_supplier(), uuid.uuid4()
    assert enter(supplier, key=key) == enter(supplier, key=key)


@pytest.mark.parametrize(
    ("details", "code", "field", "said"),
    [
        ({"gross": D("119.00")}, Code.AMOUNT_INVALID, "gross", "119,00"),
        ({"tax": D("21.00")}, Code.AMOUNT_INVALID, "tax", "20,00"),
        ({"number": " "}, Code.VALUE_MISSING, "number", ""),
        ({"number": "--"}, Code.VALUE_INVALID, "number", ""),
        ({"number": "x" * 61}, Code.TEXT_TOO_LONG, "number", ""),
        ({"on": timezone.localdate() + timedelta(days=1)}, Code.DATE_INVALID, "on", ""),
        ({"due_on": timezone.localdate() - timedelta(days=1)}, Code.DATE_INVALID, "due_on", ""),
        ({"currency": "USD"}, Code.VALUE_MISSING, "currency_note", ""),
        ({"purpose": "x" * 251}, Code.TEXT_TOO_LONG, "purpose", ""),
    ],
)
def test_a_wrong_heading_is_refused_in_one_sentence(
    details: dict[str, Any], code: Code, field: str, said: str
) -> None:
    supplier = make.make_supplier()
    with refused(code, field, said):
        enter(supplier, **details)
    assert not Purchase.objects.exists()


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ({"label": " "}, Code.VALUE_MISSING, "lines-0-label"),
        ({"net": "100.001"}, Code.AMOUNT_INVALID, "lines-0-net"),
        ({"rate": "1.2"}, Code.VALUE_INVALID, "lines-0-rate"),
        ({"recovery": D(2)}, Code.VALUE_INVALID, "lines-0-rate"),
        ({"net": "-5.00"}, Code.AMOUNT_INVALID, "gross"),
        ({"net": "99999999999.00"}, Code.AMOUNT_INVALID, "lines-0-net"),
    ],
)
def test_a_wrong_line_is_refused_at_its_place(line: dict[str, Any], code: Code, field: str) -> None:
    supplier = make.make_supplier()
    with refused(code, field):
        enter(supplier, make.line(**line))
    assert not Purchase.objects.exists()


def test_nothing_and_too_much_are_refused() -> None:
    supplier = make.make_supplier()
    content = make.content(supplier)
    for lines, code in (((), Code.EMPTY_DOCUMENT), (content.lines * 201, Code.VALUE_INVALID)):
        with refused(code, "lines"):
            create_purchase(
                content=type(content)(
                    supplier=supplier, number="1", on=content.on, lines=lines, gross=content.gross
                ),
                form_key=uuid.uuid4(),
                actor=None,
                today=timezone.localdate(),
            )


def test_a_discount_to_one_section_alone_is_refused() -> None:
    one, other = (section_of(make_activity()) for _ in range(2))
    supplier = make.make_supplier()
    with refused(Code.AMOUNT_INVALID, "lines", "négative"):
        enter(supplier, make.line("100.00", section=one), make.line("-10.00", section=other))


def test_the_same_document_is_told_with_the_first_whatever_its_spelling() -> None:
    supplier = make.make_supplier()
    first = enter(supplier, number="FA 2026/12")
    with pytest.raises(PurchaseKnown) as told:
        enter(supplier, number="fa-2026-12")
    assert told.value.purchase == first
    assert enter(make.make_supplier("Autre"), number="FA 2026/12")
    assert enter(supplier, number="FA 2026/12", on=date(timezone.localdate().year - 1, 6, 1))
    with pytest.raises(IntegrityError, match="purchase_once"), transaction.atomic():
        Purchase.objects.filter(number="FA 2026/12").exclude(supplier=supplier).update(supplier=supplier)


def test_a_closed_activity_and_an_archived_supplier_buy_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    activity, supplier = make_activity(), make.make_supplier()
    closed = timezone.localdate() - timedelta(days=2)
    Activity.objects.filter(pk=activity.pk).update(closed_on=closed, close_reason="Fin")
    activity.refresh_from_db()
    with refused(Code.DATE_INVALID, "activity"):
        enter(supplier, activity=activity)
    assert enter(supplier, activity=activity, on=closed, number="dernier")
    archive_supplier(supplier, actor=None, at=timezone.now())
    supplier.refresh_from_db()
    with refused(Code.VALUE_INVALID, "supplier"):
        enter(supplier)


def test_a_correction_rewrites_lines_and_shares() -> None:
    activity = make_activity()
    purchase = make.make_purchase(activity)
    content = make.content(purchase.supplier, make.line("40.00"), activity=activity)
    saved = save_purchase(purchase, content=content, version=1, actor=None, today=timezone.localdate())
    assert (saved.total_gross, saved.version) == (D("48.00"), 2)
    assert PurchaseLine.objects.count() == PurchaseShare.objects.count() == 1
    with refused(Code.STALE_FORM):
        save_purchase(purchase, content=content, version=1, actor=None, today=timezone.localdate())


def test_an_approved_purchase_is_not_corrected_even_in_sql() -> None:
    purchase = make.make_approved(make_activity())
    content = make.content(purchase.supplier, activity=purchase.activity)
    with refused(Code.ILLEGAL_MOVE):
        save_purchase(
            purchase, content=content, version=purchase.version, actor=None, today=timezone.localdate()
        )
    for rows, change in (
        (Purchase.objects.all(), {"number": "autre"}),
        (purchase.lines.all(), {"net": D("1.00")}),
        (purchase.shares.all(), {"weight": D(3)}),
    ):
        with pytest.raises(IntegrityError, match="pgtrigger"), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError, match="pgtrigger"), transaction.atomic():
        purchase.taxes.all().delete()


def test_a_file_is_kept_and_something_else_refused() -> None:
    purchase = make.make_purchase(make_activity(), file=("../facture.pdf", b"%PDF-1.7 facture"))
    assert purchase.document is not None
    assert (purchase.document.name, purchase.document.mime) == ("facture.pdf", "application/pdf")
    for content in (b"MZ\x00\x00", b"du texte", b"%PDF-1.7" + b"0" * (20 * 1024 * 1024)):
        with refused(Code.FILE_REFUSED, "file"):
            make.make_purchase(make_activity(), file=("facture.pdf", content), number=str(len(content)))
    assert Purchase.objects.count() == 1


def test_what_is_worth_a_look_is_said() -> None:
    activity, supplier = make_activity(), make.make_supplier()
    first = make.make_purchase(activity, supplier=supplier)
    assert doubts_of(first) == []
    twin = make.make_purchase(
        activity, supplier=supplier, number="FA-2", currency="USD", currency_note="130 USD"
    )
    said = [doubt.sentence for doubt in doubts_of(twin)]
    assert "FA-1" in said[0]
    assert "USD" in said[1]
    make.make_bank(supplier)
    Purchase.objects.filter(pk=twin.pk).update(iban_seen=make.OTHER_IBAN)
    twin.refresh_from_db()
    grave = doubts_of(twin)[0]
    assert grave.grave
    assert make.OTHER_IBAN[-4:] in grave.sentence
    assert make.IBAN[-4:] in grave.sentence
    Purchase.objects.filter(pk=twin.pk).update(iban_seen=make.IBAN)
    twin.refresh_from_db()
    assert not any("IBAN" in doubt.sentence for doubt in doubts_of(twin))
