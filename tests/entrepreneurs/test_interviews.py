"""Yearly interviews: when due, what is refused, who signs; what both signed never changes (ENT-54)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import Signature
from cae.core.signing import Hand, Origin
from entrepreneurs.calculations.interviews import due_days
from entrepreneurs.models import Interview
from entrepreneurs.services.archiving import archive_interview
from entrepreneurs.services.clauses import draft_amendment
from entrepreneurs.services.interviews import (
    cancel_interview,
    plan_interviews,
    propose_interview,
    reopen_interview,
    sign_interview,
    write_interview,
)
from entrepreneurs.states.interviews import InterviewHeading, InterviewState
from people.models import Deadline, User
from people.states import RoleKind
from tests.factories.coaching import make_advisor, make_salaried, person_of
from tests.factories.people import make_user
from tests.pages import client_of

START = date(2026, 3, 1)
HALF_YEARS = [date(2026, 8, 31), date(2027, 2, 28), date(2027, 8, 31)]
TEXTS = {str(one): f"Dit sous {one}." for one in InterviewHeading}
ORIGIN = Origin("203.0.113.7", "essai")


def test_two_a_year_on_the_eve_of_each_half_year() -> None:
    assert due_days(START, a_year=2, last=None, until=date(2027, 12, 31)) == HALF_YEARS


def test_none_after_the_contract_nor_beyond_the_horizon() -> None:
    assert due_days(START, a_year=2, last=date(2027, 3, 1), until=date(2030, 1, 1)) == HALF_YEARS[:2]
    assert due_days(START, a_year=1, last=None, until=date(2026, 12, 31)) == []
    assert due_days(START, a_year=1, last=None, until=date(2027, 2, 28)) == [date(2027, 2, 28)]


def salaried() -> tuple[User, User]:
    advisor = make_advisor()
    return make_salaried(advisor), advisor


def owed(user: User) -> Interview:
    """The first interview of the contract: late."""
    return Interview.objects.filter(person=person_of(user)).earliest("rank")


def write(interview: Interview, advisor: User, **change: Any) -> Interview:
    facts: dict[str, Any] = {
        "texts": TEXTS,
        "held_on": timezone.localdate(),
        "wants_amendment": True,
        "version": interview.version,
        "on": timezone.localdate(),
    }
    return write_interview(interview, actor=advisor, **facts | change)


def propose(interview: Interview, advisor: User) -> Interview:
    return propose_interview(
        interview,
        advisor=person_of(advisor),
        figures=[("Ventes", "1 000 €")],
        hand=Hand("Hélène", typed="Hélène"),
        origin=ORIGIN,
        at=timezone.now(),
        actor=advisor,
    )


def sign(interview: Interview, user: User) -> Interview:
    return sign_interview(
        interview, hand=Hand("Claire", typed="Claire"), origin=ORIGIN, at=timezone.now(), actor=user
    )


@pytest.mark.django_db
class TestLife:
    def test_what_a_contract_owes_is_written_once_with_its_dates(self) -> None:
        user, _advisor = salaried()
        interview = owed(user)
        count = Interview.objects.count()
        assert plan_interviews(on=timezone.localdate()) == 0
        assert count == 3
        assert Deadline.objects.open().filter(kind="interview").count() == count
        assert interview.is_late(timezone.localdate())
        assert interview.status_on(timezone.localdate())[1] == "▲"
        assert Interview.objects.missing(timezone.localdate()).count() == 1

    def test_both_sign_and_nothing_changes_any_more(self) -> None:
        user, advisor = salaried()
        interview = sign(propose(write(owed(user), advisor), advisor), user)
        assert interview.state == InterviewState.SIGNED
        assert Signature.objects.filter(content_sha256=interview.content_sha256).count() == 2
        assert not Interview.objects.missing(timezone.localdate()).exists()
        assert Deadline.objects.open().filter(kind="interview").count() == 2
        with pytest.raises(ProgrammingError), transaction.atomic():
            Interview.objects.filter(pk=interview.pk).update(texts={})
        with pytest.raises(IllegalMove):
            sign(interview, user)
        with pytest.raises(Refused):
            write(interview, advisor)

    def test_a_correction_gives_it_back_and_wants_signing_anew(self) -> None:
        user, advisor = salaried()
        interview = propose(write(owed(user), advisor), advisor)
        with pytest.raises(Refused) as refusal:
            reopen_interview(interview, remark=" ", actor=user)
        assert refusal.value.code == Code.VALUE_MISSING
        back = reopen_interview(interview, remark="Les congés sont faux.", actor=user)
        assert (back.state, back.content_sha256) == ("due", "")
        with pytest.raises(IllegalMove):
            sign(back, user)
        again = propose(write(back, advisor, texts=TEXTS | {"leave": "Douze jours."}), advisor)
        assert again.remark == ""
        assert sign(again, user).state == "signed"

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"held_on": None}, "held_on"),
            ({"texts": TEXTS | {"health": " "}}, "health"),
        ],
    )
    def test_nothing_half_written_is_proposed(self, change: dict[str, Any], field: str) -> None:
        user, advisor = salaried()
        interview = write(owed(user), advisor, **change)
        with pytest.raises(Refused) as refusal:
            propose(interview, advisor)
        assert refusal.value.field == field
        interview.refresh_from_db()
        assert interview.state == "due"
        assert not Signature.objects.filter(purpose__startswith="entrepreneurs.interview").exists()

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"version": 7}, Code.STALE_FORM),
            ({"held_on": timezone.localdate() + timedelta(days=1)}, Code.DATE_INVALID),
            ({"texts": {"review": "x" * 6001}}, Code.TEXT_TOO_LONG),
        ],
    )
    def test_what_cannot_be_written_is_refused(self, change: dict[str, Any], code: Code) -> None:
        user, advisor = salaried()
        interview = owed(user)
        with pytest.raises(Refused) as refusal:
            write(interview, advisor, **change)
        assert refusal.value.code == code
        interview.refresh_from_db()
        assert interview.version == 1

    def test_set_aside_for_a_reason_it_is_owed_no_more(self) -> None:
        user, advisor = salaried()
        interview = owed(user)
        with pytest.raises(Refused):
            cancel_interview(interview, reason="", actor=advisor)
        cancel_interview(interview, reason="Congé maternité", actor=advisor)
        assert not Interview.objects.missing(timezone.localdate()).exists()
        with pytest.raises(IllegalMove):
            propose(interview, advisor)

    def test_its_pdf_is_made_once_it_is_signed(self) -> None:
        user, advisor = salaried()
        interview = propose(write(owed(user), advisor), advisor)
        assert archive_interview(interview.pk) is None
        sign(interview, user)
        document = archive_interview(interview.pk)
        assert document is not None
        assert archive_interview(interview.pk) == document


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
def test_its_pages_lead_to_the_two_signatures(settings: Any) -> None:
    user, advisor = salaried()
    interview = owed(user)

    def page(name: str) -> str:
        return reverse(f"entrepreneurs:interview_{name}", args=[interview.pk])

    assert client_of(user).get(page("write")).status_code == 403
    sent = TEXTS | {"held_on": timezone.localdate().isoformat(), "version": interview.version}
    assert client_of(advisor).post(page("write"), sent).status_code == 302
    proposing = {"typed": "Hélène", "shown": interview.version + 1}
    assert client_of(advisor).post(page("propose"), proposing).status_code == 302
    assert client_of(advisor).post(page("sign"), {"typed": "Hélène"}).status_code == 403
    interview.refresh_from_db()
    read = interview.content_sha256
    assert f"{page('sign')}?vu={read}" in client_of(user).get(page("detail")).content.decode()
    shown = client_of(user).get(page("sign"), {"vu": read}).context["form"]["shown"].value()
    # Behind a proxy of ours, the evidence keeps where the person is.
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    typed = {"typed": "Claire", "shown": shown}
    signed = client_of(user).post(page("sign"), typed, headers={"x-forwarded-for": "203.0.113.9"})
    assert signed.status_code == 302
    assert Signature.objects.latest("pk").ip == "203.0.113.9"
    interview.refresh_from_db()
    assert interview.state == "signed"


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
def test_nobody_signs_other_words_than_those_they_read() -> None:
    user, advisor = salaried()
    first = write(owed(user), advisor)
    url = reverse("entrepreneurs:interview_propose", args=[first.pk])
    changed = write(first, advisor, texts=TEXTS | {"leave": "Dix jours."})
    late = client_of(advisor).post(url, {"typed": "Hélène", "shown": first.version})
    assert "a modifié cette fiche" in late.content.decode()
    assert Interview.objects.get(pk=first.pk).state == "due"
    read = propose(changed, advisor)
    back = reopen_interview(read, remark="Une erreur.", actor=advisor)
    again = propose(write(back, advisor, texts=TEXTS | {"leave": "Aucun jour."}), advisor)
    url = reverse("entrepreneurs:interview_sign", args=[first.pk])
    for shown in (read.content_sha256, "x"):
        answer = client_of(user).post(url, {"typed": "Claire", "shown": shown})
        assert "relisez-le avant de signer" in answer.content.decode()
    assert client_of(user).post(url, {"typed": "Claire"}).status_code == 422
    assert Interview.objects.get(pk=first.pk).state == "proposed"
    assert Signature.objects.filter(content_sha256=again.content_sha256).count() == 1
    client_of(user).post(url, {"typed": "Claire", "shown": again.content_sha256})
    assert Interview.objects.get(pk=first.pk).state == "signed"


@pytest.mark.django_db
def test_an_interview_that_changes_the_terms_opens_the_amendment_with_its_words(demonstration: None) -> None:
    """The words are proposed, changed by who prepares, written in the draft; the interview shows it."""
    user, advisor = salaried()
    interview = write(owed(user), advisor, wants_amendment=True)
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    client = client_of(hr)
    contract = interview.contract
    amend = reverse("entrepreneurs:contract_amend", args=[contract.pk])
    assert f"{amend}?entretien={interview.pk}" in client.get(interview.get_absolute_url()).content.decode()
    for named in ("", "?entretien=x", "?entretien=0"):
        assert "objectives" not in client.get(amend + named).context["form"].fields
    page = f"{amend}?entretien={interview.pk}"
    form = client.get(page).context["form"]
    assert form["objectives"].value() == TEXTS["objectives"]
    typed = {"starts_on": form["starts_on"].value(), "subject": form["subject"].value()}
    assert client.post(page, typed | {"subject": ""}).status_code == 422
    assert contract.terms.count() == 1
    before = contract.terms.get().objectives
    assert client.post(page, typed | {"objectives": "Cinq clients réguliers."}).status_code == 302
    first, draft = contract.terms.order_by("number")
    assert (first.objectives, draft.objectives) == (before, "Cinq clients réguliers.")
    assert draft.starts_on > timezone.localdate()
    assert draft.subject in client.get(interview.get_absolute_url()).content.decode()
    with pytest.raises(Refused):
        draft_amendment(
            contract, starts_on=draft.starts_on, subject="x", changed={"programme": "x"}, actor=hr
        )
