"""Convenes an assembly: rules frozen, each associate called by mail or letter, letters posted (GOV-20)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.background import run_later
from cae.core.errors import Code, Refused
from cae.core.workflow import performs
from governance.models import Assembly, Convocation
from governance.selectors.preparing import (
    Called,
    associates_to_call,
    called_of,
    named,
    not_called_yet,
    obstacles,
    person_of,
)
from governance.selectors.rules import freeze, rule_set_of
from governance.selectors.sections import sections_told
from governance.services.assembly_mails import write_convocation
from governance.services.convocation_files import MAKE_FILES
from governance.services.locks import locked_assembly
from governance.states.assemblies import ASSEMBLY_FLOW, AssemblyState, Channel
from people.models import User

# A key that nobody guesses, short enough for a QR code that a phone reads from afar.
KEY_BYTES = 20


@performs(ASSEMBLY_FLOW, "convene")
def convene(assembly: Assembly, *, actor: Any, at: datetime) -> None:
    """Does: freezes the rules, gives the assembly the keys of its room and screen, calls each associate of
    its day by mail or letter. Refuses: a delay too short (the first legal day is said), rules missing, not
    confirmed or not those of the day, a decision that its kind does not make, a section meeting past or out
    of its days, an agenda empty, a resolution without text, an awaited paper, an associate whom nothing
    reaches. Leaves behind: convocations, mails, the files to come, audit."""
    for obstacle in obstacles(assembly, at):
        raise Refused(obstacle.code, obstacle.sentence, field=obstacle.field)
    rule_set = rule_set_of(assembly)
    if rule_set is None:  # pragma: no cover - an obstacle said it
        raise Refused(Code.VALUE_MISSING, _("Aucune version des règles n’est en vigueur ce jour-là."))
    assembly.rule_set = rule_set
    assembly.rules, assembly.rules_sha256 = freeze(rule_set)
    assembly.room_key, assembly.screen_key = (secrets.token_urlsafe(KEY_BYTES) for _one in range(2))
    assembly.convened_at, assembly.convened_by = at, actor
    assembly.version += 1
    form = assembly.rules["notice_form"]
    _call(assembly, called_of(associates_to_call(assembly), form), actor)


def _call(assembly: Assembly, called: Sequence[Called], actor: Any) -> int:
    agenda, sections = list(assembly.items.order_by("position")), list(sections_told(assembly))
    for one in called:
        convocation = Convocation.objects.create(
            assembly=assembly, associate=one.associate, person=one.person, channel=one.channel
        )
        if one.channel == Channel.MAIL:
            convocation.email = write_convocation(
                convocation, one.to, agenda=agenda, sections=sections, actor=actor
            )
            convocation.save(update_fields=["email"])
    run_later(MAKE_FILES, assembly_id=assembly.pk)
    return len(called)


@transaction.atomic
def call_newcomers(assembly: Assembly, *, actor: Any, at: datetime) -> int:
    """Does: calls the associates admitted since the convocations left. Refuses: an assembly that is not
    convened any more, a legal person that nobody represents, somebody whom nothing reaches. Leaves behind:
    their convocations, mails and letters, audit; gives how many."""
    row = locked_assembly(assembly.pk)
    if row.state != AssemblyState.CONVENED or row.starts_at <= at:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette assemblée n’appelle plus personne."))
    waiting = list(not_called_yet(row))
    if silent := [str(one) for one in waiting if person_of(one) is None]:
        raise Refused(
            Code.VALUE_MISSING,
            _("Personne ne représente ces associé·es ce jour-là : %(names)s.") % {"names": named(silent)},
        )
    called = called_of(waiting, row.rules["notice_form"])
    if not called:
        raise Refused(Code.ALREADY_DONE, _("Tout le monde est convoqué."))
    if lost := next((one for one in called if not one.to), None):
        raise Refused(
            Code.VALUE_MISSING,
            _("Il manque une adresse pour convoquer : %(names)s.") % {"names": lost.associate},
        )
    audit.record(actor, "governance.assembly.call_newcomers", row, detail={"value": str(len(called))})
    return _call(row, called, actor)


@transaction.atomic
def send_letter_instead(convocation: Convocation, *, actor: Any) -> Convocation:
    """Does: calls by letter an associate whose mail came back, or was not delivered. Refuses: a sitting
    begun, a mail that went well, no postal address. Leaves behind: the letter to come; the mail stays as it
    was; audit."""
    row = _row(convocation)
    if row.assembly.state != AssemblyState.CONVENED:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette assemblée n’appelle plus personne."))
    if row.channel != Channel.MAIL or row.email is None or row.email.state not in ("failed", "bounced"):
        raise Refused(Code.ILLEGAL_MOVE, _("Cette convocation n’est pas revenue."))
    place = row.associate.organisation or row.person
    if not place.city:
        raise Refused(
            Code.VALUE_MISSING,
            _("Il manque une adresse pour convoquer : %(names)s.") % {"names": row.associate},
        )
    row.channel = Channel.LETTER
    row.save(update_fields=["channel"])
    audit.record(actor, "governance.convocation.letter_instead", row)
    run_later(MAKE_FILES, assembly_id=row.assembly_id)
    return row


def _row(convocation: Convocation) -> Convocation:
    rows = Convocation.objects.select_for_update(of=("self",)).select_related(
        "assembly", "associate__person", "associate__organisation", "person", "email"
    )
    return rows.get(pk=convocation.pk)


@transaction.atomic
def post_letters(
    assembly: Assembly, *, keys: Sequence[int], posted_on: date, posted_by: User, actor: Any, today: date
) -> int:
    """Does: notes that letters were posted, on which day and by whom. Refuses: no letter chosen, one already
    posted or without its file, a day before the convocation or to come. Leaves behind: the day and the
    person, audit; gives how many."""
    rows = list(
        Convocation.objects.select_for_update(of=("self",))
        .filter(assembly=assembly, pk__in=keys, channel=Channel.LETTER)
        .order_by("pk")
    )
    if not rows:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins une lettre."), field="ids")
    if any(row.posted_on is not None for row in rows):
        raise Refused(Code.ALREADY_DONE, _("Une de ces lettres est déjà notée comme postée."), field="ids")
    if any(row.letter_id is None for row in rows):
        raise Refused(Code.FILE_REFUSED, _("Une de ces lettres n’est pas encore prête."), field="ids")
    began = timezone.localdate(assembly.convened_at) if assembly.convened_at else today
    if not began <= posted_on <= today:
        raise Refused(
            Code.DATE_INVALID, _("Indiquez un jour entre la convocation et aujourd’hui."), field="posted_on"
        )
    for row in rows:
        row.posted_on, row.posted_by = posted_on, posted_by
        row.save(update_fields=["posted_on", "posted_by"])
    detail = {"value": str(len(rows)), "on": posted_on.isoformat(), "by": str(posted_by)}
    audit.record(actor, "governance.convocation.post", assembly, detail=detail)
    return len(rows)


@transaction.atomic
def take_back_posting(convocation: Convocation, *, actor: Any) -> Convocation:
    """Does: puts right a letter noted as posted by mistake: it is to be posted again, or noted on its true
    day. Refuses: a letter not posted, one whose number or proof is kept. Leaves behind: the letter to post,
    audit with the day and the person that were noted."""
    row = _row(convocation)
    if row.posted_on is None:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette lettre n’est pas notée comme postée."))
    if row.proof_id is not None or row.tracking:
        raise Refused(Code.ILLEGAL_MOVE, _("Son numéro ou sa preuve est gardé : cette lettre est partie."))
    detail = {"on": row.posted_on.isoformat(), "by": str(row.posted_by)}
    row.posted_on, row.posted_by = None, None
    row.save(update_fields=["posted_on", "posted_by"])
    audit.record(actor, "governance.convocation.unpost", row, detail=detail)
    return row
