"""Amendments: a change to one paragraph of the text that was sent, measured, withdrawn (GOV-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from governance.calculations.amendments import distance_of, paragraphs_of, tidied
from governance.models import Amendment, Associate, Resolution, Vote
from governance.selectors.assemblies import last_version
from governance.services.agenda import live
from governance.services.pulse import beat
from governance.services.resolutions import refuse_voted
from governance.states.assemblies import AmendmentKind, AmendmentState, AssemblyState, ResolutionState
from governance.states.votes import VoteState
from people.services.changes import refuse_long, require_text


@dataclass(frozen=True)
class AmendmentData:
    """What an amendment changes: the paragraph, counted from 1; 0 adds before the first."""

    kind: str
    paragraph: int
    text: str = ""
    reason: str = ""


@transaction.atomic
def propose_amendment(
    resolution: Resolution, *, data: AmendmentData, author: Associate | None, actor: Any, at: datetime
) -> Amendment:
    """Does: deposits an amendment to the text of a resolution convened, until its vote opens. Refuses: an
    assembly not convened or closed, a vote opened, a paragraph that the text has not, the deletion of the
    only one, no text, a text that changes nothing, the same amendment twice. Leaves behind: the amendment
    with its distance, audit."""
    assembly = live(resolution.assembly)
    if assembly.state == AssemblyState.DRAFT:
        raise Refused(Code.ILLEGAL_MOVE, _("Les amendements viennent après la convocation."))
    row = Resolution.objects.select_for_update(of=("self",)).get(pk=resolution.pk)
    version = last_version(row)
    if row.state != ResolutionState.ON_AGENDA or version is None:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette résolution n’a pas de texte à amender."))
    refuse_voted(row)
    text = _checked(data, version.text)
    same = row.amendments.filter(
        kind=data.kind, paragraph=data.paragraph, text=text, state=AmendmentState.PROPOSED
    )
    if same.exists():
        raise Refused(Code.DUPLICATE, _("Cet amendement est déjà déposé."))
    amendment = Amendment.objects.create(
        resolution=row,
        version=version,
        kind=data.kind,
        paragraph=data.paragraph,
        text=text,
        reason=" ".join(data.reason.split()),
        author=author,
        distance=distance_of(version.text, data.kind, data.paragraph, text),
        proposed_at=at,
        created_by=actor,
    )
    beat(assembly.pk)
    audit.record(actor, "governance.amendment.propose", amendment)
    return amendment


def _checked(data: AmendmentData, text: str) -> str:
    """Gives the new text as it is kept. Raises Refused at the field that is wrong."""
    parts = paragraphs_of(text)
    if data.kind not in AmendmentKind.values:
        raise Refused(Code.VALUE_INVALID, _("Cette nature d’amendement n’existe pas."), field="kind")
    first = 0 if data.kind == AmendmentKind.INSERT else 1
    if not first <= data.paragraph <= len(parts):
        raise Refused(
            Code.VALUE_INVALID,
            _("Choisissez un paragraphe de ce texte : le dernier est le n° %(count)d.")
            % {"count": len(parts)},
            field="paragraph",
        )
    refuse_long(data.reason, "reason", 500)
    if data.kind == AmendmentKind.DELETE:
        if len(parts) == 1:
            raise Refused(
                Code.VALUE_INVALID,
                _("Ce texte n’a qu’un paragraphe : le supprimer, c’est voter contre la résolution."),
                field="kind",
            )
        return ""
    new = tidied(data.text)
    require_text(new, "text", _("Écrivez le nouveau texte."))
    refuse_long(new, "text", 5000)
    if data.kind == AmendmentKind.REPLACE and new == parts[data.paragraph - 1]:
        raise Refused(Code.ALREADY_DONE, _("Ce texte ne change rien au paragraphe."), field="text")
    return new


@transaction.atomic
def withdraw_amendment(amendment: Amendment, *, actor: Any) -> Amendment:
    """Does: takes an amendment back before its vote opens. Refuses: one already voted, fallen or withdrawn,
    a vote opened on it. Leaves behind: the amendment withdrawn, audit."""
    assembly = live(amendment.resolution.assembly)
    row = Amendment.objects.select_for_update(of=("self",)).get(pk=amendment.pk)
    opened = Vote.objects.filter(amendment=row).exclude(state__in=(VoteState.DRAFT, VoteState.CANCELLED))
    if row.state != AmendmentState.PROPOSED or opened.exists():
        raise Refused(Code.ILLEGAL_MOVE, _("Cet amendement n’est plus à voter."))
    row.state = AmendmentState.WITHDRAWN
    row.save(update_fields=["state"])
    beat(assembly.pk)
    audit.record(actor, "governance.amendment.withdraw", row)
    return row
