"""An allocation from the books to the transfers: the worked case, to the cent, then undone (ACC-47)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F, Sum

from accounting.models import (
    AllocationRight,
    AllocationShare,
    EntryLine,
    PaymentOrder,
    ResultAllocation,
)
from accounting.selectors.allocation import own_shares, receivers_of, totals_of
from accounting.services.allocation import (
    join_allocation,
    note_vote,
    post_allocation,
    reconsider_allocation,
    take_back_allocation,
    undo_allocation,
)
from accounting.services.allocation_paying import pay_allocation, pay_the_rest, unpay_allocation
from accounting.services.allocation_proposing import (
    RightSaid,
    Wished,
    correct_facts,
    correct_right,
    decide_parts,
    propose_allocation,
    read_books_again,
)
from accounting.services.year_end import carry_result, undo_result
from accounting.states.allocation import AllocationState, ShareKind
from cae.core.errors import Code
from governance.models import ShareClass
from people.models import User
from people.states import RoleKind
from tests.factories.accounting_allocation import (
    DECISION,
    END,
    START,
    TODAY,
    VOTED,
    give_bank,
    in_payment,
    joined,
    make_proposed,
    make_worked_year,
    move,
    posted,
    voted,
)
from tests.factories.governance import make_associate, make_share_class
from tests.factories.governance_shares import make_holder
from tests.factories.kernel import make_cooperative
from tests.factories.people import OrganisationFactory, make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db
D = Decimal


def received(row: ResultAllocation, kind: str = ShareKind.LABOUR) -> dict[str, D]:
    rows = AllocationShare.objects.filter(allocation=row, kind=kind)
    return {one.name.split()[0]: one.amount for one in rows}


def standing(*numbers: str) -> dict[str, D]:
    """Debits less credits of accounts, all sections together."""
    rows = EntryLine.objects.filter(account__number__in=numbers).order_by().values("account__number")
    sums = rows.annotate(sum=Sum(F("debit") - F("credit"))).exclude(sum=0)
    return dict(sums.values_list("account__number", "sum"))


def test_the_worked_case_from_the_books_to_the_transfers() -> None:
    year, users = make_worked_year()
    give_bank(users["Anne"])

    row = propose_allocation(year, today=TODAY, actor=None)

    # Facts are those of the books; the parts, the least of the law; nobody said a rate of interest.
    assert row.facts.result == D("100000.00")
    assert (row.legal_reserve, row.capital, row.highest_capital) == (D(20000), D(55000), D(60000))
    assert (row.legal, row.statutory, row.labour, row.interest) == (D(15000), D(60000), D(25000), D(0))
    rights = AllocationRight.objects.filter(allocation=row)
    assert {(one.pay, one.days, one.seniority, one.is_entitled) for one in rights} == {
        (D("31200.00"), 365, 2, True),
        (D("24000.00"), 365, 2, True),
        (D("18000.00"), 365, 2, True),
    }

    row = decide_parts(row, wished=Wished(D(45000)), version=row.version, actor=None)

    assert (row.legal, row.labour, row.statutory) == (D(15000), D(45000), D(40000))
    paid = {"Anne": D("19180.33"), "Bruno": D("14754.10"), "Chloé": D("11065.57")}
    assert received(row) == paid
    assert sum(paid.values()) == D(45000)

    row = note_vote(joined(row), on=VOTED, today=TODAY, decision=DECISION, actor=None)
    with refused(Code.ILLEGAL_MOVE, said="faites d’abord la clôture"):
        post_allocation(row, on=VOTED, actor=None)
    carry_result(year, actor=None)
    with refused(Code.DATE_INVALID, "on", said="ne précède pas le vote"):
        post_allocation(row, on=date(2026, 6, 11), actor=None)
    row = post_allocation(row, on=VOTED, actor=None)

    assert standing("120000", "129000", "181000", "106100", "106300", "424000", "457000") == {
        "106100": D(-35000),
        "106300": D(-40000),
        "424000": D(-45000),
    }
    assert row.entry is not None
    assert set(row.entry.lines.filter(account__number="424000").values_list("credit", flat=True)) == set(
        paid.values()
    )
    # The result that was allocated no longer moves.
    with refused(Code.ILLEGAL_MOVE, said="contre-passez d’abord l’affectation"):
        undo_result(year, reason="Facture oubliée", actor=None)

    row = in_payment_of(row)

    # One has bank details: 19 180,33 less 9,7 %, kept back to the cent.
    order = PaymentOrder.objects.get()
    assert (order.amount, order.account, order.label) == (
        D("17319.84"),
        "labour_share",
        "Part travail 2025",
    )
    assert standing("424000", "431000") == {"424000": D("-40635.00"), "431000": D("-4365.00")}
    assert totals_of(receivers_of(row)).net == D("40635.00")
    with refused(Code.ALREADY_DONE, said="coordonnées bancaires manquent"):
        pay_the_rest(row, actor=None)
    give_bank(users["Bruno"])
    assert pay_the_rest(row, actor=None) == 1
    assert PaymentOrder.objects.count() == 2

    row = unpay_allocation(row, on=TODAY, reason="Mauvaise date", actor=None)
    row = undo_allocation(row, on=TODAY, reason="Mauvaise date", actor=None)

    assert row.state == AllocationState.VOTED
    assert set(PaymentOrder.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert standing("106100", "106300", "424000", "431000", "181000") == {"106100": D(-20000)}
    assert standing("120000") == {"120000": D(-100000)}
    assert not AllocationShare.objects.exclude(kept_back=0).exists()
    # Posted and paid again, once each.
    row = in_payment_of(post_allocation(row, on=TODAY, actor=None))
    assert PaymentOrder.objects.exclude(state="withdrawn").count() == 2


def in_payment_of(row: ResultAllocation) -> ResultAllocation:
    rates = {"labour_rate": D("0.097"), "interest_rate": D("0.314")}
    return pay_allocation(row, on=TODAY, due_on=TODAY, actor=None, **rates)


def test_interest_goes_to_who_holds_capital_a_person_or_an_organisation() -> None:
    row, users = make_proposed()
    actor = make_user(RoleKind.COOPERATIVE_LIFE)
    parts: ShareClass = make_share_class()
    make_holder(actor, parts, 30, person=users["Anne"].person)
    make_holder(actor, parts, 10, associate=make_associate(organisation=OrganisationFactory.create()))
    said = replace(row.facts, interest_rate=D("0.05"))
    row = correct_facts(row, facts=said, reason="Taux publié", version=row.version, actor=None)

    with refused(Code.AMOUNT_INVALID, "interest", said="plafonné à 2 750,00"):
        decide_parts(row, wished=Wished(D(45000), D("2750.01")), version=None, actor=None)
    row = decide_parts(row, wished=Wished(D(45000), D("1000.01")), version=None, actor=None)

    amounts = sorted(AllocationShare.objects.filter(kind=ShareKind.INTEREST).values_list("amount", flat=True))
    assert amounts == [D("250.00"), D("750.01")]
    assert row.statutory == D("38999.99")
    row = in_payment(row)
    # What an organisation receives is nobody's own.
    assert {one.person for one in own_shares(users["Anne"])} == {users["Anne"].person}
    assert not own_shares(User()).exists()
    assert standing("457000", "442100") == {"457000": D("-686.01"), "442100": D("-314.00")}


def test_a_scic_gives_no_part_travail_and_keeps_more() -> None:
    make_cooperative(legal_form="scic_sas", valid_from=START)
    year, _users = make_worked_year()
    row = propose_allocation(year, today=TODAY, actor=None)
    assert (row.law, row.legal, row.statutory, row.labour) == ("scic", D(15000), D(85000), D(0))
    with refused(Code.AMOUNT_INVALID, "labour", said="ne verse pas de part travail"):
        decide_parts(row, wished=Wished(D(10)), version=None, actor=None)
    row = posted(row)
    with refused(Code.EMPTY_DOCUMENT, said="rien n’est à payer"):
        in_payment_of(row)


def test_a_loss_is_carried_and_nothing_is_shared() -> None:
    year, _users = make_worked_year()
    move("611000", "bank", "130000.00", END)
    row = propose_allocation(year, today=TODAY, actor=None)
    assert (row.absorbed, row.labour) == (D(-30000), D(0))
    posted(row)
    assert standing("120000", "129000", "119100") == {"119100": D(30000)}


def test_what_the_law_forbids_or_nobody_has_is_refused_where_it_was_typed() -> None:
    year, _users = make_worked_year()
    with refused(Code.PERIOD_INVALID, "year", said="n’est pas terminé"):
        propose_allocation(year, today=END, actor=None)
    row = propose_allocation(year, today=TODAY, actor=None)
    with refused(Code.DUPLICATE, said="déjà sa proposition"):
        propose_allocation(year, today=TODAY, actor=None)

    def decide(labour: str, **more: D) -> ResultAllocation:
        return decide_parts(row, wished=Wished(D(labour), **more), version=None, actor=None)

    for labour, more, field, said in (
        ("24999.99", {}, "labour", "au moins 25 000,00"),
        ("85000.01", {}, "labour", "dépassent l’excédent de 0,01"),
        ("45000", {"legal": D("14999.99")}, "legal", "art. 33, 1°"),
        ("45000", {"interest": D("0.01")}, "interest", "taux légal"),
        ("45000", {"participation": D("45000.01")}, "participation", "45 000,00"),
    ):
        with refused(Code.AMOUNT_INVALID, field, said=said):
            decide(labour, **more)
    for more, field in (
        ({"by_time": D("0.6"), "by_equal": D("0.5")}, "by_time"),
        ({"seniority_step": D("1.01")}, "seniority_step"),
    ):
        with refused(Code.VALUE_INVALID, field):
            decide("45000", **more)
    with refused(Code.STALE_FORM):
        decide_parts(row, wished=Wished(D(45000)), version=row.version + 1, actor=None)
    # Interest within the law, but the register says nobody holds any capital.
    facts = replace(row.facts, interest_rate=D("0.05"))
    with refused(Code.VALUE_MISSING, "reason", said="diffèrent des livres"):
        correct_facts(row, facts=facts, reason=" ", version=None, actor=None)
    with refused(Code.AMOUNT_INVALID, "highest_capital"):
        low = replace(facts, highest_capital=D(54999))
        correct_facts(row, facts=low, reason="Autre", version=None, actor=None)
    with refused(Code.AMOUNT_INVALID, "losses"):
        correct_facts(row, facts=replace(facts, losses=D(-1)), reason="Autre", version=None, actor=None)
    row = correct_facts(row, facts=facts, reason="Taux publié", version=None, actor=None)
    with refused(Code.VALUE_MISSING, "interest", said="qui détient le capital"):
        decide("45000", interest=D(100))
    # Nobody has any right, or nobody was paid.
    for right in AllocationRight.objects.filter(allocation=row):
        said = RightSaid(D(0), 365, 1, is_entitled=True, reason="Payé ailleurs")
        correct_right(right, said=said, actor=None)
    with refused(Code.VALUE_MISSING, "by_pay", said="rémunération"):
        decide("45000")
    assert decide("45000", by_time=D(1)).labour == D(45000)
    for right in AllocationRight.objects.filter(allocation=row):
        said = RightSaid(D(0), 10, 0, is_entitled=False, reason="Dix jours")
        correct_right(right, said=said, actor=None)
    with refused(Code.VALUE_MISSING, "labour", said="Personne n’a droit"):
        decide("45000", by_time=D(1))
    with refused(Code.ILLEGAL_MOVE, said="Personne n’a droit"):
        join_allocation(row, decision=DECISION, actor=None)


def test_the_key_mixes_pay_time_and_equal_parts_and_seniority_doubles_at_most() -> None:
    row, _users = make_proposed()
    wished = Wished(D(45000), by_time=D("0.25"), by_equal=D("0.25"), seniority_step=D("0.05"))
    row = decide_parts(row, wished=wished, version=None, actor=None)
    assert row.by_pay == D("0.5")
    shares = AllocationShare.objects.filter(allocation=row)
    assert sum(one.amount for one in shares) == D(45000)
    assert [(one.time_part, one.equal_part) for one in shares] == [(D(3750), D(3750))] * 3
    # Somebody of forty years counts twice: two rights of four in time and in equal parts.
    right = AllocationRight.objects.get(allocation=row, person__first_name="Anne")
    said = RightSaid(right.pay, 365, 40, is_entitled=True, reason="Entrée en 1985")
    correct_right(right, said=said, actor=None)
    anne = AllocationShare.objects.get(allocation=row, person=right.person)
    # 2 of 2 + 1,1 + 1,1.
    assert anne.equal_part == D("5357.14")
    with refused(Code.VALUE_MISSING, "reason"):
        correct_right(right, said=replace(said, reason=""), actor=None)
    with refused(Code.VALUE_INVALID, "days", said="365 jours"):
        correct_right(right, said=replace(said, days=366), actor=None)
    with refused(Code.AMOUNT_INVALID, "pay"):
        correct_right(right, said=replace(said, pay=D(-1)), actor=None)


def test_books_that_move_are_read_again_and_what_was_put_right_stays() -> None:
    row, _users = make_proposed()
    facts = replace(row.facts, highest_capital=D(70000))
    row = correct_facts(row, facts=facts, reason="Capital de 2009", version=None, actor=None)
    right = AllocationRight.objects.get(allocation=row, person__first_name="Chloé")
    said = RightSaid(D(20000), 365, 2, is_entitled=True, reason="Prime versée à part")
    correct_right(right, said=said, actor=None)
    move("611000", "bank", "10000.00", END)
    with refused(Code.STALE_FORM, said="90 000,00"):
        join_allocation(row, decision=DECISION, actor=None)

    row = read_books_again(row, actor=None)

    assert (row.result, row.highest_capital, row.facts_reason) == (D(90000), D(70000), "Capital de 2009")
    # The part travail stays as it was chosen; the development fund gives what lacks.
    assert (row.legal, row.labour, row.statutory) == (D(13500), D(45000), D(31500))
    assert AllocationRight.objects.get(pk=right.pk).pay == D(20000)
    assert sum(received(row).values()) == D(45000)
    # Where it would break the law, the least of the law.
    move("611000", "bank", "60000.00", END)
    row = read_books_again(row, actor=None)
    assert (row.result, row.labour) == (D(30000), D(7500))


def test_what_is_joined_or_voted_no_longer_moves_and_comes_back_with_a_reason() -> None:
    row, _users = make_proposed()
    with refused(Code.VALUE_MISSING, "decision"):
        join_allocation(row, decision=" ", actor=None)
    row = joined(row)
    for act in (
        lambda: decide_parts(row, wished=Wished(D(45000)), version=None, actor=None),
        lambda: read_books_again(row, actor=None),
    ):
        with refused(Code.ILLEGAL_MOVE, said="n’est plus une proposition"):
            act()
    for change in (
        lambda: ResultAllocation.objects.update(statutory=D(39999), legal=D(15001)),
        lambda: AllocationShare.objects.all().delete(),
        lambda: AllocationRight.objects.update(pay=D(1)),
        row.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with refused(Code.VALUE_MISSING, "reason"):
        take_back_allocation(row, reason="", actor=None)
    row = take_back_allocation(row, reason="Reportée", actor=None)
    assert (row.state, row.decision, row.state_reason) == ("proposed", "", "Reportée")
    with refused(Code.DATE_INVALID, "on"):
        note_vote(row, on=END, today=TODAY, decision=DECISION, actor=None)
    row = voted(row)
    with refused(Code.VALUE_MISSING, "reason"):
        reconsider_allocation(row, reason="", actor=None)
    row = reconsider_allocation(row, reason="Mal noté", actor=None)
    assert (row.state, row.voted_on) == ("proposed", None)
    row = posted(row)
    for rates, field in ((("1", "0"), "labour_rate"), (("0", "-0.1"), "interest_rate")):
        with refused(Code.VALUE_INVALID, field):
            pay_allocation(
                row,
                on=TODAY,
                due_on=TODAY,
                labour_rate=D(rates[0]),
                interest_rate=D(rates[1]),
                actor=None,
            )
    with refused(Code.DATE_INVALID, "due_on"):
        pay_allocation(row, on=TODAY, due_on=VOTED, labour_rate=D(0), interest_rate=D(0), actor=None)
    with refused(Code.ILLEGAL_MOVE, said="pas mise en paiement"):
        pay_the_rest(row, actor=None)
    with refused(Code.VALUE_MISSING, "reason"):
        undo_allocation(row, on=TODAY, reason="", actor=None)
