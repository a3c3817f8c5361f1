"""What the house writes about contracts: a turn to sign, a contract signed or refused (ENT-23)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.notices import notify
from entrepreneurs.models import Contract, ContractTerms, Signatory
from entrepreneurs.selectors.referents import followers_of
from entrepreneurs.selectors.signing import account_of, holders_of, managers_to_sign
from entrepreneurs.signing_mails import mail_personal_link
from entrepreneurs.states.contracts import Party
from people.models import Person, User
from people.states import RoleKind

SIGN_LINK = "entrepreneurs.sign"
TO_SIGN, SIGNED, DECLINED = (
    "entrepreneurs.contract_to_sign",
    "entrepreneurs.contract_signed",
    "entrepreneurs.contract_declined",
)


def tell_turn(signatory: Signatory, *, actor: Any, at: datetime) -> None:
    """Does: asks a signer to sign: under the bell for who has an account, by a personal link otherwise.
    Refuses: a person with neither account nor address (value_missing). Leaves behind: the notice, or the link
    and its mail; the instant."""
    if signatory.party == Party.COOPERATIVE:
        _notify_turn(managers_to_sign(signatory.terms, timezone.localdate(at)), signatory, actor=actor)
    elif signatory.person is not None:
        account = account_of(signatory.person)
        if account is not None:
            _notify_turn([account], signatory, actor=actor)
        else:
            mail_link(signatory, actor=actor, at=at)
    signatory.told_at = at
    signatory.save(update_fields=["told_at"])


def mail_link(signatory: Signatory, *, actor: Any, at: datetime) -> None:
    """Does: mails a personal link to sign; those before it die. Refuses: a person without e-mail address.
    Leaves behind: the link, its mail."""
    person = signatory.person
    if person is None or not person.email:
        raise Refused(
            Code.VALUE_MISSING,
            _("%(name)s n’a ni compte ni adresse e-mail : ajoutez-en une, ou faites signer sur papier.")
            % {"name": signatory.name},
        )
    terms = signatory.terms
    _mail(
        signatory,
        person,
        subject=lambda: _("À signer : %(title)s") % {"title": terms.title},
        said=lambda: (
            _(
                "Un document attend votre signature : %(title)s. Vous pouvez le lire en entier, puis le"
                " signer ou dire pourquoi vous ne le signez pas."
            )
            % {"title": terms.title}
        ),
        button=lambda: _("Lire et signer"),
        cause="entrepreneurs.contract.sign",
        actor=actor,
        at=at,
    )


def mail_copy(signatory: Signatory, *, actor: Any, at: datetime) -> None:
    """Does: mails to somebody without account where their copy of what both parties signed is kept: each has
    one (C. civ. art. 1375). Refuses: nothing. Leaves behind: a new personal link, its mail."""
    person = signatory.person
    if person is None or not person.email or signatory.signature_id is None:
        return
    terms = signatory.terms
    _mail(
        signatory,
        person,
        subject=lambda: _("Signé : %(title)s") % {"title": terms.title},
        said=lambda: (
            _(
                "Tout le monde a signé : %(title)s. Votre exemplaire vous attend ici, avec sa preuve de"
                " signature ; gardez-le."
            )
            % {"title": terms.title}
        ),
        button=lambda: _("Prendre mon exemplaire"),
        cause="entrepreneurs.contract.signed",
        actor=actor,
        at=at,
    )


def _mail(signatory: Signatory, person: Person, **said: Any) -> None:
    mail_personal_link(
        signatory,
        person,
        purpose=SIGN_LINK,
        page="entrepreneurs:sign_by_link",
        why=lambda: _("Vous recevez cet e-mail parce que ce contrat porte votre nom."),
        **said,
    )


def tell_declined(terms: ContractTerms, signatory: Signatory, *, actor: Any) -> None:
    """Does: tells human resources and the coach that a signature was refused, and why. Refuses: nothing.
    Leaves behind: notices."""
    facts = {"title": str(terms), "name": signatory.name}
    notify(
        _followers(terms.contract),
        DECLINED,
        subject=lambda: _("Signature refusée : %(title)s") % facts,
        text=lambda: f"{facts['name']} : {signatory.decline_reason}",
        url=terms.get_absolute_url(),
        about=terms,
        actor=actor,
    )


def tell_withdrawn(terms: ContractTerms, *, actor: Any) -> None:
    """Does: tells a person asked to sign that nothing is to sign any more: the page of their notice is gone.
    Refuses: nothing. Leaves behind: a notice, where there is an account."""
    asked = terms.signatories.filter(round=terms.round, party=Party.PERSON, told_at__isnull=False)
    account = account_of(terms.contract.person)
    if account is None or not asked.exists():
        return
    facts = {"title": terms.title}
    notify(
        [account],
        TO_SIGN,
        subject=lambda: _("Repris par la coopérative : %(title)s") % facts,
        text=lambda: _("Rien n’est à signer pour l’instant ; ce que vous aviez signé ne compte plus."),
        url=reverse("entrepreneurs:own_path"),
        about=terms,
        actor=actor,
    )


def tell_signed(terms: ContractTerms, *, actor: Any, at: datetime) -> None:
    """Does: tells the person, their coach and human resources that both parties signed. Refuses: nothing.
    Leaves behind: notices; a mail with their copy to a person without account."""
    contract = terms.contract
    account = account_of(contract.person)
    if account is None:
        for signatory in terms.signatories.filter(round=terms.round, party=Party.PERSON):
            mail_copy(signatory, actor=actor, at=at)
    facts = {"title": str(terms), "day": f"{terms.starts_on:%d/%m/%Y}"}
    notify(
        [*_followers(contract), *([account] if account else [])],
        SIGNED,
        subject=lambda: _("Signé : %(title)s") % facts,
        text=lambda: _("Prend effet le %(day)s.") % facts,
        url=terms.get_absolute_url(),
        about=terms,
        actor=actor,
    )


def _followers(contract: Contract) -> list[User]:
    today = timezone.localdate()
    return [*holders_of(RoleKind.HUMAN_RESOURCES, today), *followers_of(contract.person, today)]


def _notify_turn(users: Iterable[User], signatory: Signatory, *, actor: Any) -> None:
    facts = {"title": str(signatory.terms)}
    notify(
        users,
        TO_SIGN,
        subject=lambda: _("À signer : %(title)s") % facts,
        text=lambda: _("Lisez-le en entier, puis signez ou dites pourquoi vous ne signez pas."),
        url=reverse("entrepreneurs:terms_sign", args=[signatory.terms_id]),
        about=signatory.terms,
        actor=actor,
    )
