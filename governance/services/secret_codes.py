"""The codes with which voters sign their secret ballots: made and mailed by the house, or on cards that a
scrutineer makes (GOV-26). Whose a code is, no row says, in either mode."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from governance.calculations.quarters import quarter_of
from governance.engines.ballot_words import fault_sentence
from governance.engines.ballots.credentials import fingerprint, new_code, public_credential, write_roll
from governance.engines.ballots.faults import BallotFault
from governance.models import BallotBox, PublicCredential, RollEntry, SecretVote
from governance.selectors.secret_totals import takes_paper
from governance.selectors.secret_voices import accounts_of, voices_of
from governance.services.code_mails import CodeInHand, forget_codes, mail_codes
from governance.services.secret_journal import note
from governance.services.secret_locks import held_vote, locked_boxes, locked_scrutin
from governance.states.secret import HANDING, CodeMode, SecretState
from people.models import User
from people.services.changes import one_line


def make_mail_codes(vote: SecretVote, *, actor: User, at: datetime) -> None:
    """Does: draws a code for each voice of the roll whose caster has an account, keeps its public part in the
    list of its box, and mails the codes: one mail a person, under lock until it leaves. For the move that
    freezes the roll, inside its transaction. Refuses: nobody without account, who votes on paper, unless
    hands cannot count a question. Leaves behind: the lists, the mails; a code is kept nowhere else."""
    entries = voices_of(vote)
    accounts = accounts_of(entries, timezone.localdate(at))
    in_hand: dict[User, list[CodeInHand]] = {}
    values: dict[int, list[str]] = {box.pk: [] for box in locked_boxes(vote)}
    for entry in entries:
        for user in accounts.of_caster(entry)[:1]:
            code = new_code()
            values[entry.box_id].append(public_credential(entry.box.uuid, code))
            in_hand.setdefault(user, []).append(CodeInHand(entry, code))
    sent = {one.entry.pk for codes in in_hand.values() for one in codes}
    without = [str(entry) for entry in entries if entry.pk not in sent]
    if without and not takes_paper(vote):
        raise Refused(
            Code.VALUE_MISSING,
            _(
                "Sans compte ni vote sur papier possible, ces voix ne s’exprimeraient pas : %(names)s."
                " Annulez ce scrutin et préparez-le avec des cartes."
            )
            % {"names": ", ".join(without)},
        )
    for box in vote.boxes.all():
        _list(box, values[box.pk])
    RollEntry.objects.filter(pk__in=sent).update(code_sent_at=at)
    mail_codes(vote, in_hand, actor=actor)


@transaction.atomic
def renew_codes(vote: SecretVote, *, reason: str, actor: User, at: datetime) -> None:
    """Does: makes all the codes anew and mails them: those of before open nothing any more. Refuses: no
    reason, codes on cards, a list that is not frozen, or sealed with its box. Leaves behind: other lists,
    other mails, those of before without their codes; the journal of the scrutin, audit."""
    reason = one_line(reason, "reason", _("Dites pourquoi les codes sont refaits."), most=300)
    row = _locked_preparing(vote, CodeMode.MAIL)
    forget_codes(row)
    RollEntry.objects.filter(box__secret_vote=row).update(code_sent_at=None)
    make_mail_codes(row, actor=actor, at=at)
    note(row, "renew_codes", actor=actor, at=at, reason=reason)
    audit.record(actor, "governance.secret.renew_codes", row, detail={"reason": reason})


@transaction.atomic
def receive_cards(box: BallotBox, *, credentials: Sequence[str], actor: User, at: datetime) -> BallotBox:
    """Does: takes the public parts of the codes that a scrutineer put on cards, one for each voice of the
    box; sent again, they replace those of before. Refuses: codes by mail, a list that is not frozen or is
    sealed, more or fewer than there are voices, what is no credential, one that comes twice. Leaves behind:
    the list of the box; the journal of the scrutin, audit."""
    vote = _locked_preparing(box.secret_vote, CodeMode.CARDS)
    row = next(one for one in locked_boxes(vote) if one.pk == box.pk)
    voices = row.entries.count()
    if len(credentials) != voices:
        raise Refused(
            Code.VALUE_INVALID,
            _("Il faut une carte par voix : %(voices)d voix, %(cards)d cartes.")
            % {"voices": voices, "cards": len(credentials)},
        )
    _list(row, credentials)
    row.entries.update(code_sent_at=None, noted_by=None)
    facts = {"box": str(row), "count": voices, "roll": row.roll_fingerprint}
    note(vote, "receive_cards", actor=actor, at=at, facts=facts)
    audit.record(actor, "governance.secret.receive_cards", vote, detail={"count": voices})
    return row


@transaction.atomic
def note_card_given(entry: RollEntry, *, actor: User, at: datetime) -> RollEntry:
    """Does: notes that a voice was given a card: never which one. Refuses: codes by mail, cards that are not
    received yet, a scrutin that is over, a voice that has its card or votes already. Leaves behind: the
    quarter of an hour, who noted it; no audit, whose order would be near that of the ballots."""
    vote = held_vote(entry.box.secret_vote_id)
    row = RollEntry.objects.select_for_update(of=("self",)).select_related("box").get(pk=entry.pk)
    if vote.mode != CodeMode.CARDS or vote.state not in HANDING or not row.box.roll:
        raise IllegalMove(_("Aucune carte n’est à remettre dans ce scrutin."))
    if row.code_sent_at is not None or row.has_voted:
        raise Refused(Code.ALREADY_DONE, _("%(name)s a déjà sa carte, ou a déjà voté.") % {"name": row})
    row.code_sent_at, row.noted_by = quarter_of(at), actor
    row.save(update_fields=["code_sent_at", "noted_by"])
    return row


def _locked_preparing(vote: SecretVote, mode: str) -> SecretVote:
    row = locked_scrutin(vote)
    if row.mode != mode:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Dans ce scrutin, les codes sont : %(mode)s.") % {"mode": row.get_mode_display()},
        )
    if row.state != SecretState.ROLL_FROZEN:
        raise IllegalMove(
            _("Les codes se font entre la liste arrêtée et les urnes scellées : ce n’est plus le moment.")
        )
    return row


def _list(box: BallotBox, credentials: Sequence[str]) -> None:
    """Writes the list of a box in the order of its credentials: no other one is left to be read."""
    try:
        box.roll = write_roll(credentials)
    except BallotFault as fault:
        raise Refused(Code.VALUE_INVALID, fault_sentence(fault.code)) from fault
    box.roll_fingerprint = fingerprint(box.roll)
    box.save(update_fields=["roll", "roll_fingerprint"])
    box.credentials.all().delete()
    PublicCredential.objects.bulk_create(
        PublicCredential(box=box, value=value) for value in sorted(credentials)
    )
