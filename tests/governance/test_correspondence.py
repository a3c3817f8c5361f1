"""A vote by correspondence answers each resolution, until the limit; a later one replaces it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from cae.core.documents import read_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import Notice
from governance.models import Assembly, Candidate, CorrespondenceForm, Proxy, VotingRightEvent
from governance.selectors.correspondence import answers_read
from governance.selectors.representation import correspondence_until
from governance.selectors.standing import standing_at
from governance.services.correspondence import Scan, enter_paper_form, send_form
from governance.services.representation_files import make_form
from tests.factories.governance import (
    make_assembly,
    make_associate,
    make_member,
    make_organiser,
    make_resolution,
    make_rule_set,
)
from tests.factories.kernel import make_cooperative
from tests.refusals import refused

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def assembly() -> Assembly:
    return make_assembly(starts_at=timezone.now() + timedelta(days=10))


@pytest.fixture
def ana() -> Any:
    return make_member()


def send(assembly: Assembly, member: Any, answers: dict[str, Any], now: datetime | None = None) -> Any:
    return send_form(
        assembly, associate=member[1], answers=answers, now=now or timezone.now(), actor=member[0]
    )


def test_each_resolution_is_answered_and_the_last_form_counts(assembly: Assembly, ana: Any) -> None:
    text, election = make_resolution(assembly), make_resolution(assembly, method="names", seats=1)
    candidate = Candidate.objects.create(resolution=election, label="Zoé Blin")
    said = {str(text.pk): {"answer": "pour"}, str(election.pk): {"names": [str(candidate.pk)]}}
    first = send(assembly, ana, said)
    second = send(assembly, ana, {**said, str(text.pk): {"answer": "contre"}})
    first.refresh_from_db()
    assert first.replaced_at == second.received_at
    assert [one.words for one in answers_read(second)] == ["Contre", "Zoé Blin"]
    assert standing_at(assembly, timezone.now()).correspondence == {ana[1].pk}


@pytest.mark.parametrize("answers", [{}, {"1": {"answer": "pour"}}])
def test_silence_is_no_answer(assembly: Assembly, ana: Any, answers: dict[str, Any]) -> None:
    text = make_resolution(assembly)
    with pytest.raises(Refused, match="Répondez à la résolution n° 1") as caught:
        send(assembly, ana, answers)
    assert caught.value.field == f"r{text.pk}"
    assert not CorrespondenceForm.objects.exists()


def test_an_answer_that_its_ballot_does_not_offer_is_told_as_what_it_is(assembly: Assembly, ana: Any) -> None:
    election = make_resolution(assembly, method="names", seats=1)
    names = [str(election.candidates.create(label=label).pk) for label in ("Zoé Blin", "Ana Roy")]
    said = "Résolution n° 1. Vous avez choisi plus de noms que de sièges."
    with refused(Code.VALUE_INVALID, f"r{election.pk}", said):
        send(assembly, ana, {str(election.pk): {"names": names}})


def test_an_answer_that_the_ballot_does_not_offer_is_refused(assembly: Assembly, ana: Any) -> None:
    text = make_resolution(assembly)
    with pytest.raises(Refused):
        send(assembly, ana, {str(text.pk): {"answer": "nul"}})
    assert not CorrespondenceForm.objects.exists()


def test_the_limit_is_the_end_of_the_last_day_of_the_rules(assembly: Assembly, ana: Any) -> None:
    text = make_resolution(assembly)
    until = correspondence_until(assembly)
    last = timezone.localdate(assembly.starts_at) - timedelta(days=3)
    assert until == timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
    said = {str(text.pk): {"answer": "pour"}}
    with pytest.raises(Refused, match="Le délai est passé") as caught:
        send(assembly, ana, said, now=until)
    assert caught.value.code == Code.DATE_INVALID
    assert not CorrespondenceForm.objects.exists()
    assert send(assembly, ana, said, now=until - timedelta(minutes=1)).pk


def test_rules_that_do_not_admit_it_refuse_it(ana: Any) -> None:
    assembly = make_assembly(
        starts_at=timezone.now() + timedelta(days=10), rule_set=make_rule_set(correspondence="refused")
    )
    text = make_resolution(assembly)
    with pytest.raises(Refused, match="n’admettent pas"):
        send(assembly, ana, {str(text.pk): {"answer": "pour"}})
    with pytest.raises(Refused, match="n’admettent pas"):
        make_form(assembly, now=timezone.now(), actor=ana[0])
    assert not CorrespondenceForm.objects.exists()


def test_a_suspended_associate_and_an_open_sitting_are_refused(assembly: Assembly, ana: Any) -> None:
    text = make_resolution(assembly)
    said = {str(text.pk): {"answer": "pour"}}
    VotingRightEvent.objects.create(associate=ana[1], kind="suspension", at=timezone.now(), reason="x")
    with pytest.raises(Refused, match="n’a pas le droit de vote"):
        send(assembly, ana, said)
    Assembly.objects.filter(pk=assembly.pk).update(state="open", opened_at=timezone.now())
    with pytest.raises(IllegalMove):
        send(assembly, make_member(), said)
    assert not CorrespondenceForm.objects.exists()


def test_a_form_gives_way_to_who_is_represented(assembly: Assembly, ana: Any) -> None:
    text = make_resolution(assembly)
    send(assembly, ana, {str(text.pk): {"answer": "pour"}})
    Proxy.objects.create(
        assembly=assembly, principal=ana[1], holder=None, given_at=timezone.now() - timedelta(hours=1)
    )
    standing = standing_at(assembly, timezone.now())
    assert (standing.correspondence, standing.blank) == (frozenset(), {ana[1].pk})


def test_a_paper_form_keeps_its_scan_and_tells_the_associate(assembly: Assembly, ana: Any) -> None:
    text = make_resolution(assembly)
    form = enter_paper_form(
        assembly,
        associate=ana[1],
        answers={str(text.pk): {"answer": "abstention"}},
        scan=Scan("formulaire.pdf", PDF),
        now=timezone.now(),
        actor=make_organiser(),
    )
    assert form.document is not None
    assert Notice.objects.get(user=ana[0]).subject == "Votre vote par correspondance est enregistré"
    with pytest.raises(Refused, match="Déposez un PDF"):
        enter_paper_form(
            assembly,
            associate=make_associate(),
            answers={str(text.pk): {"answer": "pour"}},
            scan=Scan("x.txt", b"bonjour"),
            now=timezone.now(),
            actor=make_organiser(),
        )
    assert CorrespondenceForm.objects.count() == 1


def test_the_blank_form_lists_each_resolution(assembly: Assembly, ana: Any) -> None:
    make_cooperative()
    make_resolution(assembly)
    election = make_resolution(assembly, method="schulze")
    Candidate.objects.create(resolution=election, label="Zoé Blin")
    document = make_form(assembly, now=timezone.now(), actor=ana[0])
    assert document.mime == "application/pdf"


def test_the_blank_form_says_how_each_method_is_answered(assembly: Assembly, ana: Any) -> None:
    make_cooperative()
    make_resolution(assembly)
    for method, seats in (("names", 2), ("list", 1), ("majority_judgment", 1), ("schulze", 1)):
        election = make_resolution(assembly, method=method, seats=seats)
        Candidate.objects.create(resolution=election, label="Zoé Blin")
    document = make_form(assembly, now=timezone.now(), actor=ana[0])
    pages = PdfReader(BytesIO(read_document(document))).pages
    printed = " ".join(" ".join(page.extract_text() for page in pages).replace("\xa0", " ").split())
    for words in (
        "Cochez une seule case. □ Pour □ Contre □ Abstention",
        "cochez 2 noms au plus, ou « Vote blanc ». □ Zoé Blin □ Vote blanc",
        "Cochez une seule case. □ Zoé Blin □ Vote blanc",
        "Zoé Blin □ Excellent □ Bien □ Passable □ Insuffisant □ À rejeter",
        "1 devant la première, puis 2, 3… Sans numéro : non classé.",
    ):
        assert words in printed
