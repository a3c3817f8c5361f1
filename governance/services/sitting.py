"""The sitting: opened, led from item to item, its incidents noted, closed (GOV-19, GOV-35)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.templatetags.formats import day as shown
from cae.core.workflow import performs
from governance.calculations.delays import Opening
from governance.models import AgendaItem, Assembly, Incident, SecretVote, Vote
from governance.selectors.assemblies import opening_at
from governance.selectors.sitting import resolutions_left
from governance.services.locks import locked_assembly
from governance.services.pulse import beat
from governance.services.speaking import close_queue
from governance.states.assemblies import ASSEMBLY_FLOW, AssemblyState, BureauRole
from governance.states.secret import ALIVE
from governance.states.votes import VoteState
from people.models import User
from people.services.changes import refuse_long, require_text

# Who must be named before a sitting opens; scrutineers only where there are any to name.
NEEDED = (BureauRole.CHAIR, BureauRole.SECRETARY)
_NOT_THAT_DAY: dict[Opening, Any] = {
    Opening.TOO_SOON: gettext_lazy(
        "La séance est convoquée pour le %(day)s : elle ne s’ouvre pas avant ce jour."
    ),
    Opening.TOO_LATE: gettext_lazy(
        "La séance était convoquée pour le %(day)s : elle ne s’ouvre plus. Annulez cette assemblée, puis"
        " convoquez-en une autre."
    ),
}


@performs(ASSEMBLY_FLOW, "open")
def open_sitting(assembly: Assembly, *, actor: User, at: datetime, confirmed: bool = False) -> None:
    """Does: opens the sitting on the first item of its agenda. Refuses: before its day or once it is over,
    without a chair and a secretary, before its hour unless `confirmed`: who comes at the hour told would find
    votes closed. Leaves behind: the instant, the item and its clock; audit."""
    opening = opening_at(assembly, at)
    if opening in _NOT_THAT_DAY:
        raise Refused(Code.DATE_INVALID, _NOT_THAT_DAY[opening] % {"day": shown(assembly.starts_at)})
    held = set(assembly.bureau.values_list("role", flat=True))
    missing = [role.label for role in NEEDED if role not in held]
    if missing:
        raise Refused(
            Code.VALUE_MISSING,
            _("Il manque au bureau : %(roles)s. Nommez le bureau, puis ouvrez la séance.")
            % {"roles": ", ".join(str(word).lower() for word in missing)},
        )
    if opening == Opening.EARLY and not confirmed:
        hours = {"hour": assembly.starts_at, "now": at}
        raise Refused(
            Code.DATE_INVALID,
            _("La séance est convoquée à %(hour)s, il est %(now)s. Confirmez pour l’ouvrir avant l’heure.")
            % {name: f"{timezone.localtime(one):%H:%M}" for name, one in hours.items()},
            field="confirmed",
        )
    assembly.opened_at = at
    assembly.current_item = assembly.items.order_by("position").first()
    assembly.item_since = at if assembly.current_item else None
    assembly.pulse += 1


@performs(ASSEMBLY_FLOW, "close")
def close_sitting(assembly: Assembly, *, actor: User, at: datetime, confirmed: bool = False) -> None:
    """Does: closes the sitting; who speaks has ended, nobody waits any more. Refuses: a vote that is open or
    not proclaimed, a secret ballot that is prepared and not proclaimed; resolutions of the agenda without a
    result, unless `confirmed`. Leaves behind: the instant, audit; the minutes are to be written."""
    scrutin = SecretVote.objects.filter(assembly=assembly, state__in=ALIVE).order_by("pk").first()
    if scrutin is not None:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Un scrutin secret n’est pas proclamé : « %(title)s ». Menez-le à son terme, ou annulez-le.")
            % {"title": scrutin.title},
        )
    unended = list(
        Vote.objects.filter(assembly=assembly, state__in=[VoteState.OPEN, VoteState.CLOSED])
        .select_related("resolution")
        .order_by("pk")
    )
    if unended:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Un vote n’est pas proclamé : « %(title)s ». Proclamez-le ou annulez-le d’abord.")
            % {"title": unended[0].resolution.title},
        )
    left = resolutions_left(assembly)
    if left and not confirmed:
        sentence = ngettext(
            "%(count)d résolution n’a pas de résultat (%(titles)s). Confirmez pour lever la séance.",
            "%(count)d résolutions n’ont pas de résultat (%(titles)s). Confirmez pour lever la séance.",
            len(left),
        )
        titles = " ; ".join(resolution.title for resolution in left[:3])
        raise Refused(Code.ILLEGAL_MOVE, sentence % {"count": len(left), "titles": titles}, field="confirmed")
    close_queue(assembly, at)
    assembly.closed_at = at
    assembly.current_item, assembly.item_since = None, None
    assembly.pulse += 1


@transaction.atomic
def set_item(assembly: Assembly, *, item: AgendaItem, actor: User, at: datetime) -> Assembly:
    """Does: calls an item of the agenda; its clock starts. The item of the moment, called again, goes on.
    Refuses: a sitting that is not open, an item of another agenda. Leaves behind: the item, audit."""
    assembly = locked_assembly(assembly.pk)
    if assembly.state != AssemblyState.OPEN:
        raise IllegalMove(_("La séance n’est pas ouverte."))
    if item.assembly_id != assembly.pk:
        raise Refused(Code.VALUE_INVALID, _("Ce point n’est pas à l’ordre du jour."), field="item")
    if assembly.current_item_id == item.pk:
        return assembly
    assembly.current_item, assembly.item_since = item, at
    assembly.save(update_fields=["current_item", "item_since"])
    audit.record(actor, "governance.assembly.item", assembly, detail={"text": item.title})
    beat(assembly.pk)
    return assembly


@transaction.atomic
def note_incident(
    assembly: Assembly, *, text: str, happened_at: datetime, actor: User, at: datetime
) -> Incident:
    """Does: notes what happened during the sitting and that the minutes must say. Refuses: an assembly that
    has not opened or whose minutes are signed, no word, too many, an instant outside the sitting.
    Leaves behind: the incident, which never changes; audit."""
    assembly = locked_assembly(assembly.pk)
    if assembly.state not in (AssemblyState.OPEN, AssemblyState.CLOSED) or assembly.opened_at is None:
        raise IllegalMove(_("Un incident se note pendant la séance, ou avant la signature du procès-verbal."))
    require_text(text, "text", _("Dites ce qui s’est passé."))
    refuse_long(text.strip(), "text", 500)
    # One types an hour and a minute.
    opened = assembly.opened_at.replace(second=0, microsecond=0)
    if not opened <= happened_at <= (assembly.closed_at or at):
        raise Refused(
            Code.DATE_INVALID,
            _("L’incident a eu lieu pendant la séance : donnez une heure entre son ouverture et maintenant.")
            if assembly.closed_at is None
            else _("L’incident a eu lieu pendant la séance : donnez une heure avant qu’elle soit levée."),
            field="happened_at",
        )
    incident = Incident.objects.create(assembly=assembly, at=happened_at, text=text.strip(), created_by=actor)
    audit.record(actor, "governance.assembly.incident", assembly)
    beat(assembly.pk)
    return incident
