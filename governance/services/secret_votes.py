"""A secret ballot is prepared with its questions and its scrutineers, given up before any total is known
(GOV-26)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.workflow import performs
from governance.engines.ballots.credentials import new_uuid
from governance.models import Assembly, Resolution, SecretQuestion, SecretVote, Trustee, Vote
from governance.selectors.secret_questions import not_asked, why_not_secret
from governance.selectors.votes import first_round, last_result
from governance.services.code_mails import forget_codes
from governance.services.locks import locked_assembly
from governance.services.pulse import beat
from governance.services.roll_rewriting import rewrite_roll
from governance.services.secret_journal import note
from governance.services.secret_locks import locked_boxes, locked_votes
from governance.services.secret_notices import ask_for_keys
from governance.services.voting import cancel_vote, prepare_vote
from governance.states.assemblies import CALLED
from governance.states.secret import SECRET_FLOW, CodeMode
from governance.states.votes import Outcome, VoteWay
from people.models import Person, User
from people.services.changes import one_line

# One scrutineer alone would be the only one whom the server has to deceive.
FEWEST_TRUSTEES = 2


@transaction.atomic
def prepare_secret_vote(
    assembly: Assembly,
    *,
    title: str,
    resolutions: Sequence[Resolution],
    mode: str,
    trustees: Sequence[Person],
    threshold: int,
    closes_at: datetime | None,
    actor: User,
    at: datetime,
) -> SecretVote:
    """Does: prepares a secret ballot that asks these resolutions together, an election already at its second
    round where the first one calls for it, and asks its scrutineers for a key. Refuses: an assembly not
    convened or over, no title, no question, one that sums cannot count or that already has its vote,
    questions of different electorates, too few scrutineers or one without account, a threshold that is not
    1 ≤ k < n, a closing time past. Leaves behind: the scrutin, its votes, its scrutineers told, audit."""
    assembly = locked_assembly(assembly.pk)
    if assembly.state not in CALLED:
        raise Refused(Code.ILLEGAL_MOVE, _("On prépare un scrutin une fois l’assemblée convoquée."))
    title = one_line(title, "title", _("Donnez un intitulé à ce scrutin."), most=160)
    if mode not in CodeMode.values:
        raise Refused(Code.VALUE_INVALID, _("Ces codes de vote n’existent pas."), field="mode")
    _check_trustees(trustees, threshold)
    if closes_at is not None and closes_at <= at:
        raise Refused(Code.DATE_INVALID, _("Cette heure de clôture est passée."), field="closes_at")
    asked = _checked(assembly, resolutions)
    vote = SecretVote.objects.create(
        assembly=assembly,
        title=title,
        mode=mode,
        threshold=threshold,
        closes_at=closes_at,
        uuid=new_uuid(),
    )
    for position, resolution in enumerate(asked, start=1):
        SecretQuestion.objects.create(
            secret_vote=vote, vote=_prepared(resolution, vote, actor), position=position
        )
    Trustee.objects.bulk_create(
        Trustee(secret_vote=vote, person=person, index=index)
        for index, person in enumerate(trustees, start=1)
    )
    facts = {"questions": len(asked), "trustees": len(trustees), "threshold": threshold}
    note(vote, "prepare", actor=actor, at=at, facts=facts)
    audit.record(actor, "governance.secret.prepare", vote)
    ask_for_keys(vote, actor=actor)
    beat(assembly.pk)
    return vote


def _check_trustees(trustees: Sequence[Person], threshold: int) -> None:
    if len({person.pk for person in trustees}) < max(FEWEST_TRUSTEES, len(trustees)):
        raise Refused(
            Code.VALUE_MISSING,
            _("Nommez au moins deux gardien·nes de clé, chacun·e une fois."),
            field="trustees",
        )
    if not 1 <= threshold < len(trustees):
        raise Refused(
            Code.VALUE_INVALID,
            _("Il faut une part au moins, et moins de parts que de gardien·nes : une clé peut se perdre."),
            field="threshold",
        )
    known = set(User.objects.filter(person__in=trustees, is_active=True).values_list("person_id", flat=True))
    without = [str(person) for person in trustees if person.pk not in known]
    if without:
        raise Refused(
            Code.VALUE_INVALID,
            _("Sans compte ouvert, on ne peut pas garder de clé : %(names)s.")
            % {"names": ", ".join(without)},
            field="trustees",
        )


def _checked(assembly: Assembly, resolutions: Sequence[Resolution]) -> list[Resolution]:
    """Gives the resolutions anew, in the order asked."""
    keys = list(dict.fromkeys(one.pk for one in resolutions))
    found = Resolution.objects.filter(assembly=assembly).in_bulk(keys)
    if not keys or len(found) < len(keys):
        raise Refused(
            Code.VALUE_MISSING,
            _("Choisissez les résolutions de cette assemblée que le scrutin pose."),
            field="resolutions",
        )
    asked = [found[key] for key in keys]
    for resolution in asked:
        if why_not := why_not_secret(resolution):
            raise Refused(Code.VALUE_INVALID, not_asked(resolution, why_not), field="resolutions")
    if len({one.electorate for one in asked}) > 1:
        raise Refused(
            Code.VALUE_INVALID,
            _("Ces résolutions n’ont pas le même électorat : faites un scrutin pour chacun."),
            field="resolutions",
        )
    return asked


def _prepared(resolution: Resolution, vote: SecretVote, actor: User) -> Vote:
    before = first_round(resolution)
    result = last_result(before) if before else None
    is_second = result is not None and result.verdict == Outcome.SECOND_ROUND
    try:
        return prepare_vote(
            resolution,
            way=VoteWay.SECRET,
            actor=actor,
            round_number=2 if is_second else 1,
            scrutin=vote,
        )
    except Refused as refusal:
        raise Refused(refusal.code, not_asked(resolution, refusal.message), field="resolutions") from None


@performs(SECRET_FLOW, "cancel")
def cancel_secret_vote(vote: SecretVote, *, reason: str, actor: User, at: datetime) -> None:
    """Does: gives the scrutin up, with its votes. Refuses: totals that are known, unless a box was found
    altered; no reason, too long a one. Leaves behind: the ballots, which nobody can open any more, since the
    key of the server is destroyed; the totals, where they were known, which nobody proclaims; a roll that no
    transaction joins to them; audit."""
    if vote.must_conclude:
        raise IllegalMove(_("Les totaux sont connus : vérifiez-les, rien ne les efface."))
    vote.cancel_reason = one_line(reason, "reason", _("Dites pourquoi ce scrutin est annulé."), most=300)
    for one in locked_votes(vote):
        cancel_vote(one, reason=vote.cancel_reason, actor=actor, scrutin=vote)
    for box in locked_boxes(vote):
        box.server_key = ""
        box.save(update_fields=["server_key"])
        if vote.closed_at is None:
            rewrite_roll(box)
    forget_codes(vote)
    note(vote, "cancel", actor=actor, at=at, reason=vote.cancel_reason)
    beat(vote.assembly_id)
