"""Makes a file nobody’s: names, contact details and account go, figures and pieces stay (PEO-38)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit, facts
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.permanence import erasing
from cae.core.personal_data import forget_told
from people.models import Consent, Deadline, Person, Role, SensitiveRecord, StatusPeriod, User
from people.selectors.merging import file_keys
from people.selectors.retention import PAST_STATUSES
from people.services.deadlines import close_deadlines
from people.services.own_export import drop_exports
from people.services.sessions import end_sessions
from people.services.statuses import end_status
from people.states import RoleKind
from people.states.statuses import StatusKind

# What says that there was somebody, and nothing of whom.
STAYS: frozenset[str] = frozenset(
    {"id", "merged_into", "erased_at", "version", "form_key", "created_at", "sort_name"}
)
# The address of an account that opens nothing (RFC 2606): unique, and nobody’s.
NOBODY_AT = "compte-efface-%d@personne.invalid"


@transaction.atomic
def erase_person(person: Person, *, actor: User, now: datetime, on: date) -> dict[str, int]:
    """Does: empties a file, with those merged into it, through every room; gives how many rows each subject
    erased. Refuses: oneself, a file merged or erased already, whatever a room still needs it for, with its
    sentence. Leaves behind: « Personne effacée n° … », issued documents and books whole, audit without the
    data."""
    row = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if row.pk == actor.person_id:
        raise Refused(Code.NOT_ALLOWED, _("Une autre personne doit décider de votre propre fiche."))
    if row.merged_into_id or row.erased_at:
        raise Refused(Code.ALREADY_DONE, _("Cette fiche est déjà fusionnée ou effacée."))
    for sentence in hindrances(row, on=on):
        raise Refused(Code.NOT_ALLOWED, sentence)
    with erasing():
        subjects = [subject for subject in facts.personal_data() if subject.erase is not None]
        done = {subject.code: subject.erase(row, on) for subject in subjects if subject.erase is not None}
    erased = {code: count for code, count in done.items() if count}
    _empty(Person.objects.select_for_update(of=("self",)).filter(pk__in=file_keys(row)), now=now)
    row.refresh_from_db()
    audit.record(actor, "people.person.erase", row, detail={"erased": erased, "on": on.isoformat()})
    return erased


def hindrances(person: Person, *, on: date) -> list[str]:
    """The sentences for which nothing of this person may be erased yet."""
    found = (subject.hindrance(person, on) for subject in facts.personal_data() if subject.hindrance)
    return [str(sentence) for sentence in found if sentence]


def hinders_file(person: Person, on: date) -> str:
    """A role or a status still held, or to come."""
    roles = Role.objects.filter(person__in=file_keys(person)).exclude(kind=RoleKind.CANDIDATE)
    held = roles.exclude(ends_on__lt=on).first()
    if held is not None:
        return _("Rôle en vigueur ou à venir : %(role)s.") % {"role": held}
    statuses = StatusPeriod.objects.filter(person__in=file_keys(person)).exclude(kind__in=PAST_STATUSES)
    status = statuses.exclude(ends_on__lt=on).first()
    return _("Statut en vigueur ou à venir : %(status)s.") % {"status": status} if status else ""


def _empty(files: Iterable[Person], *, now: datetime) -> None:
    """Leaves a number for a name and nothing else: every column is emptied unless it is told to stay."""
    for one in files:
        for column in Person._meta.concrete_fields:
            if column.name not in STAYS:
                setattr(one, column.name, column.get_default())
        one.first_name, one.last_name = erased_name(one)
        one.version += 1
        one.erased_at = now
        one.save()


def erased_name(person: Person) -> tuple[str, str]:
    """What stands for a first and a last name: kept in the row, so in French whoever erases."""
    return house_words(gettext_lazy("Personne effacée")), f"n° {person.pk}"


def erase_choices(person: Person, _on: date) -> int:
    """Deletes the consents; nothing is done of them any more."""
    return Consent.objects.filter(person__in=file_keys(person)).delete()[0]


def erase_sensitive(person: Person, _on: date) -> int:
    """Deletes the protected record; who opened it stays written."""
    return SensitiveRecord.objects.filter(person__in=file_keys(person)).delete()[0]


def close_dates(person: Person, _on: date) -> int:
    """Closes the dates about the person themselves: they wait for nothing any more."""
    return sum(close_deadlines(one, actor=None) for one in Person.objects.filter(pk__in=file_keys(person)))


def close_path(person: Person, on: date) -> int:
    """Closes the dates, and ends a candidacy that nobody ended: an erased file is no candidate. What the team
    was told of these dates and of the person goes too."""
    keys = file_keys(person)
    done = close_dates(person, on)
    forget_told(Deadline, Deadline.objects.filter(person__in=keys).values_list("pk", flat=True))
    forget_told(Person, keys)
    candidacies = StatusPeriod.objects.filter(person__in=keys, kind=StatusKind.CANDIDATE)
    for status in candidacies.exclude(ends_on__lt=on):
        last_day = max(on - timedelta(days=1), status.starts_on)
        end_status(status, last_day=last_day, reason=house_words(gettext_lazy("Fiche effacée")), actor=None)
        done += 1
    return done


def erase_account(person: Person, _on: date) -> int:
    """Closes the account and takes off its address, its factors, its sessions: nobody signs in, ever; the
    files made of all that was held go too."""
    drop_exports(file_keys(person))
    accounts = list(User.objects.select_for_update().filter(person__in=file_keys(person)))
    for account in accounts:
        end_sessions(account)
        EmailAddress.objects.filter(user=account).delete()
        Authenticator.objects.filter(user=account).delete()
        account.email = NOBODY_AT % account.pk
        account.is_active, account.closes_on, account.last_login = False, None, None
        account.set_unusable_password()
        account.save()
    return len(accounts)
