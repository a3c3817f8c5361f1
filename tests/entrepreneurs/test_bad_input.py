"""The bad inputs that issue 4 names, each at its page: one French sentence at the right field, the right
status, nothing changed. Two reviewers at once: tests/races/test_welcome.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.links import create_link
from cae.core.middleware import BodyMiddleware
from entrepreneurs.contract_mails import SIGN_LINK
from entrepreneurs.models import Contract, SupportKind, SupportRequest
from entrepreneurs.selectors.signing import awaited_signatory
from entrepreneurs.services.absences import Days, record_absence
from entrepreneurs.services.clauses import write_clauses
from entrepreneurs.services.signing import MAX_SCAN
from people.models import User
from people.services.statuses import open_status
from people.states import RoleKind
from people.states.statuses import StatusKind
from tests.factories import applications
from tests.factories.coaching import make_coached, make_slots, person_of, slots_of
from tests.factories.contracts import CLAUSES_OF, hand_over, make_draft, make_signer, no_code
from tests.factories.desk import make_exit
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_person, make_user
from tests.house.moving import changed_since, everything
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

MEGABYTE = 1024 * 1024


@dataclass
class Sent:
    """What somebody sends, and what must come back: a field of the form, or the page itself (« »)."""

    client: Client
    address: str
    content: dict[str, Any]
    sentence: str
    field: str = ""
    status: int = 422


def hr() -> Client:
    return client_of(make_user(RoleKind.HUMAN_RESOURCES))


def overlapping_statuses() -> Sent:
    person = make_person()
    open_status(
        person,
        kind=StatusKind.COMMUNITY_MEMBER,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 6, 30),
        reason="Mutuelle",
        actor=None,
    )
    typed = {"kind": "community_member", "starts_on": "2026-06-30", "ends_on": "", "reason": "Mutuelle"}
    sentence = (
        "Sur ces dates, cette personne est déjà « Membre de la communauté » (du 01/01/2026 au 30/06/2026)."
    )
    return Sent(hr(), reverse("people:status_record", args=[person.pk]), typed, sentence, "starts_on")


def cesa_without_objectives() -> Sent:
    no_code()
    contract = make_draft(person_of(make_signer()), kind="cesa", whole=False)
    terms = contract.terms.get()
    write_clauses(terms, clauses=CLAUSES_OF["cesa"] | {"objectives": ""}, actor=None)
    address = reverse("entrepreneurs:terms_send", args=[terms.pk])
    sentence = "« Objectifs » est obligatoire dans ce contrat (C. trav. L7331-2, a)."
    return Sent(hr(), address, {}, sentence, "objectives")


def deadline_in_the_past() -> Sent:
    yesterday = timezone.localdate() - timedelta(days=1)
    typed = {"person": make_person().pk, "kind": "residence_permit", "due_on": yesterday.isoformat()}
    sentence = "Cette date est passée : indiquez un jour à venir."
    return Sent(hr(), reverse("people:deadline_write"), typed, sentence, "due_on")


def the_same_person_twice() -> Sent:
    waiting = applications.submitted()
    again = applications.whole("idea")
    address = reverse("entrepreneurs:application_check", args=[applications.link_of(again)])
    sentence = f"Votre candidature {waiting.reference} attend déjà une réponse"
    return Sent(Client(), address, {"consents": "on"}, sentence)


def _scan(megabytes: int) -> tuple[Client, str, dict[str, Any]]:
    no_code()
    terms = hand_over(make_draft(person_of(make_signer())).terms.get(), at=timezone.now())
    content = applications.PDF + b"0" * (megabytes * MEGABYTE)
    typed = {"signed_on": timezone.localdate().isoformat(), "scan": SimpleUploadedFile("a.pdf", content)}
    return hr(), reverse("entrepreneurs:terms_paper", args=[terms.pk]), typed


def a_scan_of_21_megabytes() -> Sent:
    sentence = "Ce fichier dépasse 20 Mo : numérisez en noir et blanc, ou en plus basse définition."
    return Sent(*_scan(21), sentence, "scan")


def a_scan_of_40_megabytes() -> Sent:
    """More than the server reads from anybody, whatever the page."""
    return Sent(*_scan(40), "aucun fichier ne dépasse 20 Mo ici", status=413)


def a_paper_of_40_megabytes() -> Sent:
    user = make_user(RoleKind.ENTREPRENEUR)
    paper = applications.entering(person_of(user))["missing"]
    scan = SimpleUploadedFile("rib.pdf", applications.PDF + b"0" * (40 * MEGABYTE))
    address = reverse("entrepreneurs:paper_bring", args=[paper.pk])
    return Sent(client_of(user), address, {"file": scan}, "aucun fichier ne dépasse 20 Mo ici", status=413)


def _slot() -> tuple[User, User, dict[str, Any]]:
    """Somebody who read the page of the slots of their advisor."""
    user, advisor = make_coached()
    make_slots(advisor)
    slot = slots_of(advisor)[0]
    typed = {"advisor": slot.advisor_id, "starts_at": slot.starts_at.isoformat(), "mode": "", "note": ""}
    return user, advisor, typed | {"day": slot.day}


def advisor_on_leave() -> Sent:
    user, advisor, typed = _slot()
    day = typed.pop("day")
    record_absence(
        person=person_of(advisor),
        kind="paid_leave",
        days=Days(day, day + timedelta(days=6)),
        note="",
        actor=make_user(RoleKind.HUMAN_RESOURCES),
        on=timezone.localdate(),
    )
    address = reverse("entrepreneurs:meeting_book", args=[user.person_id])
    return Sent(client_of(user), address, typed, f"{person_of(advisor)} ne reçoit pas ce jour-là")


def expired_signature_link() -> Sent:
    no_code()
    terms = hand_over(make_draft(person_of(make_signer())).terms.get(), at=timezone.now())
    signatory = awaited_signatory(terms)
    assert signatory is not None
    ended = timezone.now() - timedelta(minutes=1)
    _link, token = create_link(signatory, purpose=SIGN_LINK, ends_at=ended, actor=None)
    typed = {"way": "typed", "typed": "Moi", "accepted": "on", "shown": terms.content_sha256}
    address = reverse("entrepreneurs:sign_by_link", args=[token])
    return Sent(Client(), address, typed, "Recevoir un nouveau lien", status=410)


def template_with_an_unknown_field() -> Sent:
    typed = {
        "label": "Lettre",
        "body": "{{ personne.prenomm }}",
        "valid_from": timezone.localdate().isoformat(),
    }
    sentence = "Ligne 1, champ inconnu : personne.prenomm — vouliez-vous dire personne.prenom ?"
    return Sent(hr(), reverse("entrepreneurs:letter_text_new"), typed, sentence, "body")


CASES: list[Callable[[], Sent]] = [
    overlapping_statuses,
    cesa_without_objectives,
    deadline_in_the_past,
    the_same_person_twice,
    a_scan_of_21_megabytes,
    a_scan_of_40_megabytes,
    a_paper_of_40_megabytes,
    advisor_on_leave,
    expired_signature_link,
    template_with_an_unknown_field,
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_a_bad_input_gets_one_sentence_and_changes_nothing(case: Callable[[], Sent]) -> None:
    cache.clear()
    sent = case()
    before = everything()
    answer = sent.client.post(sent.address, sent.content)
    assert answer.status_code == sent.status
    assert sent.sentence in text(answer)
    if sent.field:
        shown = answer.context["form"]
        assert list(shown.errors) == [sent.field]
        assert len(shown.errors[sent.field]) == 1
        assert sent.sentence in shown.errors[sent.field][0]
    assert changed_since(before) == []


def test_what_a_page_says_it_takes_is_taken() -> None:
    """A scan of twenty megabytes and the form around it reach their page."""
    assert MAX_SCAN + MEGABYTE < BodyMiddleware.MOST
    client, address, typed = _scan(19)
    assert client.post(address, typed).status_code == 302
    assert Contract.objects.get().state == "signed"


def test_what_no_keyboard_types_is_no_accident() -> None:
    """A NUL, which no database keeps; a filter whose value is none of those offered."""
    user, advisor = make_coached()
    leaving = make_exit(person_of(user), make_user(RoleKind.HUMAN_RESOURCES))
    said = dict.fromkeys(("what", "audience", "given_by", "where"), "Dit")
    kind = SupportKind.objects.create(name="Atelier", starts_on=BEGINNING, **said)
    act = reverse("entrepreneurs:exit_act", args=[leaving.pk])
    for do in ("settle", "unsettle", "follow_up", "\0"):
        answer = hr().post(act, {"do": do, "code": "invoices\0", "note": "réglé\0"})
        assert answer.status_code == 302
    assert [(step.code, step.note) for step in leaving.steps.all()] == []
    hr().post(act, {"do": "settle", "code": "invoices", "note": "réglé\0"})
    assert [(step.code, step.note) for step in leaving.steps.all()] == [("invoices", "réglé")]
    client_of(user).post(reverse("entrepreneurs:support_ask", args=[kind.pk]), {"words": "Un devis\0"})
    assert SupportRequest.objects.get().words == "Un devis"
    officer = make_user(RoleKind.DATA_OFFICER)
    for who, name, field in (
        (advisor, "organisation_list", "archived"),
        (officer, "retention_list", "state"),
    ):
        for value in ("\0", "rien"):
            assert client_of(who).get(reverse(f"people:{name}"), {field: value}).status_code == 200


@pytest.mark.parametrize("instant", ["9999-12-31T23:59", "9999-12-31T00:30", "0001-01-01T00:00"])
def test_an_instant_that_nobody_lives_is_told_so(instant: str) -> None:
    user, advisor = make_coached()
    coach, own, officer = map(client_of, (advisor, user, make_user(RoleKind.DATA_OFFICER)))
    met = {"minutes": "60", "mode": "phone", "purpose": "follow_up", "advisor": advisor.person_id}
    report = {"said": "Bilan", "met_on": timezone.localdate().isoformat(), "form_key": uuid4()}
    incident = {"title": "Clé perdue", "facts": "Dans un train", "data": "Candidatures"}
    before = everything()
    for who, name, args, typed in (
        (coach, "entrepreneurs:report_new", [user.person_id], met | report | {"next_at": instant}),
        (coach, "entrepreneurs:meeting_arrange", [user.person_id], met | {"starts_at": instant}),
        (own, "entrepreneurs:meeting_book", [user.person_id], met | {"starts_at": instant}),
        (officer, "people:incident_new", [], incident | {"known_at": instant}),
    ):
        assert who.post(reverse(name, args=args), typed).status_code == 422
    assert changed_since(before) == []
