"""A stranger asks for a seat from the public catalogue: once an address, answered by mail, then forgotten."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import Notice, OutgoingEmail, PersonalLink
from cae.core.permanence import ERASED
from coworking.models import Enrolment
from coworking.services.enrolment_requests import forget_requests, request_enrolment, withdraw_request
from coworking.services.enrolments import (
    EnrolmentData,
    cancel_enrolment,
    change_enrolment,
    enrol,
    enter_enrolment,
    refuse_enrolment,
)
from coworking.services.training_notices import ASKED
from coworking.states.training import EnrolmentState, Payer, TraineeType
from tests.factories.coworking_training import (
    make_course,
    make_enrolment,
    make_keeper,
    make_session,
    request_data,
)
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.people import OrganisationFactory, make_user
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

TYPED = {
    "first_name": "Aline",
    "last_name": "Berger",
    "email": "aline@dehors.example",
    "payer": "organisation",
    "payer_name": "Scop Ti",
    "needs": "Fixer mes prix",
}


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


def at(name: str, *args: Any) -> str:
    return reverse(f"coworking:{name}", args=args)


def test_a_stranger_asks_is_answered_and_comes() -> None:
    keeper = make_keeper()
    session = make_session(capacity=2)
    code, visitor = session.course.course.code, Client()
    url = at("enrolment_request", code, session.pk)
    assert url in visitor.get(at("public_course", code)).content.decode()
    assert "Envoyer ma demande" in text(visitor.get(url))
    wrong = visitor.post(url, TYPED | {"payer_name": " "})
    assert (wrong.status_code, Enrolment.objects.count()) == (422, 0)
    assert "Donnez le nom de l’organisme qui paie." in text(wrong)
    assert "Fixer mes prix" in text(wrong)
    first = visitor.post(url, TYPED, follow=True)
    again = visitor.post(url, TYPED | {"email": "ALINE@dehors.example", "first_name": "X"}, follow=True)
    assert text(first) == text(again)
    row = Enrolment.objects.get()
    assert (row.state, row.payer_name, row.kind, row.person) == ("asked", "Scop Ti", "", None)
    assert row.price_excl_tax == session.course.price_excl_tax
    assert Notice.objects.filter(kind=ASKED, user=keeper).count() == 1
    mails = OutgoingEmail.objects.filter(cause="coworking.training.requested")
    assert [mail.to for mail in mails] == ["aline@dehors.example"] * 2
    link = re.search(r"/formation/demande/[\w-]+/", mails.latest("pk").secret)
    assert link is not None
    assert "Scop Ti" in text(visitor.get(link[0]))
    assert PersonalLink.objects.filter(withdrawn_at=None).count() == 1

    page = client_of(keeper).get(row.get_absolute_url())
    assert "Scop Ti" in text(page)
    with refused(Code.VALUE_MISSING, said="la fiche de l’organisme"):
        enrol(row, actor=keeper)
    organisation = OrganisationFactory()
    data = EnrolmentData("Aline", "Berger", row.email, payer=Payer.ORGANISATION, organisation=organisation)
    row = change_enrolment(row, data=data, seen=row.version, actor=keeper)
    as_asked = Enrolment.objects.get()
    assert enrol(row, actor=keeper).state == EnrolmentState.ENROLLED
    # Taken back at the very moment when the seat is given: the answer stands.
    with refused(Code.ILLEGAL_MOVE):
        withdraw_request(as_asked)
    told = OutgoingEmail.objects.get(cause="coworking.training.answered")
    assert "la convocation suit" in told.text
    seen = visitor.get(link[0])
    assert "Retirer ma demande" not in text(seen)
    visitor.post(link[0])
    row.refresh_from_db()
    assert row.state == EnrolmentState.ENROLLED
    assert visitor.get("/formation/demande/rien/").status_code == 404


def test_what_cannot_be_asked_changes_nothing() -> None:
    now, session = timezone.now(), make_session(capacity=1)
    wrong: list[tuple[dict[str, Any], Code, str]] = [
        ({"first_name": " "}, Code.VALUE_MISSING, "first_name"),
        ({"last_name": ""}, Code.VALUE_MISSING, "last_name"),
        ({"email": "aline"}, Code.VALUE_INVALID, "email"),
        ({"payer": Payer.COOPERATIVE}, Code.VALUE_INVALID, "payer"),
        ({"payer": Payer.ORGANISATION}, Code.VALUE_MISSING, "payer_name"),
        ({"needs": "x" * 4001}, Code.TEXT_TOO_LONG, "needs"),
    ]
    for fields, code, field in wrong:
        with refused(code, field):
            request_enrolment(session, data=request_data(**fields), now=now)
    with refused(Code.ILLEGAL_MOVE):
        request_enrolment(session, data=request_data(), now=now + timedelta(days=3))
    shut = make_session(is_open=False)
    with refused(Code.ILLEGAL_MOVE):
        request_enrolment(shut, data=request_data(), now=now)
    make_enrolment(session, email="pris@dehors.example", outside=True)
    # Full: the same sentence for who is in and who is not.
    for email in ("pris@dehors.example", "autre@dehors.example"):
        with refused(Code.SLOT_TAKEN, said="complète"):
            request_enrolment(session, data=request_data(email=email), now=now)
    code = session.course.course.code
    assert "complète" in text(Client().get(at("enrolment_request", code, session.pk)))
    hidden = make_session(course=make_course(title="À part"), is_open=False)
    closed = Client().get(at("enrolment_request", hidden.course.course.code, hidden.pk))
    assert closed.url == at("public_course", hidden.course.course.code)
    assert Client().get(at("enrolment_request", "rien", session.pk)).status_code == 404
    worker, shown = make_user(), make_session()
    asked = client_of(worker).get(at("enrolment_request", shown.course.course.code, shown.pk))
    assert asked.url == at("enrolment_ask", shown.pk)


def test_one_request_an_address_and_who_sells_is_told() -> None:
    now = timezone.now()
    seller, activity = make_entrepreneur()
    session = make_session(activity=activity)
    row = request_enrolment(session, data=request_data(), now=now)
    assert row.kind == TraineeType.INDIVIDUAL
    assert Notice.objects.filter(kind=ASKED, user=seller).exists()
    for _again in range(5):
        assert request_enrolment(session, data=request_data(), now=now) == row
    assert OutgoingEmail.objects.filter(cause="coworking.training.requested").count() == 4
    with pytest.raises(IntegrityError, match="enrolment_asked_once"), transaction.atomic():
        Enrolment.objects.create(session=session, first_name="A", last_name="B", email=row.email.upper())
    other = request_enrolment(session, data=request_data(email="autre@dehors.example"), now=now)
    with refused(Code.DUPLICATE, "email"):
        data = EnrolmentData("A", "B", row.email, payer=Payer.TRAINEE)
        change_enrolment(other, data=data, seen=None, actor=seller)
    refuse_enrolment(row, reason="Prérequis", actor=seller)
    assert "Prérequis" in OutgoingEmail.objects.get(cause="coworking.training.answered").text
    with refused(Code.ILLEGAL_MOVE):
        withdraw_request(Enrolment.objects.get(pk=row.pk))
    # Once refused, one may ask again.
    assert request_enrolment(session, data=request_data(), now=now) != row


def test_requests_without_seat_are_forgotten_the_trainees_are_not() -> None:
    now, session = timezone.now(), make_session()
    gone = request_enrolment(session, data=request_data(payer=Payer.ORGANISATION, payer_name="Ti"), now=now)
    withdraw_request(gone)
    kept = enter_enrolment(session, data=EnrolmentData("Claire", "Dehors", "c@dehors.example"), actor=None)
    waits = request_enrolment(session, data=request_data(email="b@dehors.example"), now=now)
    today = timezone.localdate()
    assert forget_requests(on=today) == 0
    later = today + timedelta(days=800)
    assert (forget_requests(on=later), forget_requests(on=later)) == (1, 0)
    gone.refresh_from_db()
    assert (gone.last_name, gone.email, gone.payer_name) == (ERASED, "", ERASED)
    assert not OutgoingEmail.objects.filter(to="aline@dehors.example").exists()
    for one in (kept, waits):
        one.refresh_from_db()
        assert "dehors" in one.email
    cancel_enrolment(waits, reason="x", actor=None)
    assert forget_requests(on=later) == 1
