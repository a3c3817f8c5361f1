"""Two drafts at once for one person, eight signatures at once, a signature while the paper is taken back."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from cae.core.errors import Refused
from cae.core.models import Document, Notice, Signature
from entrepreneurs.models import Contract, ContractTerms, Signatory
from entrepreneurs.selectors.signing import awaited_signatory
from entrepreneurs.services import signature_rounds, signing
from entrepreneurs.services.contracts import draft_contract
from entrepreneurs.services.signature_rounds import CONTRACT_FILE
from people.models import Person
from tests.factories.contracts import NOW, hand_over, make_draft, make_signer, no_code
from tests.factories.people import make_person
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def _draft(person: Person) -> Contract:
    return draft_contract(
        person, kind="cape", starts_on=date(2027, 1, 1), ends_on=date(2027, 6, 30), actor=None
    )


def test_two_drafts_at_once_make_one(race: Race) -> None:
    person = make_person()
    results = race([partial(_draft, person) for _ in range(4)])
    assert sum(isinstance(found, Refused) for found in results) == 3
    assert Contract.objects.count() == 1


def test_signatures_at_once_make_one(race: Race) -> None:
    no_code()
    user = make_signer()
    terms = hand_over(make_draft(user.person).terms.get())
    signatory = awaited_signatory(terms)
    assert signatory is not None

    def sign() -> None:
        signing.sign_terms(
            signatory,
            hand=signing.Hand("Claire", typed="Claire"),
            shown_sha256=terms.content_sha256,
            accepted=True,
            origin=signing.Origin("192.0.2.1", "Essai"),
            actor=user,
            at=NOW,
        )

    results = race([sign for _ in range(4)])
    assert sum(isinstance(found, Refused) for found in results) == 3
    assert Signature.objects.count() == 1


def test_one_contract_is_handed_to_be_signed_once(race: Race) -> None:
    """Two clicks, and a draft given up at the same instant."""
    no_code()
    user = make_signer()
    contract = make_draft(user.person)
    terms = contract.terms.get()
    results = race([partial(signature_rounds.send, terms, actor=None, at=NOW)] * 3)
    assert sum(isinstance(found, Refused) for found in results) == 2
    contract.refresh_from_db()
    assert contract.state == "to_sign"
    assert Document.objects.filter(kind=CONTRACT_FILE).count() == 1
    assert Signatory.objects.count() == 2
    assert Notice.objects.filter(user=user).count() == 1
    give_up = partial(signature_rounds.cancel, terms, actor=None, at=NOW)
    race([give_up, give_up, partial(signature_rounds.take_back, terms, actor=None, at=NOW)])
    row = ContractTerms.objects.select_related("contract").get(pk=terms.pk)
    assert row.state == row.contract.state
    assert row.state in ("cancelled", "draft")


def test_signed_or_taken_back_never_half(race: Race) -> None:
    no_code()
    user = make_signer()
    terms = hand_over(make_draft(user.person).terms.get())
    signatory = awaited_signatory(terms)
    assert signatory is not None
    refuse = partial(signature_rounds.decline, signatory, reason="Non", actor=user, at=NOW)
    race([refuse, partial(signature_rounds.take_back, terms, actor=None, at=NOW)])
    row = ContractTerms.objects.select_related("contract").get(pk=terms.pk)
    assert (row.state, row.contract.state) == ("draft", "draft")
