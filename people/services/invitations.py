"""Invites a person to open an account: the only door in, since nobody can sign up alone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit, links
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.models import OutgoingEmail, PersonalLink
from cae.core.settings import value_of
from cae.core.turns import take_turn
from people.emails import invitation_email
from people.models import Person, Scope, User
from people.selectors.persons import administrators
from people.services.accounts import open_account
from people.services.persons import PersonData, create_person
from people.services.roles import give_role
from people.states import INVITATION, RoleKind


@dataclass(frozen=True)
class PreparedRole:
    """A role that the person holds from the day given, before the account is opened."""

    kind: str
    starts_on: date
    scope: Scope | None = None
    ends_on: date | None = None


@transaction.atomic
def invite_person(
    person: Person,
    *,
    actor: User | None,
    now: datetime,
    roles: tuple[PreparedRole, ...] = (),
    reason: str = "",
) -> PersonalLink:
    """Does: gives the prepared roles and mails a personal link that opens an account, in place of any
    former one. Refuses: no valid address, an account that exists already, what give_role refuses.
    Leaves behind: roles, the link, the mail, audit."""
    row = Person.objects.select_for_update().get(pk=person.pk)
    _check_address(row)
    for prepared in roles:
        give_role(
            row, actor=actor, reason=reason or house_words(gettext_lazy("Invitation")), **vars(prepared)
        )
    for former in links.live_links_of(row, INVITATION):
        links.withdraw_link(former, actor=actor, at=now)
    ends_at = now + timedelta(days=value_of("people.invitation_days", on=timezone.localdate(now)))
    link, token = links.create_link(row, purpose=INVITATION, ends_at=ends_at, actor=actor)
    invitation_email(row, token=token, ends_at=ends_at, actor=actor)
    audit.record(actor, "people.invitation.send", row, detail={"to": row.email})
    return link


@transaction.atomic
def invite_newcomer(
    data: PersonData, *, role: PreparedRole, reason: str, actor: User, now: datetime, form_key: uuid.UUID
) -> Person:
    """Does: opens the file of a person and invites them with one role. Refuses: an address that a person or
    an account already has, what invite_person refuses. Leaves behind: the person, the role, the link, the
    mail, audit; the same form sent twice invites once."""
    take_turn(f"people.newcomer.{data.email.strip().lower()}")
    sent = Person.objects.filter(form_key=form_key).first()
    if sent is not None:
        return sent
    known = Person.objects.filter(email__iexact=data.email).first()
    if known is not None:
        raise Refused(
            Code.DUPLICATE,
            _("%(name)s a déjà cette adresse : invitez cette personne depuis sa fiche.")
            % {"name": known.full_name},
            field="email",
        )
    person = create_person(data, actor=actor, form_key=form_key)
    invite_person(person, actor=actor, now=now, roles=(role,), reason=reason)
    return person


@transaction.atomic
def open_house(email: str, first_name: str, last_name: str, *, now: datetime) -> OutgoingEmail:
    """Does: invites the first administrator. Refuses: a house where somebody administers already.
    Leaves behind: the person, the role, the link, audit; gives the mail, which alone holds the link."""
    today = timezone.localdate(now)
    if administrators(today).exists():
        raise Refused(
            Code.ALREADY_DONE,
            _("Quelqu’un administre déjà la coopérative : c’est cette personne qui invite."),
        )
    person = create_person(PersonData(first_name, last_name, email=email), actor=None)
    role = PreparedRole(RoleKind.ADMINISTRATOR, today)
    reason = house_words(gettext_lazy("Ouverture de la maison"))
    invite_person(person, actor=None, now=now, roles=(role,), reason=reason)
    return OutgoingEmail.objects.filter(to=email).latest("pk")


@transaction.atomic
def withdraw_invitation(person: Person, *, actor: User, now: datetime) -> None:
    """Does: withdraws the invitation that waits. Refuses: when none waits.
    Leaves behind: a link that opens nothing, audit."""
    row = Person.objects.select_for_update().get(pk=person.pk)
    waiting = list(links.live_links_of(row, INVITATION))
    if not waiting:
        raise Refused(Code.ALREADY_DONE, _("Aucune invitation n’est en attente."))
    for link in waiting:
        links.withdraw_link(link, actor=actor, at=now)
    audit.record(actor, "people.invitation.withdraw", row)


@transaction.atomic
def accept_invitation(token: str, *, password: str, now: datetime) -> User:
    """Does: opens the account of the invited person. Refuses: a link that is unknown, withdrawn, used or out
    of date, an account opened meanwhile. Leaves behind: the account with its address confirmed, the link
    used, audit."""
    link = links.find_link(token, INVITATION, lock=True)
    person = Person.objects.select_for_update().get(pk=link.about_id)
    _check_address(person)
    account = open_account(person, email=person.email, password=password, actor=None)
    links.use_link(link, at=now)
    audit.record(account, "people.invitation.accept", person)
    return account


def _check_address(person: Person) -> None:
    if User.objects.filter(person=person).exists():
        raise Refused(Code.ALREADY_DONE, _("Cette personne a déjà un compte."))
    try:
        validate_email(person.email)
    except ValidationError as error:
        raise Refused(
            Code.VALUE_MISSING, _("Indiquez d’abord une adresse e-mail valable."), field="email"
        ) from error
    if User.objects.filter(email=person.email.strip().lower()).exists():
        raise Refused(Code.DUPLICATE, _("Un compte utilise déjà cette adresse e-mail."), field="email")
