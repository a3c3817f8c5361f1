"""A return from the books to its filing: the worked case box by box, each line once, locked once filed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounting.calculations.entries import credit, debit
from accounting.models import Account, Entry, EntryLine, TaxDeadline, VatCounted, VatReturn, VatRuling
from accounting.selectors.lettering import open_lines
from accounting.selectors.vat import (
    control_of,
    figures_kept,
    figures_told,
    first_day,
    lines_behind,
    lines_to_count,
    next_period,
    waiting_since,
    worked,
)
from accounting.services.tax_deadlines import make_deadlines, pay_deadline
from accounting.services.vat_returns import (
    Filing,
    file_return,
    open_return,
    pay_return,
    prepare_return,
    reopen_return,
    undo_return,
)
from accounting.services.vat_rulings import Ruling, rule_line
from accounting.states.vat import DeadlineState, VatKind, VatState
from cae.core.errors import Code
from cae.core.settings import set_setting
from people.models import User
from people.states import RoleKind
from tests.factories.accounting_vat import (
    IN_MARCH,
    MARCH,
    TODAY,
    bought,
    ca3_case,
    filed,
    given_back,
    make_section,
    month_of_case,
    opened,
    paid_in_parts,
    post,
    prepared,
    sold,
)
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def accountant() -> User:
    return make_user(RoleKind.ACCOUNTANT)


def balance(role: str) -> Decimal:
    sums = EntryLine.objects.filter(account__role=role).aggregate(signed=Sum(F("debit") - F("credit")))
    found: Decimal = sums["signed"] or D(0)
    return found


def test_the_worked_case_box_by_box_then_its_settlement_and_payment(accountant: User) -> None:
    case, section = ca3_case(), month_of_case(make_activity())
    make_deadlines(2026, actor=None)
    row = prepared()
    shown = {code: [str(int(one.base)), str(int(one.tax))] for code, one in figures_kept(row).items()}
    assert {code: said for code, said in shown.items() if said != ["0", "0"]} == case["boxes"]
    assert row.result == D(case["due"])
    assert all(one.gap == 0 for one in control_of(row, None))
    waits = next(one for one in control_of(row, None) if one.number == "445740")
    assert waits.balance == D(case["waits"])

    row = filed(row, accountant)
    assert row.entry is not None
    # Tax that waits for payments stays; all else is emptied into what is due.
    assert [balance(role) for role in ("vat_collected", "vat_reverse", "vat_deductible", "vat_assets")] == [
        0
    ] * 4
    assert (balance("vat_credit"), balance("vat_pending")) == (0, -D(case["waits"]))
    assert balance("vat_due") == -D(case["due"])
    assert balance("rounding_income") == D(case["rounding"])
    assert row.entry.on == date(2026, 3, 31)
    assert all(one.gap == 0 for one in control_of(row, None))

    row = pay_return(row, on=TODAY, today=TODAY, actor=accountant)
    assert balance("vat_due") == 0
    assert row.payment is not None
    own = row.payment.lines.filter(analytic=section, account__role="bank").get()
    assert own.credit == D("771.03")
    assert not open_lines(on=TODAY, account=Account.objects.get(role="vat_due"))
    noted = TaxDeadline.objects.get(vat_return=row)
    assert (noted.state, noted.amount, noted.paid_on) == (DeadlineState.PAID, D(case["due"]), TODAY)


def test_each_box_opens_the_lines_it_is_the_sum_of() -> None:
    month_of_case(make_activity())
    row = opened()
    _opens_its_lines(row)
    _opens_its_lines(prepare_return(row, actor=None))


def _opens_its_lines(row: VatReturn) -> None:
    figures = figures_told(row)
    for box in row.form.boxes.exclude(part__in=("taxed", "untaxed", "result")):
        if not box.formula and box.code != "22":
            lines = lines_behind(row, box)
            tax = sum((one.credit - one.debit for one in lines if one.account.number[:3] == "445"), D(0))
            assert abs(tax) == figures[box.code].exact_tax, box.code
    assert figures["08"].exact_tax == D("2396.71")
    exported = lines_behind(row, row.form.boxes.get(code="E1"))
    assert [line.entry.piece for line in exported] == ["F-export"]


def test_what_is_posted_later_falls_in_the_next_return(accountant: User) -> None:
    section = make_section()
    sold(section, ("20", "1000.00", "200.00"))
    march = filed(prepared(), accountant)
    sold(section, ("20", "50.00", "10.00"), number="F-9")
    bought(section, "606100", "20", "20.00", "4.00")
    sold(section, ("0", "7.00", "0"), number="F-8", kind=VatKind.EXEMPT)
    assert waiting_since(march) == 3
    sold(section, ("20", "100.00", "20.00"), on=date(2026, 4, 2), number="F-10")
    april = opened(date(2026, 4, 1))
    found = worked(april)
    assert (found.late_count, found.late_due) == (3, D("10.00"))
    april = prepare_return(april, actor=None)
    said = {code: (one.base, one.tax) for code, one in figures_kept(april).items() if one.base or one.tax}
    assert said["B5"] == (D(50), D(0))
    assert said["F8"] == (D(7), D(0))
    assert said["08"] == (D(150), D(30))
    assert said["21"] == (D(0), D(4))
    assert "20" not in said
    assert all(one.gap == 0 for one in control_of(april, None))


def test_a_return_is_taken_up_again_and_a_filing_undone_while_nothing_follows(accountant: User) -> None:
    section = make_section()
    make_deadlines(2026, actor=None)
    sold(section, ("20", "1000.00", "200.00"))
    row = reopen_return(prepared(), actor=accountant)
    assert (row.state, row.result, VatCounted.objects.count()) == (VatState.DRAFT, None, 0)
    row = filed(prepare_return(row, actor=accountant), accountant)
    former = row.entry
    assert former is not None
    row = undo_return(row, reason="Erreur de période", actor=accountant)
    assert (row.state, row.entry, row.reference) == (VatState.DRAFT, None, "")
    assert Entry.objects.filter(reverses=former).exists()
    assert balance("vat_collected") == D("-200.00")
    noted = TaxDeadline.objects.get(rule__code="vat-month", starts_on=MARCH)
    assert (noted.state, noted.vat_return) == (DeadlineState.TODO, None)

    row = filed(prepare_return(row, actor=accountant), accountant)
    with refused(Code.ILLEGAL_MOVE, said="suit sa déclaration"):
        pay_deadline(noted, on=TODAY, today=TODAY, actor=accountant)
    april = prepared(date(2026, 4, 1))
    with refused(Code.ILLEGAL_MOVE, said="ne s’annule plus"):
        undo_return(row, reason="Trop tard", actor=accountant)
    reopen_return(april, actor=accountant)
    row = pay_return(row, on=TODAY, today=TODAY, actor=accountant)
    with refused(Code.ILLEGAL_MOVE, said="est payée"):
        undo_return(row, reason="Trop tard", actor=accountant)
    with refused(Code.ILLEGAL_MOVE, said="n’attend pas"):
        pay_return(row, on=TODAY, today=TODAY, actor=accountant)


def test_refusals_of_a_return(accountant: User) -> None:
    section = make_section()
    with refused(Code.DATE_INVALID, "month", "pas commencé"):
        open_return(day=date(2026, 6, 1), today=TODAY, actor=accountant)
    with refused(Code.DATE_INVALID, "month", "Aucun formulaire"):
        open_return(day=date(2019, 6, 1), today=TODAY, actor=accountant)
    march = opened()
    with refused(Code.DUPLICATE, "month"):
        opened()
    with refused(Code.DATE_INVALID, "month", "se suivent"):
        opened(date(2026, 5, 1))
    april = opened(date(2026, 4, 1))
    with refused(Code.ILLEGAL_MOVE, said="Déposez d’abord"):
        prepare_return(april, actor=accountant)
    sold(section, ("0", "300.00", "0"))
    with refused(Code.VALUE_MISSING, said="1 ligne"):
        prepare_return(march, actor=accountant)
    rule_line(lines_to_count(march).get(), Ruling(False, "Formation", D(0), VatKind.EXEMPT), actor=accountant)
    march = prepare_return(march, actor=accountant)
    with refused(Code.VALUE_MISSING, "reference"):
        filed(march, accountant, reference=" ")
    with refused(Code.DATE_INVALID, "filed_on", "après la fin"):
        filed(march, accountant, on=IN_MARCH)
    with refused(Code.DATE_INVALID, "filed_on", "pas encore venu"):
        filed(march, accountant, on=date(2026, 5, 21))
    with refused(Code.FILE_REFUSED, "proof"):
        file_return(march, filing=Filing(TODAY, "1", ("a.txt", b"rien")), today=TODAY, actor=accountant)
    march = file_return(
        march, filing=Filing(TODAY, "1", ("accuse.pdf", b"%PDF-1.7 oui")), today=TODAY, actor=accountant
    )
    assert march.proof is not None
    # Nothing taxed: nothing to settle, nothing to pay.
    assert (march.entry, march.result) == (None, D(0))
    with refused(Code.ILLEGAL_MOVE):
        pay_return(march, on=TODAY, today=TODAY, actor=accountant)
    with refused(Code.VALUE_MISSING, "reason"):
        undo_return(march, reason="", actor=accountant)
    with refused(Code.ILLEGAL_MOVE):
        reopen_return(march, actor=accountant)


def test_a_payment_is_neither_before_the_filing_nor_to_come(accountant: User) -> None:
    sold(make_section(), ("20", "1000.00", "200.00"))
    row = filed(prepared(), accountant, on=date(2026, 4, 20))
    for on in (date(2026, 4, 19), date(2026, 5, 21)):
        with refused(Code.DATE_INVALID, "on"):
            pay_return(row, on=on, today=TODAY, actor=accountant)


def test_postgresql_locks_what_is_filed_and_counts_a_line_once(accountant: User) -> None:
    sold(make_section(), ("20", "1000.00", "200.00"))
    row = prepared()
    one = VatCounted.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        VatCounted.objects.create(line=one.line, vat_return=row, box=one.box, base=D(1), tax=D(1))
    row = filed(row, accountant)
    for act in (
        one.delete,
        lambda: VatCounted.objects.update(base=D(1)),
        lambda: row.figures.update(tax=D(1)),
        lambda: VatReturn.objects.update(reference="autre"),
        row.delete,
    ):
        with pytest.raises(Exception, match=r"pgtrigger|protected"), transaction.atomic():
            act()
    assert VatCounted.objects.get().base == D("1000.00")


def test_what_the_accountant_says_of_a_line(accountant: User) -> None:
    section = make_section()
    row = opened()
    Account.objects.create(number="445800", label="TVA à régulariser", kind="balance")
    odd = post(debit("bank", section.pk, D(5)), credit("445800", section.pk, D(5)))
    bare = post(debit("bank", section.pk, D(24)), credit("vat_collected", section.pk, D(24)))
    old = post(
        debit("bank", section.pk, D(3)), credit("vat_collected", section.pk, D(3)), on=date(2026, 2, 1)
    )
    assert first_day() == MARCH
    lines = {one.entry_id: one for one in lines_to_count(row)}
    assert old.pk not in lines
    assert {one.why for one in worked(row).missing} == {"account", "rate"}
    with refused(Code.VALUE_MISSING, "rate"):
        rule_line(lines[bare.pk], Ruling(False, "Oubli"), actor=accountant)
    with refused(Code.VALUE_INVALID, "rate"):
        rule_line(lines[bare.pk], Ruling(False, "Oubli", D(7)), actor=accountant)
    with refused(Code.VALUE_MISSING, "reason"):
        rule_line(lines[bare.pk], Ruling(True, " "), actor=accountant)
    with refused(Code.VALUE_INVALID, "kind"):
        rule_line(lines[bare.pk], Ruling(False, "Oubli", D(20), VatKind.EXPORT), actor=accountant)
    with refused(Code.VALUE_INVALID, "is_out", "n’a pas de case"):
        rule_line(lines[odd.pk], Ruling(False, "Oubli", D(20)), actor=accountant)
    rule_line(lines[bare.pk], Ruling(False, "Vente de stand", D(20)), actor=accountant)
    rule_line(lines[odd.pk], Ruling(True, "Régularisé à la main"), actor=accountant)
    untaxed = sold(section, ("0", "30.00", "0")).lines.get(vat_rate=0)
    with refused(Code.VALUE_INVALID, "kind"):
        rule_line(untaxed, Ruling(False, "Export", D(0)), actor=accountant)
    rule_line(untaxed, Ruling(False, "Export", D(0), VatKind.EXPORT), actor=accountant)
    row = prepare_return(row, actor=accountant)
    said = {code: one.base for code, one in figures_kept(row).items() if one.base}
    assert said == {"A1": D(120), "E1": D(30), "08": D(120)}
    control = {one.number: (one.counted, one.waiting, one.older, one.gap) for one in control_of(row, None)}
    assert control == {"445710": (D(24), D(0), D(3), D(0)), "445800": (D(0), D(5), D(0), D(0))}
    with refused(Code.ILLEGAL_MOVE, said="déjà comptée"):
        rule_line(lines[bare.pk], Ruling(True, "Tard"), actor=accountant)
    with pytest.raises(Exception, match="pgtrigger"), transaction.atomic():
        VatRuling.objects.filter(line=lines[bare.pk]).update(rate=D(10))


def test_a_quarter_follows_the_rhythm_and_a_change_leaves_no_hole(accountant: User) -> None:
    assert next_period(date(2026, 5, 20)) == date(2026, 4, 1)
    filed(prepared(date(2026, 1, 15)), accountant)
    set_setting("accounting.vat_period", value="quarter", valid_from=date(2026, 1, 1), actor=None, reason="r")
    rest = opened(date(2026, 3, 1))
    assert (rest.starts_on, rest.ends_on) == (date(2026, 2, 1), date(2026, 3, 31))
    assert str(rest) == "TVA de février à mars 2026"
    second = opened(next_period(TODAY))
    assert (second.starts_on, second.ends_on) == (date(2026, 4, 1), date(2026, 6, 30))


_MOVES = st.tuples(
    st.sampled_from(["debits", "receipts", "note", "bought", "untaxed"]), st.integers(1, 3), st.integers(1, 9)
)


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(_MOVES, min_size=1, max_size=8))
def test_over_the_months_every_line_is_counted_once(
    moves: list[tuple[str, int, int]], django_user_model: type[User]
) -> None:
    """Whatever was posted when, before or after a return was prepared, the months add up to the books."""
    with transaction.atomic():
        _three_months(moves)
        transaction.set_rollback(True)


def _three_months(moves: list[tuple[str, int, int]]) -> None:
    section, accountant = make_section(), make_user(RoleKind.ACCOUNTANT)
    done: list[VatReturn] = []
    for month in (1, 2, 3):
        for kind, of_month, day in moves:
            # Half of what concerns a month comes once its return is filed.
            if month in (of_month, min(of_month + day % 2, 3)):
                _play(kind, section, date(2026, of_month, day))
        done.append(filed(prepared(date(2026, month, 1)), accountant))
    counted = VatCounted.objects.filter(vat_return__in=done)
    due = EntryLine.objects.filter(vat_counted__isnull=False, account__role="vat_collected")
    assert (
        counted.filter(line__account__role="vat_collected").aggregate(sum=Sum("tax"))["sum"]
        == (due.aggregate(sum=Sum(F("credit") - F("debit")))["sum"])
    )
    assert not lines_to_count(done[-1]).exists()
    for row in done:
        assert all(one.gap == 0 for one in control_of(row, None))
    assert [balance(role) for role in ("vat_collected", "vat_deductible")] == [0, 0]
    results = sum((row.result or D(0) for row in done if row.result and row.result > 0), D(0))
    assert -balance("vat_due") == results


def _play(kind: str, section: object, on: date) -> None:
    group = ("20", f"{on.day}3.37", f"{D(f'{on.day}3.37') * D('0.2'):.2f}")
    if kind == "debits":
        sold(section, group, on=on)  # type: ignore[arg-type]
    elif kind == "receipts":
        paid_in_parts(section, group, "5.01", "9.99", on=on)  # type: ignore[arg-type]
    elif kind == "note":
        given_back(section, *group, on=on)  # type: ignore[arg-type]
    elif kind == "bought":
        bought(section, "606100", *group, on=on)  # type: ignore[arg-type]
    else:
        sold(section, ("0", group[1], "0"), on=on, kind="exempt")  # type: ignore[arg-type]
