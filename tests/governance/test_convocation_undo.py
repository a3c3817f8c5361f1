"""Convocations put right, and those whom no mail reaches (GOV-20)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code
from governance.models import Assembly, Convocation
from governance.selectors.preparing import out_of_mail
from governance.services import amendments, convening
from governance.services.amendments import AmendmentData
from governance.services.convocation_files import make_convocation_files
from people.models import Organisation, User
from tests.factories.governance import make_assembly, make_associate, make_organiser, make_resolution
from tests.factories.governance_assemblies import make_draft, make_posted, make_reached
from tests.governance.refusals import refused
from tests.pages import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> User:
    return make_organiser()


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


def test_a_letter_noted_by_mistake_is_to_be_posted_again(actor: User) -> None:
    make_posted()
    assembly = convened(actor)
    with refused(Code.ILLEGAL_MOVE):
        convening.take_back_posting(assembly.convocations.get(), actor=actor)
    row = convening.take_back_posting(posted(assembly, actor), actor=actor)
    assert (row.posted_on, row.posted_by) == (None, None)
    proven = convening.add_proof(
        posted(assembly, actor),
        tracking="1A 123",
        content=None,
        name="",
        actor=actor,
        on=timezone.localdate(),
    )
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
