"""The pages of the exchange: what leaves, what came, what is noted by hand, and the life of a document."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cae.core import facts
from cae.core.settings import set_setting
from entrepreneurs.models import Activity
from invoicing import parameters
from invoicing.emails import Letter
from invoicing.models import EInvoiceStatus, ExchangeMessage, Invoice, RoutingAddress, Sending
from invoicing.selectors.exchange_waiting import AWAITED
from invoicing.services.arriving import take_file
from invoicing.services.exchanging import hand_over
from invoicing.services.seeing import note_seen
from invoicing.services.sending import send_invoice
from invoicing.states.exchange import MessageState
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as make
from tests.factories import invoicing_exchange as ex
from tests.factories import sendings
from tests.factories.people import make_user
from tests.invoicing.pages import url
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration", "judges")]
TODAY = "2026-10-20T12:00:00+02:00"


@pytest.fixture(autouse=True)
def _day(settings: Any) -> Any:
    settings.EXCHANGE_URL = ""
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def accountant() -> User:
    return make_user(RoleKind.ACCOUNTANT)


@pytest.fixture
def office(accountant: User) -> Client:
    return client_of(accountant)


def labels(user: User) -> list[str]:
    return [one.label for one in facts.awaited_in(AWAITED, user, timezone.localdate())]


def test_before_the_day_the_list_says_so(office: Client, shop: Activity) -> None:
    ex.issued(shop)
    page = text(office.get(url("exchange_list")))
    assert "L’émission par plateforme n’a pas commencé" in page
    assert "Aucun échange avec la plateforme" in page


def test_the_list_counts_each_step(office: Client, shop: Activity, settings: Any, tmp_path: Path) -> None:
    invoice, message = ex.packaged(shop)
    page = text(office.get(url("exchange_list")))
    assert "Aucune plateforme n’est reliée" in page
    assert message.name in page
    assert str(invoice.number) in page
    settings.EXCHANGE_URL = f"file://{tmp_path}"
    hand_over(message.pk, at=timezone.now())
    take_file("a.xml", ex.told(str(invoice.number), "200"), at=timezone.now())
    take_file("b.xml", ex.told("F1999-0001", "200"), at=timezone.now())
    page = text(office.get(url("exchange_list")))
    assert "dans un dossier partagé" in page
    for step, name in (("answered", message.name), ("taken", "a.xml"), ("failed", "b.xml")):
        found = text(office.get(url("exchange_list", step=step)))
        assert name in found
        others = {message.name, "a.xml", "b.xml"} - {name}
        assert not [other for other in others if other in found]
    assert "Aucun document émis ne porte le numéro" in text(office.get(url("exchange_list", step="failed")))


def test_the_list_costs_the_same_for_one_and_thirty(office: Client, shop: Activity) -> None:
    invoice = ex.issued(shop)
    take_file("a.xml", ex.told("F1999-0001", "200"), at=timezone.now())
    office.get(url("exchange_list"))
    with CaptureQueriesContext(connection) as one:
        office.get(url("exchange_list"))
    ExchangeMessage.objects.bulk_create(
        ExchangeMessage(
            direction="in",
            kind="status",
            state="failed",
            name=f"{number}.xml",
            error="x",
            sha256=f"{number:064}",
            invoice=invoice,
        )
        for number in range(29)
    )
    with CaptureQueriesContext(connection) as thirty:
        office.get(url("exchange_list"))
    assert len(thirty) <= len(one)


def test_by_hand_a_file_is_downloaded_then_noted(office: Client, accountant: User, shop: Activity) -> None:
    invoice, message = ex.packaged(shop)
    assert "Déposer 1 fichier sur la plateforme" in labels(accountant)
    page = text(office.get(url("exchange_message", message.pk)))
    assert "Noter comme déposé" in page
    file = office.get(url("exchange_file", message.pk))
    assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")
    assert message.name in file["Content-Disposition"]
    answer = office.post(url("exchange_deposited", message.pk), follow=True)
    assert "Le dépôt est noté." in text(answer)
    assert "déposé à la main" in text(answer)
    assert "Déposer 1 fichier sur la plateforme" not in labels(accountant)
    again = office.post(url("exchange_deposited", message.pk), follow=True)
    assert "Seul un message à envoyer se note comme déposé." in text(again)
    assert invoice.exchange_messages.get().state == MessageState.SENT


def test_several_are_noted_at_once(office: Client, shop: Activity) -> None:
    _invoice, first = ex.packaged(shop)
    other = take_file("b.xml", ex.told("F1999-0001", "200"), at=timezone.now())
    answer = office.post(url("exchange_bulk", "deposited"), {"ids": [first.pk, other.pk]}, follow=True)
    page = text(answer)
    assert "1 message noté." in page
    assert "b.xml : Seul un message à envoyer se note comme déposé." in page
    assert office.post(url("exchange_bulk", "autre"), {"ids": [first.pk]}).status_code == 404
    answer = office.post(url("exchange_bulk", "again"), {"ids": [first.pk]}, follow=True)
    assert "1 message noté." in text(answer)


def test_a_file_in_error_is_read_set_aside_and_taken_again(office: Client, shop: Activity) -> None:
    ex.issued(shop)
    message = take_file("a.xml", ex.told("F2026-0002", "200"), at=timezone.now())
    page = text(office.get(url("exchange_message", message.pk)))
    assert "Aucun document émis ne porte le numéro « F2026-0002 »." in page
    assert "IssuerAssignedID" in page
    assert office.post(url("exchange_aside", message.pk), {"reason": ""}).status_code == 422
    answer = office.post(url("exchange_aside", message.pk), {"reason": "Pas pour nous"}, follow=True)
    assert "Pas pour nous" in text(answer)
    ex.issued(shop)
    answer = office.post(url("exchange_again", message.pk), follow=True)
    assert "Le fichier a été relu." in text(answer)
    message.refresh_from_db()
    assert message.state == MessageState.TAKEN


def test_a_message_leaves_again(office: Client, shop: Activity) -> None:
    _invoice, message = ex.packaged(shop)
    waits = office.post(url("exchange_again", message.pk), follow=True)
    assert "Ce message attend déjà d’être envoyé." in text(waits)
    office.post(url("exchange_deposited", message.pk))
    answer = office.post(url("exchange_again", message.pk), follow=True)
    assert "Le message repart vers la plateforme." in text(answer)


def test_a_file_that_is_no_text_is_not_drawn(office: Client, shop: Activity) -> None:
    ex.issued(shop)
    message = take_file("facture.pdf", b"%PDF-1.7 rien", at=timezone.now())
    assert "Ce fichier se lit une fois téléchargé." in text(office.get(url("exchange_message", message.pk)))


def test_who_may(shop: Activity, seller: User) -> None:
    invoice, message = ex.packaged(shop)
    reads, runs = (
        ["exchange_list", "exchange_message", "exchange_file", "address_list"],
        ["exchange_again", "exchange_deposited"],
    )
    for kind, sees in ((RoleKind.CO_MANAGER, 200), (RoleKind.ADMINISTRATOR, 200), (RoleKind.ADVISOR, 403)):
        client = client_of(make_user(kind))
        for name in reads:
            args = [message.pk] if name in ("exchange_message", "exchange_file") else []
            assert client.get(url(name, *args)).status_code == sees, (kind, name)
        for name in runs:
            assert client.post(url(name, message.pk)).status_code == 403
    own = client_of(seller)
    assert own.get(url("exchange_list")).status_code == 403
    assert own.get(url("invoice_status", invoice.pk)).status_code == 403
    message.refresh_from_db()
    assert message.state == MessageState.WAITING


def test_a_status_is_noted_by_hand(office: Client, shop: Activity, accountant: User) -> None:
    invoice, message = ex.packaged(shop)
    assert "Attend d’être remis à la plateforme." in text(office.get(invoice.get_absolute_url()))
    form = {"code": "210", "reason": "", "comment": "", "on": "2026-10-20"}
    answer = office.post(url("invoice_status", invoice.pk), form)
    assert answer.status_code == 422
    assert "Le statut « Refusée » dit toujours pourquoi" in text(answer)
    future = office.post(url("invoice_status", invoice.pk), form | {"on": "2026-10-21"})
    assert "Un statut ne porte pas une date à venir." in text(future)
    assert not EInvoiceStatus.objects.exists()
    answer = office.post(
        url("invoice_status", invoice.pk), form | {"reason": "CMD_ERR", "comment": "Bon 4512"}, follow=True
    )
    page = text(answer)
    for words in ("Refusée par le client", "Numéro de commande incorrect", "Bon 4512", "Faites un avoir"):
        assert words in page
    status = EInvoiceStatus.objects.get()
    assert (status.origin, status.created_by) == ("noted", accountant)
    ours = office.post(url("invoice_status", invoice.pk), form | {"code": "225"})
    assert "plus aucun statut ne suit" in text(ours)
    assert message.name not in text(office.get(invoice.get_absolute_url()))


def test_our_own_step_is_written_as_ours(office: Client, shop: Activity) -> None:
    invoice, _message = ex.packaged(shop)
    form = {"code": "225", "reason": "", "comment": "", "on": "2026-10-19"}
    office.post(url("invoice_status", invoice.pk), form)
    status = EInvoiceStatus.objects.get()
    assert (status.origin, timezone.localdate(status.at)) == ("house", date(2026, 10, 19))
    assert ExchangeMessage.objects.filter(status=status).exists()


@pytest.mark.parametrize(
    ("customer", "sentence"),
    [
        ({}, "Ne passe pas par la plateforme : il est émis avant qu’elle serve."),
        (
            {"siren": "", "kind": "private_person", "name": "Jeanne Durand", "email": "jeanne@example.org"},
            "Ne passe pas par la plateforme : le client est un particulier.",
        ),
        (
            {
                "siren": "",
                "country": "BE",
                "vat_number": "BE0403170701",
                "electronic_address": "a@example.be",
            },
            "Ne passe pas par la plateforme : le client est à l’étranger.",
        ),
    ],
)
def test_the_page_says_by_which_way_it_goes(
    shop: Activity, seller: User, customer: dict[str, Any], sentence: str
) -> None:
    invoice = ex.issued(shop, customer=make.firm(shop, **customer))
    assert sentence in text(client_of(seller).get(invoice.get_absolute_url()))


def test_the_life_is_told_with_its_money(shop: Activity, seller: User) -> None:
    invoice = ex.issued(shop)
    payment = make.pay(invoice, "100.00", on=date(2026, 10, 19))
    make.reverse(payment, on=date(2026, 10, 20))
    page = text(client_of(seller).get(invoice.get_absolute_url()))
    assert "Encaissée : 100,00 €" in page
    assert "Encaissement repris : 100,00 €" in page
    assert "Noter un statut" not in page


def test_what_came_back_waits_until_it_is_given_back(shop: Activity, seller: User, accountant: User) -> None:
    invoice = ex.issued(shop)
    other = ex.issued(shop)
    ex.noted(invoice, "213", "REJ_ADR")
    assert "Reprendre 1 facture refusée ou rejetée" in labels(seller)
    found = text(client_of(seller).get(url("invoice_list", einvoice="turned_down")))
    assert str(invoice.number) in found
    assert str(other.number) not in found
    make.issue(make.credit(invoice), on=ex.DAY)
    assert "Reprendre 1 facture refusée ou rejetée" not in labels(seller)
    assert "Rejetée par la plateforme" in text(client_of(seller).get(invoice.get_absolute_url()))


def test_an_exchange_in_error_waits_for_the_accountant(
    shop: Activity, seller: User, accountant: User
) -> None:
    ex.issued(shop)
    take_file("a.xml", ex.told("F1999-0001", "200"), at=timezone.now())
    assert "Régler 1 échange en erreur avec la plateforme" in labels(accountant)
    assert not [label for label in labels(seller) if "échange" in label]


def _sent(invoice: Invoice, seller: User, *, days: int) -> Sending:
    at = timezone.now() - timedelta(days=days)
    send_invoice(invoice, to=["client@example.com"], letter=Letter("Facture", "Bonjour"), actor=seller, at=at)
    return invoice.sendings.latest("pk")


def test_a_mail_that_nobody_opened_comes_back_as_a_task(shop: Activity, seller: User) -> None:
    invoice, other = ex.issued(shop), ex.issued(shop)
    _sent(invoice, seller, days=8)
    _sent(other, seller, days=6)
    label = "Vérifier que 1 facture est bien arrivée : elle n’est pas ouverte"
    assert label in labels(seller)
    found = text(client_of(seller).get(url("invoice_list", unread="1")))
    assert str(invoice.number) in found
    assert str(other.number) not in found
    note_seen(invoice.sendings.get(), at=timezone.now())
    assert label not in labels(seller)


def test_the_last_mail_counts_and_money_ends_it(shop: Activity, seller: User) -> None:
    invoice, paid = ex.issued(shop), ex.issued(shop)
    _sent(invoice, seller, days=12)
    _sent(invoice, seller, days=2)
    _sent(paid, seller, days=12)
    make.pay(paid, str(paid.total_incl_tax), on=date(2026, 10, 19))
    assert not [label for label in labels(seller) if "bien arrivée" in label]


def test_a_quote_that_nobody_opened_too_unless_never(shop: Activity, seller: User) -> None:
    with time_machine.travel("2026-10-10T12:00:00+02:00", tick=False):
        quote, _token = sendings.sent_quote(shop)
    label = "Reparler de 1 devis que le client n’a pas ouvert"
    assert label in labels(seller)
    assert str(quote.number) in text(client_of(seller).get(url("quote_list", unread="1")))
    set_setting(
        parameters.UNREAD_DAYS, value="0", valid_from=date(2026, 10, 20), actor=None, reason="Trop de bruit"
    )
    assert label not in labels(seller)
    assert str(quote.number) not in text(client_of(seller).get(url("quote_list", unread="1")))


def test_the_directory_is_listed_given_and_exported(office: Client, shop: Activity) -> None:
    ex.issued(shop)
    whole = f"{ex.SIREN}_{shop.code}"
    assert whole in text(office.get(url("address_list")))
    form = {"activity": shop.pk, "suffix": "", "starts_on": "2026-11-01"}
    assert office.post(url("address_give"), form).status_code == 422
    wrong = office.post(url("address_give"), form | {"suffix": "É T É"})
    assert "Un suffixe s’écrit avec des lettres sans accent" in text(wrong)
    answer = office.post(url("address_give"), form | {"suffix": "enseigne"}, follow=True)
    assert "L’adresse est donnée" in text(answer)
    assert f"{ex.SIREN}_ENSEIGNE" in text(answer)
    exported = office.get(url("address_list", export="csv")).content.decode("utf-8-sig")
    assert whole in exported
    assert f"{ex.SIREN}_ENSEIGNE" in exported
    present = text(office.get(url("address_list", present="1")))
    assert whole in present
    assert f"{ex.SIREN}_ENSEIGNE" not in present
    assert RoutingAddress.objects.filter(activity=shop).count() == 2
