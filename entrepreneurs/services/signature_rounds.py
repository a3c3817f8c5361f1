"""Hands a contract or an amendment to be signed, takes it back, gives it up: the paper is frozen (ENT-23)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.letters import LetterSubject, merge_letter
from cae.core.templatetags.formats import day as shown
from cae.core.workflow import performs
from entrepreneurs.calculations.contents import missing_clauses
from entrepreneurs.contract_mails import SIGN_LINK, tell_declined, tell_turn, tell_withdrawn
from entrepreneurs.documents.letters import terms_pdf
from entrepreneurs.models import Contract, ContractTerms, Signatory
from entrepreneurs.selectors.signing import awaited_signatory, round_of
from entrepreneurs.selectors.templates import text_in_force
from entrepreneurs.services.made_statuses import made_by
from entrepreneurs.services.signed_files import kept_until
from entrepreneurs.signing_mails import close_links
from entrepreneurs.states.contracts import CONTRACT_FLOW, TERMS_FLOW, ContractState, Party, TermsState
from entrepreneurs.states.letters import AMENDMENT
from people.services.changes import refuse_long, require_text

CONTRACT_FILE = "entrepreneurs.contract"
MAX_REASON = 500


@performs(CONTRACT_FLOW, "send")
def send_contract(contract: Contract, *, actor: Any, at: datetime) -> None:
    """Does: hands a draft to be signed, with its clauses. Refuses: a contract whose last day is past, the
    renewal of one that ended before its term, a status of the person that it crosses (at its first day), what
    `send_terms` refuses. Leaves behind: what `send_terms` does."""
    today = timezone.localdate(at)
    if contract.ends_on is not None and contract.ends_on < today:
        raise Refused(
            Code.DATE_INVALID,
            _("Le dernier jour de ce contrat est passé : changez ses dates avant de le faire signer."),
        )
    former = contract.renews
    if former is not None and former.ended_on not in (None, former.ends_on):
        raise Refused(
            Code.PERIOD_INVALID,
            _(
                "« %(title)s » a pris fin avant son terme : ce contrat ne le renouvelle plus. Changez ses"
                " dates."
            )
            % {"title": former.title},
        )
    made_by(contract.person, kind=contract.kind, starts_on=contract.starts_on, ends_on=contract.ends_on)
    send_terms(_first_terms(contract), actor=actor, at=at)


@performs(TERMS_FLOW, "send")
def send_terms(terms: ContractTerms, *, actor: Any, at: datetime) -> None:
    """Does: merges the text of the day with the clauses, freezes the PDF and its hash, and asks the first
    signer. Refuses: a mandatory clause left empty (at its field), a field of the text that holds nothing, an
    amendment whose contract is over, or will be on its first day. Leaves behind: the PDF, the signers of this
    round, a notice or a personal link to the first; audit."""
    contract, today = terms.contract, timezone.localdate(at)
    refuse_missing(terms)
    _refuse_amendment_outside(terms)
    text = text_in_force(AMENDMENT if terms.number else contract.kind, today)
    blocks = merge_letter(text.body, LetterSubject(contract.person, today, about=terms))
    terms.pdf = store_document(
        terms_pdf(terms, blocks, on=today),
        kind=CONTRACT_FILE,
        name=file_name(terms),
        mime="application/pdf",
        about=terms,
        actor=actor,
        retention_until=kept_until(today),
    )
    terms.frozen_text = [block.as_json() for block in blocks]
    terms.content_sha256 = terms.pdf.sha256
    terms.round += 1
    terms.decline_reason = ""
    for rank, party in enumerate(Party, start=1):
        person = contract.person if party == Party.PERSON else None
        Signatory.objects.create(terms=terms, round=terms.round, rank=rank, party=party, person=person)
    ask_next(terms, actor=actor, at=at)


@performs(CONTRACT_FLOW, "take_back")
def take_back_contract(contract: Contract, *, actor: Any, at: datetime) -> None:
    """Does: makes the contract a draft again. Refuses: nothing more. Leaves behind: as `take_back_terms`."""
    take_back_terms(_first_terms(contract), actor=actor, at=at)


@performs(TERMS_FLOW, "take_back")
def take_back_terms(terms: ContractTerms, *, actor: Any, at: datetime) -> None:
    """Does: takes clauses back from signature: what was signed of this round is worth nothing. Refuses:
    nothing more. Leaves behind: the signatures already made, kept with the paper of their round; links dead;
    the person told; audit."""
    close_round(terms, actor=actor, at=at)
    tell_withdrawn(terms, actor=actor)


@performs(CONTRACT_FLOW, "decline")
def decline_contract(
    contract: Contract, *, signatory: Signatory, reason: str, actor: Any, at: datetime
) -> None:
    """Does: writes that a signer does not sign it. Refuses and leaves behind: as `decline_terms`."""
    decline_terms(_first_terms(contract), signatory=signatory, reason=reason, actor=actor, at=at)


@performs(TERMS_FLOW, "decline")
def decline_terms(
    terms: ContractTerms, *, signatory: Signatory, reason: str, actor: Any, at: datetime
) -> None:
    """Does: writes that a signer does not sign, and why; the clauses are a draft again. Refuses: somebody
    whose turn it is not, no reason. Leaves behind: the refusal; human resources told; links dead; audit."""
    words = " ".join(reason.split())
    require_text(words, "reason", _("Dites en quelques mots pourquoi."))
    refuse_long(words, "reason", MAX_REASON)
    awaited = awaited_signatory(terms)
    if awaited is None or awaited.pk != signatory.pk:
        raise Refused(Code.ALREADY_DONE, _("Cette signature n’est plus attendue."))
    close_round(terms, actor=actor, at=at)
    awaited.declined_on, awaited.decline_reason = timezone.localdate(at), words
    awaited.save()
    terms.decline_reason = words
    tell_declined(terms, awaited, actor=actor)


@performs(CONTRACT_FLOW, "cancel")
def cancel_contract(contract: Contract, *, actor: Any, at: datetime) -> None:
    """Does: gives a contract up before anybody is bound. Refuses: nothing more. Leaves behind: its days free
    for another; its clauses, cancelled; audit."""
    cancel_terms(_first_terms(contract), actor=actor, at=at)


@performs(TERMS_FLOW, "cancel")
def cancel_terms(terms: ContractTerms, *, actor: Any, at: datetime) -> None:
    """Does: gives clauses up. Refuses: nothing more. Leaves behind: the row, cancelled; links dead; the
    person told when they were asked to sign; audit."""
    close_round(terms, actor=actor, at=at)
    if terms.state == TermsState.TO_SIGN:
        tell_withdrawn(terms, actor=actor)


def send(terms: ContractTerms, *, actor: Any, at: datetime) -> None:
    """Does: hands a contract or an amendment to be signed, by what these clauses are. Refuses and leaves
    behind: as `send_contract` and `send_terms`."""
    _by_what_they_are(terms, send_contract, send_terms, actor=actor, at=at)


def take_back(terms: ContractTerms, *, actor: Any, at: datetime) -> None:
    """Does: takes a contract or an amendment back. Refuses and leaves behind: as `take_back_terms`."""
    _by_what_they_are(terms, take_back_contract, take_back_terms, actor=actor, at=at)


def cancel(terms: ContractTerms, *, actor: Any, at: datetime) -> None:
    """Does: gives a contract or an amendment up. Refuses and leaves behind: as `cancel_terms`."""
    _by_what_they_are(terms, cancel_contract, cancel_terms, actor=actor, at=at)


def decline(signatory: Signatory, *, reason: str, actor: Any, at: datetime) -> None:
    """Does: writes that a signer does not sign. Refuses and leaves behind: as `decline_terms`."""
    _by_what_they_are(
        signatory.terms,
        decline_contract,
        decline_terms,
        signatory=signatory,
        reason=reason,
        actor=actor,
        at=at,
    )


def _by_what_they_are(terms: ContractTerms, of_contract: Any, of_terms: Any, **said: Any) -> None:
    if terms.number == 0:
        of_contract(terms.contract, **said)
    else:
        of_terms(terms, **said)


def refuse_missing(terms: ContractTerms) -> None:
    """Raises Refused(value_missing) at the first mandatory clause left empty, naming its article."""
    for name, article in missing_clauses(terms.contract.kind, terms.clauses).items():
        label = ContractTerms._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        sentence = _("« %(clause)s » est obligatoire dans ce contrat.") % {"clause": str(label).capitalize()}
        if article:
            sentence = _("« %(clause)s » est obligatoire dans ce contrat (%(article)s).") % {
                "clause": str(label).capitalize(),
                "article": article,
            }
        raise Refused(Code.VALUE_MISSING, sentence, field=name)


def _refuse_amendment_outside(terms: ContractTerms) -> None:
    """An amendment changes a contract in force on its first day."""
    contract = terms.contract
    if terms.number == 0:
        return
    last = contract.last_day
    if contract.state != ContractState.SIGNED or (last is not None and last < terms.starts_on):
        raise Refused(
            Code.PERIOD_INVALID,
            _("Cet avenant prendrait effet le %(day)s, quand le contrat sera terminé : annulez-le.")
            % {"day": shown(terms.starts_on)},
        )


def ask_next(terms: ContractTerms, *, actor: Any, at: datetime) -> None:
    """Does: tells whoever is to sign now. Refuses: nothing. Leaves behind: the notice or the mail."""
    signatory = awaited_signatory(terms)
    if signatory is not None:
        tell_turn(signatory, actor=actor, at=at)


def close_round(terms: ContractTerms, *, actor: Any, at: datetime) -> None:
    """Does: withdraws the personal links of this round. Refuses: nothing. Leaves behind: dead links."""
    for signatory in round_of(terms):
        close_links(signatory, SIGN_LINK, actor=actor, at=at)


def file_name(terms: ContractTerms, *, suffix: str = "") -> str:
    """« contrat-12-avenant-1.pdf »: no name of a person in a file that travels."""
    amendment = f"-avenant-{terms.number}" if terms.number else ""
    return f"contrat-{terms.contract_id}{amendment}{suffix}.pdf"


def _first_terms(contract: Contract) -> ContractTerms:
    return ContractTerms.objects.select_related("contract__person").get(contract=contract, number=0)
