"""Training: catalogue, sessions, trainees, papers: each act, each refusal that changes nothing."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import Document, Notice, OutgoingEmail
from coworking.models import CourseVersion, Enrolment, HalfDay, TrainingPaper
from coworking.services import enrolments as verbs
from coworking.services import sessions, trainers
from coworking.services.courses import change_version, open_course, publish_version, renew_course, show_course
from coworking.services.enrolments import EnrolmentData
from coworking.services.sessions import SessionData
from coworking.services.trainers import TrainerData
from coworking.services.training_notices import ANSWERED, ASKED
from coworking.services.training_papers import (
    file_signed_paper,
    make_paper,
    send_paper,
    sign_paper,
    withdraw_from_contract,
)
from coworking.states.training import (
    EnrolmentState,
    Payer,
    SessionState,
    TrainerKind,
    VersionState,
)
from people.states import RoleKind
from tests.factories.coworking_training import (
    MORNING,
    NOON,
    ORIGIN,
    course_data,
    days_of,
    hand_of,
    make_course,
    make_enrolment,
    make_keeper,
    make_session,
    make_trainer,
    sign_days,
)
from tests.factories.deals import deal
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import OrganisationFactory, make_user
from tests.factories.person_files import PDF
from tests.refusals import refusal_of, refused

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.localdate()


def test_a_version_is_frozen_once_a_session_follows_it() -> None:
    keeper = make_keeper()
    first = make_course()
    assert (first.state, first.number, first.course.code) == (
        VersionState.PUBLISHED,
        1,
        "diriger-une-activite-en-cooperative",
    )
    other = open_course(data=course_data(), actor=keeper)
    assert other.course.code == "diriger-une-activite-en-cooperative-2"
    changed = change_version(first, data=course_data(hours=Decimal(7)), seen=1, actor=keeper)
    assert (changed.hours, changed.version) == (Decimal(7), 2)
    with refused(Code.STALE_FORM):
        change_version(first, data=course_data(), seen=1, actor=keeper)
    make_session(course=first)
    with refused(Code.NOT_ALLOWED):
        change_version(first, data=course_data(), seen=2, actor=keeper)
    # The database too.
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseVersion.objects.filter(pk=first.pk).update(aims="Autre chose")
    second = renew_course(first.course, actor=keeper)
    assert (second.number, second.hours, second.state) == (2, Decimal(7), VersionState.DRAFT)
    with refused(Code.ALREADY_DONE):
        renew_course(first.course, actor=keeper)
    publish_version(second, on=today(), actor=keeper)
    first.refresh_from_db()
    assert first.state == VersionState.WITHDRAWN
    assert list(CourseVersion.objects.public()) == [CourseVersion.objects.get(pk=second.pk)]
    show_course(first.course, is_public=False, actor=keeper)
    assert not CourseVersion.objects.public().exists()


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"title": " "}, Code.VALUE_MISSING, "title"),
        ({"aims": ""}, Code.VALUE_MISSING, "aims"),
        ({"title": "x" * 161}, Code.TEXT_TOO_LONG, "title"),
        ({"hours": Decimal(0)}, Code.VALUE_INVALID, "hours"),
        ({"price_excl_tax": Decimal(-1)}, Code.AMOUNT_INVALID, "price_excl_tax"),
        ({"delivery": "x"}, Code.VALUE_INVALID, "delivery"),
        ({"objective": "x"}, Code.VALUE_INVALID, "objective"),
        ({"speciality": "31"}, Code.VALUE_INVALID, "speciality"),
    ],
)
def test_a_course_is_refused(more: dict[str, Any], code: Code, field: str) -> None:
    with refused(code, field):
        open_course(data=course_data(**more), actor=None)


def test_what_no_figure_counts_is_not_at_the_catalogue() -> None:
    draft = open_course(data=course_data(speciality=""), actor=None)
    with refused(Code.VALUE_MISSING, "speciality"):
        publish_version(draft, on=today(), actor=None)
    with refused(Code.NOT_ALLOWED, "course"):
        sessions.plan_session(draft, data=SessionData(elsewhere="ici"), actor=None)


def test_an_external_trainer_is_checked_before_teaching() -> None:
    keeper = make_keeper()
    known: dict[str, Any] = {
        "name": "Marc Ailleurs",
        "kind": TrainerKind.EXTERNAL,
        "email": "marc@ailleurs.example",
    }
    marc = trainers.enter_trainer(data=TrainerData(**known), actor=keeper)
    session = make_session(is_open=False)
    told: dict[str, Any] = {
        "on": today() + timedelta(days=9),
        "starts": MORNING,
        "ends": NOON,
        "trainer": marc,
    }
    with refused(Code.NOT_ALLOWED, "trainer"):
        sessions.add_half_day(session, **told, actor=keeper)
    with refused(Code.VALUE_MISSING):
        trainers.check_subcontract(marc, on=today(), actor=keeper)
    marc = trainers.change_trainer(
        marc, data=TrainerData(**known, declaration_number="75331234533"), seen=1, actor=keeper
    )
    with refused(Code.VALUE_MISSING):
        trainers.check_subcontract(marc, on=today(), actor=keeper)
    with refused(Code.FILE_REFUSED, "file"):
        trainers.file_contract(marc, content=b"MZ\0", name="x.exe", on=today(), actor=keeper)
    trainers.file_contract(marc, content=PDF, name="contrat.pdf", on=today(), actor=keeper)
    marc = trainers.check_subcontract(marc, on=today(), actor=keeper)
    assert sessions.add_half_day(session, **told | {"trainer": marc}, actor=keeper).trainer == marc
    # Another number is looked at again.
    marc = trainers.change_trainer(
        marc, data=TrainerData(**known, declaration_number="1"), seen=marc.version, actor=keeper
    )
    assert not marc.is_checked
    own = make_trainer()
    for act in (
        lambda: trainers.check_subcontract(own, on=today(), actor=keeper),
        lambda: trainers.file_contract(own, content=PDF, name="a.pdf", on=today(), actor=keeper),
    ):
        assert refusal_of(act).code == Code.NOT_ALLOWED
    assert own.is_checked
    with refused(Code.DUPLICATE, "person"):
        make_trainer(own.person)
    with refused(Code.VALUE_MISSING, "person"):
        trainers.enter_trainer(data=TrainerData("Personne", TrainerKind.OWN), actor=keeper)
    with refused(Code.VALUE_INVALID, "kind"):
        trainers.enter_trainer(data=TrainerData("Personne", "x"), actor=keeper)
    ends = today() - timedelta(days=1)
    row = trainers.add_qualification(own, label="FPA", obtained_on=None, ends_on=ends, actor=keeper)
    assert (row.is_over(today()), row.is_over(ends)) == (True, False)
    with refused(Code.DATE_INVALID, "ends_on"):
        trainers.add_qualification(own, label="x", obtained_on=today(), ends_on=ends, actor=keeper)
    assert not trainers.switch_trainer(own, is_active=False, actor=keeper).is_active
    with refused(Code.ALREADY_DONE):
        trainers.switch_trainer(own, is_active=False, actor=keeper)


def test_half_days_stand_apart_and_exist() -> None:
    keeper, trainer = make_keeper(), make_trainer()
    session = make_session(is_open=False, trainer=trainer)
    day = today() + timedelta(days=1)
    told: dict[str, Any] = {"on": day, "trainer": trainer, "actor": keeper}
    cases: list[tuple[dict[str, Any], Code, str]] = [
        ({"starts": time(12), "ends": time(13)}, Code.SLOT_TAKEN, "starts"),
        ({"starts": time(20), "ends": time(19)}, Code.DATE_INVALID, "ends"),
        ({"starts": time(17), "ends": time(23, 30)}, Code.DATE_INVALID, "ends"),
        # The night when summer time begins.
        ({"on": date(2027, 3, 28), "starts": time(2, 30), "ends": time(5)}, Code.DATE_INVALID, "starts"),
    ]
    for more, code, field in cases:
        with refused(code, field):
            sessions.add_half_day(session, **(told | more))
    made = sessions.add_half_day(session, **told, starts=time(17), ends=time(20))
    assert made.hours == Decimal("3.00")
    with pytest.raises(IntegrityError), transaction.atomic():
        HalfDay.objects.create(
            session=session, trainer=trainer, starts_at=made.starts_at, ends_at=made.ends_at
        )
    sessions.remove_half_day(made, actor=keeper)
    assert session.half_days.count() == 2


def test_a_session_is_planned_opened_held_and_over() -> None:
    keeper = make_keeper()
    session = make_session(today(), is_open=False)
    empty = sessions.plan_session(make_course(title="Vide"), data=SessionData(is_remote=True), actor=keeper)
    assert str(empty.where) == "à distance"
    with refused(Code.VALUE_MISSING):
        sessions.open_session(empty, actor=keeper)
    sessions.open_session(session, actor=keeper)
    with refused(Code.VALUE_MISSING):
        sessions.begin_session(session, at=timezone.now(), actor=keeper)
    one = make_enrolment(session)
    sessions.begin_session(session, at=timezone.now(), actor=keeper)
    last = days_of(session)[-1].ends_at
    with refused(Code.DATE_INVALID):
        sessions.finish_session(session, at=last - timedelta(minutes=1), actor=keeper)
    sessions.finish_session(session, at=last, actor=keeper)
    one.refresh_from_db()
    assert one.state == EnrolmentState.DONE
    with refused(Code.ILLEGAL_MOVE):
        sessions.change_session(session, data=SessionData(elsewhere="x"), seen=1, actor=keeper)
    later = make_session()
    with refused(Code.DATE_INVALID):
        sessions.begin_session(later, at=timezone.now(), actor=keeper)


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"elsewhere": " "}, Code.VALUE_MISSING, "place"),
        ({"capacity": 0}, Code.VALUE_INVALID, "capacity"),
        ({"budget_excl_tax": Decimal(-1)}, Code.AMOUNT_INVALID, "budget_excl_tax"),
        ({"deal": True}, Code.VALUE_INVALID, "deal"),
        ({"both": True}, Code.VALUE_INVALID, "entrusted_by"),
    ],
)
def test_a_session_is_refused(more: dict[str, Any], code: Code, field: str) -> None:
    course, known = make_course(), {"elsewhere": "ici"} | more
    if known.pop("both", None):
        body = OrganisationFactory.create()
        known |= {"entrusted_to": body, "entrusted_by": body}
    if known.get("deal"):
        known["deal"] = deal()
    seller = make_activity()
    with refused(code, field):
        sessions.plan_session(course, data=SessionData(**known), activity=seller, actor=None)


def test_seats_are_counted_and_people_are_told() -> None:
    keeper, user = make_keeper(), make_user(RoleKind.ENTREPRENEUR)
    session = make_session(capacity=2)
    asked = verbs.ask_enrolment(session, needs="Mes prix", actor=user)
    assert (asked.state, asked.full_name) == (EnrolmentState.ASKED, str(user.person))
    assert [one.user for one in Notice.objects.filter(kind=ASKED)] == [keeper]
    with refused(Code.DUPLICATE, "person"):
        verbs.ask_enrolment(session, needs="", actor=user)
    make_enrolment(session)
    last = make_enrolment(session, outside=True)
    with refused(Code.SLOT_TAKEN):
        verbs.enrol(asked, actor=keeper)
    with refused(Code.SLOT_TAKEN):
        make_enrolment(session, outside=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.filter(pk=asked.pk).update(state=EnrolmentState.ENROLLED)
    with refused(Code.VALUE_INVALID, "capacity"):
        sessions.change_session(session, data=SessionData(elsewhere="ici", capacity=1), seen=1, actor=keeper)
    verbs.cancel_enrolment(last, reason="Empêchée", actor=keeper)
    verbs.enrol(asked, actor=keeper)
    assert [one.user for one in Notice.objects.filter(kind=ANSWERED)] == [user]
    assert verbs.send_summons(session, at=timezone.now(), actor=keeper) == 2
    with refused(Code.ALREADY_DONE):
        verbs.send_summons(session, at=timezone.now(), actor=keeper)
    mail = OutgoingEmail.objects.filter(to=asked.email, cause="coworking.training.summons").get()
    assert "/emargement/" in mail.text
    assert "Salle des fêtes" in mail.text
    with refused(Code.VALUE_MISSING, "reason"):
        sessions.cancel_session(session, reason=" ", actor=keeper)
    sessions.cancel_session(session, reason="Salle inondée", actor=keeper)
    asked.refresh_from_db()
    assert (asked.state, asked.end_reason) == (EnrolmentState.CANCELLED, "Salle inondée")
    assert OutgoingEmail.objects.filter(cause="coworking.training.cancelled").count() == 2
    stranger = make_user()
    with refused(Code.ILLEGAL_MOVE):
        verbs.ask_enrolment(session, needs="", actor=stranger)


def test_a_trainee_is_kept_changed_and_leaves() -> None:
    keeper, session = make_keeper(), make_session(today() - timedelta(days=1))
    assert session.state == SessionState.OPEN
    one = make_enrolment(session, outside=True)
    known: dict[str, Any] = {"first_name": "Claire", "last_name": "Dehors"}
    cases: list[tuple[dict[str, Any], Code, str]] = [
        ({"first_name": ""}, Code.VALUE_MISSING, "first_name"),
        ({"last_name": ""}, Code.VALUE_MISSING, "last_name"),
        ({"payer": "x"}, Code.VALUE_INVALID, "payer"),
        ({"kind": "x"}, Code.VALUE_INVALID, "kind"),
        ({"payer": Payer.ORGANISATION}, Code.VALUE_MISSING, "organisation"),
        ({"price_excl_tax": Decimal(-1)}, Code.AMOUNT_INVALID, "price_excl_tax"),
    ]
    for more, code, field in cases:
        with refused(code, field):
            verbs.change_enrolment(one, data=EnrolmentData(**(known | more)), seen=1, actor=keeper)
    changed = verbs.change_enrolment(
        one, data=EnrolmentData(**known, needs="Rampe", funding="opco"), seen=1, actor=keeper
    )
    assert (changed.needs, changed.funding, changed.version) == ("Rampe", "opco", 2)
    sign_days(one, days_of(session)[:1])
    with refused(Code.NOT_ALLOWED):
        verbs.cancel_enrolment(one, reason="x", actor=keeper)
    with refused(Code.DATE_INVALID, "on"):
        verbs.drop_enrolment(one, reason="x", on=today() + timedelta(days=1), today=today(), actor=keeper)
    dropped = verbs.drop_enrolment(one, reason="Embauchée", on=today(), today=today(), actor=keeper)
    assert (dropped.state, dropped.dropped_on) == (EnrolmentState.DROPPED, today())
    other = make_enrolment(session)
    with refused(Code.ILLEGAL_MOVE):
        verbs.finish_enrolment(other, actor=keeper)
    sessions.begin_session(session, at=timezone.now(), actor=keeper)
    assert verbs.finish_enrolment(other, actor=keeper).state == EnrolmentState.DONE
    asked = verbs.ask_enrolment(make_session(), needs="", actor=make_user())
    assert verbs.refuse_enrolment(asked, reason="Complet", actor=keeper).state == EnrolmentState.REFUSED


def paid(session: Any, payer: str = Payer.ORGANISATION, **fields: Any) -> Enrolment:
    body = OrganisationFactory.create(name="Mairie de Brach") if payer == Payer.ORGANISATION else None
    price: dict[str, Any] = {"price_excl_tax": Decimal("599.99"), "outside": True}
    return make_enrolment(session, payer=payer, organisation=body, **(price | fields))


def sign(paper: TrainingPaper, at: datetime) -> TrainingPaper:
    return sign_paper(paper, hand=hand_of("Claire"), origin=ORIGIN, at=at, shown=paper.document.sha256)


def test_an_agreement_is_made_sent_signed_and_kept() -> None:
    keeper, session, now = make_keeper(), make_session(), timezone.now()
    own = make_enrolment(session)
    with refused(Code.NOT_ALLOWED):
        make_paper(own, at=now, actor=keeper)
    one = paid(session)
    first = make_paper(one, at=now, actor=keeper)
    paper = make_paper(one, at=now, actor=keeper)
    first.refresh_from_db()
    assert first.replaced_at is not None
    assert Document.objects.filter(about_id=str(one.pk), kind="coworking.training_paper").count() == 2
    with refused(Code.ALREADY_DONE):
        sign(first, now)
    with refused(Code.VALUE_MISSING, "to"):
        send_paper(paper, to=" ", at=now, actor=keeper)
    send_paper(paper, to="mairie@brach.example", at=now, actor=keeper)
    mail = OutgoingEmail.objects.get(to="mairie@brach.example")
    assert list(mail.attachments.values_list("pk", flat=True)) == [paper.document_id]
    with refused(Code.STALE_FORM):
        sign_paper(paper, hand=hand_of("x"), origin=ORIGIN, at=now, shown="autre")
    signed = sign(paper, now)
    assert (signed.is_signed, signed.withdraw_until) == (True, None)
    for act in (lambda: sign(paper, now), lambda: make_paper(one, at=now, actor=keeper)):
        assert refusal_of(act).code == Code.ALREADY_DONE
    with refused(Code.NOT_ALLOWED, "payer"):
        verbs.change_enrolment(
            one, data=EnrolmentData(first_name="Claire", last_name="Dehors"), seen=1, actor=keeper
        )
    with refused(Code.NOT_ALLOWED):
        withdraw_from_contract(signed, on=today(), actor=keeper)


def test_a_contract_is_withdrawn_from_within_ten_days() -> None:
    keeper, now = make_keeper(), timezone.now()
    session = make_session(today() + timedelta(days=30))
    one = paid(session, Payer.TRAINEE)
    paper = make_paper(one, at=now, actor=keeper)
    with refused(Code.DATE_INVALID, "on"):
        file_signed_paper(
            paper, content=PDF, name="c.pdf", on=today() + timedelta(days=1), at=now, actor=keeper
        )
    signed = file_signed_paper(paper, content=PDF, name="c.pdf", on=today(), at=now, actor=keeper)
    assert signed.withdraw_until == today() + timedelta(days=10)
    with refused(Code.PERIOD_CLOSED, "on"):
        withdraw_from_contract(signed, on=today() + timedelta(days=11), actor=keeper)
    withdraw_from_contract(signed, on=today(), actor=keeper)
    one.refresh_from_db()
    assert (one.state, one.end_reason) == (EnrolmentState.CANCELLED, "Rétractation")
    with refused(Code.NOT_ALLOWED):
        withdraw_from_contract(signed, on=today(), actor=keeper)
    with refused(Code.ILLEGAL_MOVE):
        make_paper(one, at=now, actor=keeper)
    bare = sessions.plan_session(make_course(title="Sans date"), data=SessionData(is_remote=True), actor=None)
    waits = paid(bare)
    with refused(Code.VALUE_MISSING):
        make_paper(waits, at=now, actor=keeper)
