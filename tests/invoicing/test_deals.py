"""A deal holds what belongs to it, asks for its papers, closes when nothing is left (INV-10, INV-11)."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from cae.core import facts
from cae.core.errors import Code
from entrepreneurs.models import Activity
from invoicing.calculations.deals import Indicator
from invoicing.models import Deal, DealPiece, DealWaiver, Quote
from invoicing.selectors.deal_figures import situations_of, sums_of
from invoicing.selectors.deal_papers import deal_of, papers_missing, papers_of
from invoicing.selectors.deals import belongings_of, invoices_to_attach, quotes_to_attach
from invoicing.selectors.instalments import instalments_of
from invoicing.services.amending import add_amendment
from invoicing.services.approving import approve_quote
from invoicing.services.checking import check_invoice
from invoicing.services.converting import invoice_quote
from invoicing.services.deal_kinds import archive_kind, ask_paper_of, stop_asking
from invoicing.services.deal_papers import add_file, remove_file, restore_file, waive_paper
from invoicing.services.deals import (
    DealContent,
    attach,
    close_deal,
    detach,
    open_deal,
    reopen_deal,
    save_deal,
)
from invoicing.services.inputs import InstalmentContent, ScheduleContent
from invoicing.services.issuing import issue_invoice
from invoicing.states.deals import DealState, Moment
from invoicing.states.parts import Billing, InstalmentKind
from tests.factories import deals as made
from tests.factories import invoicing as sales
from tests.factories import invoicing_parts as parts
from tests.factories import quotes
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.factories.sendings import accept, sent_quote
from tests.refusals import refused

pytestmark = pytest.mark.django_db
DAY = sales.DAY


def opened(owner: Activity, content: DealContent, key: uuid.UUID | None = None) -> Deal:
    return open_deal(owner, content=content, form_key=key or uuid.uuid4(), on=DAY, actor=None)


def accepted(owner: Activity, *lines: Any) -> Quote:
    return accept(*sent_quote(owner, *lines))


def test_a_deal_is_numbered_once_for_a_form_sent_twice() -> None:
    owner, key = make_activity(), uuid.uuid4()
    content = DealContent("  Refonte   du site ", made.kind())
    first, again = opened(owner, content, key), opened(owner, content, key)
    assert first == again
    assert (first.number, first.title, first.opened_on) == ("AF2026-0001", "Refonte du site", DAY)
    assert made.deal(owner).number == "AF2026-0002"


def test_a_deal_wants_a_title_a_customer_of_its_own_and_a_kind_offered() -> None:
    owner, stranger = make_activity(), sales.firm(make_activity())
    archived = archive_kind(made.kind("travel"), at=timezone.now(), actor=None)
    with refused(Code.VALUE_MISSING, "title"):
        opened(owner, DealContent(" ", made.kind()))
    with refused(Code.VALUE_INVALID, "customer"):
        opened(owner, DealContent("Site", made.kind(), stranger))
    with refused(Code.VALUE_INVALID, "kind"):
        opened(owner, DealContent("Site", archived))


def test_a_deal_is_changed_by_the_latest_form_only() -> None:
    deal = made.deal()
    content = DealContent("Autre titre", deal.kind, note="À suivre")
    saved = save_deal(deal, content=content, version=deal.version, actor=None)
    assert (saved.title, saved.note, saved.version) == ("Autre titre", "À suivre", 2)
    with refused(Code.STALE_FORM):
        save_deal(deal, content=content, version=deal.version, actor=None)


def test_a_quote_its_new_version_its_invoice_and_its_credit_note_are_in_the_deal() -> None:
    owner = make_activity()
    deal, first = made.deal(owner), quotes.approved(owner)
    attach(deal, first, actor=None)
    second = quotes.revision(first)
    assert deal_of(second) == deal
    approve_quote(second, actor=None, on=DAY)
    taken = accepted(owner)
    attach(deal, taken, actor=None)
    invoice = sales.issue(invoice_quote(taken, form_key=uuid.uuid4(), actor=None), on=timezone.localdate())
    note = sales.issue(sales.credit(invoice), on=timezone.localdate())
    assert deal_of(invoice) == deal_of(note) == deal
    held = belongings_of(deal, on=timezone.localdate())
    assert held.quotes == [taken, Quote.objects.get(pk=second.pk)]
    assert {one.pk for one in held.invoices} == {invoice.pk, note.pk}


def test_a_piece_moves_from_a_deal_to_another_and_leaves_it_whole() -> None:
    owner = make_activity()
    invoice, first, second = sales.issued(owner), made.deal(owner), made.deal(owner)
    attach(first, invoice, actor=None)
    piece = attach(second, invoice, actor=None)
    assert attach(second, invoice, actor=None) == piece
    assert DealPiece.objects.get() == piece
    detach(piece, actor=None)
    invoice.refresh_from_db()
    assert deal_of(invoice) is None
    assert list(invoices_to_attach(make_user("accountant"), second)) == [invoice]


def test_an_amendment_is_left_to_invoice_in_the_deal_of_its_work(judges: object) -> None:
    owner, on = make_activity(), timezone.localdate()
    deal, work = made.deal(owner), parts.accepted(owner, sales.line("1000.00"), on=on)
    attach(deal, work, actor=None)
    more = parts.accepted(owner, sales.line("200.00"), customer=work.customer, on=on)
    add_amendment(work, quote=more, actor=None, at=timezone.now())
    parts.issue(parts.balance(work), on=on)
    sums = sums_of([deal], on=on)[deal.pk]
    assert (sums.accepted, sums.from_quotes, sums.left_to_invoice) == (1200, 1200, 0)
    # In the deal itself, the amendment is not counted a second time.
    attach(deal, more, actor=None)
    assert sums_of([deal], on=on)[deal.pk].accepted == 1200


def test_the_instalments_of_a_deal_wait_until_an_invoice_asks_them(judges: object) -> None:
    owner, on = make_activity(seller := make_user("entrepreneur")), timezone.localdate()
    rows = (
        InstalmentContent(InstalmentKind.DEPOSIT, label="Commande", rate=Decimal("0.3"), on=on),
        InstalmentContent(label="Livraison", on=on + timedelta(days=9)),
    )
    schedule = ScheduleContent(Billing.INSTALMENTS, instalments=rows)
    deal, quote = made.deal(owner), parts.accepted(owner, sales.line("1000.00"), on=on, schedule=schedule)
    attach(deal, quote, actor=None)
    first, second = quote.instalments.all()

    def due(day: Any) -> list[str]:
        return [one.label for one in facts.todos_of(seller, day) if "échéance" in one.label]

    assert list(instalments_of(deal)) == [first, second]
    assert due(on - timedelta(days=1)) == []
    assert due(on) == ["Facturer 1 échéance de devis"]
    assert due(on + timedelta(days=9)) == ["Facturer 2 échéances de devis"]
    invoice = parts.issue(parts.deposit(quote, instalment=first), on=on)
    assert list(instalments_of(deal)) == [second]
    assert due(on) == []
    sales.issue(sales.credit(invoice), on=on)
    assert list(instalments_of(deal)) == [first, second]
    parts.issue(parts.balance(quote), on=on)
    assert list(instalments_of(deal)) == []


def test_what_follows_something_else_or_is_of_another_activity_is_not_attached() -> None:
    owner = make_activity()
    deal, taken = made.deal(owner), accepted(owner)
    invoice = invoice_quote(taken, form_key=uuid.uuid4(), actor=None)
    note = sales.credit(sales.issued(owner))
    for follower in (invoice, note):
        with refused(Code.VALUE_INVALID, "piece"):
            attach(deal, follower, actor=None)
    foreign = sales.issued(make_activity())
    with refused(Code.VALUE_INVALID, "piece"):
        attach(deal, foreign, actor=None)


def test_only_what_stands_in_no_deal_is_offered_of_the_customer_of_the_deal() -> None:
    owner = make_activity()
    first, second = sales.firm(owner), sales.firm(owner, siren=sales.SIRENS[1], name="Client B")
    deal = made.deal(owner, customer=first)
    its = quotes.approved(owner, customer=first)
    quotes.approved(owner, customer=second)
    reader = make_user("accountant")
    assert list(quotes_to_attach(reader, deal)) == [its]
    attach(deal, its, actor=None)
    assert not quotes_to_attach(reader, deal).exists()


def test_a_deal_is_worth_what_its_pieces_say() -> None:
    owner, today = make_activity(), timezone.localdate()
    deal, other = made.deal(owner), made.deal(owner)
    taken = accepted(owner, sales.line("1000.00"))
    attach(deal, taken, actor=None)
    free = sales.issued(owner, sales.line("150.00"), on=today)
    attach(deal, free, actor=None)
    before = sums_of([deal, other], on=today)
    assert (before[deal.pk].accepted, before[deal.pk].left_to_invoice) == (
        Decimal("1000.00"),
        Decimal("1000.00"),
    )
    assert before[deal.pk].invoiced == Decimal("150.00")
    assert before[other.pk].accepted == Decimal(0)
    invoice = sales.issue(invoice_quote(taken, form_key=uuid.uuid4(), actor=None), on=today)
    after = sums_of([deal], on=today)[deal.pk]
    assert (after.left_to_invoice, after.invoiced) == (Decimal(0), Decimal("1150.00"))
    assert after.due == Decimal("1380.00")
    sales.issue(sales.credit(invoice), on=today)
    assert sums_of([deal], on=today)[deal.pk].invoiced == Decimal("150.00")
    late = sums_of([deal], on=today + timedelta(days=90))[deal.pk]
    assert late.overdue == Decimal("180.00")


def test_situations_take_as_many_questions_for_one_deal_as_for_thirty(
    django_assert_num_queries: Any,
) -> None:
    owner = make_activity()
    deals = [made.deal(owner, of="training") for _rank in range(30)]
    for deal in deals[:5]:
        attach(deal, sales.issued(owner), actor=None)
    with django_assert_num_queries(7):
        situations_of(deals[:1], on=DAY)
    with django_assert_num_queries(7):
        found = situations_of(deals, on=DAY)
    # Without a quote, the papers of the invoice are asked at once.
    assert found[deals[0].pk].lit == (Indicator.PAPER_MISSING,)


def test_a_paper_of_the_invoice_blocks_its_issue_until_it_is_there() -> None:
    owner, today = make_activity(), timezone.localdate()
    deal, document = made.deal(owner, of="training"), sales.draft(owner)
    attach(deal, document, actor=None)
    check_invoice(document, actor=None, on=today)
    with refused(Code.VALUE_MISSING, said="Convention de formation signée"):
        issue_invoice(document, actor=None, on=today, today=today)
    made.filed(deal, answers=made.paper("Convention de formation signée"))
    with refused(Code.VALUE_MISSING, said="Feuilles d’émargement"):
        issue_invoice(document, actor=None, on=today, today=today)
    waive_paper(
        deal,
        requirement=made.paper("Feuilles d’émargement"),
        reason="Séance annulée, reportée",
        actor=make_user("accountant"),
    )
    assert sales.issue(document, on=today).number


def test_a_paper_of_the_quote_blocks_its_approval() -> None:
    owner = make_activity()
    deal, document = made.deal(owner, of="travel"), quotes.quote(owner)
    attach(deal, document, actor=None)
    with refused(Code.VALUE_MISSING, said=deal.number):
        approve_quote(document, actor=None, on=DAY)
    made.filed(deal, answers=made.paper("Garantie financière"))
    assert approve_quote(document, actor=None, on=DAY).number


def test_a_credit_note_waits_for_no_paper() -> None:
    owner, today = make_activity(), timezone.localdate()
    invoice = sales.issued(owner, on=today)
    attach(made.deal(owner, of="training"), invoice, actor=None)
    assert sales.issue(sales.credit(invoice), on=today).number


def test_a_file_set_aside_answers_nothing_and_comes_back() -> None:
    deal, wanted = made.deal(of="construction"), made.paper("Procès-verbal de réception")
    kept = made.filed(deal, answers=wanted)
    assert papers_missing([deal]) == {deal.pk: []}
    removed = remove_file(kept, at=timezone.now(), actor=None)
    assert papers_missing([deal]) == {deal.pk: [wanted]}
    with refused(Code.ALREADY_DONE):
        remove_file(removed, at=timezone.now(), actor=None)
    restore_file(removed, actor=None)
    assert papers_missing([deal]) == {deal.pk: []}
    with refused(Code.ALREADY_DONE):
        restore_file(kept, actor=None)


@pytest.mark.parametrize(
    ("content", "field"),
    [(b"MZ\x90\x00", "file"), (b"texte", "file"), (b"%PDF-" + b"0" * 21_000_000, "file")],
)
def test_a_file_that_proves_nothing_is_refused(content: bytes, field: str) -> None:
    deal, actor = made.deal(), make_user()
    with refused(Code.FILE_REFUSED, field):
        add_file(deal, content=content, name="x.pdf", on=DAY, actor=actor)


def test_a_paper_of_another_kind_of_deal_is_not_answered() -> None:
    deal, actor = made.deal(), make_user()
    with refused(Code.VALUE_INVALID, "requirement"):
        add_file(
            deal,
            content=made.PDF,
            name="x.pdf",
            requirement=made.paper("Garantie financière"),
            on=DAY,
            actor=actor,
        )


def test_a_waiver_says_why_once_and_never_for_a_paper_that_is_there() -> None:
    deal, wanted, actor = made.deal(of="travel"), made.paper("Garantie financière"), make_user("accountant")
    with refused(Code.VALUE_MISSING, "reason"):
        waive_paper(deal, requirement=wanted, reason="  ", actor=actor)
    waive_paper(deal, requirement=wanted, reason="Attestation attendue lundi", actor=actor)
    with refused(Code.ALREADY_DONE):
        waive_paper(deal, requirement=wanted, reason="Encore", actor=actor)
    assert DealWaiver.objects.get().reason == "Attestation attendue lundi"


def test_a_paper_asked_no_longer_is_missed_no_more_and_stays_where_it_was_answered() -> None:
    deal, kind = made.deal(), made.kind()
    asked = ask_paper_of(kind, label="Bon de commande", moment=Moment.INVOICE, actor=None)
    with refused(Code.DUPLICATE, "label"):
        ask_paper_of(kind, label="bon de commande", moment=Moment.INVOICE, actor=None)
    assert papers_missing([deal])[deal.pk] == [asked]
    kept = made.filed(deal, answers=asked)
    stop_asking(asked, at=timezone.now(), actor=None)
    assert [one.files for one in papers_of(deal)] == [[kept]]
    remove_file(kept, at=timezone.now(), actor=None)
    assert papers_of(deal) == []
    assert papers_missing([deal])[deal.pk] == []
    with refused(Code.ALREADY_DONE):
        stop_asking(asked, at=timezone.now(), actor=None)


def test_the_last_kind_of_deal_is_kept() -> None:
    for code in ("training", "construction", "travel"):
        archive_kind(made.kind(code), at=timezone.now(), actor=None)
    with refused(Code.VALUE_INVALID):
        archive_kind(made.kind(), at=timezone.now(), actor=None)


def test_a_deal_closes_with_its_papers_and_says_why_something_is_left() -> None:
    owner = make_activity()
    deal = made.deal(owner, of="construction")
    with refused(Code.VALUE_MISSING, said="Procès-verbal de réception"):
        close_deal(deal, on=DAY, actor=None)
    made.filed(deal, answers=made.paper("Procès-verbal de réception"))
    attach(deal, sales.issued(owner), actor=None)
    with refused(Code.VALUE_MISSING, "reason"):
        close_deal(deal, on=DAY, actor=None)
    with refused(Code.DATE_INVALID):
        close_deal(deal, reason="Fini", on=DAY - timedelta(days=1), actor=None)
    closed = close_deal(deal, reason="Le client a fait faillite", on=DAY, actor=None)
    assert (closed.state, closed.closed_on) == (DealState.CLOSED, DAY)
    assert situations_of([closed], on=DAY)[closed.pk].lit == ()
    with refused(Code.ILLEGAL_MOVE):
        close_deal(closed, on=DAY, actor=None)


def test_nothing_joins_or_leaves_a_closed_deal_until_it_is_open_again() -> None:
    owner = make_activity()
    deal, document = made.deal(owner), quotes.approved(owner)
    piece = attach(deal, document, actor=None)
    kept, actor = made.filed(deal), make_user()
    closed = close_deal(deal, on=DAY, actor=None)
    other, free = made.deal(owner), quotes.approved(owner)
    changed = DealContent("Autre", closed.kind)
    acts = (
        lambda: attach(closed, free, actor=None),
        lambda: attach(other, document, actor=None),
        lambda: detach(piece, actor=None),
        lambda: add_file(closed, content=made.PDF, name="x.pdf", on=DAY, actor=actor),
        lambda: remove_file(kept, at=timezone.now(), actor=None),
        lambda: save_deal(closed, content=changed, version=closed.version, actor=None),
    )
    for act in acts:
        with refused(Code.ILLEGAL_MOVE):
            act()
    reopened = reopen_deal(closed, actor=None)
    assert (reopened.state, reopened.closed_on, reopened.closing_reason) == (DealState.OPEN, None, "")
    detach(piece, actor=None)
