"""The pages of suppliers, purchases, orders and keys: what they show, to whom, what they refuse."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounting.selectors.accounts import section_of
from invoicing.models import Purchase, PurchaseOrder, SplitKey, Supplier
from invoicing.states.purchases import PurchaseOrderState, PurchaseState
from people.states import RoleKind
from tests.factories import invoicing_purchases as make
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.invoicing_purchases import typed
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def _today() -> str:
    return timezone.localdate().isoformat()


def url(name: str, *keys: Any) -> str:
    return reverse(f"invoicing:{name}", args=keys)


def test_an_entrepreneur_enters_a_purchase_with_its_file_and_says_it_is_theirs() -> None:
    user, activity = make_entrepreneur()
    supplier, client = make.make_supplier(), client_of(user)
    page = client.get(url("purchase_new"))
    assert "Compte de charge" not in text(page)
    file = SimpleUploadedFile("facture.pdf", b"%PDF-1.7 facture")
    answer = client.post(url("purchase_new"), typed(supplier, activity, file=file))
    purchase = Purchase.objects.get()
    assert answer.status_code == 302
    assert purchase.document is not None
    # The account comes from the supplier: nobody asked for it.
    assert purchase.lines.get().account == supplier.account
    assert client.get(url_of(purchase.document)).content.startswith(b"%PDF")
    client.post(url("purchase_take", purchase.pk))
    purchase.refresh_from_db()
    assert purchase.state == PurchaseState.CHECKING
    assert client.post(url("purchase_approve", purchase.pk)).status_code == 403


def url_of(document: Any) -> str:
    return reverse("core:document", args=[document.pk])


def test_what_was_typed_stays_when_it_is_refused_and_the_first_one_is_a_click_away() -> None:
    user, activity = make_entrepreneur()
    supplier = make.make_supplier()
    first = make.make_purchase(activity, supplier=supplier, number="fa 77")
    client = client_of(user)
    twice = client.post(url("purchase_new"), typed(supplier, activity))
    assert twice.status_code == 422
    assert first.get_absolute_url() in twice.content.decode()
    gap = client.post(url("purchase_new"), typed(supplier, activity, gross="121,00", number="FA-78"))
    assert gap.status_code == 422
    assert "120,00" in text(gap)
    assert "121,00" in text(gap)
    assert 'value="Papier"' in gap.content.decode()
    bare = client.post(url("purchase_new"), typed(supplier, activity, number="FA-79") | {"lines-0-label": ""})
    assert bare.status_code == 422
    assert Purchase.objects.count() == 1


def test_more_rows_are_added_without_losing_what_was_typed() -> None:
    user, activity = make_entrepreneur()
    supplier = make.make_supplier()
    answer = client_of(user).post(url("purchase_new"), typed(supplier, activity, act="rows"))
    body = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="lines-4-label"' in body
    assert 'value="Papier"' in body
    assert not Purchase.objects.exists()


def test_the_accountant_chooses_accounts_sections_and_a_key() -> None:
    one, other = make_activity(), make_activity()
    key = make.make_key((section_of(one), "1"), (section_of(other), "1"))
    supplier = make.make_supplier()
    client = client_of(make.accountant())
    sent = typed(supplier, split_key=key.pk) | {
        "lines-0-account": make.account("606100").pk,
        "lines-0-recovery": "80",
        "lines-0-section": "",
    }
    assert client.post(url("purchase_new"), sent).status_code == 302
    purchase = Purchase.objects.get()
    line = purchase.lines.get()
    assert (line.account, line.recovery) == (make.account("606100"), make.D("0.8"))
    assert {share.gross for share in purchase.shares.all()} == {make.D("60.00")}
    again = typed(supplier, split_key="", version=1, gross="60,00") | {
        "lines-0-net": "50,00",
        "lines-0-section": section_of(other).pk,
    }
    edit = client.post(url("purchase_edit", purchase.pk), again)
    assert edit.status_code == 302
    assert purchase.shares.get().section == section_of(other)


def test_the_walk_of_a_purchase_from_coming_to_payment() -> None:
    purchase = make.make_purchase(make_activity(), make.line("50.00"))
    make.make_bank(purchase.supplier)
    client = client_of(make.accountant())
    assert "Approuver" in text(client.get(purchase.get_absolute_url()))
    client.post(url("purchase_approve", purchase.pk))
    assert "Approuvé" in text(client.get(purchase.get_absolute_url()))
    payment = client.get(url("purchase_payment", purchase.pk))
    assert "60,00" in text(payment)
    client.post(url("purchase_payment", purchase.pk), {"due_on": _today()})
    page = text(client.get(purchase.get_absolute_url()))
    assert "Paiement ordonné" in page
    assert "À payer" in page
    client.post(url("purchase_withdraw", purchase.pk), {"reason": "Erreur"})
    client.post(url("purchase_settle", purchase.pk), {"on": _today()})
    assert "Payé" in text(client.get(purchase.get_absolute_url()))


def test_doubts_are_to_be_ticked_before_an_approval() -> None:
    activity, supplier = make_activity(), make.make_supplier()
    make.make_purchase(activity, supplier=supplier)
    twin = make.make_checking(activity, supplier=supplier, number="FA-2")
    client = client_of(make.accountant())
    assert "doublon" in text(client.get(url("purchase_approve", twin.pk)))
    assert client.post(url("purchase_approve", twin.pk)).status_code == 422
    assert client.post(url("purchase_approve", twin.pk), {"looked": "on"}).status_code == 302


def test_out_of_sight_nothing_is_there_and_a_section_in_sight_shows_the_whole() -> None:
    user, activity = make_entrepreneur()
    stranger, _other = make_entrepreneur()
    key = make.make_key((section_of(activity), "1"))
    purchase = make.make_purchase(None, split_key=key)
    assert client_of(user).get(purchase.get_absolute_url()).status_code == 200
    assert client_of(stranger).get(purchase.get_absolute_url()).status_code == 404
    for name in ("purchase_edit", "purchase_take", "purchase_refuse"):
        assert client_of(user).post(url(name, purchase.pk)).status_code == 403
    own = make.make_purchase(activity, supplier=purchase.supplier, number="FA-2")
    assert client_of(stranger).get(own.get_absolute_url()).status_code == 404
    seen = text(client_of(user).get(url("purchase_list")))
    assert "FA-1" in seen
    assert "FA-2" in seen
    assert "FA-2" not in text(client_of(stranger).get(url("purchase_list")))
    for name in ("purchase_due_list", "supplier_balances", "split_key_list"):
        assert client_of(user).get(url(name)).status_code == 403


def test_lists_narrow_add_up_and_ask_as_much_for_thirty_rows_as_for_one(
    django_assert_max_num_queries: Any,
) -> None:
    activity, supplier = make_activity(), make.make_supplier()
    client = client_of(make.accountant())
    make.make_checking(activity, supplier=supplier)

    def asked(address: str) -> int:
        with django_assert_max_num_queries(60) as counted:
            assert client.get(address).status_code == 200
        return len(counted)

    addresses = [url(name) for name in ("purchase_list", "supplier_list", "purchase_due_list")]
    for address in addresses:
        asked(address)
    few = [asked(address) for address in addresses]
    for n in range(29):
        make.make_purchase(activity, supplier=supplier, number=f"Z-{n}")
    assert [asked(address) for address in addresses] == few
    narrowed = text(client.get(url("purchase_list") + "?step=to_approve"))
    assert "FA-1" in narrowed
    assert "Z-3" not in narrowed
    assert "Z-3" in text(client.get(url("purchase_list") + "?q=Z-3&step=to_take"))
    export = client.get(url("purchase_list") + "?export=csv&step=to_approve")
    assert "FA-1" in b"".join(export).decode()


def test_a_supplier_is_proposed_by_an_activity_and_accepted_by_the_accountant() -> None:
    user, _activity = make_entrepreneur()
    sent = {"name": "Bois du Sud", "country": "FR", "vat_rate": "20", "form_key": str(uuid.uuid4())}
    assert client_of(user).post(url("supplier_new"), sent).status_code == 302
    supplier = Supplier.objects.get()
    assert not supplier.is_accepted
    assert client_of(user).post(url("supplier_accept", supplier.pk)).status_code == 403
    who = client_of(make.accountant())
    assert "Bois du Sud" in text(who.get(url("supplier_list") + "?proposed=1"))
    who.post(url("supplier_accept", supplier.pk))
    supplier.refresh_from_db()
    assert supplier.is_accepted
    wrong = who.post(url("supplier_edit", supplier.pk), sent | {"siren": "123456789", "version": 1})
    assert wrong.status_code == 422
    assert who.post(url("supplier_edit", supplier.pk), sent | {"version": 1}).status_code == 302


def test_bank_details_are_read_by_few_and_confirmed_by_another() -> None:
    supplier = make.make_supplier()
    user, _activity = make_entrepreneur()
    one, other = make.accountant(), make_user(RoleKind.CO_MANAGER)
    client = client_of(one)
    assert client.post(url("bank_propose", supplier.pk), {"iban": "FR76"}).status_code == 422
    client.post(url("bank_propose", supplier.pk), {"iban": make.IBAN})
    bank = supplier.banks.get()
    call = {"whom": "Zoé", "number": "0556000000", "on": _today()}
    assert client.post(url("bank_confirm", bank.pk), call).status_code == 422
    assert client_of(user).post(url("bank_confirm", bank.pk), call).status_code == 403
    assert client_of(other).post(url("bank_confirm", bank.pk), call).status_code == 302
    ending = make.IBAN[-3:]
    assert ending in text(client_of(other).get(supplier.get_absolute_url())).replace(" ", "")
    assert ending not in text(client_of(user).get(supplier.get_absolute_url())).replace(" ", "")


def test_an_order_goes_from_the_draft_to_its_invoice() -> None:
    user, _activity = make_entrepreneur()
    supplier, client = make.make_supplier(), client_of(user)
    sent = {
        "supplier": supplier.pk,
        "purpose": "Bois",
        "form_key": str(uuid.uuid4()),
        "lines-TOTAL_FORMS": "1",
        "lines-INITIAL_FORMS": "0",
        "lines-0-label": "Planches",
        "lines-0-quantity": "10",
        "lines-0-unit": "C62",
        "lines-0-unit_price": "12,50",
        "lines-0-rate": "20",
    }
    assert client.post(url("purchase_order_new"), sent | {"purpose": ""}).status_code == 422
    more = client.post(url("purchase_order_new"), sent | {"act": "rows"})
    assert 'value="Planches"' in more.content.decode()
    assert client.post(url("purchase_order_new"), sent).status_code == 302
    order = PurchaseOrder.objects.get()
    assert "125,00" in text(client.get(order.get_absolute_url()))
    assert "Trésorerie" in text(client.get(url("purchase_order_approve", order.pk)))
    client.post(url("purchase_order_approve", order.pk))
    order.refresh_from_db()
    assert order.state == PurchaseOrderState.APPROVED
    key = order.lines.get().pk
    sent = {"on": _today(), f"line_{key}": "4", "form_key": str(uuid.uuid4())}
    assert client.post(url("purchase_order_receive", order.pk), sent).status_code == 302
    proposed = client.get(url("purchase_new") + f"?commande={order.pk}").content.decode()
    assert 'value="125,00"' in proposed
    assert 'value="Planches"' in proposed
    client.post(url("purchase_order_send", order.pk), {"to": "", "message": ""})
    order.refresh_from_db()
    assert order.pdf is not None
    assert client.get(url_of(order.pdf)).status_code == 200


def test_a_key_is_written_weighed_and_archived() -> None:
    one, other = (section_of(make_activity()) for _ in range(2))
    client = client_of(make.accountant())
    sent = {
        "name": "Loyer",
        "kind": "area",
        "starts_on": "2026-01-01",
        "form_key": str(uuid.uuid4()),
        f"weight_{one.pk}": "12,5",
    }
    assert client.post(url("split_key_new"), sent | {f"weight_{one.pk}": ""}).status_code == 422
    assert client.post(url("split_key_new"), sent).status_code == 302
    key = SplitKey.objects.get()
    later = {"starts_on": _today(), f"weight_{one.pk}": "10", f"weight_{other.pk}": "5"}
    assert client.post(url("split_key_weigh", key.pk), later).status_code == 302
    page = text(client.get(key.get_absolute_url()))
    assert "12,5" in page
    client.post(url("split_key_archive", key.pk))
    assert "Archivée" in text(client.get(key.get_absolute_url()))


def test_the_aged_balance_adds_up() -> None:
    make.make_approved(make_activity())
    page = text(client_of(make.accountant()).get(url("supplier_balances")))
    assert page.count("120,00") == 4


def test_an_iban_read_on_an_invoice_is_proposed_as_such() -> None:
    purchase = make.make_purchase(make_activity())
    Purchase.objects.filter(pk=purchase.pk).update(iban_seen=make.IBAN)
    client = client_of(make.accountant())
    address = url("bank_propose", purchase.supplier_id) + f"?achat={purchase.pk}"
    assert address.replace("&", "&amp;") in client.get(purchase.get_absolute_url()).content.decode()
    assert make.IBAN in client.get(address).content.decode()
    client.post(address, {"iban": make.IBAN})
    assert purchase.supplier.banks.get().source == "invoice"
    assert "achat=" not in client.get(purchase.get_absolute_url()).content.decode()
