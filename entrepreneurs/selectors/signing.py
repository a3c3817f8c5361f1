"""Who is to sign what, in which order; whether a code is asked; what waits for whom (ENT-23)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, F, OuterRef, Q, QuerySet

from cae.core.questions import Given
from cae.core.settings import value_of
from entrepreneurs.models import ContractTerms, Signatory
from entrepreneurs.states.contracts import Party, TermsState
from people.models import Person, Role, User
from people.selectors import held_kinds
from people.states import RoleKind

CODE_SETTING = "entrepreneurs.signing_code"
LINK_DAYS = "entrepreneurs.signing_link_days"


def round_of(terms: ContractTerms) -> list[Signatory]:
    """Gives the signers of the round in progress, or of the last, in order."""
    rows = Signatory.objects.filter(terms=terms, round=terms.round).select_related("person", "signature")
    return list(rows.order_by("rank"))


def awaited_signatory(terms: ContractTerms) -> Signatory | None:
    """Gives whoever is to sign now: one at a time, in order."""
    return next((one for one in round_of(terms) if not one.is_done), None)


def may_sign(user: Any, signatory: Signatory) -> bool:
    """The person themselves; for the cooperative any co-manager but the one whose contract it is."""
    own = getattr(user, "person_id", None)
    if own is None:
        return False
    if signatory.party == Party.PERSON:
        return bool(signatory.person_id == own)
    return RoleKind.CO_MANAGER in held_kinds(user) and signatory.terms.contract.person_id != own


def asks_code(on: date, *, by_link: bool) -> bool:
    """Tells whether a code comes by mail before one signs."""
    asked = value_of(CODE_SETTING, on=on)
    return bool(asked == "always" or (asked == "link" and by_link))


def account_of(person: Person) -> User | None:
    """Gives the open account of a person."""
    return User.objects.filter(person=person, is_active=True).first()


def managers_to_sign(terms: ContractTerms, on: date) -> QuerySet[User]:
    """Gives the accounts that may sign for the cooperative."""
    held = Role.objects.in_force(on).filter(person=OuterRef("person"), kind=RoleKind.CO_MANAGER)
    return User.objects.filter(Exists(held), is_active=True).exclude(person=terms.contract.person_id)


def holders_of(kind: str, on: date) -> QuerySet[User]:
    """Gives the open accounts of a function."""
    held = Role.objects.in_force(on).filter(person=OuterRef("person"), kind=kind)
    return User.objects.filter(Exists(held), is_active=True)


def _owed(own: Q) -> QuerySet[Signatory]:
    before = Signatory.objects.filter(
        terms=OuterRef("terms"), round=OuterRef("round"), rank__lt=OuterRef("rank"), signed_on__isnull=True
    )
    return Signatory.objects.filter(
        own,
        ~Exists(before),
        terms__state=TermsState.TO_SIGN,
        round=F("terms__round"),
        signed_on__isnull=True,
        declined_on__isnull=True,
    )


def signatures_owed() -> QuerySet[Signatory]:
    """Gives what waits for the signature of a person, for a question: nobody before them has yet to sign."""
    as_manager = Q(Given("signs_for_house", BooleanField()), party=Party.COOPERATIVE)
    mine = Q(party=Party.PERSON, person_id=Given("person"))
    return _owed(mine | as_manager & ~Q(terms__contract__person_id=Given("person")))


def to_sign_by(user: Any) -> QuerySet[Signatory]:
    """Gives the same of one person, the oldest first."""
    own = getattr(user, "person_id", None)
    if own is None:
        return Signatory.objects.none()
    mine = Q(party=Party.PERSON, person_id=own)
    if RoleKind.CO_MANAGER in held_kinds(user):
        mine |= Q(party=Party.COOPERATIVE) & ~Q(terms__contract__person_id=own)
    return _owed(mine).select_related("terms__contract__person").order_by("terms__state_since", "pk")
