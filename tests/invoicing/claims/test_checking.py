"""A claim is decided line by line; what is decided follows the author's words, and never their own hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cae.core.errors import Code, Forbidden, IllegalMove, Refused
from cae.core.models import Notice
from invoicing.models import ExpenseLine, MileageAdjustment
from invoicing.selectors.claim_checks import claims_to_check, waiting_claims
from invoicing.services.claim_approving import reverse_claim, send_back_claim
from invoicing.services.claim_lines import (
    Correction,
    approve_line,
    approve_right_lines,
    correct_line,
    refuse_line,
    reset_line,
)
from invoicing.services.claiming import submit_claim, take_back_claim
from invoicing.services.mileage import save_trip
from invoicing.states.expenses import ClaimState, LineDecision
from people.states import RoleKind
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.invoicing_claims import approved, banked, car, drive, submitted, trip
from tests.factories.invoicing_expenses import DAY, content, kind
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_entrepreneur()


@pytest.fixture
def checker():
    return make_user(RoleKind.ACCOUNTANT)


def as_stored(line: ExpenseLine) -> dict:
    return ExpenseLine.objects.filter(pk=line.pk).values().get()


class TestTakingBack:
    def test_open_to_the_author_until_a_line_is_decided(self, author, checker):
        claim = submitted(*author)
        take_back_claim(claim, actor=author[0], on=DAY)
        submit_claim(claim, actor=author[0], on=DAY)
        approve_line(claim.lines.get(), seen=True, actor=checker, today=DAY)
        before = as_stored(claim.lines.get())
        with pytest.raises(Refused, match="a commencé à vérifier cette note") as refusal:
            take_back_claim(claim, actor=author[0], on=DAY)
        claim.refresh_from_db()
        assert (refusal.value.code, claim.state, claim.checker) == (Code.ILLEGAL_MOVE, "submitted", checker)
        assert as_stored(claim.lines.get()) == before

    def test_open_again_once_sent_back_and_submitted_anew(self, author, checker):
        claim = submitted(*author)
        approve_line(claim.lines.get(), seen=True, actor=checker, today=DAY)
        send_back_claim(claim, reason="Quel client ?", actor=checker, on=DAY)
        submit_claim(claim, actor=author[0], on=DAY)
        assert take_back_claim(claim, actor=author[0], on=DAY).state == ClaimState.DRAFT
        assert claim.lines.get().decision == LineDecision.APPROVED

    def test_not_once_an_approval_was_taken_back(self, author, checker):
        claim = approved(submitted(*author), checker)
        reverse_claim(claim, reason="Mauvaise note", actor=make_user(RoleKind.ACCOUNTANT), on=DAY)
        with pytest.raises(Refused, match="a commencé à vérifier"):
            take_back_claim(claim, actor=author[0], on=DAY)
        claim.refresh_from_db()
        assert claim.state == ClaimState.SUBMITTED


class TestLine:
    def test_accepted_once_its_receipt_is_seen(self, author, checker):
        line = submitted(*author).lines.get()
        done = approve_line(line, seen=True, actor=checker, today=DAY)
        assert (done.decision, done.receipt_seen, done.decided_by) == ("approved", True, checker)

    def test_not_accepted_unseen(self, author, checker):
        line = submitted(*author).lines.get()
        before = as_stored(line)
        with pytest.raises(Refused) as refusal:
            approve_line(line, seen=False, actor=checker, today=DAY)
        assert (refusal.value.code, refusal.value.field) == (Code.VALUE_MISSING, "seen")
        assert as_stored(line) == before

    def test_without_receipt_nothing_is_to_be_seen(self, author, checker):
        line = submitted(*author, content(missing_reason="Ticket perdu")).lines.get()
        assert approve_line(line, seen=False, actor=checker, today=DAY).receipt_seen is False

    def test_nobody_checks_their_own(self, author):
        line = submitted(*author).lines.get()
        before = as_stored(line)
        with pytest.raises(Forbidden):
            approve_line(line, seen=True, actor=author[0], today=DAY)
        assert as_stored(line) == before

    def test_a_draft_is_still_its_author_s(self, author, checker):
        claim = submitted(*author)
        send_back_claim(claim, reason="À revoir", actor=checker, on=DAY)
        with pytest.raises(IllegalMove):
            approve_line(claim.lines.get(), seen=True, actor=checker, today=DAY)

    def test_corrected_with_another_kind_and_a_lower_amount(self, author, checker):
        """A stationery of 24.00 whose tax is 2.00 of 22.00."""
        line = submitted(*author).lines.get()
        said = Correction("Le stylo n’est pas pour l’activité", gross=Decimal("22.00"), tax=Decimal("2.00"))
        done = correct_line(line, correction=said, actor=checker, today=DAY)
        assert (done.amount, done.deductible, done.decision) == (
            Decimal("22.00"),
            Decimal("2.00"),
            "corrected",
        )
        assert done.claimed == {"kind": "stationery", "gross": "24.00", "tax": "4.00"}

    def test_corrected_twice_keeps_what_was_claimed(self, author, checker):
        line = submitted(*author).lines.get()
        for gross in ("22.00", "23.00"):
            correct_line(
                line, correction=Correction("Erreur", gross=Decimal(gross)), actor=checker, today=DAY
            )
        line.refresh_from_db()
        assert (line.gross, line.claimed["gross"]) == (Decimal("23.00"), "24.00")

    @pytest.mark.parametrize(
        ("field", "code", "said"),
        [
            ("gross", Code.AMOUNT_INVALID, {"gross": Decimal("24.01")}),
            ("gross", Code.AMOUNT_INVALID, {"gross": Decimal(0)}),
            ("gross", Code.AMOUNT_INVALID, {"gross": Decimal("2.005")}),
            ("tax", Code.AMOUNT_INVALID, {"tax": Decimal("24.00")}),
            ("tax", Code.AMOUNT_INVALID, {"tax": Decimal(-1)}),
            (None, Code.VALUE_MISSING, {}),
            (None, Code.VALUE_MISSING, {"gross": Decimal("24.00")}),
        ],
    )
    def test_a_wrong_correction_changes_nothing(self, author, checker, field, code, said):
        line = submitted(*author).lines.get()
        before = as_stored(line)
        with pytest.raises(Refused) as refusal:
            correct_line(line, correction=Correction("Erreur", **said), actor=checker, today=DAY)
        assert (refusal.value.code, refusal.value.field) == (code, field)
        assert as_stored(line) == before

    def test_a_real_amount_is_no_flat_allowance(self, author, checker):
        line = submitted(*author).lines.get()
        flat = kind("stationery").__class__.objects.filter(way="flat").first()
        with pytest.raises(Refused) as refusal:
            correct_line(line, correction=Correction("Erreur", kind=flat), actor=checker, today=DAY)
        assert refusal.value.field == "kind"

    @pytest.mark.parametrize(
        "act",
        [
            lambda line, **who: correct_line(line, correction=Correction(" ", gross=Decimal(2)), **who),
            lambda line, **who: refuse_line(line, reason=" ", **who),
        ],
    )
    def test_a_reason_is_given(self, author, checker, act):
        line = submitted(*author).lines.get()
        before = as_stored(line)
        with pytest.raises(Refused) as refusal:
            act(line, actor=checker, today=DAY)
        assert refusal.value.field == "reason"
        assert as_stored(line) == before

    def test_a_decision_is_taken_back(self, author, checker):
        line = submitted(*author).lines.get()
        correct_line(
            line,
            correction=Correction("Erreur", gross=Decimal("2.00"), tax=Decimal(0)),
            actor=checker,
            today=DAY,
        )
        done = reset_line(line, actor=checker, today=DAY)
        assert (done.gross, done.tax, done.deductible) == (Decimal("24.00"), Decimal("4.00"), Decimal("4.00"))
        assert (done.decision, done.claimed, done.decided_by) == ("pending", None, None)
        with pytest.raises(Refused):
            reset_line(line, actor=checker, today=DAY)

    def test_only_what_is_right_is_accepted_at_once(self, author, checker):
        twins = [content(gross="10.00", tax="0"), content(gross="10.00", tax="0")]
        claim = submitted(*author, content(gross="12.00", tax="2.00"), *twins)
        assert approve_right_lines(claim, seen=True, actor=checker, today=DAY) == 1
        assert claim.lines.get(decision="approved").gross == Decimal("12.00")


class TestTrip:
    def claim(self, author, *kms: str):
        user, activity = author
        vehicle = car(user)
        made = [trip(user, activity, vehicle, km, on=date(2026, 11, rank)) for rank, km in enumerate(kms, 1)]
        submit_claim(made[0].line.claim, actor=user, on=DAY)
        return made

    def test_fewer_kilometres_move_the_trips_after_in_the_same_claim(self, author, checker):
        first, second = self.claim(author, "2900", "2900")
        said = Correction("L’itinéraire fait 2 800 km", km=Decimal(2800))
        done = correct_line(first.line, correction=said, actor=checker, today=DAY)
        second.line.refresh_from_db()
        assert (done.amount, second.line.amount) == (Decimal("1696.80"), Decimal("1571.20"))
        assert not MileageAdjustment.objects.exists()

    def test_a_refused_trip_counts_no_more(self, author, checker):
        first, second = self.claim(author, "2900", "2900")
        refuse_line(first.line, reason="Trajet domicile-travail", actor=checker, today=DAY)
        second.line.refresh_from_db()
        assert second.line.amount == Decimal("1757.40")
        reset_line(first.line, actor=checker, today=DAY)
        second.line.refresh_from_db()
        assert second.line.amount == Decimal("1544.60")

    def test_a_refused_trip_of_an_earlier_claim_is_put_right_in_the_next(self, author, checker):
        user, activity = author
        vehicle = car(user)
        first = trip(user, activity, vehicle, "2900", on=date(2026, 10, 5))
        submit_claim(first.line.claim, actor=user, on=DAY)
        second = trip(user, activity, vehicle, "2900", on=date(2026, 11, 5))
        submit_claim(second.line.claim, actor=user, on=DAY)
        refuse_line(first.line, reason="Fait deux fois", actor=checker, today=DAY)
        second.line.refresh_from_db()
        right = MileageAdjustment.objects.get()
        assert (second.line.amount, right.line.amount) == (Decimal("1544.60"), Decimal("212.80"))
        assert right.line.claim.month == date(2026, 12, 1)

    @pytest.mark.parametrize("km", [None, "2900", "2900.1", "0"])
    def test_kilometres_only_go_down(self, author, checker, km):
        (made,) = self.claim(author, "2900")
        before = as_stored(made.line)
        said = Correction("Erreur", km=None if km is None else Decimal(km))
        with pytest.raises(Refused) as refusal:
            correct_line(made.line, correction=said, actor=checker, today=DAY)
        assert refusal.value.field == "km"
        assert as_stored(made.line) == before

    def test_sent_back_a_refused_trip_counts_again(self, author, checker):
        first, second = self.claim(author, "2900", "2900")
        refuse_line(first.line, reason="Où est le client ?", actor=checker, today=DAY)
        send_back_claim(first.line.claim, reason="Précisez le premier trajet", actor=checker, on=DAY)
        first.line.refresh_from_db()
        second.line.refresh_from_db()
        assert first.line.decision == LineDecision.PENDING
        assert second.line.amount == Decimal("1544.60")

    def test_a_regularisation_is_neither_refused_nor_corrected(self, author, checker):
        user, activity = author
        vehicle = car(user)
        first = trip(user, activity, vehicle, "2450", on=date(2026, 10, 5), returns=True)
        submit_claim(first.line.claim, actor=user, on=DAY)
        later = trip(user, activity, vehicle, "200", on=date(2026, 11, 5))
        submit_claim(later.line.claim, actor=user, on=DAY)
        refuse_line(first.line, reason="Erreur", actor=checker, today=DAY)
        line = MileageAdjustment.objects.get().line
        submit_claim(line.claim, actor=user, on=DAY)
        for act in (
            lambda: refuse_line(line, reason="Non", actor=checker, today=DAY),
            lambda: correct_line(line, correction=Correction("Non", km=Decimal(1)), actor=checker, today=DAY),
        ):
            with pytest.raises(Refused) as refusal:
                act()
            assert refusal.value.code == Code.NOT_ALLOWED
        assert approve_line(line, seen=False, actor=checker, today=DAY).decision == "approved"


class TestSentBack:
    def test_the_author_reads_why(self, author, checker):
        claim = submitted(*author, content(), content(gross="5.00", tax="0", label="Stylo"))
        refuse_line(claim.lines.get(label="Stylo"), reason="Achat privé", actor=checker, today=DAY)
        done = send_back_claim(claim, reason="Deux lignes à revoir", actor=checker, on=DAY)
        assert (done.state, done.correction) == (ClaimState.DRAFT, "Deux lignes à revoir")
        assert Notice.objects.filter(user=author[0], kind="invoicing.claim_correction").count() == 1

    def test_not_without_a_reason(self, author, checker):
        claim = submitted(*author)
        with pytest.raises(Refused):
            send_back_claim(claim, reason="  ", actor=checker, on=DAY)
        claim.refresh_from_db()
        assert claim.state == ClaimState.SUBMITTED


class TestQueue:
    def test_the_oldest_first_without_one_s_own(self, author, checker):
        first = submitted(*author)
        second = submitted(*make_entrepreneur())
        assert list(claims_to_check(checker)) == [first, second]
        assert list(claims_to_check(author[0])) == []

    @pytest.mark.parametrize("count", [1, 12])
    def test_any_number_of_claims_asks_the_same_questions(
        self, checker, count, django_assert_max_num_queries
    ):
        for _turn in range(count):
            user, activity = make_entrepreneur()
            trip(user, activity, car(user))
            submitted(user, activity, content(), content(gross="7.00", tax="0"))
        rows = claims_to_check(checker)
        with django_assert_max_num_queries(8):
            found = waiting_claims(rows)
        assert [len(one.lines) for one in found] == [3] * count
        assert {one.is_right for one in found} == {True}

    def test_an_approved_claim_leaves_it(self, author, checker):
        banked(author[0])
        approved(submitted(*author), checker)
        assert not claims_to_check(checker)


def test_a_trip_changed_after_a_correction_is_asked_again(author, checker):
    """Sent back, the author changes the first of two accepted trips: both amounts are to be read again."""
    user, activity = author
    vehicle = car(user)
    first, second = (trip(user, activity, vehicle, "2900", on=date(2026, 11, day)) for day in (1, 2))
    claim = submit_claim(first.line.claim, actor=user, on=DAY)
    for line in claim.lines.all():
        approve_line(line, seen=False, actor=checker, today=DAY)
    send_back_claim(claim, reason="Le premier trajet ?", actor=checker, on=DAY)
    first.line.refresh_from_db()
    said = drive(vehicle, "2800", on=date(2026, 11, 1))
    save_trip(first, content=said, version=first.line.version, today=DAY, actor=user)
    assert set(claim.lines.values_list("decision", flat=True)) == {"pending"}
    second.line.refresh_from_db()
    assert second.line.amount == Decimal("1571.20")
