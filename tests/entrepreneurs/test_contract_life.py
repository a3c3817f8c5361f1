"""Contracts over time: renewed, cut short, amended late, counted again; what the law reads each day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from cae.core.errors import Code, Refused
from cae.core.letters import Block
from cae.core.models import Document
from entrepreneurs.models import Contract, ContractDeclaration, ContractTerms, Signatory
from entrepreneurs.selectors.contracts import clocks, is_blocked, terms_in_force
from entrepreneurs.selectors.passages import rule_of
from entrepreneurs.selectors.path import associate_clock
from entrepreneurs.services import contract_files, ending, signature_rounds, signing
from entrepreneurs.services.clauses import change_days, draft_amendment, write_clauses
from entrepreneurs.services.contracts import draft_contract, renew_contract
from people.models import Deadline, Role, StatusPeriod
from people.services.statuses import open_status, withdraw_status
from people.states.statuses import StatusKind
from tests.entrepreneurs.refusals import refused
from tests.factories.contracts import (
    NOW,
    hand_over,
    make_draft,
    make_manager,
    make_signed,
    make_signer,
    no_code,
    sign_next,
)
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

D = date
TODAY = D(2026, 11, 25)


def end(contract: Contract, last_day: date, **said: Any) -> Contract:
    return ending.decide_end(
        contract,
        **({"last_day": last_day, "kind": "early", "reason": "Emploi", "actor": None, "at": NOW} | said),
    )


def due(contract: Contract) -> dict[str, date]:
    """The open dates of a contract."""
    rows = Deadline.objects.filter(
        about_id=str(contract.pk), about_type="entrepreneurs.contract", closed_at=None
    )
    return dict(rows.values_list("kind", "due_on"))


def days_of(person: Any, kind: str = StatusKind.PROJECT_HOLDER) -> list[tuple[date, date | None]]:
    rows = StatusPeriod.objects.filter(person=person, kind=kind).order_by("starts_on")
    return [(one.starts_on, one.ends_on) for one in rows if not one.is_empty]


# Periods and renewals.


def test_a_renewal_given_up_may_be_prepared_again() -> None:
    first = make_signed(make_signer(), starts_on=D(2026, 11, 1), ends_on=D(2026, 11, 30))
    given_up = renew_contract(first, actor=None)
    signature_rounds.cancel(given_up.terms.get(), actor=None, at=NOW)
    again = renew_contract(first, actor=None)
    assert (again.period, again.renews, again.starts_on) == (2, first, D(2026, 12, 1))


def test_the_number_of_a_period_given_up_is_free_again() -> None:
    person = make_person()
    first = draft_contract(person, kind="cape", starts_on=D(2026, 1, 1), ends_on=D(2026, 3, 31), actor=None)
    second = draft_contract(person, kind="cape", starts_on=D(2026, 4, 1), ends_on=D(2026, 6, 30), actor=None)
    signature_rounds.cancel(first.terms.get(), actor=None, at=NOW)
    third = draft_contract(person, kind="cape", starts_on=D(2026, 7, 1), ends_on=D(2026, 9, 30), actor=None)
    assert {second.period, third.period} == {1, 2}


def test_a_cape_that_never_began_is_no_period_and_leaves_no_status() -> None:
    user = make_signer()
    contract = make_signed(user, starts_on=D(2026, 12, 1), ends_on=D(2027, 5, 31))
    assert days_of(user.person) == [(D(2026, 12, 1), D(2027, 5, 31))]
    end(contract, D(2026, 11, 30))
    assert days_of(user.person) == []
    assert (
        not Role.objects.in_force(D(2026, 12, 2)).filter(person=user.person, kind="project_holder").exists()
    )
    # Its days are free, even for one that begins before and ends after its first.
    again = make_draft(user.person, starts_on=D(2026, 11, 28), ends_on=D(2027, 2, 27))
    assert again.period == 1


def test_one_that_follows_at_once_is_a_renewal_whichever_page_it_comes_from() -> None:
    user, manager = make_signer(), make_manager()
    first = make_signed(user, manager=manager, starts_on=D(2026, 10, 1), ends_on=D(2026, 11, 30))
    later = draft_contract(
        user.person, kind="cape", starts_on=D(2026, 12, 15), ends_on=D(2027, 1, 14), actor=None
    )
    assert (later.renews, later.period) == (None, 2)
    moved = change_days(later, starts_on=D(2026, 12, 1), ends_on=D(2027, 1, 31), activity=None, actor=None)
    assert moved.renews == first


def test_an_agreement_is_renewed_month_by_month() -> None:
    user, manager = make_signer(), make_manager()
    first = make_signed(
        user, manager=manager, kind="support_agreement", starts_on=D(2026, 11, 1), ends_on=D(2026, 11, 30)
    )
    second = renew_contract(first, actor=None)
    assert (second.starts_on, second.ends_on, second.period) == (D(2026, 12, 1), D(2026, 12, 31), 2)
    terms = hand_over(second.terms.get())
    sign_next(terms, user)
    sign_next(terms, manager)
    assert days_of(user.person) == [(D(2026, 11, 1), D(2026, 12, 31))]
    assert not ContractDeclaration.objects.exists()


def test_a_cape_interrupted_is_not_renewed_behind_the_back_of_its_end() -> None:
    user, manager = make_signer(), make_manager()
    first = make_signed(user, manager=manager, starts_on=D(2026, 11, 1), ends_on=D(2027, 1, 31))
    second = renew_contract(first, actor=None)
    terms = hand_over(second.terms.get())
    with refused(Code.NOT_ALLOWED):
        end(first, D(2026, 12, 15))
    signature_rounds.take_back(terms, actor=None, at=NOW)
    end(first, D(2026, 12, 15))
    with refused(Code.PERIOD_INVALID):
        signature_rounds.send(second.terms.get(), actor=None, at=NOW)
    # At a day of its own it is another contract, and no renewal any more.
    moved = change_days(second, starts_on=D(2027, 1, 4), ends_on=D(2027, 4, 3), activity=None, actor=None)
    assert moved.renews is None
    terms = hand_over(ContractTerms.objects.get(contract=second))
    sign_next(terms, user)
    sign_next(terms, manager)
    assert days_of(user.person) == [(D(2026, 11, 1), D(2026, 12, 15)), (D(2027, 1, 4), D(2027, 4, 3))]
    events = ContractDeclaration.objects.filter(contract=second).values_list("event", flat=True)
    assert set(events) == {"signature"}


def test_the_time_between_two_periods_is_no_test() -> None:
    user = make_signer()
    for start, last, at in (
        (D(2024, 1, 1), D(2024, 2, 29), NOW - timedelta(days=1060)),
        (D(2026, 10, 1), D(2026, 12, 31), NOW),
    ):
        terms = hand_over(make_draft(user.person, starts_on=start, ends_on=last).terms.get(), at=at)
        signing.record_paper(terms, scan=b"%PDF-1.7 original", signed_on=start, actor=None, at=NOW)
    months = next(one for one in rule_of(user.person, D(2026, 11, 30)).findings if one.condition == "months")
    assert months.found == 4


# Ends.


def test_an_agreement_that_ends_early_leaves_the_cape_that_follows_whole() -> None:
    user, manager = make_signer(), make_manager()
    month = make_signed(
        user, manager=manager, kind="support_agreement", starts_on=D(2026, 11, 1), ends_on=D(2026, 11, 30)
    )
    make_signed(user, manager=manager, starts_on=D(2026, 12, 1), ends_on=D(2027, 5, 31))
    assert days_of(user.person) == [(D(2026, 11, 1), D(2027, 5, 31))]
    end(month, D(2026, 11, 26))
    assert days_of(user.person) == [(D(2026, 11, 1), D(2026, 11, 26)), (D(2026, 12, 1), D(2027, 5, 31))]
    held = Role.objects.in_force(D(2026, 12, 2)).filter(person=user.person, kind="project_holder")
    assert held.count() == 1


def test_an_end_decided_again_moves_the_status_and_never_into_another_contract() -> None:
    user = make_signer()
    contract = make_signed(user, starts_on=D(2026, 11, 1), ends_on=D(2027, 4, 30))
    end(contract, D(2026, 12, 15))
    end(contract, D(2026, 12, 31))
    assert days_of(user.person) == [(D(2026, 11, 1), D(2026, 12, 31))]
    make_draft(user.person, kind="cesa", starts_on=D(2027, 1, 1))
    with refused(Code.PERIOD_INVALID, "last_day"):
        end(contract, D(2027, 1, 31))


def test_an_earlier_contract_cut_short_gives_its_days_back_to_the_clocks_of_the_cesa() -> None:
    user, manager = make_signer(), make_manager()
    cape = make_signed(user, manager=manager, starts_on=D(2026, 7, 1), ends_on=D(2026, 12, 31))
    cesa = make_signed(user, manager=manager, kind="cesa", starts_on=D(2027, 1, 1))
    # Six months spent: thirty months, and two of trial.
    assert due(cesa) == {"trial_end": D(2027, 2, 28), "associate": D(2029, 6, 30)}
    end(cape, D(2026, 11, 30))
    # Five months spent.
    assert due(cesa) == {"trial_end": D(2027, 3, 31), "associate": D(2029, 7, 31)}
    assert clocks(cesa).associate_by == D(2029, 7, 31)


def test_a_contract_signed_late_and_dated_before_shortens_the_clocks_of_the_cesa() -> None:
    user, manager = make_signer(), make_manager()
    cesa = make_signed(user, manager=manager, kind="cesa", starts_on=D(2027, 1, 1))
    draft = make_draft(
        user.person, kind="support_agreement", starts_on=D(2026, 12, 1), ends_on=D(2026, 12, 31)
    )
    # A draft binds nobody.
    assert due(cesa)["associate"] == clocks(cesa).associate_by == D(2029, 12, 31)
    terms = hand_over(draft.terms.get())
    sign_next(terms, user)
    sign_next(terms, manager)
    assert due(cesa)["associate"] == clocks(cesa).associate_by == D(2029, 11, 30)


def test_the_hours_of_a_cesa_change_none_of_its_clocks() -> None:
    user, manager = make_signer(), make_manager()
    whole = make_signed(user, manager=manager, kind="cesa", starts_on=D(2026, 12, 1))
    part = make_draft(make_signer().person, kind="cesa", starts_on=D(2026, 12, 1))
    write_clauses(part.terms.get(), clauses={"working_time": "Deux jours par semaine."}, actor=None)
    assert (clocks(part).trial_ends_on, clocks(part).associate_by) == (D(2027, 7, 31), D(2029, 11, 30))
    assert due(whole) == {"trial_end": D(2027, 7, 31), "associate": D(2029, 11, 30)}


def test_an_end_decided_after_the_delay_does_not_silence_it() -> None:
    contract = make_signed(make_signer(), kind="cesa", starts_on=D(2023, 12, 1))
    end(contract, D(2027, 6, 30))
    assert due(contract) == {"contract_end": D(2027, 6, 30), "associate": D(2026, 11, 30)}
    assert is_blocked(contract, D(2026, 12, 1)) == D(2026, 11, 30)
    contract = end(contract, D(2026, 11, 30))
    assert due(contract) == {"contract_end": D(2026, 11, 30)}
    assert is_blocked(contract, D(2026, 12, 1)) is None


def test_who_became_an_associate_in_time_is_never_blocked_and_who_did_too_late_is() -> None:
    manager = make_manager()
    users = [make_signer(), make_signer(), make_signer()]
    in_time, left, late = (
        make_signed(user, manager=manager, kind="cesa", starts_on=D(2023, 11, 1)) for user in users
    )
    for user, days in zip(
        users, ((D(2026, 10, 31), None), (D(2024, 1, 1), D(2025, 1, 1)), (D(2026, 11, 1), None)), strict=True
    ):
        open_status(
            user.person, kind="associate", starts_on=days[0], ends_on=days[1], reason="AG", actor=None
        )
    assert [is_blocked(one, TODAY) for one in (in_time, left, late)] == [None, None, D(2026, 10, 31)]
    ending.settle_contracts(at=NOW)
    assert ["associate" in due(one) for one in (in_time, left, late)] == [False, False, True]


def test_an_admission_taken_back_opens_the_clock_again() -> None:
    user = make_signer()
    contract = make_signed(user, kind="cesa", starts_on=D(2025, 11, 1))
    status = open_status(user.person, kind="associate", starts_on=D(2026, 5, 1), reason="AG", actor=None)
    ending.settle_contracts(at=NOW)
    assert "associate" not in due(contract)
    assert associate_clock(contract, TODAY) is None
    withdraw_status(status, reason="Erreur de personne", actor=None)
    ending.settle_contracts(at=NOW)
    assert due(contract)["associate"] == D(2028, 10, 31)


def test_one_contract_that_cannot_close_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    manager = make_manager()
    first, second = (
        make_signed(make_signer(), manager=manager, starts_on=D(2026, 11, 1), ends_on=last)
        for last in (D(2026, 11, 28), D(2026, 11, 29))
    )
    publish = ending.events.publish

    def stubborn(event: Any) -> None:
        if event.contract_id == first.pk:
            raise Refused(Code.NOT_ALLOWED, "non")
        publish(event)

    monkeypatch.setattr(ending.events, "publish", stubborn)
    assert ending.settle_contracts(at=NOW + timedelta(days=8)) == 1
    assert list(Contract.objects.order_by("pk").values_list("state", flat=True)) == ["signed", "ended"]
    assert second.pk == Contract.objects.get(state="ended").pk


# Amendments.


def test_an_amendment_dated_in_the_past_rules_from_its_day_and_none_before_the_last() -> None:
    user, manager = make_signer(), make_manager()
    contract = make_signed(user, manager=manager, kind="cesa", starts_on=D(2026, 9, 1))
    terms = draft_amendment(contract, starts_on=D(2026, 10, 1), subject="Objectifs", actor=None)
    write_clauses(terms, clauses={"objectives": "Cinq clients."}, actor=None)
    terms = hand_over(ContractTerms.objects.get(pk=terms.pk))
    # Until both signed, what ruled rules.
    assert terms_in_force(contract, D(2026, 10, 5)).objectives == "Trois clients réguliers."  # type: ignore[union-attr]
    sign_next(terms, user)
    sign_next(terms, manager)
    assert [terms_in_force(contract, on).number for on in (D(2026, 9, 30), D(2026, 10, 1))] == [0, 1]  # type: ignore[union-attr]
    with refused(Code.DATE_INVALID, "starts_on"):
        draft_amendment(contract, starts_on=D(2026, 9, 15), subject="Avant", actor=None)


def test_an_amendment_does_not_outlive_its_contract() -> None:
    manager = make_manager()
    contract = make_signed(make_signer(), manager=manager, starts_on=D(2026, 11, 1), ends_on=D(2027, 4, 30))
    terms = draft_amendment(contract, starts_on=D(2027, 2, 1), subject="Programme", actor=None)
    end(contract, D(2026, 12, 31))
    with refused(Code.PERIOD_INVALID):
        signature_rounds.send(terms, actor=None, at=NOW)
    ending.settle_contracts(at=NOW + timedelta(days=60))
    terms.refresh_from_db()
    assert (terms.state, terms.contract.state) == ("cancelled", "ended")


# The paper.


def test_a_contract_is_written_in_french_whoever_hands_it_to_be_signed() -> None:
    contract = make_draft(make_signer().person, kind="cesa", starts_on=D(2026, 12, 1))
    with translation.override("en"):
        terms = hand_over(contract.terms.get())
        said = " ".join(Block(one["kind"], one["text"]).text for one in terms.frozen_text)
    assert "1er décembre 2026" in said
    assert "bruts par mois" in said
    assert "December" not in said


def test_a_paper_changed_after_it_was_sent_is_signed_by_nobody() -> None:
    no_code()
    user = make_signer()
    terms = hand_over(make_draft(user.person).terms.get())
    assert terms.pdf is not None
    with terms.pdf.file.storage.open(terms.pdf.file.name, "wb") as handle:
        handle.write(b"%PDF-1.7 autre chose")
    with refused(Code.FILE_REFUSED):
        sign_next(terms, user)
    assert not Signatory.objects.filter(signed_on__isnull=False).exists()


@pytest.mark.parametrize(
    "change", [{"frozen_text": []}, {"content_sha256": "0" * 64}, {"programme": "Autre"}]
)
def test_what_waits_for_a_signature_is_frozen_by_the_database(change: dict[str, Any]) -> None:
    terms = hand_over(make_draft(make_signer().person).terms.get())
    with pytest.raises(DatabaseError), transaction.atomic():
        ContractTerms.objects.filter(pk=terms.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Contract.objects.filter(pk=terms.contract_id).update(ends_on=D(2027, 5, 30))


def test_a_signed_pdf_is_never_replaced() -> None:
    terms = make_signed(make_signer()).terms.get()
    contract_files.archive_signed_terms(terms.pk)
    other = Document.objects.exclude(pk=ContractTerms.objects.get(pk=terms.pk).signed_pdf_id).latest("pk")
    with pytest.raises(DatabaseError), transaction.atomic():
        ContractTerms.objects.filter(pk=terms.pk).update(signed_pdf=other)


def test_a_file_tampered_with_keeps_no_other_signed_pdf_waiting() -> None:
    manager = make_manager()
    first, second = (make_signed(make_signer(), manager=manager).terms.get() for _each in range(2))
    assert first.pdf is not None
    with first.pdf.file.storage.open(first.pdf.file.name, "wb") as handle:
        handle.write(b"autre chose")
    made = contract_files.archive_waiting()
    second.refresh_from_db()
    assert (made, second.signed_pdf_id is not None) == (1, True)
    assert contract_files.archive_waiting() == 0


def test_signed_here_then_taken_back_and_signed_on_paper_waits_for_no_pdf() -> None:
    no_code()
    user = make_signer()
    terms = hand_over(make_draft(user.person).terms.get())
    sign_next(terms, user)
    signature_rounds.take_back(terms, actor=None, at=NOW)
    terms = hand_over(ContractTerms.objects.get(pk=terms.pk))
    signing.record_paper(terms, scan=b"%PDF-1.7 original", signed_on=TODAY, actor=None, at=NOW)
    assert contract_files.archive_waiting() == 0
    assert Contract.objects.get().state == "signed"


# Whose.


def test_a_contract_is_for_an_activity_of_its_person() -> None:
    elsewhere = make_activity()
    person = make_person()
    with refused(Code.VALUE_INVALID, "activity"):
        draft_contract(person, kind="cesa", starts_on=D(2027, 1, 1), activity=elsewhere, actor=None)
    draft = draft_contract(person, kind="cesa", starts_on=D(2027, 1, 1), actor=None)
    with refused(Code.VALUE_INVALID, "activity"):
        change_days(draft, starts_on=D(2027, 1, 1), ends_on=None, activity=elsewhere, actor=None)
