"""The pages of payments: what is to be paid, lots by two people, what the bank did, what waits for whom."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounting.calculations.payment_orders import next_transfer_day
from accounting.models import PaymentBatch, PaymentOrder
from accounting.selectors.accounts import section_of
from accounting.services.payment_batches import prepare_batch, reject_payment
from accounting.states.payments import BatchState, OrderState
from cae.core.facts import todos_of
from people.models import User
from people.states import RoleKind
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.factories.payments import IBAN, OTHER_IBAN, make_cash, make_order, release
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def accountant() -> User:
    make_cooperative()
    return make_user(RoleKind.ACCOUNTANT)


def order(amount: str = "10.00", **changes: object) -> PaymentOrder:
    return make_order(amount, **({"due_on": timezone.localdate()} | changes))  # type: ignore[arg-type]


def lot(*orders: PaymentOrder, actor: User) -> PaymentBatch:
    today = timezone.localdate()
    return prepare_batch(
        [one.pk for one in orders],
        execution_on=next_transfer_day(today),
        form_key=uuid.uuid4(),
        actor=actor,
        today=today,
    )


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def text(client: Client, name: str, *args: int) -> str:
    answer = client.get(reverse(f"accounting:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_the_order_to_the_entry_by_two_people(client: Client, accountant: User) -> None:
    paid, kept = order("40.25"), order("9.00", name="Inès Petit", due_on=timezone.localdate() + timedelta(30))
    manager = make_user(RoleKind.CO_MANAGER)
    client.force_login(accountant)
    page = text(client, "batch_prepare")
    assert re.search(rf'value="{paid.pk}"\s+id="id_orders"\s+checked', page)
    assert not re.search(rf'value="{kept.pk}"\s+id="[\w-]+"\s+checked', page)
    day = next_transfer_day(timezone.localdate())
    sent = {"execution_on": day.isoformat(), "orders": [paid.pk], "form_key": hidden(page, "form_key")}
    assert client.post(reverse("accounting:batch_prepare"), sent).status_code == 302
    # A second click makes no second lot.
    assert client.post(reverse("accounting:batch_prepare"), sent).status_code == 302
    batch = PaymentBatch.objects.get()
    seen = text(client, "batch_detail", batch.pk)
    assert "40,25" in seen
    assert "…0189" in seen
    assert reverse("accounting:batch_release", args=[batch.pk]) not in seen
    client.force_login(manager)
    assert reverse("accounting:batch_release", args=[batch.pk]) in text(client, "batch_detail", batch.pk)
    second = text(client, "batch_release", batch.pk)
    url = reverse("accounting:batch_release", args=[batch.pk])
    mark = {"way": "typed", "typed": "Nadia", "shown": hidden(second, "shown")}
    assert client.post(url, mark).status_code == 422
    assert client.post(url, mark | {"accepted": "on"}).status_code == 302
    batch.refresh_from_db()
    assert batch.released_by == manager
    assert batch.document is not None
    content = client.get(reverse("core:document", args=[batch.document.pk]))
    assert b"pain.001.001.09" in content.content
    client.force_login(accountant)
    today = timezone.localdate().isoformat()
    settled = client.post(reverse("accounting:batch_settle", args=[batch.pk]), {"on": today})
    assert settled.status_code == 302
    paid.refresh_from_db()
    assert paid.state == OrderState.SETTLED
    assert "BQ " in text(client, "batch_detail", batch.pk)


def test_whoever_prepared_a_lot_is_refused_at_its_release(client: Client, accountant: User) -> None:
    batch = lot(order(), actor=accountant)
    client.force_login(accountant)
    page = text(client, "batch_release", batch.pk)
    answer = client.post(
        reverse("accounting:batch_release", args=[batch.pk]),
        {"way": "typed", "typed": "Moi", "accepted": "on", "shown": hidden(page, "shown")},
    )
    assert answer.status_code == 422
    assert "à une autre personne de le valider" in answer.content.decode()
    batch.refresh_from_db()
    assert batch.state == BatchState.PREPARED


def test_a_wrong_lot_keeps_what_was_typed_and_says_why(client: Client, accountant: User) -> None:
    wanted = order()
    client.force_login(accountant)
    page = text(client, "batch_prepare")
    past = (timezone.localdate() - timedelta(days=1)).isoformat()
    sent = {"execution_on": past, "orders": [wanted.pk], "form_key": hidden(page, "form_key")}
    answer = client.post(reverse("accounting:batch_prepare"), sent)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "ne part pas un jour passé" in said
    assert past in said
    assert "checked" in said
    nothing = client.post(reverse("accounting:batch_prepare"), sent | {"orders": []})
    assert "Choisissez au moins un ordre" in nothing.content.decode()
    assert PaymentBatch.objects.count() == 0


def test_a_held_order_says_why_and_its_hold_is_lifted_with_a_reason(client: Client, accountant: User) -> None:
    section = section_of(make_activity())
    make_cash(section, "5.00", on=timezone.localdate())
    held = order("10.00", section=section)
    client.force_login(accountant)
    assert held.name not in text(client, "payment_list")
    assert "5,00" in text(client, "payment_held")
    assert "5,00" in text(client, "batch_prepare")
    assert "5,00" in text(client, "payment_detail", held.pk)
    url = reverse("accounting:payment_clear", args=[held.pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "encaissement demain"}).status_code == 302
    assert held.name in text(client, "payment_list")
    assert "encaissement demain" in text(client, "payment_detail", held.pk)


def test_a_rejected_order_is_corrected_on_its_page(client: Client, accountant: User) -> None:
    one, other = order("1.00"), order("2.00")
    batch = release(lot(one, other, actor=accountant), at=timezone.now())
    client.force_login(accountant)
    reject = reverse("accounting:payment_reject", args=[one.pk])
    assert reject in text(client, "payment_detail", one.pk)
    assert client.post(reject, {"reason": "AC01 compte inconnu"}).status_code == 302
    assert "AC01 compte inconnu" in text(client, "batch_detail", batch.pk)
    correct = reverse("accounting:payment_correct", args=[one.pk])
    wrong = client.post(correct, {"name": "Zoé", "iban": "FR00", "bic": ""})
    assert wrong.status_code == 422
    assert "Cet IBAN n’existe pas" in wrong.content.decode()
    assert client.post(correct, {"name": "Zoé", "iban": OTHER_IBAN, "bic": ""}).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.iban) == (OrderState.PLANNED, OTHER_IBAN)
    settle = reverse("accounting:payment_settle", args=[other.pk])
    assert client.post(settle, {"on": timezone.localdate().isoformat()}).status_code == 302
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE


def test_a_lot_is_given_up_on_its_page(client: Client, accountant: User) -> None:
    one = order()
    batch = lot(one, actor=accountant)
    client.force_login(accountant)
    url = reverse("accounting:batch_cancel", args=[batch.pk])
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "mauvais jour"}).status_code == 302
    one.refresh_from_db()
    assert one.state == OrderState.PLANNED


# Lists


@pytest.mark.parametrize("name", ["payment_list", "payment_held", "payment_all", "batch_prepare"])
def test_lists_of_orders_cost_the_same_for_one_row_and_for_thirty(
    client: Client, accountant: User, name: str
) -> None:
    section = section_of(make_activity())
    client.force_login(accountant)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            text(client, name)
        return len(seen)

    for number in range(2):
        order(str(number + 1)), order(str(number + 1), section=section)
    cost()
    few = cost()
    for number in range(29):
        order(str(number + 3)), order(str(number + 3), section=section)
    assert cost() == few


def test_the_list_of_lots_costs_the_same_for_one_row_and_for_ten(client: Client, accountant: User) -> None:
    client.force_login(accountant)
    lot(order(), actor=accountant)
    text(client, "batch_list")
    with CaptureQueriesContext(connection) as few:
        text(client, "batch_list")
    for _number in range(9):
        lot(order(), actor=accountant)
    with CaptureQueriesContext(connection) as many:
        text(client, "batch_list")
    assert len(many) == len(few)


def test_lists_find_a_beneficiary_and_are_exported(client: Client, accountant: User) -> None:
    order("3.00", name="Inès Petit"), order("4.00", name="Omar Benali", iban=OTHER_IBAN)
    client.force_login(accountant)
    url = reverse("accounting:payment_all")
    for words, found, left in (("ines", "Ines Petit", "Omar"), ("3000", "Omar", "Ines")):
        page = client.get(url, {"q": words}).content.decode()
        assert found in page
        assert left not in page
    exported = client.get(url, {"export": "csv"}).content.decode("utf-8-sig")
    assert "Omar Benali" in exported
    assert IBAN not in exported
    batch = lot(*PaymentOrder.objects.filter(name="Ines Petit"), actor=accountant)
    lots = reverse("accounting:batch_list")
    assert batch.reference in client.get(lots, {"q": "inès"}).content.decode()
    assert batch.reference not in client.get(lots, {"q": "omar"}).content.decode()


# What waits, and who sees


def labels(user: User) -> list[str]:
    return [todo.label for todo in todos_of(user, timezone.localdate())]


def test_each_hand_reads_what_waits_for_it(accountant: User) -> None:
    manager = make_user(RoleKind.CO_MANAGER)
    one, two = order(), order()
    assert "Préparer 2 ordres de paiement" in labels(accountant)
    assert "Préparer 2 ordres de paiement" not in labels(manager)
    batch = lot(one, two, actor=accountant)
    assert "Valider 1 lot de virements" in labels(manager)
    assert "Valider 1 lot de virements" not in labels(accountant)
    release(batch, actor=manager, at=timezone.now())
    PaymentBatch.objects.filter(pk=batch.pk)
    reject_payment(one, reason="compte clos", actor=accountant)
    assert "Corriger 1 paiement rejeté par la banque" in labels(accountant)
    if batch.execution_on == timezone.localdate():
        assert "Noter l’exécution de 1 lot de virements" in labels(accountant)


@pytest.mark.parametrize("kind", [RoleKind.ENTREPRENEUR, RoleKind.ADVISOR, RoleKind.HUMAN_RESOURCES])
def test_payments_are_closed_to_everybody_else(
    client: Client, accountant: User, kind: RoleKind, url_of: Callable[[str, int], str]
) -> None:
    batch = lot(order(), actor=accountant)
    client.force_login(make_user(kind))
    for name in ("payment_list", "batch_list", "batch_detail", "batch_release"):
        assert client.get(url_of(name, batch.pk)).status_code == 403


@pytest.fixture
def url_of() -> Callable[[str, int], str]:
    def found(name: str, key: int) -> str:
        return reverse(
            f"accounting:{name}", args=[key] if name.startswith("batch_") and name != "batch_list" else []
        )

    return found


def test_an_auditor_reads_and_touches_nothing(client: Client, accountant: User) -> None:
    batch = lot(order("8.00"), actor=accountant)
    client.force_login(make_user(RoleKind.AUDITOR))
    assert Decimal("8.00") == batch.total
    seen = text(client, "batch_detail", batch.pk)
    for name in ("batch_release", "batch_cancel"):
        url = reverse(f"accounting:{name}", args=[batch.pk])
        assert url not in seen
        assert client.post(url, {"reason": "x"}).status_code == 403
    batch.refresh_from_db()
    assert batch.state == BatchState.PREPARED
