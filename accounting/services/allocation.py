"""Takes an allocation of result from the assembly to the books: joined, voted, posted (ACC-47)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.allocation.law import Law
from accounting.calculations.allocation.parts import breaches
from accounting.calculations.year_end import Receivers, allocation_entry
from accounting.models import ResultAllocation
from accounting.selectors.accounts import shared_section
from accounting.selectors.allocation import law_applied, shares_of
from accounting.selectors.allocation_facts import result_of_year, results_carried
from accounting.selectors.allocation_words import breach_words
from accounting.selectors.year_end import held_at_end
from accounting.services.allocation_proposing import MOST_REASON, lacking
from accounting.services.posting import post_entry
from accounting.services.reversing import reverse_entry
from accounting.states.allocation import ALLOCATION_FLOW, ShareKind
from accounting.states.periods import POSTING_TURN
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.kept_words import house_words
from cae.core.money import ZERO
from cae.core.templatetags.formats import money
from cae.core.turns import take_turn
from cae.core.workflow import performs
from people.services.changes import one_line

MOST_DECISION = 200
_LABEL = gettext_lazy("Affectation du résultat")


@performs(ALLOCATION_FLOW, "join")
def join_allocation(row: ResultAllocation, *, decision: str, actor: Any) -> None:
    """Does: puts a proposal on the agenda of an assembly, named in `decision`: nothing of it moves any more.
    Refuses: no word of the assembly, a result that is no longer that of the books, parts that the law forbids
    or that cannot be shared. Leaves behind: audit."""
    row.decision, row.state_reason = _decision(decision), ""
    _require_sound(row)


@performs(ALLOCATION_FLOW, "take_back")
def take_back_allocation(row: ResultAllocation, *, reason: str, actor: Any) -> None:
    """Does: gives a proposal back to be changed, when an assembly does not rule on it. Refuses: no reason.
    Leaves behind: audit."""
    missing = _("Dites pourquoi cette proposition est reprise.")
    row.state_reason = one_line(reason, "reason", missing, most=MOST_REASON)
    row.decision = ""


@performs(ALLOCATION_FLOW, "vote")
def note_vote(
    row: ResultAllocation, *, on: date, today: date, decision: str, actor: Any, was_joined: bool = False
) -> None:
    """Does: the assembly has decided this allocation; `was_joined`: what it had before it is this very one,
    given back since. Refuses: no word of the decision, a day before the end of the year or to come; of one
    that was never joined, what `join_allocation` refuses. Leaves behind: audit."""
    was_joined = was_joined or bool(row.decision)
    row.decision = _decision(decision)
    if not row.year.ends_on < on <= today:
        raise Refused(Code.DATE_INVALID, _("L’assemblée se tient après la fin de l’exercice."), field="on")
    if not was_joined:
        _require_sound(row)
    row.voted_on, row.state_reason = on, ""


@performs(ALLOCATION_FLOW, "reconsider")
def reconsider_allocation(row: ResultAllocation, *, reason: str, actor: Any) -> None:
    """Does: makes a voted allocation a proposal again: the vote was wrongly noted, or put right. Refuses: no
    reason. Leaves behind: audit."""
    missing = _("Dites pourquoi ce vote ne tient plus.")
    row.state_reason = one_line(reason, "reason", missing, most=MOST_REASON)
    row.decision, row.voted_on = "", None


@performs(ALLOCATION_FLOW, "post")
def post_allocation(row: ResultAllocation, *, on: date, actor: Any) -> None:
    """Does: takes the result of every section to reserves and people, in one entry. Refuses: a day before the
    vote or in a closed month, a year whose closing entries are not made, lack something or say another
    result. Leaves behind: the entry, unless there is nothing to allocate; audit."""
    # Alone: what is read is what is posted.
    take_turn(POSTING_TURN)
    if row.voted_on is None or on < row.voted_on:
        raise Refused(Code.DATE_INVALID, _("L’écriture ne précède pas le vote de l’assemblée."), field="on")
    results = results_carried(row.year)
    taken = sum(results.values(), ZERO)
    if taken != row.result:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _(
                "Les écritures de clôture ont porté %(taken)s au résultat, l’assemblée a affecté %(result)s :"
                " faites d’abord la clôture des charges et des produits."
            )
            % {"taken": money(taken), "result": money(row.result)},
        )
    if held_at_end(row.year):
        raise Refused(
            Code.ILLEGAL_MOVE,
            _(
                "Des charges ou des produits sont passés depuis la clôture de l’exercice :"
                " portez-les au résultat."
            ),
        )
    row.state_reason = ""
    shares = shares_of(row)
    draft = allocation_entry(
        row.parts,
        Receivers(
            labour=tuple((one.name, one.amount) for one in shares if one.kind == ShareKind.LABOUR),
            interest=tuple((one.name, one.amount) for one in shares if one.kind == ShareKind.INTEREST),
        ),
        results,
        section=shared_section().pk,
        on=on,
        label=house_words(_LABEL, row.year),
    )
    if draft is not None:
        row.entry = post_entry(draft, actor=actor, source=row)


@performs(ALLOCATION_FLOW, "undo")
def undo_allocation(row: ResultAllocation, *, on: date, reason: str, actor: Any) -> None:
    """Does: reverses the entry of an allocation. Refuses: no reason, a day before the entry or in a closed
    month. Leaves behind: the reversal, the vote as it was; audit."""
    why = one_line(reason, "reason", _("Dites pourquoi cette écriture est contre-passée."), most=150)
    row.state_reason = why
    if row.entry is not None:
        reverse_entry(row.entry, on=on, reason=why, actor=actor, source=row)
        row.entry = None


def _decision(words: str) -> str:
    missing = _("Dites quelle assemblée : sa date, le numéro de la résolution.")
    return one_line(words, "decision", missing, most=MOST_DECISION)


def _require_sound(row: ResultAllocation) -> None:
    """What is put to a vote is what the books say, what the law allows, and wholly shared."""
    now = result_of_year(row.year)
    if now != row.result:
        raise Refused(
            Code.STALE_FORM,
            _("Le résultat des livres est maintenant de %(now)s : relisez les livres, puis les parts.")
            % {"now": money(now)},
        )
    law: Law = law_applied(row)
    for breach in breaches(law, row.facts, row.parts):
        raise IllegalMove(breach_words(breach, row)[0])
    lacks = lacking(row)
    if lacks is not None:
        raise IllegalMove(str(lacks))
    shared = sum((one.amount for one in shares_of(row)), Decimal(0))
    if shared != row.labour + row.interest:
        raise IllegalMove(_("Ce que chacun reçoit n’est plus la somme des parts : relisez les livres."))
