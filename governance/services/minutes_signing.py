"""Signs the minutes: each of the bureau by their account, in any order, or noted as one who does not sign;
the last of them concludes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.signing import Hand, Origin, sign
from entrepreneurs.selectors.signing import account_of, asks_code
from entrepreneurs.services.signing_codes import check_code, forget_code, send_new_code
from governance.models import Minutes, MinutesSignature
from governance.selectors.minutes import places_awaited
from governance.services.locks import locked_assembly
from governance.services.minutes import conclude_assembly, conclude_minutes, require_frozen
from governance.services.minutes_mails import tell_signed, tell_unsigned
from governance.states.assemblies import MinutesState, SignerRole
from people.models import Person, User
from people.selectors.rights import held_kinds
from people.services.changes import refuse_long, require_text
from people.states import RoleKind

SIGNED_FOR = "governance.minutes"
MAX_REASON = 200
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
        locked_assembly(minutes.assembly_id)
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
        # Whoever was noted as one who would not sign and comes all the same has signed.
        mine.unsigned_reason, mine.unsigned_by, mine.unsigned_at = "", None, None
        mine.save()
        _conclude_if_whole(row, actor)
        return mine


def _conclude_if_whole(minutes: Minutes, actor: User) -> None:
    if not places_awaited(minutes).exists():
        done = conclude_minutes(minutes, actor=actor)
        conclude_assembly(minutes.assembly, actor=actor)
        tell_signed(done, actor=actor)


def note_unsigned(place: MinutesSignature, *, reason: str, actor: User, at: datetime) -> MinutesSignature:
    """Does: notes that one of the bureau will not sign, who died, refuses or cannot; the others are enough,
    and a co-manager signs beside them where the chair does not (C. com. R223-24). Refuses: minutes that wait
    for no signature, a place signed or noted already, no reason, the last of the bureau who may sign, facts
    that are no longer those frozen, the chair’s where no co-manager signs nor notes it. Leaves behind: the
    reason, by whom and when, printed under the minutes; that person told; with the last place the number and
    both states; audit."""
    words = " ".join(reason.split())
    with transaction.atomic():
        locked_assembly(place.minutes.assembly_id)
        minutes = (
            Minutes.objects.select_for_update(of=("self",))
            .select_related("assembly")
            .get(pk=place.minutes_id)
        )
        if minutes.state != MinutesState.TO_SIGN:
            raise IllegalMove(_("Ce procès-verbal n’attend pas de signature."))
        row = places_awaited(minutes).select_related("person").filter(pk=place.pk).first()
        if row is None:
            raise Refused(Code.ALREADY_DONE, _("Cette signature est déjà donnée, ou déjà notée absente."))
        require_text(
            words, "reason", _("Dites pourquoi cette personne ne signe pas : le procès-verbal le dit.")
        )
        refuse_long(words, "reason", MAX_REASON)
        require_frozen(minutes)
        others = minutes.signatures.exclude(pk=row.pk).filter(unsigned_reason="")
        if not others.exists():
            raise Refused(
                Code.NOT_ALLOWED,
                _("Une personne au moins signe : reprenez le procès-verbal et complétez le bureau."),
            )
        forget_code(row)
        row.unsigned_reason, row.unsigned_by, row.unsigned_at = words, actor, at
        row.save()
        _ask_manager_without_chair(minutes, actor)
        audit.record(
            actor, "governance.minutes.unsigned", minutes, detail={"of": str(row.person), "reason": words}
        )
        tell_unsigned(row, minutes, actor=actor)
        _conclude_if_whole(minutes, actor)
        return row


def _ask_manager_without_chair(minutes: Minutes, actor: User) -> None:
    """Managers sign the minutes, with the chair where there is one: without the chair, one of them does."""
    places = list(minutes.signatures.select_related("person"))
    if not any(one.unsigned_reason and one.role == SignerRole.CHAIR for one in places):
        return
    if any(not one.unsigned_reason and _is_manager(account_of(one.person)) for one in places):
        return
    head = actor.person if _is_manager(actor) else None
    if head is None or head in {one.person for one in places}:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Sans la présidence de séance, la gérance signe : qu’un·e co-gérant·e le note, puis signe."),
        )
    MinutesSignature.objects.create(minutes=minutes, person=head, role=SignerRole.MANAGER)


def _is_manager(user: User | None) -> bool:
    return user is not None and RoleKind.CO_MANAGER in held_kinds(user)


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
