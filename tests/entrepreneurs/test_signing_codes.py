"""The mail of a signing code leads each signer back to the very page where they sign (ENT-23, ENT-44)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core import mail as mails
from cae.core.models import OutgoingEmail
from cae.core.settings import set_setting
from entrepreneurs.models import Agreement, AgreementShare, ContractTerms
from entrepreneurs.selectors.signing import CODE_SETTING, awaited_signatory
from entrepreneurs.services.agreements import propose_agreement
from people.models import Person, User
from people.states import RoleKind
from tests.factories.collectives import HALVES, contents, make_agreement
from tests.factories.contracts import hand_over, make_draft, make_signer
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_person, make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

EVERY_SPACE = re.compile(r"\s+")


def codes_asked() -> None:
    set_setting(CODE_SETTING, value="always", valid_from=BEGINNING, actor=None, reason="pour le test")


def terms_by_link() -> tuple[ContractTerms, str]:
    """A contract that waits for somebody without account, and the address of their personal link."""
    person = make_person(address_line="1 rue", postcode="40000", city="Dax")
    terms = hand_over(make_draft(person).terms.get(), at=timezone.now())
    codes_asked()
    return terms, _page_of(OutgoingEmail.objects.get(cause="entrepreneurs.contract.sign"))


def share_by_link(user: User) -> tuple[AgreementShare, str]:
    """The same of the agreement of a collective, whose other member has an account."""
    assert user.person is not None
    guest = make_person(email="jean@exemple.fr")
    activity = make_activity(user.person, guest, kind="collective", name="Les Deux Rives")
    agreement = make_agreement(activity, contents([user.person, guest], HALVES))
    propose_agreement(agreement, actor=None)
    codes_asked()
    share = agreement.shares.get(person=guest)
    return share, _page_of(OutgoingEmail.objects.get(cause="entrepreneurs.agreement.sign"))


def _page_of(mail: OutgoingEmail) -> str:
    """Where the button of a mail leads, as its reader finds it in the text."""
    found = re.search(re.escape(settings.SITE_URL) + r"(/\S*signer\S*)", mail.text)
    assert found is not None
    assert found.group() in mail.html
    return found.group(1)


def last_code() -> tuple[OutgoingEmail, str]:
    mail = OutgoingEmail.objects.filter(cause="entrepreneurs.signing.code").latest("pk")
    found = re.search(r"\b\d{6}\b", mail.text)
    assert found is not None
    return mail, found.group()


def typed(shown: str, code: str) -> dict[str, Any]:
    return {"way": "typed", "typed": "Jean", "accepted": "on", "shown": shown, "code": code}


@pytest.mark.parametrize("paper", ["contract", "agreement"])
def test_without_account_the_mail_of_a_code_leads_back_to_ones_own_link_and_signs_there(paper: str) -> None:
    if paper == "contract":
        terms, page = terms_by_link()
        shown = terms.content_sha256
    else:
        share, page = share_by_link(make_user(RoleKind.ENTREPRENEUR))
        shown = Agreement.objects.get(pk=share.agreement_id).content_sha256
    asked = Client().post(f"{page}code/")
    assert (asked.status_code, asked["Location"]) == (302, page)
    mail, code = last_code()
    # Another browser, nobody signed in: the button opens the place where one signs, not a sign-in.
    guest, back = Client(), _page_of(mail)
    opened = guest.get(back)
    assert opened.status_code == 200
    assert {"code", "typed", "accepted"} <= set(opened.context["form"].fields)
    assert guest.post(back, typed(shown, "000000" if code != "000000" else "111111")).status_code == 422
    assert guest.post(back, typed(shown, code))["Location"] == page
    assert "Vous avez signé" in EVERY_SPACE.sub(" ", guest.get(page).content.decode())
    # Sent, the mail kept as a proof opens nothing to who reads it.
    mails.forget_secret(mail)
    for text in (mail.text, mail.html, mail.secret):
        assert code not in text
        assert page not in text


def test_with_an_account_it_leads_to_the_page_of_that_signer() -> None:
    user, manager = make_signer(), make_user(RoleKind.CO_MANAGER)
    assert user.person is not None
    terms = hand_over(make_draft(user.person).terms.get(), at=timezone.now())
    member = make_user(RoleKind.ENTREPRENEUR)
    share, _link = share_by_link(member)
    agreement = Agreement.objects.get(pk=share.agreement_id)
    asked = (
        (user, "terms_code", "terms_sign", terms.pk),
        (member, "agreement_code", "agreement_sign", agreement.pk),
        (manager, "agreement_house_code", "agreement_countersign", agreement.pk),
    )
    for signer, act, where, pk in asked:
        page = reverse(f"entrepreneurs:{where}", args=[pk])
        answer = client_of(signer).post(reverse(f"entrepreneurs:{act}", args=[pk]))
        assert answer["Location"] == page, where
        mail, code = last_code()
        assert (mail.to, mail.secret) == (signer.email, code)
        found = re.search(re.escape(settings.SITE_URL) + r"(/\S+signer/)", mail.text)
        assert found is not None
        assert found.group(1) == page
        assert Client().get(page).status_code == 302, "only who has an account is led to sign in"
        assert client_of(signer).get(page).status_code == 200


def test_too_many_codes_are_refused_and_mail_nothing() -> None:
    terms, page = terms_by_link()
    for _each in range(6):
        answer = Client().post(f"{page}code/", follow=True)
    assert "Trop de codes demandés" in answer.content.decode()
    assert OutgoingEmail.objects.filter(cause="entrepreneurs.signing.code").count() == 5
    assert awaited_signatory(terms) is not None


def test_a_code_needs_an_address_and_a_refusal_says_so_on_the_page() -> None:
    _share, page = share_by_link(make_user(RoleKind.ENTREPRENEUR))
    Person.objects.filter(email="jean@exemple.fr").update(email="")
    answer = Client().post(f"{page}code/", follow=True)
    assert "Aucune adresse e-mail n’est connue" in answer.content.decode()
    assert not OutgoingEmail.objects.filter(cause="entrepreneurs.signing.code").exists()


@pytest.mark.parametrize("paper", ["contract", "agreement"])
def test_who_does_not_sign_says_why_on_one_page_for_both_papers(paper: str) -> None:
    page = terms_by_link()[1] if paper == "contract" else share_by_link(make_user(RoleKind.ENTREPRENEUR))[1]
    guest, decline = Client(), Client().get(page).context["links"]["decline"]
    shown = guest.get(decline)
    assert page in shown.content.decode(), "one may go back to where one signs"
    assert "Votre motif est transmis" in shown.content.decode()
    assert guest.post(decline, {"reason": " "}).status_code == 422
    assert guest.get(page).status_code == 200
    assert guest.post(decline, {"reason": "La part est trop petite"})["Location"] == reverse("portal:home")
    assert guest.get(page).status_code >= 400
