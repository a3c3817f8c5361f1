"""Contracts are drafted within the law, signed in order, make what they promise; refusals change nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, Document, Notice, OutgoingEmail
from cae.core.settings import set_setting
from entrepreneurs.models import Contract, ContractDeclaration, ContractTerms, Signatory
from entrepreneurs.selectors.contracts import is_blocked, terms_in_force
from entrepreneurs.selectors.signing import CODE_SETTING, awaited_signatory, to_sign_by
from entrepreneurs.services import ending, signature_rounds, signing
from entrepreneurs.services.clauses import change_days, draft_amendment, write_clauses
from entrepreneurs.services.contract_files import archive_signed_terms
from entrepreneurs.services.contracts import draft_contract, renew_contract
from entrepreneurs.services.taking_effect import record_declaration
from people.models import Deadline, Role, StatusPeriod
from people.services.statuses import open_status
from people.states import RoleKind
from people.states.statuses import StatusKind
from tests.entrepreneurs.refusals import refused
from tests.factories.contracts import (
    CLAUSES_OF,
    NOW,
    hand_over,
    make_draft,
    make_manager,
    make_signed,
    make_signer,
    no_code,
    sign_next,
)
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_person, make_user

pytestmark = pytest.mark.django_db

D = date


# Drafting


def test_a_draft_has_its_first_clauses_and_binds_nobody() -> None:
    person = make_person()
    contract = draft_contract(person, kind="cesa", starts_on=D(2026, 12, 1), actor=None)
    terms = contract.terms.get()
    assert (terms.number, terms.starts_on, terms.state) == (0, D(2026, 12, 1), "draft")
    assert not Contract.objects.in_force(D(2026, 12, 2)).exists()
    assert terms_in_force(contract, D(2026, 12, 2)) is None


@pytest.mark.parametrize(
    ("kind", "start", "end", "code", "field"),
    [
        ("cape", D(2026, 1, 1), None, Code.VALUE_MISSING, "ends_on"),
        ("support_agreement", D(2026, 1, 1), None, Code.VALUE_MISSING, "ends_on"),
        ("cape", D(2026, 1, 2), D(2026, 1, 1), Code.PERIOD_INVALID, "ends_on"),
        ("cape", D(2026, 1, 1), D(2027, 1, 1), Code.PERIOD_INVALID, "ends_on"),
        ("nonsense", D(2026, 1, 1), None, Code.VALUE_INVALID, "kind"),
    ],
)
def test_days_that_the_law_does_not_know(
    kind: str, start: date, end: date | None, code: Code, field: str
) -> None:
    person = make_person()
    with refused(code, field):
        draft_contract(person, kind=kind, starts_on=start, ends_on=end, actor=None)


def test_two_contracts_of_a_person_never_cross() -> None:
    person = make_person()
    draft_contract(person, kind="cape", starts_on=D(2026, 1, 1), ends_on=D(2026, 6, 30), actor=None)
    with refused(Code.PERIOD_INVALID, "starts_on"):
        draft_contract(person, kind="cesa", starts_on=D(2026, 6, 30), actor=None)
    draft_contract(person, kind="cesa", starts_on=D(2026, 7, 1), actor=None)
    with refused(Code.PERIOD_INVALID, "starts_on"):
        draft_contract(person, kind="cape", starts_on=D(2030, 1, 1), ends_on=D(2030, 2, 1), actor=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.create(person=person, kind="other", starts_on=D(2026, 3, 1), ends_on=D(2026, 3, 2))


def test_three_periods_of_six_months_leave_no_fourth_but_by_an_override_with_its_reason() -> None:
    person, manager = make_person(), make_manager()
    for start, end in (
        (D(2025, 1, 1), D(2025, 6, 30)),
        (D(2025, 7, 1), D(2025, 12, 31)),
        (D(2026, 1, 1), D(2026, 6, 30)),
    ):
        draft_contract(person, kind="cape", starts_on=start, ends_on=end, actor=None)
    fourth = {"kind": "cape", "starts_on": D(2026, 7, 1), "ends_on": D(2026, 12, 31), "actor": manager}
    with refused(Code.NOT_ALLOWED, "override_reason"):
        draft_contract(person, **fourth)
    made = draft_contract(person, **fourth, override_reason="Congé maternité pendant la deuxième période")
    assert (made.period, made.overridden_by) == (4, manager)
    entry = AuditEntry.objects.get(verb="entrepreneurs.contract.override")
    assert (entry.actor, entry.detail["period"]) == (manager, 4)
    # No reason waives the length of a period.
    with refused(Code.PERIOD_INVALID, "ends_on"):
        change_days(made, starts_on=D(2026, 7, 1), ends_on=D(2027, 8, 1), activity=None, actor=manager)


def test_the_database_refuses_a_fourth_period_without_a_reason() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.create(
            person=make_person(), kind="cape", period=4, starts_on=D(2026, 1, 1), ends_on=D(2026, 2, 1)
        )


def test_an_override_is_kept_only_where_a_limit_was_passed() -> None:
    contract = draft_contract(
        make_person(),
        kind="cape",
        starts_on=D(2026, 1, 1),
        ends_on=D(2026, 2, 1),
        override_reason="Pour rien",
        actor=None,
    )
    assert contract.override_reason == ""


# Clauses


def test_a_cesa_without_objectives_is_not_handed_to_be_signed() -> None:
    make_cooperative()
    contract = make_draft(make_signer().person, kind="cesa", whole=False)
    with refused(Code.VALUE_MISSING, "objectives") as _:
        signature_rounds.send(contract.terms.get(), actor=None, at=NOW)


@pytest.mark.parametrize("kind", ["support_agreement", "cape", "cesa", "other"])
def test_a_mandatory_clause_left_empty_is_named(kind: str) -> None:
    user = make_signer()
    contract = make_draft(user.person, kind=kind)
    for name in CLAUSES_OF[kind]:
        terms = contract.terms.get()
        value = CLAUSES_OF[kind][name]
        write_clauses(terms, clauses={name: "" if isinstance(value, str) else None}, actor=None)
        with refused(Code.VALUE_MISSING, name):
            signature_rounds.send(contract.terms.get(), actor=None, at=NOW)
        write_clauses(terms, clauses={name: value}, actor=None)
    assert hand_over(contract.terms.get()).state == "to_sign"


def test_a_form_opened_before_another_change_is_refused() -> None:
    terms = make_draft(make_person()).terms.get()
    write_clauses(terms, clauses={"programme": "Autre"}, version=terms.version, actor=None)
    with refused(Code.STALE_FORM):
        write_clauses(terms, clauses={"programme": "Encore"}, version=terms.version, actor=None)


def test_a_clause_of_another_kind_and_a_negative_amount_are_refused() -> None:
    terms = make_draft(make_person()).terms.get()
    with refused(Code.VALUE_INVALID, "objectives"):
        write_clauses(terms, clauses={"objectives": "Non"}, actor=None)
    cesa = make_draft(make_person(), kind="cesa").terms.get()
    with refused(Code.AMOUNT_INVALID, "fixed_part"):
        write_clauses(cesa, clauses={"fixed_part": -CLAUSES_OF["cesa"]["fixed_part"]}, actor=None)


def test_a_person_without_address_is_not_printed_with_a_hole() -> None:
    contract = make_draft(make_user().person)
    with refused(Code.VALUE_MISSING):
        signature_rounds.send(contract.terms.get(), actor=None, at=NOW)


# Signing


def test_the_whole_of_a_cape_from_draft_to_effect() -> None:
    no_code()
    user, manager, hr = make_signer(), make_manager(), make_user(RoleKind.HUMAN_RESOURCES)
    contract = make_draft(user.person)
    terms = hand_over(contract.terms.get())
    assert terms.pdf is not None
    assert terms.pdf.sha256 == terms.content_sha256
    assert [one.terms for one in to_sign_by(user)] == [terms]
    assert not to_sign_by(manager).exists()
    sign_next(terms, user)
    contract.refresh_from_db()
    assert contract.state == "to_sign"
    assert [one.terms for one in to_sign_by(manager)] == [terms]
    sign_next(terms, manager)
    contract.refresh_from_db()
    assert (contract.state, contract.signed_on) == ("signed", timezone.localdate(NOW))
    status = StatusPeriod.objects.get(person=user.person, kind=StatusKind.PROJECT_HOLDER)
    assert (status.starts_on, status.ends_on) == (D(2026, 12, 1), D(2027, 5, 31))
    assert Role.objects.filter(person=user.person, kind=RoleKind.PROJECT_HOLDER).exists()
    assert Deadline.objects.get(kind="contract_end").due_on == D(2027, 5, 31)
    bodies = ContractDeclaration.objects.filter(event="signature").values_list("body", flat=True)
    assert set(bodies) == {"urssaf", "unemployment"}
    assert Deadline.objects.filter(kind="contract_declaration").count() == 2
    assert Notice.objects.filter(kind="entrepreneurs.contract_signed", user=hr).exists()
    assert terms_in_force(contract, D(2026, 12, 1)) == terms


def test_the_signed_pdf_is_made_once_with_its_proof() -> None:
    contract = make_signed(make_signer())
    terms = contract.terms.get()
    made = archive_signed_terms(terms.pk)
    assert made is not None
    assert made == archive_signed_terms(terms.pk)
    assert Document.objects.filter(kind="entrepreneurs.signed_contract").count() == 1


def test_a_cesa_sets_its_clocks_and_ends_the_status_before_it() -> None:
    user, manager = make_signer(), make_manager()
    days = {"starts_on": D(2025, 12, 1), "ends_on": D(2026, 11, 30)}
    make_signed(user, manager=manager, **days, at=NOW - timedelta(days=400))
    contract = make_signed(user, manager=manager, kind="cesa", starts_on=D(2026, 12, 1))
    holder = StatusPeriod.objects.get(person=user.person, kind=StatusKind.PROJECT_HOLDER)
    salaried = StatusPeriod.objects.get(person=user.person, kind=StatusKind.ENTREPRENEUR)
    assert (holder.ends_on, salaried.starts_on) == (D(2026, 11, 30), D(2026, 12, 1))
    due = dict(
        Deadline.objects.filter(closed_at=None, about_id=str(contract.pk)).values_list("kind", "due_on")
    )
    assert due["associate"] == D(2028, 11, 30)
    assert "trial_end" not in due


def test_nobody_signs_out_of_turn_nor_twice() -> None:
    no_code()
    user, manager = make_signer(), make_manager()
    terms = hand_over(make_draft(user.person).terms.get())
    second = terms.signatories.get(rank=2)
    said = _said(terms)
    with refused(Code.NOT_ALLOWED):
        signing.sign_terms(second, **said, actor=manager, at=NOW)
    first = sign_next(terms, user)
    with refused(Code.ALREADY_DONE):
        signing.sign_terms(first, **said, actor=user, at=NOW)


def _said(terms: ContractTerms) -> dict[str, Any]:
    from_here = signing.Origin("192.0.2.1", "Essai")
    return {
        "hand": signing.Hand("Claire", typed="Claire"),
        "shown_sha256": terms.content_sha256,
        "accepted": True,
        "origin": from_here,
    }


def test_what_is_signed_is_what_was_shown_and_agreed() -> None:
    no_code()
    user = make_signer()
    terms = hand_over(make_draft(user.person).terms.get())
    first = awaited_signatory(terms)
    assert first is not None
    with refused(Code.STALE_FORM):
        signing.sign_terms(first, **(_said(terms) | {"shown_sha256": "0" * 64}), actor=user, at=NOW)
    with refused(Code.VALUE_MISSING, "accepted"):
        signing.sign_terms(first, **(_said(terms) | {"accepted": False}), actor=user, at=NOW)
    with refused(Code.VALUE_MISSING, "typed"):
        signing.sign_terms(first, **(_said(terms) | {"hand": signing.Hand("Claire")}), actor=user, at=NOW)


def test_a_code_is_asked_tried_five_times_and_dies() -> None:
    set_setting(CODE_SETTING, value="always", valid_from=D(2020, 1, 1), actor=None, reason="pour le test")
    user = make_signer()
    terms = hand_over(make_draft(user.person).terms.get())
    first = awaited_signatory(terms)
    assert first is not None
    with refused(Code.VALUE_MISSING, "code"):
        signing.sign_terms(first, **_said(terms), actor=user, at=NOW)
    signing.send_code(first, page="/", actor=user, at=NOW)
    mail = OutgoingEmail.objects.get(cause="entrepreneurs.signing.code")
    code = mail.secret
    wrong = "000000" if code != "000000" else "111111"
    for _each in range(5):
        with refused(Code.VALUE_INVALID, "code"):
            signing.sign_terms(first, **_said(terms), code=wrong, actor=user, at=NOW)
    with refused(Code.NOT_ALLOWED, "code"):
        signing.sign_terms(first, **_said(terms), code=code, actor=user, at=NOW)
    signing.send_code(first, page="/", actor=user, at=NOW)
    code = OutgoingEmail.objects.filter(cause="entrepreneurs.signing.code").latest("pk").secret
    with refused(Code.VALUE_MISSING, "code"):
        signing.sign_terms(first, **_said(terms), code=code, actor=user, at=NOW + timedelta(minutes=16))
    assert signing.sign_terms(first, **_said(terms), code=code, actor=user, at=NOW).signed_on


def test_a_refusal_to_sign_makes_a_draft_again_with_its_reason() -> None:
    no_code()
    user, hr = make_signer(), make_user(RoleKind.HUMAN_RESOURCES)
    contract = make_draft(user.person)
    terms = hand_over(contract.terms.get())
    first = awaited_signatory(terms)
    assert first is not None
    with refused(Code.VALUE_MISSING, "reason"):
        signature_rounds.decline(first, reason=" ", actor=user, at=NOW)
    signature_rounds.decline(first, reason="La part fixe est fausse", actor=user, at=NOW)
    contract.refresh_from_db()
    terms.refresh_from_db()
    assert (contract.state, terms.state, terms.decline_reason) == (
        "draft",
        "draft",
        "La part fixe est fausse",
    )
    assert Notice.objects.filter(kind="entrepreneurs.contract_declined", user=hr).exists()
    assert hand_over(terms).round == 2
    assert sign_next(terms, user).round == 2


def test_somebody_without_account_signs_by_a_link_and_nobody_without_address_is_asked() -> None:
    no_code()
    person = make_person(address_line="1 rue", postcode="40000", city="Dax")
    terms = hand_over(make_draft(person).terms.get())
    assert OutgoingEmail.objects.filter(cause="entrepreneurs.contract.sign", to=person.email).count() == 1
    silent = make_person(email="", address_line="1 rue", postcode="40000", city="Dax")
    contract = make_draft(silent)
    with pytest.raises(Refused):
        signature_rounds.send(contract.terms.get(), actor=None, at=NOW)
    assert Contract.objects.get(pk=contract.pk).state == "draft"
    assert terms.state == "to_sign"


def test_a_paper_original_stands_in_the_place_of_both_signatures() -> None:
    user = make_signer()
    terms = hand_over(make_draft(user.person).terms.get())
    pdf = b"%PDF-1.7 original"
    with refused(Code.FILE_REFUSED, "scan"):
        signing.record_paper(terms, scan=b"du texte", signed_on=D(2026, 11, 24), actor=None, at=NOW)
    with refused(Code.FILE_REFUSED, "scan"):
        heavy = b"%PDF-" + b"0" * (40 * 1024 * 1024)
        signing.record_paper(terms, scan=heavy, signed_on=D(2026, 11, 24), actor=None, at=NOW)
    with refused(Code.DATE_INVALID, "signed_on"):
        signing.record_paper(terms, scan=pdf, signed_on=D(2026, 12, 24), actor=None, at=NOW)
    done = signing.record_paper(terms, scan=pdf, signed_on=D(2026, 11, 24), actor=None, at=NOW)
    assert (done.state, done.signed_on) == ("signed", D(2026, 11, 24))
    assert archive_signed_terms(done.pk) is None


def test_signed_clauses_are_frozen_by_the_database() -> None:
    contract = make_signed(make_signer())
    terms = contract.terms.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        ContractTerms.objects.filter(pk=terms.pk).update(programme="Autre chose")
    with pytest.raises(DatabaseError), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(starts_on=D(2020, 1, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        Signatory.objects.filter(terms=terms).update(signed_on=None, signature=None)


# Amendments, renewals, ends


def test_an_amendment_rules_from_its_day_and_both_versions_stay() -> None:
    user, manager = make_signer(), make_manager()
    contract = make_signed(user, manager=manager, kind="cesa", starts_on=D(2026, 11, 1))
    with refused(Code.DATE_INVALID, "starts_on"):
        draft_amendment(contract, starts_on=D(2026, 11, 1), subject="Objectifs", actor=None)
    with refused(Code.VALUE_MISSING, "subject"):
        draft_amendment(contract, starts_on=D(2027, 1, 1), subject=" ", actor=None)
    terms = draft_amendment(contract, starts_on=D(2027, 1, 1), subject="Nouveaux objectifs", actor=None)
    with refused(Code.DUPLICATE):
        draft_amendment(contract, starts_on=D(2027, 2, 1), subject="Autre", actor=None)
    write_clauses(terms, clauses={"objectives": "Cinq clients."}, actor=None)
    terms = hand_over(ContractTerms.objects.get(pk=terms.pk))
    sign_next(terms, user)
    sign_next(terms, manager)
    for on, objectives in ((D(2026, 12, 31), "Trois clients réguliers."), (D(2027, 1, 1), "Cinq clients.")):
        found = terms_in_force(contract, on)
        assert found is not None
        assert found.objectives == objectives


def test_a_cape_is_renewed_and_its_status_prolonged() -> None:
    user, manager = make_signer(), make_manager()
    first = make_signed(user, manager=manager, starts_on=D(2026, 11, 1), ends_on=D(2026, 11, 30))
    second = renew_contract(first, actor=None)
    assert (second.starts_on, second.ends_on, second.period) == (D(2026, 12, 1), D(2026, 12, 31), 2)
    assert second.terms.get().programme == CLAUSES_OF["cape"]["programme"]
    with refused(Code.ALREADY_DONE):
        renew_contract(first, actor=None)
    terms = hand_over(second.terms.get())
    sign_next(terms, user)
    sign_next(terms, manager)
    status = StatusPeriod.objects.get(person=user.person)
    assert (status.starts_on, status.ends_on) == (D(2026, 11, 1), D(2026, 12, 31))
    assert ContractDeclaration.objects.filter(contract=second, event="renewal").count() == 2
    assert not Deadline.objects.filter(about_id=str(first.pk), kind="contract_end", closed_at=None).exists()


def test_a_draft_is_not_renewed_nor_is_a_cesa() -> None:
    draft = make_draft(make_person())
    with refused(Code.ILLEGAL_MOVE):
        renew_contract(draft, actor=None)
    cesa = make_draft(make_person(), kind="cesa")
    with refused(Code.ILLEGAL_MOVE):
        renew_contract(cesa, actor=None)


def test_a_contract_ends_by_itself_the_day_after_even_after_a_week() -> None:
    user = make_signer()
    contract = make_signed(user, starts_on=D(2026, 11, 1), ends_on=D(2026, 11, 30))
    last_evening = NOW.replace(month=11, day=30)
    assert ending.settle_contracts(at=last_evening) == 0
    assert ending.settle_contracts(at=last_evening + timedelta(days=8)) == 1
    contract.refresh_from_db()
    assert (contract.state, contract.ended_on, contract.end_kind) == ("ended", D(2026, 11, 30), "term")
    assert not Deadline.objects.filter(
        about_id=str(contract.pk), kind="contract_end", closed_at=None
    ).exists()
    assert ending.settle_contracts(at=last_evening + timedelta(days=9)) == 0


def test_an_early_end_moves_the_status_and_is_declared() -> None:
    user = make_signer()
    contract = make_signed(user, starts_on=D(2026, 11, 1), ends_on=D(2027, 4, 30))
    end = {"kind": "early", "actor": None, "at": NOW}
    with refused(Code.VALUE_MISSING, "reason"):
        ending.decide_end(contract, last_day=D(2026, 12, 31), reason="", **end)
    with refused(Code.PERIOD_INVALID, "last_day"):
        ending.decide_end(contract, last_day=D(2027, 5, 31), reason="Emploi", **end)
    ending.decide_end(contract, last_day=D(2026, 12, 31), reason="Emploi", **end)
    contract.refresh_from_db()
    assert (contract.state, contract.last_day) == ("signed", D(2026, 12, 31))
    assert StatusPeriod.objects.get(person=user.person).ends_on == D(2026, 12, 31)
    assert ContractDeclaration.objects.filter(event="early_end").count() == 2
    assert Deadline.objects.get(kind="contract_end", closed_at=None).due_on == D(2026, 12, 31)
    # The days that are free again may be another contract's.
    draft_contract(user.person, kind="cesa", starts_on=D(2027, 1, 1), actor=None)


def test_an_end_already_past_closes_at_once() -> None:
    contract = make_signed(make_signer(), starts_on=D(2026, 11, 1), ends_on=D(2027, 4, 30))
    ended = ending.decide_end(
        contract, last_day=D(2026, 11, 20), kind="early", reason="Emploi", actor=None, at=NOW
    )
    assert ended.state == "ended"
    with refused(Code.ILLEGAL_MOVE):
        ending.decide_end(
            contract, last_day=D(2026, 11, 21), kind="early", reason="Encore", actor=None, at=NOW
        )


def test_the_delay_to_associate_blocks_and_the_end_by_law_is_confirmed() -> None:
    user = make_signer()
    contract = make_signed(user, kind="cesa", starts_on=D(2023, 11, 1))
    after = NOW.replace(day=2, month=11)
    assert is_blocked(contract, D(2026, 10, 31)) is None
    assert is_blocked(contract, D(2026, 11, 1)) == D(2026, 10, 31)
    with refused(Code.NOT_ALLOWED):
        ending.end_by_law(contract, reason="Délai", actor=None, at=NOW.replace(month=10, day=31))
    ended = ending.end_by_law(contract, reason="Pas de candidature", actor=None, at=after)
    assert (ended.state, ended.ended_on, ended.end_kind) == ("ended", D(2026, 10, 31), "by_law")


def test_an_associate_is_not_blocked_and_the_clock_stops() -> None:
    user = make_signer()
    contract = make_signed(user, kind="cesa", starts_on=D(2023, 11, 1))
    assert Deadline.objects.get(kind="associate").closed_at is None
    open_status(user.person, kind="associate", starts_on=D(2026, 5, 1), reason="AG", actor=None)
    assert is_blocked(contract, D(2026, 11, 25)) is None
    ending.settle_contracts(at=NOW)
    assert Deadline.objects.get(kind="associate").closed_at is not None


def test_a_contract_in_force_is_not_closed_by_hand() -> None:
    contract = make_signed(make_signer(), starts_on=D(2026, 11, 1), ends_on=D(2027, 4, 30))
    with refused(Code.DATE_INVALID):
        ending.end_contract(contract, actor=None, at=NOW)


def test_a_contract_whose_term_is_past_is_not_handed_to_be_signed() -> None:
    contract = make_draft(make_signer().person, starts_on=D(2026, 1, 1), ends_on=D(2026, 3, 1))
    with refused(Code.DATE_INVALID):
        signature_rounds.send(contract.terms.get(), actor=None, at=NOW)


def test_a_cancelled_contract_frees_its_days_and_its_period() -> None:
    user = make_signer()
    contract = make_draft(user.person)
    signature_rounds.cancel(contract.terms.get(), actor=None, at=NOW)
    contract.refresh_from_db()
    assert contract.state == "cancelled"
    assert make_draft(user.person).period == 1
    with refused(Code.ILLEGAL_MOVE):
        signature_rounds.cancel(contract.terms.get(), actor=None, at=NOW)


@pytest.mark.parametrize("verb", [signature_rounds.take_back, signature_rounds.cancel, signature_rounds.send])
def test_no_move_starts_from_a_signed_contract(verb: Any) -> None:
    contract = make_signed(make_signer())
    with refused(Code.ILLEGAL_MOVE):
        verb(contract.terms.get(), actor=None, at=NOW)


def test_what_was_taken_back_is_signed_anew() -> None:
    no_code()
    user = make_signer()
    terms = hand_over(make_draft(user.person).terms.get())
    first = sign_next(terms, user)
    signature_rounds.take_back(terms, actor=None, at=NOW)
    write_clauses(terms, clauses={"programme": "Revu."}, actor=None)
    terms = hand_over(ContractTerms.objects.get(pk=terms.pk))
    assert awaited_signatory(terms).rank == 1  # type: ignore[union-attr]
    with refused(Code.ALREADY_DONE):
        signing.sign_terms(first, **_said(terms), actor=user, at=NOW)


def test_a_declaration_is_recorded_once_and_its_date_closed() -> None:
    make_signed(make_signer())
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    row = ContractDeclaration.objects.filter(body="urssaf").get()
    with refused(Code.DATE_INVALID, "done_on"):
        record_declaration(row, done_on=D(2027, 1, 1), reference="", actor=hr, at=NOW)
    record_declaration(row, done_on=D(2026, 11, 25), reference="U-12", actor=hr, at=NOW)
    assert Deadline.objects.filter(kind="contract_declaration", closed_at=None).count() == 1
    with refused(Code.ALREADY_DONE):
        record_declaration(row, done_on=D(2026, 11, 25), reference="", actor=hr, at=NOW)
