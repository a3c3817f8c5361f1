"""Opens, closes and reopens accounts, and keeps each person's preferences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from people.models import Person, User
from people.notices import tell_of_factor_reset
from people.selectors.accounts import second_factors
from people.services.changes import require_text, write
from people.services.requests import close_requests_of, leave_requests
from people.services.roles import refuse_last_administrator
from people.services.sessions import end_sessions


@dataclass(frozen=True)
class Preferences:
    language: str
    theme: str
    density: str
    shortcuts: bool


@transaction.atomic
def open_account(person: Person, *, email: str, password: str | None, actor: User | None) -> User:
    """Does: opens the account of a person whose address is known to be theirs; without a password, nobody
    signs in before one is set. Refuses: a second account, an address already used.
    Leaves behind: the account, its confirmed address, audit."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    address = email.strip().lower()
    if User.objects.filter(person=locked).exists():
        raise Refused(Code.ALREADY_DONE, _("Cette personne a déjà un compte."))
    if User.objects.filter(email=address).exists():
        raise Refused(Code.DUPLICATE, _("Un compte utilise déjà cette adresse e-mail."), field="email")
    account = User.objects.create_user(address, password, person=locked)
    EmailAddress.objects.create(user=account, email=address, verified=True, primary=True)
    audit.record(actor or account, "people.account.open", account)
    return account


@transaction.atomic
def close_account(account: User, *, reason: str, actor: User, on: date) -> User:
    """Does: closes an account at once, open sessions included. Refuses: no reason, one's own account, the
    last administrator. Leaves behind: the person and their history, their requests closed and those they had
    taken given back to the team, audit."""
    require_text(reason, "reason", _("Dites pourquoi ce compte est fermé."))
    if account.pk == actor.pk:
        raise Refused(Code.NOT_ALLOWED, _("Vous ne pouvez pas fermer votre propre compte."))
    refuse_last_administrator(on, leaving=account.person_id)
    row = User.objects.select_for_update().get(pk=account.pk)
    if not row.is_active:
        raise Refused(Code.ALREADY_DONE, _("Ce compte est déjà fermé."))
    row.is_active = False
    row.save(update_fields=["is_active"])
    _let_go(row, actor=actor, on=on)
    audit.record(actor, "people.account.close", row, detail={"reason": reason.strip()})
    return row


@transaction.atomic
def plan_closing(account: User, *, closes_on: date | None, reason: str, actor: User, on: date) -> User:
    """Does: decides the day from whose beginning nobody signs in any more, or gives that up (no day).
    Refuses: no reason, a day already begun, one's own account, a closed one, the last administrator.
    Leaves behind: the day on the account, audit."""
    require_text(reason, "reason", _("Dites pourquoi ce compte doit se fermer, ou rester ouvert."))
    if account.pk == actor.pk:
        raise Refused(Code.NOT_ALLOWED, _("Vous ne pouvez pas fermer votre propre compte."))
    if closes_on is not None and closes_on <= on:
        raise Refused(
            Code.DATE_INVALID,
            _("Choisissez un jour à venir. Pour aujourd’hui, prenez « Fermer ce compte »."),
            field="closes_on",
        )
    if closes_on is not None:
        refuse_last_administrator(closes_on - timedelta(days=1), leaving=account.person_id)
    row = User.objects.select_for_update().get(pk=account.pk)
    if not row.is_active:
        raise Refused(Code.ALREADY_DONE, _("Ce compte est déjà fermé."))
    if row.closes_on == closes_on:
        raise Refused(Code.ALREADY_DONE, _("C’est déjà ce qui est prévu."), field="closes_on")
    before, row.closes_on = row.closes_on, closes_on
    row.save(update_fields=["closes_on"])
    facts = {"before": _iso(before), "after": _iso(closes_on), "reason": reason.strip()}
    audit.record(actor, "people.account.plan_closing", row, detail=facts)
    return row


@transaction.atomic
def close_due_account(account: User, *, on: date) -> User:
    """Does: closes an account whose planned day has come; can run twice. Refuses: nothing.
    Leaves behind: the person and their history, audit in the name of the house."""
    row = User.objects.select_for_update().get(pk=account.pk)
    if row.is_due_to_close(on):
        row.is_active = False
        row.save(update_fields=["is_active"])
        _let_go(row, actor=None, on=on)
        audit.record(None, "people.account.close", row, detail={"on": _iso(row.closes_on)})
    return row


def close_due_accounts(*, on: date) -> int:
    """Does: closes every account whose planned day has come, each in its own transaction; gives how many.
    Refuses: nothing. Leaves behind: as `close_due_account`."""
    due = list(User.objects.filter(is_active=True, closes_on__lte=on).order_by("pk"))
    for account in due:
        close_due_account(account, on=on)
    return len(due)


def _let_go(account: User, *, actor: User | None, on: date) -> None:
    """Nobody reads there any more: sessions end, what was asked is closed, what was taken goes back."""
    end_sessions(account)
    if account.person is not None:
        close_requests_of(account.person, actor=actor)
    leave_requests(account, to=None, actor=actor, on=on)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


@transaction.atomic
def reopen_account(account: User, *, reason: str, actor: User) -> User:
    """Does: opens a closed account again, with the same password, for as long as nobody plans otherwise.
    Refuses: no reason, an open account. Leaves behind: audit."""
    require_text(reason, "reason", _("Dites pourquoi ce compte est rouvert."))
    row = User.objects.select_for_update().get(pk=account.pk)
    if row.is_active:
        raise Refused(Code.ALREADY_DONE, _("Ce compte est déjà ouvert."))
    row.is_active, row.closes_on = True, None
    row.save(update_fields=["is_active", "closes_on"])
    audit.record(actor, "people.account.reopen", row, detail={"reason": reason.strip()})
    return row


@transaction.atomic
def reset_second_factor(account: User, *, reason: str, actor: User) -> User:
    """Does: takes off every factor of a person who lost theirs; they add another at their next sign-in, if a
    role asks it. Refuses: no reason, one's own account, an account without factor.
    Leaves behind: its open sessions ended, audit, the person told at once."""
    require_text(
        reason, "reason", _("Dites comment vous savez que c’est bien cette personne qui le demande.")
    )
    if account.pk == actor.pk:
        raise Refused(Code.NOT_ALLOWED, _("Demandez-le à une autre personne de l’administration."))
    row = User.objects.select_for_update().get(pk=account.pk)
    if not second_factors(row).exists():
        raise Refused(Code.ALREADY_DONE, _("Ce compte n’a pas de second facteur."))
    Authenticator.objects.filter(user=row).delete()
    end_sessions(row)
    audit.record(actor, "people.account.reset_factor", row, detail={"reason": reason.strip()})
    tell_of_factor_reset(row, actor=actor)
    return row


@transaction.atomic
def change_preferences(account: User, *, data: Preferences, actor: User) -> User:
    """Does: keeps how the person likes the pages. Refuses: nothing. Leaves behind: audit when one changed."""
    row = User.objects.select_for_update().get(pk=account.pk)
    changed = write(row, data)
    if changed:
        row.save(update_fields=list(changed))
        audit.record(actor, "people.account.preferences", row, detail=changed)
    return row
