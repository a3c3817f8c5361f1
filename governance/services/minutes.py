"""The minutes of an assembly: drafted from the facts, handed to the bureau, signed, numbered (GOV-34)."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.background import run_later
from cae.core.canonical import sha256_of
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.turns import take_turn
from cae.core.workflow import performs
from governance.models import Assembly, Minutes, MinutesNote, MinutesSignature
from governance.selectors.minutes import places_awaited
from governance.selectors.minutes_facts import (
    bureau_told,
    facts_of,
    results_changed,
    votes_unended,
)
from governance.services.locks import locked_assembly
from governance.services.minutes_mails import tell_signers, tell_taken_back
from governance.states.assemblies import (
    ASSEMBLY_FLOW,
    HELD,
    MINUTES_FLOW,
    BureauRole,
    MinutesState,
)
from people.models import User
from people.services.changes import refuse_long, refuse_stale

MAX_TEXT = 8000
_NUMBERS = "governance.minutes_number"


@transaction.atomic
def draft_minutes(assembly: Assembly, *, actor: User) -> Minutes:
    """Does: opens the minutes of an assembly that is over, or gives those that are there: two of the bureau
    begin at once. Refuses: an assembly that is not closed. Leaves behind: the draft, audit."""
    row = locked_assembly(assembly.pk)
    if row.state not in HELD:
        raise IllegalMove(_("Le procès-verbal se rédige une fois la séance levée."))
    minutes, made = Minutes.objects.get_or_create(assembly=row)
    if made:
        audit.record(actor, "governance.minutes.draft", minutes)
    return minutes


@transaction.atomic
def write_minutes(
    minutes: Minutes,
    *,
    opening: str,
    closing: str,
    notes: Mapping[int, str],
    version: int | None,
    actor: User,
) -> Minutes:
    """Does: keeps what the secretary writes: the words of the opening and of the close, and the debate on
    each point. Refuses: minutes handed to be signed, a form older than somebody’s change, too long a text.
    Leaves behind: the words; a point left empty has no note; audit."""
    row = Minutes.objects.select_for_update(of=("self",)).get(pk=minutes.pk)
    if row.state != MinutesState.DRAFT:
        raise IllegalMove(_("Ce procès-verbal est à la signature : reprenez-le d’abord pour le modifier."))
    refuse_stale(row, version)
    refuse_long(opening, "opening", MAX_TEXT)
    refuse_long(closing, "closing", MAX_TEXT)
    for key, text in notes.items():
        refuse_long(text, f"item_{key}", MAX_TEXT)
    row.opening, row.closing, row.version = opening.strip(), closing.strip(), row.version + 1
    row.save(update_fields=["opening", "closing", "version"])
    _write_notes(row, notes)
    audit.record(actor, "governance.minutes.write", row)
    return row


def _write_notes(minutes: Minutes, notes: Mapping[int, str]) -> None:
    """Of the points of its agenda; a text left empty takes the note away."""
    for key in minutes.assembly.items.filter(pk__in=[*notes]).values_list("pk", flat=True):
        if text := notes[key].strip():
            MinutesNote.objects.update_or_create(minutes=minutes, item_id=key, defaults={"text": text})
        else:
            minutes.notes.filter(item=key).delete()


@performs(MINUTES_FLOW, "hand_over")
def hand_over_minutes(minutes: Minutes, *, actor: User) -> None:
    """Does: freezes every fact with its hash and asks each of the bureau to sign. Refuses: a vote whose
    result is not proclaimed, a bureau without chair or secretary. Leaves behind: the frozen facts, a place to
    sign for each, the PDF to come, the bureau told, audit."""
    unended = votes_unended(minutes.assembly)
    if unended:
        raise Refused(
            Code.VALUE_MISSING,
            _("Proclamez ou annulez d’abord le vote sur « %(title)s ».") % {"title": unended[0].resolution},
        )
    bureau = bureau_told(minutes.assembly)
    held = set(minutes.assembly.bureau.values_list("role", flat=True))
    missing = [role for role in (BureauRole.CHAIR, BureauRole.SECRETARY) if role not in held]
    if missing:
        raise Refused(
            Code.VALUE_MISSING,
            _("Il manque au bureau : %(roles)s. Nommez-les, puis donnez le procès-verbal à signer.")
            % {"roles": ", ".join(str(role.label).lower() for role in missing)},
        )
    minutes.facts = facts_of(minutes)
    minutes.content_sha256 = sha256_of(minutes.facts)
    MinutesSignature.objects.bulk_create(
        MinutesSignature(minutes=minutes, person_id=seat["person"], role=seat["role"]) for seat in bureau
    )
    run_later("governance.archive_minutes", minutes_id=minutes.pk)
    tell_signers(minutes, actor=actor)


@performs(MINUTES_FLOW, "take_back")
def take_back_minutes(minutes: Minutes, *, actor: User) -> None:
    """Does: makes them a draft again; signatures given stay in the journal and count no more. Refuses: signed
    minutes. Leaves behind: a draft without hash nor PDF, those of the bureau told, audit."""
    tell_taken_back(minutes, actor=actor)
    minutes.signatures.all().delete()
    minutes.facts, minutes.content_sha256, minutes.pdf = {}, "", None


@performs(MINUTES_FLOW, "conclude")
def conclude_minutes(minutes: Minutes, *, actor: User) -> None:
    """Does: files the minutes under the next number of the register. Refuses: a signature still awaited,
    facts that are no longer those signed. Leaves behind: the number, the signed PDF to come, audit."""
    require_frozen(minutes)
    missing = [str(one.person) for one in places_awaited(minutes).select_related("person")]
    if missing:
        raise Refused(
            Code.VALUE_MISSING,
            _("Il manque des signatures : %(names)s.") % {"names": ", ".join(missing)},
        )
    take_turn(_NUMBERS)
    minutes.number = (Minutes.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    run_later("governance.archive_minutes", minutes_id=minutes.pk)


@performs(ASSEMBLY_FLOW, "conclude")
def conclude_assembly(assembly: Assembly, *, actor: User) -> None:
    """Does: notes that the minutes are signed. Refuses: minutes that are not. Leaves behind: the state,
    audit."""
    if not Minutes.objects.filter(assembly=assembly, state=MinutesState.SIGNED).exists():
        raise Refused(Code.VALUE_MISSING, _("Le procès-verbal n’est pas encore signé."))


def require_frozen(minutes: Minutes) -> None:
    """Raises Refused(stale_form) when the facts are not those whose hash is signed, or when a result was put
    right or an incident noted since they were frozen."""
    if sha256_of(minutes.facts) != minutes.content_sha256 or results_changed(minutes):
        raise Refused(
            Code.STALE_FORM,
            _("Un fait a changé depuis que ce procès-verbal est figé : reprenez-le et redonnez-le à signer."),
        )
