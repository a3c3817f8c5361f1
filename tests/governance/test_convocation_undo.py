"""Convocations put right, and those whom no mail reaches (GOV-20)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.utils import ProgrammingError
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import AuditEntry
from governance.models import Assembly, Convocation, FormerProof
from governance.selectors.preparing import out_of_mail
from governance.services import amendments, convening, convocation_proofs
from governance.services.amendments import AmendmentData
from governance.services.convocation_files import make_convocation_files
from governance.services.convocation_proofs import ProofData
from people.models import Organisation, User
from people.states import RoleKind
from tests.factories.governance import make_assembly, make_associate, make_resolution
from tests.factories.governance_assemblies import PDF, make_draft, make_posted, make_reached
from tests.factories.people import make_user
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = pytest.mark.django_db
OTHER_PDF = PDF + b"% another"


def convened(actor: User) -> Assembly:
    return convening.convene(make_draft(), actor=actor, at=timezone.now())


def posted(assembly: Assembly, actor: User) -> Convocation:
    make_convocation_files(assembly.pk)
    row = assembly.convocations.get(channel="letter")
    today = timezone.localdate()
    convening.post_letters(
        assembly, keys=[row.pk], posted_on=today, posted_by=actor, actor=actor, today=today
    )
    row.refresh_from_db()
    return row


def prove(row: Convocation, actor: User, **data: Any) -> Convocation:
    return convocation_proofs.add_proof(row, data=ProofData(**data), actor=actor, at=timezone.now())


def test_a_letter_noted_by_mistake_is_to_be_posted_again(actor: User) -> None:
    make_posted()
    assembly = convened(actor)
    with refused(Code.ILLEGAL_MOVE):
        convening.take_back_posting(assembly.convocations.get(), actor=actor)
    row = convening.take_back_posting(posted(assembly, actor), actor=actor)
    assert (row.posted_on, row.posted_by) == (None, None)
    proven = prove(posted(assembly, actor), actor, tracking="1A 123")
    with refused(Code.ILLEGAL_MOVE, said="gardé"):
        convening.take_back_posting(proven, actor=actor)


@pytest.mark.usefixtures("demonstration")
def test_the_page_of_a_letter_offers_it(actor: User) -> None:
    make_posted()
    assembly = convened(actor)
    row = posted(assembly, actor)
    client = client_of(actor)
    page = client.get(reverse("governance:convocation_detail", args=[row.pk]))
    assert "Notée par erreur" in page.content.decode()
    client.post(reverse("governance:convocation_unpost", args=[row.pk]))
    row.refresh_from_db()
    assert row.posted_on is None


@pytest.mark.usefixtures("demonstration")
def test_those_whom_no_mail_reaches_are_named_before_it_leaves(actor: User) -> None:
    """What is called off by e-mail is not known to who was called by letter."""
    make_reached()
    make_posted(first_name="Ada", last_name="Port")
    assembly = convened(actor)
    assert out_of_mail(assembly) == ["Ada Port"]
    client = client_of(actor)
    for name in ("assembly_cancel", "assembly_move", "paper_new"):
        page = client.get(reverse(f"governance:{name}", args=[assembly.pk]))
        assert "à prévenir par courrier : Ada Port." in page.content.decode(), name


def test_a_legal_person_come_since_and_that_nobody_represents_is_named(actor: User) -> None:
    make_reached()
    assembly = convened(actor)
    make_associate(
        organisation=Organisation.objects.create(name="Ville de Bègles"), admitted_on=date(2026, 1, 1)
    )
    with refused(Code.VALUE_MISSING, said="Ville de Bègles"):
        convening.call_newcomers(assembly, actor=actor, at=timezone.now())


def test_no_letter_follows_a_mail_once_the_sitting_is_over(actor: User) -> None:
    associate = make_reached(address_line="1 rue", postcode="33000", city="Bordeaux")
    assembly = make_assembly(state="closed", associates=(associate,))
    with refused(Code.ILLEGAL_MOVE, said="n’appelle plus"):
        convening.send_letter_instead(assembly.convocations.get(), actor=actor)


def test_a_text_of_one_paragraph_is_not_amended_into_nothing(actor: User) -> None:
    """An empty text would be put to the vote: who wants none votes against."""
    row = make_resolution(make_assembly(), "Un seul paragraphe.")
    with refused(Code.VALUE_INVALID, "kind", "voter contre"):
        amendments.propose_amendment(
            row, data=AmendmentData("delete", 1), author=None, actor=actor, at=timezone.now()
        )


def test_a_wrong_proof_is_replaced_and_stays_beside(actor: User) -> None:
    make_posted()
    row = prove(
        posted(convened(actor), actor), actor, tracking="1A 123", content=PDF, name="mauvais-accuse.pdf"
    )
    wrong = row.proof
    for data, refusal in (
        ({"content": OTHER_PDF}, (Code.VALUE_MISSING, "reason", "Dites pourquoi")),
        ({"tracking": "1A 124"}, (Code.VALUE_MISSING, "reason", "Dites pourquoi")),
        ({"tracking": "1A 123"}, (Code.ALREADY_DONE, "tracking", "déjà noté")),
        ({"content": PDF, "reason": "Encore"}, (Code.ALREADY_DONE, "file", "déjà la preuve")),
        ({"content": OTHER_PDF, "reason": "x" * 301}, (Code.TEXT_TOO_LONG, "reason", "300")),
        ({"content": b"MZ", "reason": "Erreur"}, (Code.FILE_REFUSED, "file", "")),
    ):
        with refused(*refusal):
            prove(row, actor, **data)
        assert not FormerProof.objects.exists()
    prove(row, actor, tracking="1A 124", content=OTHER_PDF, name="accuse.pdf", reason=" Celui  d’un autre ")
    row.refresh_from_db()
    assert row.proof is not None
    assert (row.tracking, row.proof.name) == ("1A 124", "accuse.pdf")
    former = FormerProof.objects.get()
    assert (former.document, former.tracking, former.reason) == (wrong, "1A 123", "Celui d’un autre")
    entry = AuditEntry.objects.get(verb="governance.convocation.replace_proof")
    assert entry.detail == {"reason": "Celui d’un autre"}
    # The number alone, then nothing of it ever goes.
    prove(row, actor, tracking="1A 125", reason="Chiffre mal lu")
    assert set(row.former_proofs.values_list("tracking", "document")) == {
        ("1A 123", wrong.pk if wrong else None),
        ("1A 124", None),
    }
    for act in (former.delete, former.save):
        with pytest.raises(ProgrammingError), transaction.atomic():
            act()


def test_a_number_completed_by_its_file_replaces_nothing(actor: User) -> None:
    make_posted()
    row = prove(posted(convened(actor), actor), actor, tracking="1A 123")
    prove(row, actor, tracking="1A 123", content=PDF, name="accuse.pdf")
    assert not FormerProof.objects.exists()


@pytest.mark.usefixtures("demonstration")
def test_the_page_asks_why_and_shows_what_was_replaced(actor: User) -> None:
    make_posted()
    row, client = posted(convened(actor), actor), client_of(actor)
    address = reverse("governance:convocation_prove", args=[row.pk])
    assert "Pourquoi remplacer" not in text(client.get(address))
    client.post(address, {"tracking": "1A 123", "file": SimpleUploadedFile("un.pdf", PDF)})
    assert "Pourquoi remplacer" in text(client.get(address))
    other = {"tracking": "1A 123", "file": SimpleUploadedFile("deux.pdf", OTHER_PDF)}
    answer = client.post(address, other)
    assert answer.status_code == 422
    assert "Dites pourquoi vous remplacez" in text(answer)
    client.post(address, other | {"file": SimpleUploadedFile("deux.pdf", OTHER_PDF), "reason": "Mauvais pli"})
    shown = client.get(reverse("governance:convocation_detail", args=[row.pk]))
    former = FormerProof.objects.get()
    assert reverse("core:document", args=[former.document_id]) in shown.content.decode()
    assert "Remplacée" in text(shown)
    assert "Mauvais pli" in text(shown)


@pytest.mark.usefixtures("demonstration")
def test_the_list_tells_the_posting_under_the_state_and_exports_it_apart(actor: User) -> None:
    make_posted()
    row = prove(posted(convened(actor), actor), actor, tracking="1A 123", content=PDF, name="accuse.pdf")
    client, address = client_of(actor), reverse("governance:convocation_list", args=[row.assembly_id])
    shown = text(client.get(address))
    assert row.posted_on is not None
    assert f"Postée {row.posted_on:%d/%m/%Y} · {actor.get_full_name()}" in shown
    assert "Déposée 1A 123" in shown
    assert "Postée par" not in shown
    exported = client.get(address, {"export": "csv"}).content.decode()
    for said in ("Postée par", "1A 123", "Déposée"):
        assert said in exported
    assert "row-detail" not in exported


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("kind", [RoleKind.AUDITOR, RoleKind.ADMINISTRATOR])
def test_who_only_reads_is_offered_no_file_that_stays_shut(actor: User, kind: RoleKind) -> None:
    make_posted()
    row = prove(posted(convened(actor), actor), actor, content=PDF, name="un.pdf")
    prove(row, actor, content=OTHER_PDF, name="deux.pdf", reason="Mauvais pli")
    row.refresh_from_db()
    reader = client_of(make_user(kind))
    shown = reader.get(reverse("governance:convocation_detail", args=[row.pk])).content.decode()
    for key in (row.proof_id, row.letter_id, FormerProof.objects.get().document_id):
        address = reverse("core:document", args=[key])
        assert address in shown
        assert reader.get(address).status_code == 200
