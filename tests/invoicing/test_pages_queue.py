"""The queue of those who check: who sees what, each act in one click, a colleague who was faster."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cae.core.models import Job, Message
from cae.core.settings import set_setting
from entrepreneurs.models import Activity
from invoicing import parameters
from invoicing.engines.checker.protocol import Finding, Verdict
from invoicing.models import Customer, Invoice, Quote
from invoicing.selectors.queue import handed_to
from invoicing.services.approving import approve_quote
from invoicing.services.submitting import take_back_quote
from invoicing.services.taking import take_document
from people.models import User
from people.services.scopes import save_portfolio
from people.states import RoleKind
from tests.factories import invoicing as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.invoicing.conftest import Judges
from tests.invoicing.pages import url
from tests.invoicing.queues import handed_invoice, handed_quote, place
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration", "judges")]


@pytest.fixture
def accountant() -> User:
    return make_user(RoleKind.ACCOUNTANT, first_name="Awa", last_name="Sarr")


def post(user: User, document: Quote | Invoice, do: str, **values: Any) -> Any:
    return client_of(user).post(place(document), {"do": do, **values}, follow=True)


def state(document: Quote | Invoice) -> tuple[str, str | None]:
    document.refresh_from_db()
    return document.state, document.number


def test_an_advisor_sees_the_portfolio_and_the_accountant_everything(
    shop: Activity, accountant: User, seller: User
) -> None:
    mine, other = handed_quote(shop), handed_quote(make_activity())
    advisor = make_user(
        RoleKind.ADVISOR, scope=save_portfolio(None, label="Suivi", scopes=[shop.scope], actor=None)
    )
    assert [row.pk for row in handed_to(advisor)] == [mine.pk]
    assert [row.pk for row in handed_to(accountant)] == [mine.pk, other.pk]
    assert client_of(advisor).get(place(mine)).status_code == 200
    assert client_of(advisor).get(place(other)).status_code == 404
    assert client_of(seller).get(url("queue")).status_code == 403
    assert client_of(seller).get(place(mine)).status_code == 403


def test_an_advisor_does_not_check_their_own_activity(shop: Activity) -> None:
    both = make_user(RoleKind.ADVISOR, scope=save_portfolio(None, label="S", scopes=[shop.scope], actor=None))
    own = handed_quote(make_activity(both))
    assert handed_to(both) == []
    assert client_of(both).get(place(own)).status_code == 403
    assert post(both, own, "validate").status_code == 403
    assert state(own) == ("submitted", None)


def test_the_page_shows_the_document_and_what_the_machine_says(shop: Activity, accountant: User) -> None:
    quote = handed_quote(shop, make.line("6000.00"))
    said = text(client_of(accountant).get(place(quote)))
    for part in (
        "Attend la relecture de l’équipe depuis le",
        "6 000,00 € HT : au-dessus des 5 000,00 € à regarder de près.",
        "La TVA convient au client et à ce qui est vendu.",
        "1 à regarder",
        "Demander une correction",
        "Me l’attribuer",
        quote.customer.name,
        shop.name,
    ):
        assert part in said
    assert "Valider les documents cochés" not in said


def test_an_empty_queue_says_when_it_was_emptied(shop: Activity, accountant: User) -> None:
    assert "Tout est traité." in text(client_of(accountant).get(url("queue")))
    quote = handed_quote(shop)
    response = post(accountant, quote, "validate")
    at = timezone.localtime(Quote.objects.get(pk=quote.pk).state_since)
    assert f"Tout est traité. Dernière validation à {at:%H:%M}." in text(response)
    Quote.objects.filter(pk=quote.pk).update(state_since=timezone.now() - timedelta(days=3))
    assert "Dernière validation le" in text(client_of(accountant).get(url("queue")))


def test_validating_leads_to_the_next_document(shop: Activity, accountant: User) -> None:
    first, second, third = (handed_quote(shop, siren=siren) for siren in make.SIRENS[:3])
    response = post(accountant, second, "validate")
    number = f"D{timezone.localdate().year}-0001"
    assert state(second) == ("approved", number)
    assert response.redirect_chain[-1][0] == place(third)
    assert f"C’est validé : Devis {number}." in text(response)
    assert post(accountant, third, "validate").redirect_chain[-1][0] == place(first)
    assert post(accountant, first, "validate").redirect_chain[-1][0] == url("queue")


def test_an_invoice_is_issued_from_the_queue(shop: Activity, accountant: User) -> None:
    invoice = handed_invoice(shop)
    assert "Valider et émettre" in text(client_of(accountant).get(place(invoice)))
    post(accountant, invoice, "validate")
    assert state(invoice) == ("issued", f"F{timezone.localdate().year}-0001")


def test_what_the_judges_refuse_stays_in_the_queue(shop: Activity, accountant: User, judges: Judges) -> None:
    judges.verdict = Verdict(False, (Finding("BR-FR-12", "…"),))
    invoice = handed_invoice(shop)
    response = post(accountant, invoice, "validate")
    assert response.redirect_chain[-1][0] == place(invoice)
    assert state(invoice) == ("submitted", None)
    judges.verdict = Verdict(True)
    judges.down = True
    other = handed_invoice(shop, make.line("9.00"))
    assert "ne répond pas" in text(post(accountant, other, "validate"))
    assert state(other) == ("submitted", None)


def test_asking_for_a_correction(shop: Activity, accountant: User) -> None:
    quote = handed_quote(shop)
    response = post(accountant, quote, "correct", reason="Précisez la durée.")
    quote.refresh_from_db()
    assert (quote.state, quote.correction) == ("draft", "Précisez la durée.")
    assert Message.objects.get().text == "Précisez la durée."
    assert f"Correction demandée à {shop.name}" in text(response)


def test_a_correction_without_words_loses_nothing(shop: Activity, accountant: User) -> None:
    quote = handed_quote(shop)
    response = post(accountant, quote, "correct", reason="  ")
    assert response.status_code == 422
    assert "Dites ce qui est à corriger" in text(response)
    assert state(quote) == ("submitted", None)
    assert not Message.objects.exists()


def test_a_ready_phrase_is_inserted_without_script(shop: Activity, accountant: User) -> None:
    set_setting(
        parameters.CORRECTION_PHRASES,
        value="Trop court.\n\nIllisible.",
        valid_from=timezone.localdate(),
        actor=None,
        reason="essai",
    )
    quote = handed_quote(shop)
    page = client_of(accountant).get(place(quote))
    assert "Trop court." in text(page)
    response = client_of(accountant).post(place(quote), {"phrase": "Illisible.", "reason": "Bonjour."})
    assert response.status_code == 200
    assert "Bonjour.\nIllisible.</textarea>" in response.content.decode()
    assert state(quote) == ("submitted", None)


def test_taking_and_releasing(shop: Activity, accountant: User) -> None:
    quote, colleague = handed_quote(shop), make_user(RoleKind.ACCOUNTANT)
    assert "Attend la relecture d’Awa S. depuis le" in text(post(accountant, quote, "take"))
    said = text(client_of(colleague).get(place(quote)))
    assert "Awa S. relit déjà ce document." in said
    assert "Libérer d’Awa S." in said
    assert "Awa Sarr relit déjà ce document." in text(post(colleague, quote, "take"))
    post(colleague, quote, "release")
    quote.refresh_from_db()
    assert quote.checker is None


def test_a_colleague_was_faster(shop: Activity, accountant: User) -> None:
    quote, colleague = handed_quote(shop), make_user(RoleKind.ACCOUNTANT, first_name="Noé", last_name="Petit")
    approve_quote(quote, actor=colleague, on=timezone.localdate())
    number = Quote.objects.get(pk=quote.pk).number
    for do in ("validate", "correct", "take"):
        response = post(accountant, quote, do, reason="Trop cher.")
        said = text(response)
        assert f"Devis {number} pour {quote.customer.name} : validation par Noé P., le" in said, do
    quote.refresh_from_db()
    assert (quote.state, quote.correction) == ("approved", "")


def test_a_document_taken_back_makes_the_page_stale(shop: Activity, seller: User, accountant: User) -> None:
    quote = handed_quote(shop)
    take_back_quote(quote, actor=seller)
    response = post(accountant, quote, "validate", version="1")
    assert "reprise par Claire N" in text(response)
    assert state(quote) == ("draft", None)


def test_what_changed_since_it_was_read_is_read_again(shop: Activity, accountant: User) -> None:
    quote = handed_quote(shop)
    response = post(accountant, quote, "validate", version="0")
    assert "Ce document a été modifié ailleurs depuis votre lecture" in text(response)
    assert state(quote) == ("submitted", None)


def test_a_customer_changed_meanwhile_is_read_again(shop: Activity, accountant: User) -> None:
    """The content is closed, and the address of its customer is not part of it."""
    for document in (handed_quote(shop), handed_invoice(shop)):
        shown = client_of(accountant).get(place(document)).context["shown"]
        Customer.objects.filter(pk=document.customer_id).update(city=f"Pau {document.pk} {shown[:4]}")
        response = post(accountant, document, "validate", shown=shown)
        assert "Ce document ne dit plus tout à fait ce que vous avez lu" in text(response)
        assert state(document) == ("submitted", None)
        again = client_of(accountant).get(place(document)).context["shown"]
        post(accountant, document, "validate", shown=again)
        assert state(document)[1] is not None


def test_a_closed_document_offers_no_dead_link(shop: Activity, accountant: User) -> None:
    quote = handed_quote(shop, make.line("0.00", label="Offert"), make.line("50.00"))
    Customer.objects.filter(pk=quote.customer_id).update(email="")
    advisor = make_user(RoleKind.ADVISOR)
    customer = url("customer_edit", quote.customer_id)
    for user, offered in ((accountant, True), (advisor, False)):
        body = client_of(user).get(place(quote)).content.decode()
        assert "Est-ce offert ?" in body
        assert url("quote_edit", quote.pk) not in body
        assert (customer in body) is offered


def test_filters_stay_in_the_address(shop: Activity, accountant: User) -> None:
    quote, invoice = handed_quote(shop), handed_invoice(make_activity())
    take_document(invoice, actor=accountant)
    dear = handed_quote(shop, make.line("6000.00"))

    def shown(**query: Any) -> list[Any]:
        response = client_of(accountant).get(url("queue", **query))
        return [line.document for line, _url in response.context["rows"]]

    assert shown() == [quote, invoice, dear]
    assert shown(nature="quote") == [quote, dear]
    assert shown(nature="invoice") == [invoice]
    assert shown(nature="credit_note") == []
    assert shown(activite=str(shop.pk)) == [quote, dear]
    assert shown(a_moi="on") == [invoice]
    assert shown(nature="quote", en_regle="on") == [quote]
    assert shown(nature="n’importe quoi", activite="x") == [quote, invoice, dear]
    page = client_of(accountant).get(url("queue", nature="quote"))
    assert place(dear, nature="quote") in page.content.decode()
    none = client_of(accountant).get(url("queue", nature="credit_note"))
    assert "Rien ne répond à ces filtres." in text(none)


def test_a_few_are_validated_at_once_each_with_its_answer(shop: Activity, accountant: User) -> None:
    right, dear = (
        handed_quote(shop),
        handed_quote(shop, make.line("6000.00")),
    )
    taken = handed_quote(shop, make.line("10.00"))
    take_document(taken, actor=make_user(RoleKind.ACCOUNTANT, first_name="Noé", last_name="Petit"))
    keys = [f"quote:{row.pk}" for row in (right, dear, taken)]
    wrong = ["quote:999999", f"quote:{'9' * 40}", "invoice:٣", "quote:x", "autre:1"]
    response = client_of(accountant).post(url("queue_validate"), {"ids": [*keys, *wrong]}, follow=True)
    said = text(response)
    assert state(right)[0] == "approved"
    assert "1 document validé" in said
    assert "À lire d’abord : quelque chose est signalé sur ce document." in said
    assert "Noé P. relit déjà ce document." in said
    assert (state(dear), state(taken)) == (("submitted", None), ("submitted", None))


def test_nothing_ticked_is_said(shop: Activity, accountant: User) -> None:
    handed_quote(shop)
    response = client_of(accountant).post(url("queue_validate"), follow=True)
    assert "Cochez au moins un document." in text(response)


def test_many_are_validated_by_a_job(
    shop: Activity, accountant: User, django_capture_on_commit_callbacks: Any
) -> None:
    first = handed_quote(shop)
    rows = [first, *(handed_quote(shop) for _ in range(11))]
    dear = handed_quote(shop, make.line("6000.00"))
    keys = [f"quote:{row.pk}" for row in (*rows, dear)]
    with django_capture_on_commit_callbacks(execute=True):
        response = client_of(accountant).post(url("queue_validate"), {"ids": keys})
    job = Job.objects.get()
    assert response["Location"] == f"/travaux/{job.pk}/"
    assert (job.state, job.done, job.total) == ("done", 13, 13)
    assert {state(row)[0] for row in rows} == {"approved"}
    (failure,) = job.failures
    assert failure["id"] == f"quote:{dear.pk}"
    assert "À lire d’abord" in failure["reason"]
    assert state(dear) == ("submitted", None)


def test_what_is_out_of_sight_is_not_validated_in_a_batch(shop: Activity) -> None:
    other = handed_quote(make_activity())
    advisor = make_user(
        RoleKind.ADVISOR, scope=save_portfolio(None, label="Suivi", scopes=[shop.scope], actor=None)
    )
    client_of(advisor).post(url("queue_validate"), {"ids": [f"quote:{other.pk}"]})
    assert state(other) == ("submitted", None)


def test_as_many_queries_for_thirty_documents_as_for_two(shop: Activity, accountant: User) -> None:
    client, counts = client_of(accountant), []
    for rows in (1, 14):
        for _ in range(rows):
            handed_quote(shop, make.line("20.00"), make.line("30.00"))
            handed_invoice(shop)
        client.get(url("queue"))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url("queue"))
        counts.append((len(response.context["rows"]), len(queries)))
    assert [shown for shown, _queries in counts] == [2, 30]
    assert counts[1][1] <= counts[0][1] <= 13


def test_an_empty_queue_asks_little(accountant: User) -> None:
    client = client_of(accountant)
    client.get(url("queue"))
    with CaptureQueriesContext(connection) as queries:
        client.get(url("queue"))
    assert len(queries) <= 5
