"""Signs the minutes: each of the bureau by their account, in any order; the last signature concludes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.signing import Hand, Origin, sign
from entrepreneurs.selectors.signing import account_of, asks_code
from entrepreneurs.services.signing_codes import check_code, forget_code, send_new_code
from governance.models import Assembly, Minutes, MinutesSignature
from governance.services.minutes import conclude_assembly, conclude_minutes, require_frozen
from governance.services.minutes_mails import tell_signed
from governance.states.assemblies import MinutesState
from people.models import Person, User

SIGNED_FOR = "governance.minutes"
# What whoever signs agrees to, word for word; kept with the signature.
AGREEMENT = gettext_lazy("J’ai lu ce procès-verbal en entier et je le signe.")


def sign_minutes(
    minutes: Minutes,
    *,
    person: Person,
    hand: Hand,
    origin: Origin,
    at: datetime,
    actor: User,
    shown_sha256: str,
    code: str = "",
) -> MinutesSignature:
    """Does: signs for one of the bureau; the last signature files the minutes and concludes the assembly.
    Refuses: minutes that wait for no signature, somebody who is not of the bureau, twice, a text other than
    the one shown, no mark, a wrong or dead code. Leaves behind: the signature, for ever; with the last one
    the number, both states, those who organise told."""
    waiting = awaited_signature(minutes, person)
    if asks_code(timezone.localdate(at), by_link=False):
        check_code(waiting, code, at=at, by=actor)
    with transaction.atomic():
        # Incidents are noted under this lock: none comes in between the last reading and the last signature.
        Assembly.objects.select_for_update(of=("self",)).get(pk=minutes.assembly_id)
        row = Minutes.objects.select_for_update(of=("self",)).select_related("assembly").get(pk=minutes.pk)
        mine = awaited_signature(row, person)
        require_frozen(row)
        if shown_sha256 != row.content_sha256:
            raise Refused(
                Code.STALE_FORM, _("Le procès-verbal a changé depuis votre lecture : relisez-le d’abord.")
            )
        mine.signature = sign(
            row,
            purpose=SIGNED_FOR,
            hand=hand,
            content_sha256=row.content_sha256,
            at=at,
            origin=origin,
            terms=str(AGREEMENT),
            actor=actor,
        )
        forget_code(mine)
        mine.save()
        if not row.signatures.filter(signature=None).exists():
            done = conclude_minutes(row, actor=actor)
            conclude_assembly(row.assembly, actor=actor)
            tell_signed(done, actor=actor)
        return mine


def awaited_signature(minutes: Minutes, person: Person | None) -> MinutesSignature:
    """Gives the place where this person is to sign. Raises IllegalMove when the minutes wait for no
    signature, Refused(not_allowed) for somebody outside the bureau, Refused(already_done)."""
    rows = MinutesSignature.objects.filter(minutes=minutes.pk, person=person).select_related("person")
    found = rows.first() if person is not None else None
    if Minutes.objects.get(pk=minutes.pk).state != MinutesState.TO_SIGN:
        raise IllegalMove(_("Ce procès-verbal n’attend pas de signature."))
    if found is None:
        raise Refused(Code.NOT_ALLOWED, _("Seul le bureau de séance signe le procès-verbal."))
    if found.signature_id is not None:
        raise Refused(Code.ALREADY_DONE, _("Vous avez déjà signé ce procès-verbal."))
    return found


def send_minutes_code(minutes: Minutes, *, person: Person, page: str, actor: Any, at: datetime) -> None:
    """Does: mails a code to one of the bureau about to sign on `page`. Refuses: what `awaited_signature`
    refuses, nobody to write to. Leaves behind: the hash of the code, its end; the mail."""
    with transaction.atomic():
        Minutes.objects.select_for_update(of=("self",)).get(pk=minutes.pk)
        row = awaited_signature(minutes, person)
        account = account_of(person)
        send_new_code(row, account=account, person=person, page=page, actor=actor, at=at)
