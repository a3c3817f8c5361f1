"""What accepting a line does in the books, and what undoing it takes back."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest

from accounting.calculations.bank_entries import SplitPart
from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.calculations.matching.proposing import Pool
from accounting.models import BankLine, BankMatch, Entry, Lettering, PaymentOrder
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.bank_data import held_of_bank
from accounting.selectors.bank_proposals import offers_of, pool_of
from accounting.services.accounts import add_account
from accounting.services.bank_matching import Choice, match_line, undo_match
from accounting.services.bank_rules import Narrowed, learn_rule, match_and_learn, stop_rule, words_to_learn
from accounting.services.lettering import letter_lines
from accounting.services.posting import post_entry
from accounting.services.reversing import reverse_entry
from accounting.states.bank import BankLineState, MatchKind
from accounting.states.payments import OrderState
from cae.core.errors import Code
from invoicing.services.payments import reverse_receipt
from invoicing.states.sales import PaymentMode
from people.services.banks import confirm_bank, propose_bank
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.accounting_bank import OTHER_IBAN, TODAY, make_bank_account, make_line
from tests.factories.accounting_lettering import third
from tests.factories.accounting_reconciliation import slip
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import issued, line, pay
from tests.factories.invoicing_purchases import make_approved
from tests.factories.payments import make_batch, make_order, release
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def accept(line: BankLine, rank: int = 0) -> BankLine:
    """What the page does with the proposal of this rank."""
    offer = offers_of(line, pool_of(line.bank_account, TODAY))[rank]
    choice = Choice(offer.items, label=offer.title)
    return match_line(line, choice=choice, shown=line.version, actor=None, today=TODAY)


def test_a_receipt_already_in_the_books_is_ticked() -> None:
    entry = books.receipt(make_activity(), "240.00", number="F2026-0012", on=date(2026, 3, 9))
    line = accept(make_line("240.00", "VIR CLIENT A F2026-0012", "2026-03-10"))
    match = BankMatch.objects.get()
    assert (line.state, match.kind, match.made.count()) == (BankLineState.MATCHED, MatchKind.LEDGER, 0)
    assert match.lines.get().entry_line.entry == entry
    assert Entry.objects.count() == 1
    undone = undo_match(line, reason="Autre client", shown=line.version, actor=None, today=TODAY)
    assert undone.state == BankLineState.TO_MATCH
    assert accept(undone).state == BankLineState.MATCHED


def test_an_invoice_is_paid_by_its_line_and_due_again_when_it_is_undone() -> None:
    invoice = issued()
    due = invoice.total_incl_tax
    line = accept(make_line(str(due), f"VIR {invoice.number}", "2026-03-20"))
    payment = invoice.payments.get()
    assert (payment.amount, payment.receipt.on) == (due, date(2026, 3, 20))
    assert BankMatch.objects.get().made.get() == payment.receipt.entry
    undo_match(line, reason="Doublon", shown=line.version, actor=None, today=TODAY)
    assert sum(one.amount for one in invoice.payments.all()) == 0


def test_a_split_posts_each_part_in_its_section_with_its_tax() -> None:
    section = section_of(make_activity()).pk
    line = make_line("-62.00", "PRLV TELECOM", "2026-03-12")
    parts = [
        SplitPart("626000", section, Decimal("50.00")),
        SplitPart("627000", shared_section().pk, Decimal("12.00"), vat_rate=Decimal("20.00")),
    ]
    done = match_line(line, choice=Choice(parts=parts), shown=1, actor=None, today=TODAY)
    entry = BankMatch.objects.get().made.get()
    told = {(one.account.number, one.analytic_id): one.debit - one.credit for one in entry.lines.all()}
    shared = shared_section().pk
    assert told == {
        ("626000", section): Decimal("50.00"),
        ("512000", section): Decimal("-50.00"),
        ("627000", shared): Decimal("10.00"),
        ("445660", shared): Decimal("2.00"),
        ("512000", shared): Decimal("-12.00"),
    }
    assert (entry.on, entry.source) == (date(2026, 3, 12), done)
    undo_match(done, reason="Erreur", shown=done.version, actor=None, today=TODAY)
    assert Entry.objects.get(reverses=entry).on == entry.on


def test_a_sum_that_is_not_the_line_changes_nothing() -> None:
    line = make_line("-62.00", "PRLV TELECOM")
    parts = [SplitPart("626000", shared_section().pk, Decimal("50.00"))]
    with refused(Code.AMOUNT_INVALID, said="ventilez la différence"):
        match_line(line, choice=Choice(parts=parts), shown=1, actor=None, today=TODAY)


def balance_of(number: str) -> Decimal:
    lines = [one for entry in Entry.objects.all() for one in entry.lines.filter(account__number=number)]
    return sum((one.debit - one.credit for one in lines), Decimal(0))


def test_several_invoices_of_a_customer_are_paid_by_one_line_and_too_much_is_an_advance() -> None:
    activity = make_activity()
    first, second = issued(activity), issued(activity, line("50.00"))
    total = first.total_incl_tax + second.total_incl_tax
    accept(make_line(str(total), f"VIR CLIENT A {first.number} {second.number}", "2026-03-20"))
    assert [one.payments.get().amount for one in (first, second)] == [
        first.total_incl_tax,
        second.total_incl_tax,
    ]
    assert first.payments.get().receipt == second.payments.get().receipt
    third = issued(activity)
    more = make_line(
        str(third.total_incl_tax + 10), f"VIR CLIENT A {third.number}", "2026-03-21", opening="1300.00"
    )
    accept(more)
    assert third.payments.get().advance == Decimal("10.00")


def test_a_part_of_an_invoice_leaves_the_rest_due() -> None:
    invoice = issued()
    accept(make_line("100.00", f"VIR CLIENT A ACOMPTE {invoice.number}", "2026-03-20"))
    offers = offers_of(
        make_line("140.00", f"SOLDE {invoice.number}", "2026-03-22", opening="1100.00"), _pool()
    )
    assert (offers[0].items, offers[0].reasons[0]) == (
        [(f"invoice:{invoice.pk}", Decimal("140.00"))],
        "même montant",
    )


def _pool() -> Pool:
    return pool_of(BankLine.objects.latest("pk").bank_account, TODAY)


def test_what_a_customer_has_in_advance_is_given_back() -> None:
    invoice = issued()
    pay(invoice, "300.00", on=date(2026, 3, 10))
    accept(make_line("-60.00", f"VIR REMBT {invoice.number}", "2026-03-20"))
    assert sum(one.amount for one in invoice.payments.all()) == invoice.total_incl_tax


def test_a_purchase_is_paid_by_its_debit_and_only_whole() -> None:
    bought = make_approved(number="F-774")
    paid = make_line("-120.00", "PRLV IMPRIMERIE DU PORT F-774", bought.on.isoformat())
    with refused(Code.AMOUNT_INVALID, said="se règle en entier"):
        choice = Choice([(f"purchase:{bought.pk}", Decimal("-20.00"))])
        match_line(paid, choice=choice, shown=1, actor=None, today=bought.on)
    offer = offers_of(paid, pool_of(paid.bank_account, bought.on))[0]
    done = match_line(paid, choice=Choice(offer.items), shown=1, actor=None, today=bought.on)
    bought.refresh_from_db()
    assert (bought.state, bought.paid_on) == ("paid", bought.on)
    undone = undo_match(done, reason="Autre fournisseur", shown=2, actor=None, today=bought.on)
    bought.refresh_from_db()
    assert (bought.state, undone.state) == ("paid", BankLineState.TO_MATCH)
    again = offers_of(undone, pool_of(undone.bank_account, bought.on))[0]
    assert again.key.startswith("entry:")


def test_a_lot_at_the_bank_is_noted_paid_and_ticked_as_one() -> None:
    orders = [make_order("120.50"), make_order("40.00", name="Léo Perrin")]
    batch = release(make_batch(*orders))
    done = accept(make_line("-160.50", f"VIR SEPA {batch.reference}", "2026-03-09"))
    match = BankMatch.objects.get()
    assert (match.kind, match.lines.count(), match.made.count()) == (MatchKind.TRANSFER, 2, 2)
    assert set(PaymentOrder.objects.values_list("state", flat=True)) == {OrderState.SETTLED}
    undone = undo_match(done, reason="Ligne double", shown=done.version, actor=None, today=TODAY)
    offer = offers_of(undone, pool_of(undone.bank_account, TODAY))[0]
    assert offer.key == f"batch:{batch.pk}"
    accept(undone)
    assert BankMatch.objects.filter(undone_at=None).get().kind == MatchKind.LEDGER


def test_one_order_of_a_lot_is_noted_paid_alone() -> None:
    first, second = make_order("120.50"), make_order("40.00", name="Léo Perrin")
    release(make_batch(first, second))
    accept(make_line("-40.00", f"VIR {second.reference} LEO PERRIN", "2026-03-09"))
    assert [PaymentOrder.objects.get(pk=one.pk).state for one in (first, second)] == ["batched", "settled"]


def owed(amount: str, *parties: str) -> Entry:
    """What the books owe to people, by no document of a room above."""
    shared = shared_section().pk
    lines = [debit("641000", shared, Decimal(amount) * len(parties))]
    lines += [credit("pay_due", shared, Decimal(amount), party=party) for party in parties]
    draft = EntryDraft("PA", date(2026, 2, 28), "Salaires de février", tuple(lines))
    return post_entry(draft, actor=None, source=None)


def test_dues_of_the_books_are_settled_and_lettered_alone_or_together() -> None:
    entry = owed("1500.00", "Awa Diallo", "Bruno Le Bris")
    alone = make_line("-1500.00", "VIR AWA DIALLO SALAIRE", "2026-03-02")
    accept(alone)
    assert (balance_of("421000"), Lettering.objects.get().left) == (Decimal("-1500.00"), 0)
    undo_match(BankLine.objects.get(), reason="Autre", shown=2, actor=None, today=TODAY)
    assert balance_of("421000") == Decimal("-3000.00")
    both = make_line("-3000.00", "VIR SALAIRES DE FEVRIER", "2026-03-03", opening="-500.00")
    offer = offers_of(both, _pool())[0]
    assert offer.key == f"dues:{entry.pk}:{entry.lines.get(party='Awa Diallo').account_id}"
    accept(both)
    assert balance_of("421000") == 0


def test_a_due_is_paid_no_more_than_what_is_left_of_it() -> None:
    due = owed("100.00", "Awa Diallo").lines.get(party="Awa Diallo")
    paid = third(due.analytic, "60.00", account="pay_due", party="Awa Diallo", on=date(2026, 3, 20))
    letter_lines([due, paid], actor=None, on=paid.on)
    line = make_line("-100.00", "VIR AWA DIALLO", "2026-03-05")
    choice = Choice([(f"due:{due.pk}", Decimal("-100.00"))])
    with refused(Code.AMOUNT_INVALID, said="fait −40,00"):
        match_line(line, choice=choice, shown=1, actor=None, today=TODAY)
    assert balance_of("421000") == Decimal("-40.00")


def test_money_that_came_on_another_account_of_the_bank_is_moved_there() -> None:
    second = add_account(number="512100", label="Livret", kind="balance", role=None, actor=None)
    other = make_bank_account("Livret", iban=OTHER_IBAN, account=second)
    invoice = issued()
    done = accept(
        make_line(str(invoice.total_incl_tax), f"VIR {invoice.number}", "2026-03-20", account=other)
    )
    assert (balance_of("512000"), balance_of("512100")) == (0, invoice.total_incl_tax)
    undo_match(done, reason="Doublon", shown=done.version, actor=None, today=TODAY)
    assert (balance_of("512000"), balance_of("512100"), balance_of("411000")) == (
        0,
        0,
        invoice.total_incl_tax,
    )


def test_a_second_hand_is_told_and_changes_nothing() -> None:
    entry = books.receipt(make_activity(), "240.00", on=date(2026, 3, 9))
    first = make_line("240.00", "VIR A", "2026-03-10")
    second = make_line("240.00", "VIR B", "2026-03-11", opening="1240.00")
    choice = Choice([(f"entry:{entry.pk}", Decimal("240.00"))])
    # What is named twice counts once.
    both = make_line("480.00", "VIR C", "2026-03-12", opening="1480.00")
    with refused(Code.AMOUNT_INVALID, said="fait 240,00"):
        match_line(both, choice=Choice(choice.items * 2), shown=1, actor=None, today=TODAY)
    match_line(first, choice=choice, shown=1, actor=None, today=TODAY)
    with refused(Code.ILLEGAL_MOVE):
        match_line(first, choice=choice, shown=1, actor=None, today=TODAY)
    with refused(Code.ALREADY_DONE, said="n’est plus ouvert"):
        match_line(second, choice=choice, shown=1, actor=None, today=TODAY)
    with refused(Code.STALE_FORM):
        match_line(second, choice=choice, shown=3, actor=None, today=TODAY)
    with refused(Code.STALE_FORM):
        undo_match(first, reason="X", shown=1, actor=None, today=TODAY)
    with refused(Code.VALUE_MISSING, "reason"):
        undo_match(first, reason=" ", shown=2, actor=None, today=TODAY)


def test_an_entry_and_its_reversal_wait_for_nobody() -> None:
    invoice = issued()
    receipt = pay(invoice, "240.00", on=date(2026, 3, 10)).receipt
    undone = make_line("240.00", f"VIR {invoice.number}", "2026-03-10")
    assert offers_of(undone, _pool())[0].key == f"entry:{receipt.entry_id}"
    reverse_receipt(
        receipt, on=date(2026, 3, 10), reason="Erreur", form_key=uuid.uuid4(), actor=None, today=TODAY
    )
    assert offers_of(undone, _pool())[0].key == f"invoice:{invoice.pk}"


def test_an_entry_whose_reversal_is_reversed_waits_for_the_bank() -> None:
    entry = books.receipt(make_activity(), "240.00", on=date(2026, 3, 9))
    back = reverse_entry(entry, on=date(2026, 3, 10), reason="Erreur", actor=None)
    again = reverse_entry(back, on=date(2026, 3, 11), reason="À tort", actor=None)
    line = make_line("240.00", "VIR A", "2026-03-10")
    for key in (back.pk, again.pk):
        with refused(Code.ALREADY_DONE, said="n’est plus ouvert"):
            choice = Choice([(f"entry:{key}", Decimal("240.00"))])
            match_line(line, choice=choice, shown=1, actor=None, today=TODAY)
    choice = Choice([(f"entry:{entry.pk}", Decimal("240.00"))])
    assert match_line(line, choice=choice, shown=1, actor=None, today=TODAY).state == BankLineState.MATCHED


def test_a_rule_is_learnt_from_words_that_the_line_says() -> None:
    assert words_to_learn("PRLV SEPA FREE MOBILE 03/2026 N 12") == "PRLV SEPA FREE MOBILE"
    assert words_to_learn("12 MARS") == ""
    fees = make_line("-12.00", "COTISATION CARTE 03")
    part = SplitPart("627000", shared_section().pk, Decimal("12.00"))
    with refused(Code.VALUE_MISSING, "words"):
        learn_rule(fees, part, words=" ", actor=None)
    with refused(Code.VALUE_INVALID, "words", "ne dit pas"):
        learn_rule(fees, part, words="ABONNEMENT", actor=None)
    with refused(Code.VALUE_INVALID, "learn"):
        two = Choice(parts=[part, part])
        match_and_learn(fees, two, words="COTISATION", actor=None, shown=1, today=TODAY)
    former = learn_rule(fees, part, words="cotisation carte", actor=None)
    newer = learn_rule(fees, part, words="COTISATION CARTE", actor=None)
    former.refresh_from_db()
    assert (former.is_stopped, newer.is_stopped) == (True, False)
    with refused(Code.ALREADY_DONE):
        stop_rule(former, actor=None)


def test_a_rule_may_be_of_one_iban_between_amounts() -> None:
    rent = make_line("-900.00", "PRLV LOYER", "2026-03-05", their_iban=OTHER_IBAN, who="SCI du Port")
    part = SplitPart("626000", shared_section().pk, Decimal("900.00"))
    bare = make_line("-12.00", "COTISATION", "2026-03-06", opening="100.00")
    for learnt, said in (
        ((bare, "", Narrowed(by_iban=True)), (Code.VALUE_MISSING, "by_iban", "ne dit pas d’IBAN")),
        (
            (rent, "LOYER", Narrowed(least=Decimal(901))),
            (Code.VALUE_INVALID, "least", "hors de ces montants"),
        ),
        ((rent, "LOYER", Narrowed(most=Decimal(899))), (Code.VALUE_INVALID, "most", "hors de ces montants")),
    ):
        line, words, narrowed = learnt
        with refused(*said):
            learn_rule(line, part, words=words, narrowed=narrowed, actor=None)
    narrowed = Narrowed(True, Decimal(800), Decimal(1000))
    rule = learn_rule(rent, part, words="", narrowed=narrowed, actor=None)
    assert (str(rule), rule.iban, rule.least, rule.most) == (OTHER_IBAN, OTHER_IBAN, 800, 1000)
    next_one = make_line("-910.00", "VIR AVRIL", "2026-03-20", opening="88.00", their_iban=OTHER_IBAN)
    other = make_line("-1200.00", "VIR TRAVAUX", "2026-03-21", opening="-822.00", their_iban=OTHER_IBAN)
    assert offers_of(next_one, _pool())[0].rule == rule
    assert not any(offer.rule for offer in offers_of(other, _pool()))


def test_a_person_is_given_the_movements_with_their_confirmed_account_only() -> None:
    user = make_user(RoleKind.ENTREPRENEUR)
    other = make_user(RoleKind.ENTREPRENEUR)
    assert user.person is not None
    assert other.person is not None
    make_line("-500.00", "VIR PAIE", their_iban=OTHER_IBAN, who="Claire")
    make_line("-20.00", "FRAIS", "2026-03-11", opening="500.00")
    # Whoever says that an account is theirs reads nothing of it before somebody saw the paper.
    propose_bank(other.person, holder="Autre", iban=OTHER_IBAN, actor=other)
    confirm_bank(propose_bank(user.person, holder="Claire", iban=OTHER_IBAN, actor=user), actor=make_user())
    (held,) = held_of_bank(user.person, user)
    assert [row[2:] for row in held.rows] == [(Decimal("-500.00"), "VIR PAIE")]
    (nothing,) = held_of_bank(other.person, other)
    assert nothing.rows == []


def test_the_number_of_a_slip_proves_the_only_cheque_that_it_holds() -> None:
    invoice = issued()
    receipt = pay(invoice, "240.00", mode=PaymentMode.CHEQUE, on=date(2026, 3, 10)).receipt
    made = slip(receipt.entry_id, on=date(2026, 3, 11))
    line = make_line("240.00", f"REMISE CHEQUES {made.number}", "2026-03-12")
    offer = offers_of(line, _pool())[0]
    assert (offer.key, offer.is_sure) == (f"entry:{receipt.entry_id}", True)
