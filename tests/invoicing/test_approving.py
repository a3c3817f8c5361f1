"""The check of a document: handed over, taken, sent back, approved; a refusal changes nothing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from cae.core.canonical import sha256_of
from cae.core.errors import Code, Refused
from cae.core.links import create_link
from cae.core.models import AuditEntry, Message, Notice, NumberSeries, PersonalLink
from entrepreneurs.models import Activity
from invoicing.engines.checker.protocol import Finding, Verdict
from invoicing.models import Invoice, Quote, Sending, VatRate
from invoicing.services.approving import approve_quote, replace_quote, withdraw_quote
from invoicing.services.correcting import correct_invoice, correct_quote
from invoicing.services.drafting import save_draft
from invoicing.services.inputs import DraftContent
from invoicing.services.issuing import issue_invoice
from invoicing.services.quote_files import archive_quote_pdf, archive_waiting_quotes
from invoicing.services.quoting import save_quote_draft
from invoicing.services.submitting import (
    submit_invoice,
    submit_quote,
    take_back_invoice,
    take_back_quote,
)
from invoicing.services.taking import release_document, take_document
from invoicing.services.validating import Ticket, validate_document, validate_if_right
from invoicing.states.sales import QuoteState, SendingKind
from people.models import User
from people.services.scopes import save_portfolio
from people.states import RoleKind
from tests.factories import invoicing as make
from tests.factories import quotes
from tests.factories.people import make_user
from tests.invoicing.conftest import Judges
from tests.invoicing.pages import url
from tests.pages import client_of, text

pytestmark = pytest.mark.django_db

DAY = make.DAY


@pytest.fixture
def advisor(shop: Activity) -> User:
    portfolio = save_portfolio(None, label="Suivi", scopes=[shop.scope], actor=None)
    return make_user(RoleKind.ADVISOR, scope=portfolio, first_name="Claire", last_name="Lopez")


def facts(document: Any) -> dict[str, Any]:
    """Everything the row says, and what an act would have left around it."""
    row = type(document).objects.filter(pk=document.pk).values().get()
    around = (AuditEntry.objects.count(), Notice.objects.count(), Message.objects.count())
    return row | {"around": around, "series": list(NumberSeries.objects.order_by("pk").values())}


def refused(document: Any, act: Any, code: Code, *, field: str | None = None) -> str:
    """The act says no with this code, and nothing changed."""
    before = facts(document)
    with pytest.raises(Refused) as refusal:
        act()
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert facts(document) == before
    return str(refusal.value)


def opened(quote: Quote) -> PersonalLink:
    """The customer holds a link to the quote."""
    link, _token = create_link(
        quote, purpose="essai", ends_at=timezone.now() + timedelta(days=30), actor=None
    )
    Sending.objects.create(quote=quote, link=link, kind=SendingKind.COPY)
    return link


def test_a_submitted_quote_waits_for_its_advisor(shop: Activity, seller: User, advisor: User) -> None:
    other = make_user(RoleKind.ADVISOR, scope=save_portfolio(None, label="Loin", scopes=[], actor=None))
    accountant = make_user(RoleKind.ACCOUNTANT)
    quote = submit_quote(quotes.quote(shop), actor=seller, on=DAY)
    assert (quote.state, quote.number, quote.facts) == (QuoteState.SUBMITTED, None, None)
    told = Notice.objects.get(kind="invoicing.document_to_check")
    assert told.user == advisor
    assert told.subject == f"À valider : Devis d’{shop.name}, Client A"
    assert told.url == f"/ventes/a-valider/devis/{quote.pk}/"
    assert {other, accountant}.isdisjoint({told.user})
    entry = AuditEntry.objects.get(verb="invoicing.Quote.submit")
    assert entry.actor == seller


def test_without_advisor_the_accountant_is_told(shop: Activity, seller: User, judges: Judges) -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    invoice = submit_invoice(make.draft(shop), actor=seller, on=DAY)
    assert invoice.is_submitted
    told = Notice.objects.get(kind="invoicing.document_to_check")
    assert (told.user, told.url) == (accountant, f"/ventes/a-valider/factures/{invoice.pk}/")


def test_what_is_not_complete_is_not_submitted(shop: Activity) -> None:
    empty = quotes.quote(shop)
    save_quote_draft(empty, content=DraftContent(customer=empty.customer), version=1, actor=None)
    said = refused(empty, lambda: submit_quote(empty, actor=None, on=DAY), Code.EMPTY_DOCUMENT, field="lines")
    assert said == "Ajoutez au moins une ligne : un devis vide ne propose rien."
    nothing = make.draft(shop, make.line("0.00"))
    refused(nothing, lambda: submit_invoice(nothing, actor=None, on=DAY), Code.AMOUNT_INVALID, field="lines")
    over = quotes.quote(shop, valid_until=DAY - timedelta(days=1))
    refused(over, lambda: submit_quote(over, actor=None, on=DAY), Code.DATE_INVALID, field="valid_until")


def test_a_quote_of_options_alone_may_be_submitted(shop: Activity) -> None:
    quote = quotes.quote(shop, make.line("300.00", optional=True))
    assert quote.total_incl_tax == 0
    assert submit_quote(quote, actor=None, on=DAY).is_submitted
    free = quotes.quote(shop, make.line("0.00"))
    refused(free, lambda: submit_quote(free, actor=None, on=DAY), Code.AMOUNT_INVALID, field="lines")


@pytest.mark.parametrize(
    ("deducted", "details", "sound"),
    [
        ("100.00", {}, True),
        ("100.01", {}, False),
        ("50.00", {"discount_amount": Decimal("50.00")}, True),
        ("50.01", {"discount_amount": Decimal("50.00")}, False),
        ("100.01", {"discount_rate": Decimal("0.1")}, False),
    ],
)
def test_no_option_leads_below_zero(
    shop: Activity, deducted: str, details: dict[str, Any], sound: bool
) -> None:
    """A customer who ticks every option that deducts still buys something, or nothing at all."""
    less = make.line(deducted, quantity=Decimal(-1), optional=True)
    more = make.line("500.00", optional=True)
    quote = quotes.quote(shop, make.line("100.00"), less, more, **details)
    if sound:
        assert submit_quote(quote, actor=None, on=DAY).is_submitted
    else:
        refused(
            quote,
            lambda: submit_quote(quote, actor=None, on=DAY),
            Code.AMOUNT_INVALID,
            field="lines",
        )


def test_a_quote_without_vat_number_is_not_reverse_charged(shop: Activity) -> None:
    quote = quotes.quote(shop, make.line(vat="reverse-eu"))
    refused(quote, lambda: submit_quote(quote, actor=None, on=DAY), Code.VALUE_MISSING, field="customer")


def test_a_draft_saved_since_it_was_read_is_not_submitted(shop: Activity) -> None:
    quote, invoice = quotes.quote(shop), make.draft(shop)
    content = DraftContent(customer=quote.customer, lines=(make.line("1.00"),))
    save_quote_draft(quote, content=content, version=1, actor=None)
    save_draft(invoice, content=content, version=1, actor=None)
    refused(quote, lambda: submit_quote(quote, actor=None, on=DAY, version=1), Code.STALE_FORM)
    refused(invoice, lambda: submit_invoice(invoice, actor=None, on=DAY, version=1), Code.STALE_FORM)


def test_a_submitted_document_changes_no_more_until_it_is_taken_back(shop: Activity, seller: User) -> None:
    quote, invoice = quotes.submitted(shop), submit_invoice(make.draft(shop), actor=seller, on=DAY)
    content = DraftContent(customer=quote.customer, lines=(make.line("1.00"),))
    refused(
        quote,
        lambda: save_quote_draft(quote, content=content, version=1, actor=None),
        Code.ILLEGAL_MOVE,
    )
    refused(invoice, lambda: save_draft(invoice, content=content, version=1, actor=None), Code.ILLEGAL_MOVE)
    take_document(quote, actor=seller)
    assert take_back_quote(quote, actor=seller).checker is None
    assert take_back_invoice(invoice, actor=seller).is_draft
    assert save_quote_draft(quote, content=content, version=1, actor=seller).version == 2


def test_a_correction_is_kept_written_and_told(shop: Activity, seller: User, advisor: User) -> None:
    quote = take_document(quotes.submitted(shop), actor=advisor)
    quote = correct_quote(quote, actor=advisor, reason="  Précisez la durée. ", on=DAY)
    assert (quote.state, quote.correction, quote.checker) == ("draft", "Précisez la durée.", None)
    message = Message.objects.get()
    assert (message.text, message.author, message.about_id) == (
        "Précisez la durée.",
        advisor,
        str(quote.pk),
    )
    told = Notice.objects.get(user=seller, kind="invoicing.correction_asked")
    assert told.text == "Précisez la durée."
    assert submit_quote(quote, actor=seller, on=DAY).correction == "Précisez la durée."


def test_an_invoice_is_corrected_too(shop: Activity, seller: User, advisor: User) -> None:
    invoice = submit_invoice(make.draft(shop), actor=seller, on=DAY)
    invoice = correct_invoice(invoice, actor=advisor, reason="Le taux ne convient pas.", on=DAY)
    assert (invoice.state, invoice.correction) == ("draft", "Le taux ne convient pas.")
    told = Notice.objects.get(user=seller, kind="invoicing.correction_asked")
    assert told.subject == "Correction demandée : Facture pour Client A"


def test_a_correction_says_why(shop: Activity, advisor: User) -> None:
    quote, draft = quotes.submitted(shop), quotes.quote(shop)

    def correct(document: Quote, reason: str, **details: Any) -> Any:
        return lambda: correct_quote(document, actor=advisor, reason=reason, on=DAY, **details)

    refused(quote, correct(quote, " \n "), Code.VALUE_MISSING, field="reason")
    refused(quote, correct(quote, "x" * 4001), Code.TEXT_TOO_LONG, field="reason")
    refused(quote, correct(quote, "Trop cher.", version=9), Code.STALE_FORM)
    refused(draft, correct(draft, "Trop cher."), Code.ILLEGAL_MOVE)


def test_one_reader_at_a_time(shop: Activity, advisor: User) -> None:
    quote, colleague = quotes.submitted(shop), make_user(RoleKind.ACCOUNTANT)
    assert take_document(quote, actor=advisor).checker == advisor
    assert take_document(quote, actor=advisor).checker == advisor
    said = refused(quote, lambda: take_document(quote, actor=colleague), Code.ALREADY_DONE)
    assert said == "Claire Lopez relit déjà ce document."
    assert release_document(quote, actor=colleague).checker is None
    assert release_document(quote, actor=colleague).checker is None
    assert take_document(quote, actor=colleague).checker == colleague
    assert AuditEntry.objects.filter(verb="invoicing.take_document").count() == 2
    draft = quotes.quote(shop)
    refused(draft, lambda: take_document(draft, actor=advisor), Code.ILLEGAL_MOVE)
    refused(draft, lambda: release_document(draft, actor=advisor), Code.ILLEGAL_MOVE)


def test_approving_numbers_and_freezes(shop: Activity, seller: User, advisor: User) -> None:
    quote = approve_quote(quotes.submitted(shop), actor=advisor, on=DAY)
    assert (quote.state, quote.number, quote.revision) == ("approved", "D2026-0001", 1)
    assert quote.approved_on == DAY
    assert quote.valid_until == DAY + timedelta(days=30)
    assert quote.facts is not None
    assert (quote.facts["number"], quote.facts["kind"]) == ("D2026-0001", "310")
    assert quote.content_sha256 == sha256_of(quote.facts)
    assert (quote.checker, quote.correction) == (advisor, "")
    told = Notice.objects.get(user=seller, kind="invoicing.document_approved")
    assert told.subject == "Devis D2026-0001 validé : à envoyer à Client A"
    assert approve_quote(quotes.submitted(shop), actor=advisor, on=DAY).number == "D2026-0002"


def test_who_approves_alone_is_not_told_of_it(shop: Activity, seller: User) -> None:
    quote = approve_quote(quotes.quote(shop), actor=seller, on=DAY)
    assert quote.checker is None
    assert not Notice.objects.filter(kind="invoicing.document_approved").exists()


def test_the_archived_pdf_is_made_once(shop: Activity, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        quote = quotes.approved(shop)
    quote.refresh_from_db()
    assert quote.pdf is not None
    assert (quote.pdf.name, quote.pdf.kind) == ("D2026-0001.pdf", "invoicing.quote")


def test_what_is_not_complete_is_not_approved(shop: Activity, advisor: User) -> None:
    over = quotes.submitted(shop, valid_until=DAY)
    refused(
        over,
        lambda: approve_quote(over, actor=advisor, on=DAY + timedelta(days=1)),
        Code.DATE_INVALID,
        field="valid_until",
    )
    VatRate.objects.filter(code="normal").update(valid_to=DAY)
    refused(
        over,
        lambda: approve_quote(over, actor=advisor, on=DAY + timedelta(days=1)),
        Code.VAT_RATE_NOT_IN_FORCE,
        field="lines-0-vat_rate",
    )
    refused(over, lambda: approve_quote(over, actor=advisor, on=DAY, version=7), Code.STALE_FORM)
    assert approve_quote(over, actor=advisor, on=DAY).number == "D2026-0001"
    refused(over, lambda: approve_quote(over, actor=advisor, on=DAY), Code.ILLEGAL_MOVE)


def test_a_new_version_keeps_the_number_and_replaces(shop: Activity) -> None:
    first = quotes.approved(shop)
    link = opened(first)
    second = approve_quote(quotes.revision(first), actor=None, on=DAY)
    first.refresh_from_db()
    link.refresh_from_db()
    assert (second.number, second.revision) == (first.number, 2)
    assert first.state == QuoteState.REPLACED
    assert link.withdrawn_at is not None
    assert NumberSeries.objects.get(code="quote").counter == 1


def test_a_version_does_not_replace_what_the_customer_accepted(shop: Activity) -> None:
    first = quotes.approved(shop)
    second = quotes.revision(first)
    quotes.moved(first, QuoteState.ACCEPTED, answered_on=DAY)
    said = refused(second, lambda: approve_quote(second, actor=None, on=DAY), Code.ILLEGAL_MOVE)
    assert said == "Le client a accepté la version précédente le 02/03/2026 : faites un nouveau devis."
    refused(first, lambda: replace_quote(first, actor=None), Code.ILLEGAL_MOVE)
    refused(first, lambda: withdraw_quote(first, actor=None), Code.ILLEGAL_MOVE)


def test_a_version_after_a_refusal_replaces_nothing(shop: Activity) -> None:
    first = quotes.approved(shop)
    second = quotes.revision(first)
    quotes.moved(first, QuoteState.REFUSED, answered_on=DAY)
    assert approve_quote(second, actor=None, on=DAY).state == QuoteState.APPROVED
    first.refresh_from_db()
    assert first.state == QuoteState.REFUSED


def test_a_withdrawn_quote_opens_no_more(shop: Activity, seller: User) -> None:
    quote = quotes.approved(shop)
    link = opened(quote)
    assert withdraw_quote(quote, actor=seller).state == QuoteState.WITHDRAWN
    link.refresh_from_db()
    assert link.withdrawn_at is not None


def test_validating_issues_what_the_judges_accept(
    shop: Activity, seller: User, advisor: User, judges: Judges
) -> None:
    invoice = submit_invoice(make.draft(shop), actor=seller, on=DAY)
    done = validate_document(invoice, actor=advisor, on=DAY)
    assert isinstance(done, Invoice)
    assert (done.number, done.checker, done.state) == ("F2026-0001", advisor, "issued")
    told = Notice.objects.get(user=seller, kind="invoicing.document_approved")
    assert told.subject == "Facture F2026-0001 validée et émise pour Client A"
    again = make.draft(shop)
    refused(done, lambda: issue_invoice(done, actor=None, on=DAY, today=DAY), Code.ILLEGAL_MOVE)
    assert validate_document(quotes.submitted(shop), actor=advisor, on=DAY).number == "D2026-0001"
    assert again.number is None


def test_a_batch_asks_for_the_right_to_each_document(shop: Activity, advisor: User, judges: Judges) -> None:
    """What the list of an advisor shows may be the accountant’s to issue; a job may outlive a role."""
    paid = make.issued(shop)
    make.pay(paid, "240.00")
    note = submit_invoice(make.credit(paid), actor=None, on=DAY)
    elsewhere = submit_invoice(make.draft(), actor=None, on=DAY)
    for document in (note, elsewhere):
        ticket = Ticket(f"invoice:{document.pk}", document)
        act = partial(validate_if_right, ticket, actor=advisor, on=DAY)
        why = refused(document, act, Code.NOT_ALLOWED)
        assert "droit" in why


def test_validating_refuses_what_the_judges_refuse(shop: Activity, seller: User, judges: Judges) -> None:
    judges.verdict = Verdict(False, (Finding("BR-FR-12", "…"),))
    invoice = submit_invoice(make.draft(shop), actor=seller, on=DAY)
    with pytest.raises(Refused) as refusal:
        validate_document(invoice, actor=seller, on=DAY)
    assert refusal.value.code == Code.VERDICT_REFUSED
    invoice.refresh_from_db()
    assert (invoice.state, invoice.number) == ("submitted", None)


def test_the_answer_to_a_document_taken_back_comes_too_late(
    shop: Activity, seller: User, advisor: User, judges: Judges
) -> None:
    quote, invoice = quotes.submitted(shop), submit_invoice(make.draft(shop), actor=seller, on=DAY)
    take_back_quote(quote, actor=seller)
    take_back_invoice(invoice, actor=seller)
    for document in (quote, invoice):
        with pytest.raises(Refused) as refusal:
            validate_document(document, actor=advisor, on=DAY)
        assert refusal.value.code == Code.ILLEGAL_MOVE
        document.refresh_from_db()
        assert (document.state, document.number) == ("draft", None)


def test_the_file_of_a_quote_on_its_page(
    shop: Activity, seller: User, demonstration: None, django_capture_on_commit_callbacks: Any
) -> None:
    client, quote = client_of(seller), quotes.approved(shop)
    assert "Le PDF est en préparation." in text(client.get(quote.get_absolute_url()))
    assert "Le PDF est en préparation." in text(client.get(url("quote_file", quote.pk)))
    archive_quote_pdf(quote.pk)
    quote.refresh_from_db()
    assert archive_quote_pdf(quote.pk) == quote.pdf
    assert quote.pdf is not None
    assert f'href="/documents/{quote.pdf.pk}/"' in client.get(url("quote_file", quote.pk)).content.decode()
    assert client.get(f"/documents/{quote.pdf.pk}/").status_code == 200
    stranger = client_of(make_user(RoleKind.ENTREPRENEUR))
    assert stranger.get(f"/documents/{quote.pdf.pk}/").status_code in (403, 404)
    assert stranger.get(url("quote_file", quote.pk)).status_code == 404


def test_a_quote_whose_content_was_changed_makes_no_file(shop: Activity) -> None:
    quote = quotes.approved(shop)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE invoicing_quote SET content_sha256 = %s WHERE id = %s", ["0" * 64, quote.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(Refused) as refusal:
        archive_quote_pdf(quote.pk)
    assert refusal.value.code == Code.FILE_REFUSED
    quote.refresh_from_db()
    assert quote.pdf is None
    # The sweep after a dead worker goes on to the next one.
    quotes.approved(shop)
    assert archive_waiting_quotes() == 1
