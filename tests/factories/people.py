"""Legal situations of the room `people`, made through its services."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from typing import Any

import factory
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from people.models import Organisation, Person, Role, Scope, Territory, User
from people.services.accounts import open_account
from people.services.roles import give_role
from people.services.scopes import join_scope, open_scope
from people.services.territories import TerritoryData, save_territory
from people.states import OrganisationKind, RoleKind, ScopeKind, TerritoryKind
from tests.factories.kernel import BEGINNING

PASSWORD = "une-phrase-bien-longue"


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    class Meta:
        model = Person

    first_name = factory.Sequence(lambda n: f"Prénom{n}")
    last_name = factory.Sequence(lambda n: f"Nom{n}")
    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisme {n}")
    kind = OrganisationKind.FIRM


def make_person(**fields: Any) -> Person:
    return PersonFactory.create(**fields)


def make_role(
    person: Person,
    kind: str,
    *,
    scope: Scope | None = None,
    starts_on: date = BEGINNING,
    ends_on: date | None = None,
) -> Role:
    return give_role(
        person,
        kind=kind,
        scope=scope,
        starts_on=starts_on,
        ends_on=ends_on,
        reason="pour le test",
        actor=None,
    )


def make_user(*kinds: str, scope: Scope | None = None, person: Person | None = None, **fields: Any) -> User:
    """An account that holds these roles, of this person or of somebody new."""
    person = person or make_person(**fields)
    for kind in kinds:
        make_role(person, kind, scope=scope)
    return open_account(person, email=person.email, password=PASSWORD, actor=None)


def make_passkey(user: User, *, name: str = "clé bleue", alone: bool = True) -> Authenticator:
    """A key as a browser on localhost would have registered it; nothing here could answer with it."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    attested = AttestedCredentialData.create(Aaguid.NONE, os.urandom(16), public)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(hashlib.sha256(b"localhost").digest(), flags, 0, attested)
    typed = CollectedClientData.create("webauthn.create", os.urandom(32), "http://localhost")
    identifier = websafe_encode(attested.credential_id)
    credential = {
        "id": identifier,
        "rawId": identifier,
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(typed),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": alone}},
    }
    return WebAuthn.add(user, name, credential).instance


def make_admin(**fields: Any) -> User:
    return make_user(RoleKind.ADMINISTRATOR, **fields)


def make_territory(name: str = "Gironde", *, parent: Territory | None = None, code: str = "") -> Territory:
    data = TerritoryData(name=name, code=code or name.upper(), kind=TerritoryKind.AREA, parent=parent)
    return save_territory(None, data=data, actor=None)


def scope_of_territory(territory: Territory) -> Scope:
    return Scope.objects.get(kind=ScopeKind.TERRITORY, territory=territory)


def make_scope(label: str = "Photographie Lenoir", *, territory: Territory | None = None) -> Scope:
    return open_scope(ScopeKind.ACTIVITY, label=label, territory=territory, actor=None)


def make_member(person: Person, scope: Scope, *, starts_on: date = BEGINNING) -> None:
    join_scope(person, scope=scope, starts_on=starts_on, actor=None)
