"""Gives and withdraws consents, here by the person, or as a paper says (PEO-37)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from people.models import Consent, Person, User
from people.services.changes import require_text
from people.states.consents import ConsentPurpose


@transaction.atomic
def give_consent(person: Person, *, purpose: str, on: date, actor: User | None, proof: str = "") -> Consent:
    """Does: notes that the person agrees to a purpose from a day on. Refuses: a purpose already agreed to;
    without where it is written, when the person has not noted it here; a file merged or erased.
    Leaves behind: the dated consent, audit."""
    row = Person.objects.select_for_update().get(pk=person.pk)
    _require_proof(row, actor, proof)
    if row.merged_into_id or row.erased_at:
        raise Refused(Code.NOT_ALLOWED, _("Cette fiche n’est plus en usage."))
    if Consent.objects.filter(person=row, purpose=purpose, withdrawn_on__isnull=True).exists():
        raise Refused(Code.ALREADY_DONE, _("Ce consentement est déjà donné."))
    consent = Consent.objects.create(
        person=row, purpose=ConsentPurpose(purpose), given_on=on, given_by=actor, proof=proof.strip()
    )
    audit.record(actor, "people.consent.give", consent, detail={"purpose": purpose})
    return consent


@transaction.atomic
def withdraw_consent(person: Person, *, purpose: str, on: date, actor: User, proof: str = "") -> Consent:
    """Does: withdraws a consent: it holds no more from that day on. Refuses: a purpose not agreed to; without
    where it is written, when somebody else notes it. Leaves behind: both dates, audit."""
    row = Person.objects.select_for_update().get(pk=person.pk)
    _require_proof(row, actor, proof)
    found = Consent.objects.select_for_update().filter(person=row, purpose=purpose, withdrawn_on__isnull=True)
    consent = found.first()
    if consent is None:
        raise Refused(Code.ALREADY_DONE, _("Ce consentement n’est pas donné, ou plus."))
    if on < consent.given_on:
        raise Refused(Code.DATE_INVALID, _("Le retrait ne peut pas précéder le consentement."))
    consent.withdrawn_on, consent.withdrawn_by, consent.withdrawal_proof = on, actor, proof.strip()
    consent.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawal_proof"])
    audit.record(actor, "people.consent.withdraw", consent, detail={"purpose": purpose})
    return consent


def _require_proof(person: Person, actor: User | None, proof: str) -> None:
    if actor is None or actor.person_id != person.pk:
        require_text(proof, "proof", _("Dites où la personne l’a écrit : papier classé, e-mail du…"))
