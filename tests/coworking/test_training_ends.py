"""Who gives up signs no more, hours that were signed stay counted, papers of those who have no seat are
dead, what was filed is given as it was filed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code
from cae.core.links import create_link
from cae.core.models import OutgoingEmail, PersonalLink
from cae.core.permanence import ERASED, erasing
from coworking.models import Enrolment, Evaluation, HalfDay, SheetSignature, Trainer
from coworking.selectors.training_links import SHEET_LINK, TRAINER_LINK
from coworking.selectors.training_statement import statement_of
from coworking.services import sheets
from coworking.services.enrolments import cancel_enrolment, drop_enrolment
from coworking.services.erasing_training import erase_training
from coworking.services.evaluations import answer_evaluation, ask_evaluations
from coworking.services.events import cancel_event
from coworking.services.places import close_place
from coworking.services.sessions import cancel_session, open_session, remove_half_day
from coworking.services.training_mails import send_trainer_link
from coworking.services.training_papers import (
    file_signed_paper,
    make_paper,
    send_paper,
    sign_paper,
    withdraw_from_contract,
)
from coworking.services.training_statements import file_statement, open_statement
from coworking.states.training import EnrolmentState, Payer
from people.models import Person
from tests.factories.coworking_events import a_place, an_event
from tests.factories.coworking_training import (
    ORIGIN,
    days_of,
    hand_of,
    make_enrolment,
    make_keeper,
    make_session,
    make_trainer,
    sign_days,
)
from tests.factories.people import make_person
from tests.factories.person_files import PDF
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def today() -> date:
    return timezone.localdate()


def test_who_gave_up_signs_nothing_of_the_days_that_follow() -> None:
    keeper, first = make_keeper(), today() - timedelta(days=2)
    session = make_session(first, today() - timedelta(days=1))
    one, days, now = make_enrolment(session), days_of(session), timezone.now()
    sign_days(one, days[:1])
    why: dict[str, Any] = {"reason": "Embauchée", "today": today(), "actor": keeper}
    with refused(Code.DATE_INVALID, "on"):
        drop_enrolment(one, on=first - timedelta(days=1), **why)
    gone = drop_enrolment(one, on=first, **why)
    # What the page knew of them is no longer so.
    for who in (one, gone):
        with refused(Code.NOT_ALLOWED, said="a abandonné le"):
            sheets.sign_half_day(
                days[2], who, hand=hand_of(who), origin=ORIGIN, at=days[2].ends_at, actor=None
            )
        with refused(Code.NOT_ALLOWED):
            sheets.add_signature(days[2], who, reason="Liste", at=now, actor=keeper)
        with refused(Code.NOT_ALLOWED):
            sheets.file_scan(days[3], content=PDF, name="x.pdf", signers=[who], at=now, actor=keeper)
    # The afternoon of the day they left may still be theirs.
    sheets.add_signature(days[1], gone, reason="Partie le soir", at=now, actor=keeper)
    assert statement_of(first.year).by_kind["employee"].hours == Decimal("7.00")


def test_a_session_of_which_something_is_signed_is_not_called_off() -> None:
    keeper, day = make_keeper(), today() - timedelta(days=1)
    session = make_session(day)
    sign_days(make_enrolment(session), days_of(session)[:1])
    with refused(Code.NOT_ALLOWED):
        cancel_session(session, reason="Trop peu de monde", actor=keeper)
    assert statement_of(day.year).by_kind["employee"].hours == Decimal("3.50")
    assert Enrolment.objects.get(session=session).state == EnrolmentState.ENROLLED


def test_no_paper_is_sent_nor_signed_for_who_has_no_seat_any_more() -> None:
    keeper, now = make_keeper(), timezone.now()
    session = make_session(today())
    paying: dict[str, Any] = {"payer": Payer.TRAINEE, "price_excl_tax": Decimal(600), "outside": True}
    one = make_enrolment(session, **paying)
    paper = make_paper(one, at=now, actor=keeper)
    cancel_enrolment(one, reason="Ne vient plus", actor=keeper)
    with refused(Code.ILLEGAL_MOVE):
        send_paper(paper, to="claire@dehors.example", at=now, actor=keeper)
    shown = paper.document.sha256
    with refused(Code.ILLEGAL_MOVE):
        sign_paper(paper, hand=hand_of(one), origin=ORIGIN, at=now, shown=shown)
    with refused(Code.ILLEGAL_MOVE):
        file_signed_paper(paper, content=PDF, name="x.pdf", on=today(), at=now, actor=keeper)
    # Taken back once the training has begun: the hours that were followed stay somebody’s.
    two = make_enrolment(session, **paying)
    signed = make_paper(two, at=now, actor=keeper)
    sign_paper(signed, hand=hand_of(two), origin=ORIGIN, at=now, shown=signed.document.sha256)
    sign_days(two, days_of(session)[:1])
    withdraw_from_contract(signed, on=today(), actor=keeper)
    two.refresh_from_db()
    assert (two.state, two.dropped_on) == (EnrolmentState.DROPPED, today())


def test_the_link_of_a_half_day_taken_off_says_so() -> None:
    keeper, session = make_keeper(), make_session()
    day = days_of(session)[0]
    ends_at = timezone.now() + timedelta(days=3)
    token = create_link(day, purpose=TRAINER_LINK, ends_at=ends_at, actor=None)[1]
    Trainer.objects.filter(pk=day.trainer_id).update(email="")
    with refused(Code.VALUE_MISSING):
        send_trainer_link(HalfDay.objects.get(pk=day.pk), ends_at=ends_at, actor=keeper, at=timezone.now())
    remove_half_day(day, actor=keeper)
    answer = Client().get(reverse("coworking:sheet_by_link", args=[token]))
    assert answer.status_code < 500
    assert "n’est plus au programme" in text(answer)


def test_a_statement_filed_is_given_as_it_was_filed() -> None:
    keeper, year = make_keeper(), today().year - 1
    session = make_session(date(year, 6, 1))
    one, days = make_enrolment(session), days_of(session)
    sign_days(one, days[:1])
    file_statement(open_statement(year, actor=keeper), on=today(), actor=keeper)
    sheets.add_signature(days[1], one, reason="Retrouvée", at=timezone.now(), actor=keeper)
    told = client_of(keeper).get(reverse("coworking:statement_export", args=[year])).content.decode("utf-8")
    lines = [line.strip().split(";") for line in told.splitlines()]
    hours = {(line[0], line[1]): line[5] for line in lines if len(line) == 6}
    assert hours["F-1", "employee"] == hours["F-1", ""] == hours["F-4", ""] == "4"


def test_an_erased_trainee_or_trainer_leaves_hours_and_no_word() -> None:
    keeper, now = make_keeper(), timezone.now()
    person, former = make_person(), make_person()
    session = make_session(today() - timedelta(days=1), trainer=make_trainer(person))
    one = make_enrolment(session, former, needs="Rampe", funding_reference="CPF 123")
    Person.objects.filter(pk=former.pk).update(merged_into=person)
    sheets.add_signature(days_of(session)[0], one, reason="Certificat médical", at=now, actor=keeper)
    ask_evaluations(session, moment="before", at=now, actor=keeper)
    answer = Evaluation.objects.get(enrolment=one)
    answer_evaluation(answer, answers={"level": 2, "need": 5}, comment="Je suis Nina", at=now)
    create_link(one, purpose=SHEET_LINK, ends_at=now + timedelta(days=9), actor=None)
    drop_enrolment(one, reason="Maladie", on=today(), today=today(), actor=keeper)
    with erasing():
        assert erase_training(person, today()) == 2
        assert erase_training(person, today()) == 0
    one.refresh_from_db()
    answer.refresh_from_db()
    trainer = one.session.half_days.first().trainer  # type: ignore[union-attr]
    assert (one.last_name, one.email, one.needs, one.end_reason) == (ERASED, "", "", ERASED)
    assert (one.funding_reference, answer.comment, answer.answers["need"]) == ("", "", 5)
    assert (trainer.name, trainer.email, trainer.is_active) == (ERASED, "", False)
    assert SheetSignature.objects.get(enrolment=one).reason == ERASED
    assert not PersonalLink.objects.filter(about_id=str(one.pk), purpose=SHEET_LINK).exists()
    assert not OutgoingEmail.objects.filter(about_id=str(one.pk), text__contains="Bonjour").exists()
    assert statement_of(today().year).by_kind["employee"].hours == Decimal("3.50")


def test_a_place_where_people_are_expected_does_not_close() -> None:
    place = a_place()
    event = an_event(place=place)
    with refused(Code.NOT_ALLOWED, "on", "(1)"):
        close_place(place, on=today(), reason="Fin du bail", actor=None)
    session = make_session(today() + timedelta(days=3), place=place)
    with refused(Code.NOT_ALLOWED, "on", "(2)"):
        close_place(place, on=today(), reason="Fin du bail", actor=None)
    later = make_session(place=place, is_open=False)
    cancel_session(session, reason="Fin du bail", actor=make_keeper())
    cancel_event(event, reason="Fin du bail", now=timezone.now(), actor=None)
    assert close_place(place, on=today(), reason="Fin du bail", actor=None).state == "closed"
    with refused(Code.PERIOD_CLOSED):
        open_session(later, actor=None)
