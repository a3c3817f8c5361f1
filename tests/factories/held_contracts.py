"""Contracts of one person as the pages of the house show them: one to sign, one signed, a letter to come."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from entrepreneurs.models import ContractDeclaration
from entrepreneurs.selectors.signing import awaited_signatory
from entrepreneurs.services.clauses import draft_amendment
from people.models import Person, User
from tests.factories.contracts import hand_over, make_draft, make_signed, make_signer, no_code


def held_by(user: User) -> dict[str, Any]:
    """What somebody has: a contract to sign, and what is to be declared of it."""
    no_code()
    Person.objects.filter(pk=user.person_id).update(city="Dax", postcode="40100")
    person = Person.objects.get(pk=user.person_id)
    contract = make_draft(person)
    terms = hand_over(contract.terms.get(), at=timezone.now())
    declaration = ContractDeclaration.objects.create(
        contract=contract, body="urssaf", event="signature", due_on=date(2026, 12, 31)
    )
    return {
        "contract": contract,
        "terms": terms,
        "person": person,
        "declaration": declaration,
        "signatory": awaited_signatory(terms),
    }


def contracted() -> dict[str, Any]:
    """A person with a contract to sign, another with a CAPE in force and one with an amended CESA."""
    user, tester, salaried = make_signer(), make_signer(), make_signer()
    today = timezone.localdate()
    cape = make_signed(
        tester, starts_on=today - timedelta(days=30), ends_on=today + timedelta(days=60), at=timezone.now()
    )
    cesa = make_signed(salaried, kind="cesa", starts_on=today - timedelta(days=200), at=timezone.now())
    amendment = draft_amendment(
        cesa, starts_on=today + timedelta(days=30), subject="Nouveaux objectifs", actor=None
    )
    return held_by(user) | {
        "user": user,
        "cape": cape,
        "tester": tester.person,
        "cesa": cesa,
        "amendment": amendment,
        "declared": cape.declarations.earliest("pk"),
        "draft": make_draft(make_signer().person),
    }
