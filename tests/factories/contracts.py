"""Contracts at each of their states, made through their services."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from cae.core.settings import set_setting
from cae.core.signing import Hand, Origin
from entrepreneurs.models import Contract, ContractTerms, Signatory
from entrepreneurs.selectors.signing import CODE_SETTING, awaited_signatory
from entrepreneurs.services import signature_rounds, signing
from entrepreneurs.services.clauses import write_clauses
from entrepreneurs.services.contracts import draft_contract
from people.models import Person, User
from people.states import RoleKind
from tests.factories.kernel import BEGINNING, make_cooperative
from tests.factories.people import make_person, make_user

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

CLAUSES_OF: dict[str, dict[str, Any]] = {
    "support_agreement": {"programme": "Deux ateliers.", "means": "Un rendez-vous par mois."},
    "cape": {
        "programme": "Étude de marché.",
        "commitments_before": "Suivre les ateliers.",
        "commitments_after": "Rendre compte chaque mois.",
        "means": "Un rendez-vous par mois.",
        "contribution_rule": "10 % de la marge.",
        "third_parties_clause": "La coopérative porte les engagements.",
        "accounts_rhythm": "month",
        "early_end_clause": "Par écrit.",
    },
    "cesa": {
        "objectives": "Trois clients réguliers.",
        "minimum_amount": Decimal("1500.00"),
        "minimum_period": "month",
        "means": "Un rendez-vous par mois.",
        "contribution_rule": "10 % de la marge.",
        "fixed_part": Decimal("800.00"),
        "variable_method": "Le résultat, après provision.",
        "statutes_version": "statuts du 12 juin 2025",
        "customers_clause": "La clientèle reste à l’entrepreneur·e.",
        "property_clause": "Les œuvres restent à l’entrepreneur·e.",
        "associate_clause": "Une demande écrite.",
    },
    "other": {"other_clauses": "Une mission."},
}


def no_code() -> None:
    """The house asks no code: signing is then one post."""
    set_setting(CODE_SETTING, value="never", valid_from=BEGINNING, actor=None, reason="pour le test")


def make_signer(**fields: Any) -> User:
    """Somebody with an address and an account, without any role yet."""
    address = {"address_line": "1 rue des Tests", "postcode": "40000", "city": "Mont-de-Marsan"}
    return make_user(person=make_person(**(address | fields)))


def make_manager() -> User:
    return make_user(RoleKind.CO_MANAGER)


def make_draft(
    person: Person,
    *,
    kind: str = "cape",
    starts_on: date = date(2026, 12, 1),
    ends_on: date | None = date(2027, 5, 31),
    whole: bool = True,
    **details: Any,
) -> Contract:
    """A draft, whole unless said otherwise."""
    make_cooperative()
    if kind == "cesa":
        ends_on = details.pop("last", None)
    contract = draft_contract(person, kind=kind, starts_on=starts_on, ends_on=ends_on, actor=None, **details)
    if whole:
        write_clauses(contract.terms.get(), clauses=CLAUSES_OF[kind], actor=None)
    return contract


def hand_over(terms: ContractTerms, *, at: datetime = NOW) -> ContractTerms:
    """The clauses, to sign."""
    signature_rounds.send(terms, actor=None, at=at)
    terms.refresh_from_db()
    return terms


def sign_next(terms: ContractTerms, by: User, *, at: datetime = NOW, **changes: Any) -> Signatory:
    """The next signature, typed."""
    signatory = awaited_signatory(ContractTerms.objects.get(pk=terms.pk))
    assert signatory is not None
    said: dict[str, Any] = {
        "hand": Hand(str(by), typed=str(by)),
        "shown_sha256": terms.content_sha256,
        "accepted": True,
        "origin": Origin("192.0.2.1", "Essai"),
    }
    return signing.sign_terms(signatory, **(said | changes), actor=by, at=at)


def make_signed(user: User, *, manager: User | None = None, at: datetime = NOW, **details: Any) -> Contract:
    """A contract that both parties signed."""
    no_code()
    assert user.person is not None
    contract = make_draft(user.person, **details)
    terms = hand_over(contract.terms.get(), at=at)
    sign_next(terms, user, at=at)
    sign_next(terms, manager or make_manager(), at=at)
    contract.refresh_from_db()
    return contract
