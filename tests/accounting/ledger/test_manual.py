"""Entries by hand: nothing in the books before they are validated, and then exactly what was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from accounting.forms.manual import Known, LineSet, PartField, rows_of_draft
from accounting.models import (
    Account,
    AnalyticAccount,
    Entry,
    EntryModel,
    Journal,
    ManualEntry,
    PlannedReversal,
)
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.corrections import correction_of, register_correction
from accounting.selectors.ledger_todo import AWAITED
from accounting.selectors.manual import pieces_of
from accounting.services import entry_models
from accounting.services.entry_models import (
    ModelContent,
    ModelLineContent,
    create_model,
    end_recurring,
    pause_recurring,
    post_due,
    resume_recurring,
    save_model,
    skip_date,
    withdraw_model,
)
from accounting.services.manual import (
    ManualContent,
    attach_piece,
    create_manual,
    discard_manual,
    save_manual,
    validate_manual,
)
from accounting.services.periods import reopen_month
from accounting.services.reversals import drop_reversal, perform_reversal, reverse_by_hand, reverse_due
from accounting.states.manual import ManualState, PlannedState, RecurringState
from cae.core.errors import Code
from cae.core.facts import awaited_in
from cae.core.periods import Month
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.accounting_ledger import (
    TODAY,
    close,
    line,
    make_manual,
    make_model,
    make_recurring,
    post,
    written,
)
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import issued
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4 ticket"


def test_a_draft_is_not_in_the_books_and_a_validated_one_posts_what_it_says() -> None:
    actor = make_user()
    draft = make_manual(actor=actor, piece="R-1")
    assert create_manual(written(), form_key=draft.form_key, actor=actor).pk == draft.pk
    attach_piece(draft, PDF, name="../ticket.pdf", actor=actor)
    assert not Entry.objects.exists()
    posted = validate_manual(draft, version=1, actor=actor).entry
    assert posted is not None
    assert (posted.source, posted.piece, posted.total) == (draft, "R-1", Decimal("12.50"))
    assert [piece.name for piece in pieces_of(draft)] == ["ticket.pdf"]
    draft.refresh_from_db()
    with refused(Code.ILLEGAL_MOVE):
        validate_manual(draft, version=1, actor=actor)
    with refused(Code.ILLEGAL_MOVE, said="ne se modifie plus"):
        save_manual(draft, written(), version=1, actor=actor)
    with pytest.raises(DatabaseError, match="no longer in preparation"), transaction.atomic():
        draft.lines.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        ManualEntry.objects.filter(pk=draft.pk).update(label="Autre")


def test_what_does_not_balance_stays_a_draft_and_the_sentence_names_section_and_gap() -> None:
    workshop = section_of(make_activity(name="Atelier"))
    draft = make_manual(line("627000", "12.50", section=workshop), line("512000", "-12.50"))
    with refused(Code.ENTRY_UNBALANCED, said="dans « Atelier » : débit − crédit = 12,50"):
        validate_manual(draft, version=1, actor=None)
    save_manual(draft, written(), version=1, actor=None)
    with refused(Code.STALE_FORM):
        save_manual(draft, written(), version=1, actor=None)
    with refused(Code.STALE_FORM):
        validate_manual(draft, version=1, actor=None)
    with refused(Code.STALE_FORM):
        discard_manual(draft, version=1, actor=None)
    assert discard_manual(draft, version=2, actor=None).state == ManualState.DISCARDED
    with refused(Code.ILLEGAL_MOVE, said="abandonnée"):
        attach_piece(draft, PDF, name="ticket.pdf", actor=None)


def test_what_is_typed_is_refused_at_its_field() -> None:
    key, sound = uuid4(), written()
    wrong = [
        (replace(sound, label=" "), Code.VALUE_MISSING, "label"),
        (replace(sound, piece="x" * 61), Code.TEXT_TOO_LONG, "piece"),
        (replace(sound, lines=()), Code.VALUE_MISSING, None),
        (replace(sound, lines=sound.lines * 101), Code.VALUE_INVALID, None),
        (replace(sound, reverse_on=date(2026, 11, 2)), Code.DATE_INVALID, "reverse_on"),
        (replace(sound, journal=Journal.objects.get(code="VE")), Code.VALUE_INVALID, "journal"),
        (
            replace(sound, lines=(replace(sound.lines[0], credit=Decimal(1)),)),
            Code.AMOUNT_INVALID,
            "lines-0-debit",
        ),
    ]
    for content, code, field in wrong:
        with refused(code, field):
            create_manual(content, form_key=key, actor=None)
    draft = make_manual()
    with refused(Code.FILE_REFUSED, "file"):
        attach_piece(draft, b"MZ\0programme", name="ticket.pdf", actor=None)


def test_openings_are_written_by_hand_in_the_first_year_of_the_books_only() -> None:
    opening = replace(written(on=date(2026, 1, 1)), journal=Journal.objects.get(code="RA"))
    post(date(2026, 3, 2))
    first, waits = (create_manual(opening, form_key=uuid4(), actor=None) for _rank in range(2))
    assert validate_manual(first, version=1, actor=None).entry is not None
    post(date(2025, 12, 31))
    count = Entry.objects.count()
    with refused(Code.VALUE_INVALID, "journal", "précèdent cet exercice"):
        create_manual(opening, form_key=uuid4(), actor=None)
    with refused(Code.VALUE_INVALID, "journal", "précèdent cet exercice"):
        validate_manual(waits, version=1, actor=None)
    waits.refresh_from_db()
    assert (waits.state, Entry.objects.count()) == (ManualState.DRAFT, count)
    assert ManualEntry.objects.count() == 2


def test_a_draft_in_a_closed_month_waits_and_blocks_nothing_once_given_up() -> None:
    post(date(2026, 9, 4))
    draft = make_manual(on=date(2026, 9, 20))
    with refused(Code.BOOKS_UNSOUND, said="1 écriture est encore en préparation"):
        close("2026-09")
    late = make_manual(on=date(2026, 10, 1))
    discard_manual(draft, version=1, actor=None)
    close("2026-09")
    save_manual(late, written(on=date(2026, 9, 30)), version=1, actor=None)
    with refused(Code.PERIOD_CLOSED, "on", "septembre 2026"):
        validate_manual(late, version=2, actor=None)


def test_an_entry_is_reversed_now_or_on_a_day_to_come_and_once() -> None:
    actor = make_user()
    draft = make_manual(on=date(2026, 10, 31), reverse_on=date(2026, 11, 1))
    entry = validate_manual(draft, version=1, actor=actor).entry
    assert entry is not None
    with refused(Code.ALREADY_DONE, said="déjà prévue le 01/11/2026"):
        reverse_by_hand(entry, on=TODAY, reason="Erreur", actor=actor, today=TODAY)
    with refused(Code.ILLEGAL_MOVE, said="jour à venir"):
        perform_reversal(PlannedReversal.objects.get(), actor=actor, today=date(2026, 10, 31))
    assert (reverse_due(today=date(2026, 10, 31)), reverse_due(today=TODAY)) == (0, 1)
    reversing = Entry.objects.get(reverses=entry)
    assert (reversing.on, reversing.created_by) == (date(2026, 11, 1), actor)
    assert "déjà contre-passée" in correction_of(entry)
    other = post(date(2026, 11, 3))
    later = post(date(2027, 1, 3))
    with refused(Code.DATE_INVALID, "on"):
        reverse_by_hand(later, on=date(2027, 1, 2), reason="Erreur", actor=actor, today=TODAY)
    with refused(Code.VALUE_MISSING, "reason"):
        reverse_by_hand(other, on=TODAY, reason=" ", actor=actor, today=TODAY)
    plan = reverse_by_hand(other, on=date(2026, 12, 1), reason="Extourne", actor=actor, today=TODAY)
    assert drop_reversal(plan, actor=actor).state == PlannedState.DROPPED
    assert isinstance(reverse_by_hand(other, on=TODAY, reason="Erreur", actor=actor, today=TODAY), Entry)


def test_a_planned_reversal_that_cannot_be_done_says_why_and_stops_no_other() -> None:
    stuck = post(date(2026, 9, 4))
    plan = reverse_by_hand(stuck, on=date(2026, 10, 2), reason="Extourne", actor=None, today=date(2026, 9, 5))
    close("2026-09")
    close("2026-10")
    other = post(date(2026, 11, 2))
    reverse_by_hand(other, on=date(2026, 11, 20), reason="Extourne", actor=None, today=date(2026, 11, 3))
    assert reverse_due(today=TODAY) == 1
    plan.refresh_from_db()
    assert "octobre 2026 est clos" in plan.failure
    reopen_month(Month(2026, 10), reason="Extourne", actor=make_user())
    assert reverse_due(today=TODAY) == 1
    plan.refresh_from_db()
    assert (plan.state, plan.failure) == (PlannedState.DONE, "")


def test_what_comes_from_a_document_is_corrected_by_its_act() -> None:
    activity = make_activity()
    sold = books.sale(activity, source=activity)
    with refused(Code.ILLEGAL_MOVE, said="elle se corrige depuis ce document"):
        reverse_by_hand(sold, on=TODAY, reason="Erreur", actor=None, today=TODAY)
    invoice = issued(activity, on=date(2026, 3, 2))
    assert "faites un avoir" in correction_of(Entry.objects.get(piece=invoice.number, journal__code="VE"))
    with pytest.raises(ValueError, match="registered twice"):
        register_correction("invoicing.invoice", "")


def test_what_waits_is_told_to_the_accountant_alone() -> None:
    actor = make_user(RoleKind.ACCOUNTANT)
    make_manual(actor=actor)
    rent = make_recurring(make_model(), first_on=date(2026, 9, 4), actor=actor)
    post(date(2026, 9, 4))
    assert [todo.label for todo in awaited_in(AWAITED, actor, TODAY)] == ["Valider 1 écriture en préparation"]
    close("2026-09")
    post_due(today=TODAY)
    rent.refresh_from_db()
    told = awaited_in(AWAITED, actor, TODAY)
    assert (told[1].label, told[1].since) == (
        "Débloquer 1 écriture prévue qui n’a pas pu être passée",
        date(2026, 9, 4),
    )
    assert awaited_in(AWAITED, make_user(), TODAY) == []


def test_a_row_finds_its_section_again_and_no_amount_is_beyond_what_is_kept() -> None:
    one, other = (section_of(make_activity(name="Atelier")) for _rank in range(2))
    draft = make_manual(line("627000", "12.50", section=one), line("512000", "-12.50"))
    rows = LineSet(initial=rows_of_draft(draft), prefix="lines", form_kwargs={"known": Known()})
    assert [row.initial["section"] for row in rows.forms] == [one.code, shared_section().label]
    assert rows.forms[0].fields["section"].clean(one.code) == one != other
    assert PartField().clean("33,33 %") == (None, Decimal("0.3333"))
    for text in ("100,01 %", "0", "1,005", "10000000000", "9" * 40):
        with pytest.raises(ValidationError):
            PartField().clean(text)


def test_a_model_balances_whatever_the_total_and_is_withdrawn_once_nothing_uses_it() -> None:
    model = make_model()
    section, cost = shared_section(), line("627000", "1").account
    lines = tuple(
        replace(part, share=share)
        for part, share in zip(_parts(cost, section), (Decimal("0.5"), Decimal("0.6")), strict=True)
    )
    content = _content(model, lines)
    with refused(Code.ENTRY_UNBALANCED, said="débit − crédit = −10"):
        save_model(model, content, version=1, actor=None)
    with refused(Code.ENTRY_UNBALANCED, said="50"):
        half = tuple(replace(part, share=Decimal("0.5")) for part in lines)
        save_model(model, _content(model, half), version=1, actor=None)
    with refused(Code.ENTRY_UNBALANCED, said="débit − crédit"):
        fixed = (replace(lines[0], share=None, amount=Decimal(3)), replace(lines[1], share=Decimal(1)))
        save_model(model, _content(model, fixed), version=1, actor=None)
    with refused(Code.VALUE_INVALID, said="de deux à"):
        save_model(model, _content(model, lines[:1]), version=1, actor=None)
    with refused(Code.VALUE_INVALID, "journal"):
        sales = Journal.objects.get(code="VE")
        save_model(model, replace(content, journal=sales), version=1, actor=None)
    with refused(Code.STALE_FORM):
        save_model(model, content, version=7, actor=None)
    with refused(Code.DUPLICATE, "name"):
        create_model(replace(content, name="Loyer"), form_key=uuid4(), actor=None)
    whole = tuple(replace(part, share=Decimal(1)) for part in lines)
    assert save_model(model, _content(model, whole), version=1, actor=None).version == 2
    recurring = make_recurring(model, first_on=date(2026, 12, 1))
    with refused(Code.ILLEGAL_MOVE, said="terminez-le d’abord"):
        withdraw_model(model, actor=None)
    end_recurring(recurring, actor=None)
    withdraw_model(model, actor=None)
    with refused(Code.ILLEGAL_MOVE, said="retiré"):
        make_recurring(model, first_on=date(2026, 12, 1))


def test_a_subscription_posts_each_date_once_and_takes_up_after_what_stopped_it() -> None:
    actor = make_user()
    model = make_model()
    for details, field in (
        ({"total": None}, "total"),
        ({"until": date(2026, 8, 1)}, "until"),
        ({"label": ""}, "label"),
    ):
        code = Code.DATE_INVALID if field == "until" else Code.VALUE_MISSING
        with refused(code, field):
            make_recurring(model, first_on=date(2026, 8, 31), **details)  # type: ignore[arg-type]
    charges = make_model("Frais", share=False)
    with refused(Code.VALUE_INVALID, "total"):
        make_recurring(charges, first_on=date(2026, 8, 31))
    rent = make_recurring(model, first_on=date(2026, 8, 31), until=date(2026, 11, 30), actor=actor)
    post(date(2026, 8, 1))
    close("2026-08")
    assert (post_due(today=TODAY), Entry.objects.count()) == (0, 1)
    rent.refresh_from_db()
    assert "août 2026 est clos" in rent.failure
    with refused(Code.STALE_FORM):
        skip_date(rent, on=date(2026, 9, 30), actor=actor)
    skip_date(rent, on=date(2026, 8, 31), actor=actor)
    pause_recurring(rent, actor=actor)
    assert post_due(today=TODAY) == 0
    resume_recurring(rent, actor=actor)
    assert (post_due(today=TODAY), post_due(today=TODAY)) == (2, 0)
    made = list(rent.made.order_by("on").values_list("on", "state"))
    assert made == [(date(2026, 9, 30), "validated"), (date(2026, 10, 31), "validated")]
    assert post_due(today=date(2026, 12, 1)) == 1
    rent.refresh_from_db()
    assert (rent.state, rent.next_on) == (RecurringState.ENDED, None)


def test_a_subscription_that_breaks_stops_no_other_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (make_recurring(make_model(name), first_on=date(2026, 11, 1)) for name in ("Un", "Deux"))
    whole = entry_models.content_from

    def broken(model: EntryModel, **details: Any) -> ManualContent:
        if model == first.model:
            raise RuntimeError("what nobody had thought of")
        return whole(model, **details)

    monkeypatch.setattr(entry_models, "content_from", broken)
    assert post_due(today=TODAY) == 1
    for row in (first, second):
        row.refresh_from_db()
    assert (first.next_on, second.next_on) == (date(2026, 11, 1), date(2026, 12, 1))
    assert "erreur inattendue" in first.failure
    accountant = make_user(RoleKind.ACCOUNTANT)
    told = [todo.label for todo in awaited_in(AWAITED, accountant, TODAY)]
    assert told == ["Débloquer 1 écriture prévue qui n’a pas pu être passée"]
    monkeypatch.undo()
    assert post_due(today=TODAY) == 1
    first.refresh_from_db()
    assert first.failure == ""


def _parts(cost: Account, section: AnalyticAccount) -> tuple[ModelLineContent, ...]:
    bank = Account.objects.get(number="512000")
    return (ModelLineContent(cost, section, "debit"), ModelLineContent(bank, section, "credit"))


def _content(model: EntryModel, lines: tuple[ModelLineContent, ...]) -> ModelContent:
    return ModelContent("Loyer des bureaux", model.journal, "Loyer", lines)
