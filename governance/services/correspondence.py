"""Votes by correspondence: each resolution in the order of the agenda, until the limit (GOV-24; C. com.
R223-20-1-1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.models import Document
from cae.core.uploads import plain_name, proof_mime
from governance.calculations.counting import Unfit, checked
from governance.models import Assembly, Associate, CorrespondenceForm, Resolution
from governance.selectors.correspondence import paper_of
from governance.selectors.representation import correspondence_until, resolutions_asked
from governance.services.casting import unfit_words
from governance.services.locks import locked_assembly
from governance.services.pulse import beat
from governance.services.representing import (
    require_before_sitting,
    require_correspondence,
    require_voter,
    tell,
)
from governance.states.assemblies import ProxyOrigin

FORM_SCAN = "governance.correspondence_scan"
# As the other papers of an assembly.
KEPT_YEARS = 10
MOST_MEGABYTES = 10


@dataclass(frozen=True)
class Scan:
    """The paper form, as a file."""

    name: str
    content: bytes


@transaction.atomic
def send_form(
    assembly: Assembly, *, associate: Associate, answers: Mapping[str, Any], now: datetime, actor: Any
) -> CorrespondenceForm:
    """Does: keeps the vote of an associate from their account; a later one replaces it. Refuses: rules that
    do not admit it, past the limit, no right to vote, a resolution without answer or with one that its ballot
    does not offer. Leaves behind: the form, audit without the answers."""
    return _keep(assembly, associate, answers, ProxyOrigin.ACCOUNT, None, now=now, actor=actor)


@transaction.atomic
def enter_paper_form(
    assembly: Assembly,
    *,
    associate: Associate,
    answers: Mapping[str, Any],
    scan: Scan | None,
    now: datetime,
    actor: Any,
) -> CorrespondenceForm:
    """Does: enters a form received on paper, with its scan. Refuses: as `send_form`; a file that is no proof.
    Leaves behind: the form and its file, the associate told, audit."""
    form = _keep(assembly, associate, answers, ProxyOrigin.PAPER, scan, now=now, actor=actor)
    tell(
        [associate.pk],
        lambda: _("Votre vote par correspondance est enregistré"),
        lambda: _("Un formulaire plus récent, reçu dans les délais, le remplacerait."),
        assembly=form.assembly,
        now=now,
        actor=actor,
    )
    return form


def _keep(
    assembly: Assembly,
    associate: Associate,
    answers: Mapping[str, Any],
    origin: str,
    scan: Scan | None,
    *,
    now: datetime,
    actor: Any,
) -> CorrespondenceForm:
    locked = locked_assembly(assembly.pk)
    require_before_sitting(locked)
    _require_in_time(locked, now)
    require_voter(associate, now, field="associate")
    said = _checked(locked, answers)
    CorrespondenceForm.objects.filter(assembly=locked, associate=associate, replaced_at=None).update(
        replaced_at=now
    )
    row = CorrespondenceForm.objects.create(
        assembly=locked,
        associate=associate,
        answers=said,
        origin=origin,
        received_at=now,
        document=_stored(locked, scan, now, actor) if scan else None,
        created_by=actor,
    )
    audit.record(actor, "governance.correspondence.receive", row)
    beat(locked.pk)
    return row


def _require_in_time(assembly: Assembly, now: datetime) -> None:
    require_correspondence(assembly)
    until = correspondence_until(assembly)
    if until is None or now >= until:
        raise Refused(Code.DATE_INVALID, _("Le délai est passé : les formulaires ne sont plus reçus."))


def _checked(assembly: Assembly, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Gives {resolution id: choice} in the writing of a ballot, each resolution answered."""
    said: dict[str, Any] = {}
    for resolution in resolutions_asked(assembly):
        key = str(resolution.pk)
        try:
            said[key] = checked(paper_of(resolution), answers.get(key))
        except Unfit as unfit:
            raise _unfit(resolution, unfit.code) from None
    if not said:
        raise Refused(Code.EMPTY_DOCUMENT, _("Aucune résolution n’est encore à l’ordre du jour."))
    return said


def _unfit(resolution: Resolution, code: str) -> Refused:
    """The refusal of an answer that lacks, or that its ballot does not offer."""
    number, field = resolution.number or 0, f"r{resolution.pk}"
    if code == "empty":
        sentence = _("Répondez à la résolution n° %(number)d.") % {"number": number}
        return Refused(Code.VALUE_MISSING, sentence, field=field)
    sentence = _("Résolution n° %(number)d. %(fault)s") % {"number": number, "fault": unfit_words(code)}
    return Refused(Code.VALUE_INVALID, sentence, field=field)


def _stored(assembly: Assembly, scan: Scan, now: datetime, actor: Any) -> Document:
    return store_document(
        scan.content,
        kind=FORM_SCAN,
        name=plain_name(scan.name, otherwise="formulaire"),
        mime=proof_mime(scan.content, most=MOST_MEGABYTES, field="scan"),
        about=assembly,
        actor=actor,
        retention_until=date(timezone.localdate(now).year + KEPT_YEARS, 12, 31),
    )
