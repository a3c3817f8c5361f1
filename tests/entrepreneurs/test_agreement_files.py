"""The signed agreement of a collective has its PDF with the proof, for each party, made once (ENT-44)."""

from __future__ import annotations

from io import BytesIO

import pgtrigger
import pypdf
import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.documents import read_document
from cae.core.errors import Code, Refused
from cae.core.models import Document, Notice, OutgoingEmail
from cae.core.signing import Hand, Origin
from entrepreneurs.agreement_mails import SIGNED
from entrepreneurs.models import Agreement
from entrepreneurs.services.agreement_files import archive_signed_agreement, archive_waiting_agreements
from entrepreneurs.services.agreement_signing import countersign_agreement, sign_agreement
from entrepreneurs.services.agreements import propose_agreement
from people.models import User
from people.states import RoleKind
from tests.core.test_signing import png
from tests.factories.collectives import (
    HALVES,
    contents,
    make_agreement,
    make_collective,
    signed_agreement,
)
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_person, make_user
from tests.judges import judge_archives
from tests.pages import client_of

pytestmark = pytest.mark.django_db


def signed_by_all(member: User) -> tuple[Agreement, str]:
    """A version signed by a member with an account, one without, then the house; the link of the copy."""
    assert member.person is not None
    guest = make_person(email="jean@exemple.fr")
    own = make_activity(member.person, name="L’Atelier <du Gué>")
    activity = make_activity(member.person, guest, kind="collective", name="Les Deux Rives")
    shares = contents([member.person, guest], HALVES, credited=[own, None])
    agreement = propose_agreement(make_agreement(activity, shares), actor=None)
    at, origin = timezone.now(), Origin("192.0.2.7", "Essai/1.0")
    for person, hand in (
        (member.person, Hand(str(member.person), typed="Ana B.")),
        (guest, Hand(str(guest), drawing=png())),
    ):
        sign_agreement(agreement, person=person, hand=hand, origin=origin, at=at, actor=None)
    assert archive_signed_agreement(agreement.pk) is None, "the house has not signed yet"
    assert not Document.objects.filter(kind="entrepreneurs.signed_agreement").exists()
    hand = Hand("Claire Vidal", "Cogérante", typed="Claire Vidal")
    manager = make_user(RoleKind.CO_MANAGER)
    agreement = countersign_agreement(agreement, hand=hand, origin=origin, at=at, actor=manager)
    mail = OutgoingEmail.objects.get(cause="entrepreneurs.agreement.signed")
    assert mail.to == guest.email
    return agreement, mail.secret.rstrip("/").rpartition("/")[2]


@pytest.mark.slow
@pytest.mark.usefixtures("demonstration")
def test_it_is_made_once_says_all_that_was_signed_and_opens_to_each_party() -> None:
    member = make_user(RoleKind.ENTREPRENEUR)
    agreement, token = signed_by_all(member)
    guest, page = Client(), reverse("entrepreneurs:agreement_by_link", args=[token])
    file = reverse("entrepreneurs:agreement_file_by_link", args=[token])
    assert guest.get(file).status_code == 404, "not made yet: the page shows the text alone"
    assert file not in guest.get(page).content.decode()
    made = archive_signed_agreement(agreement.pk)
    assert made is not None
    assert archive_signed_agreement(agreement.pk) == made, "twice is once"
    assert archive_waiting_agreements() == 0
    assert Document.objects.filter(kind="entrepreneurs.signed_agreement").get() == made
    content = read_document(made)
    sheets = pypdf.PdfReader(BytesIO(content)).pages
    bare = "".join("".join(sheet.extract_text() for sheet in sheets).replace("-", "").split())
    for said in ("Les Deux Rives", "Chacun apporte ses clients", "50 %", "L’Atelier <du Gué>", "un compte à"):
        assert said.replace(" ", "") in bare, said
    agreement.refresh_from_db()
    signatures = [share.signature for share in agreement.shares.select_related("signature")]
    assert agreement.content_sha256 in bare
    for signature in (*signatures, agreement.countersignature):
        assert signature is not None
        assert signature.seal in bare
        assert signature.terms == "J’ai lu ce document en entier et je le signe."
        assert signature.signer_name.replace(" ", "") in bare
    assert judge_archives({"agreement": content}) == {"agreement": []}
    # The member by account, the other by the link of their copy; nobody else.
    opened = reverse("core:document", args=[made.pk])
    assert Notice.objects.filter(kind=SIGNED, user=member).exists()
    for address in (
        agreement.get_absolute_url(),
        reverse("entrepreneurs:agreement_list", args=[agreement.activity_id]),
    ):
        assert opened in client_of(member).get(address).content.decode()
    assert client_of(member).get(opened).status_code == 200
    assert client_of(make_user(RoleKind.ENTREPRENEUR)).get(opened).status_code == 404
    assert Client().get(opened).status_code == 302
    assert file in guest.get(page).content.decode()
    assert guest.get(file).content == content
    assert "noindex" in guest.get(file)["X-Robots-Tag"]


def test_a_text_changed_behind_its_back_makes_no_pdf_and_keeps_no_other_waiting() -> None:
    changed, sound = (
        signed_agreement(activity, contents(people, HALVES))
        for activity, people in (make_collective() for _each in range(2))
    )
    with pgtrigger.ignore("entrepreneurs.Agreement:agreement_frozen"):
        Agreement.objects.filter(pk=changed.pk).update(functioning="Autre chose.")
    with pytest.raises(Refused) as refusal:
        archive_signed_agreement(changed.pk)
    assert refusal.value.code == Code.FILE_REFUSED
    assert archive_waiting_agreements() == 1
    sound.refresh_from_db()
    changed.refresh_from_db()
    assert (sound.signed_pdf_id is not None, changed.signed_pdf_id) == (True, None)
    assert archive_waiting_agreements() == 0


def test_what_was_signed_and_its_pdf_are_never_replaced() -> None:
    activity, people = make_collective()
    agreement = signed_agreement(activity, contents(people, HALVES))
    made = archive_signed_agreement(agreement.pk)
    other, theirs = make_collective()
    waiting = propose_agreement(make_agreement(other, contents(theirs, HALVES)), actor=None)
    for pk, change in (
        (agreement.pk, {"signed_pdf": None}),
        (agreement.pk, {"content_sha256": "0" * 64}),
        (agreement.pk, {"countersignature": None}),
        (waiting.pk, {"signed_pdf": made}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Agreement.objects.filter(pk=pk).update(**change)  # type: ignore[arg-type]
    agreement.refresh_from_db()
    assert agreement.signed_pdf == made
