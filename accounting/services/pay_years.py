"""Settles the year of each person: computed from the books, due after the assembly, paid with a month."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.payroll.year_end import YearFigures, due_on, gross_of
from accounting.models import PayItem, PayProposal, RetainedResultAgreement, YearEndRegularisation
from accounting.selectors.pay_means import payees
from accounting.selectors.pay_years import PersonYear, section_of_year, years_of_people
from accounting.services.pay_making import Engines
from accounting.services.pay_notices import tell_proposed, tell_to_sign
from accounting.states.payroll import (
    RETAINED_FLOW,
    YEAR_END_FLOW,
    PayItemKind,
    PayState,
    RetainedState,
    YearEndState,
)
from cae.core import audit
from cae.core.elision import elided
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.jobs import Progress, start_job
from cae.core.kept_words import house_words
from cae.core.models import Job
from cae.core.money import CENT, ZERO
from cae.core.periods import Span
from cae.core.signing import Hand, Origin, sign
from cae.core.templatetags.formats import day, money
from cae.core.workflow import performs

TASK = "accounting.compute_pay_years"
PURPOSE = "accounting.retained_result"
PACE = timedelta(milliseconds=500)
_SUMS = ("turnover", "direct_costs", "contribution", "real_cost", "carried")


def ask_for_years(year: Span, *, today: date, actor: Any) -> Job:
    """Does: starts the job that computes the balance of a year. Refuses: a year that is not over, one in
    which nobody was paid. Leaves behind: the job."""
    if year.ends_on >= today:
        raise Refused(Code.PERIOD_INVALID, _("Cet exercice n’est pas terminé."), field="year")
    count = len(years_of_people(year))
    if not count:
        raise Refused(
            Code.VALUE_MISSING, _("Aucune activité n’a payé personne cette année-là."), field="year"
        )
    return start_job(
        TASK,
        label=house_words(gettext_lazy("Soldes de fin d’année"), str(year.ends_on.year)),
        actor=actor,
        total=count,
        starts_on=year.starts_on.isoformat(),
        ends_on=year.ends_on.isoformat(),
        leads_to=reverse("accounting:pay_years"),
    )


def compute_years(year: Span, *, through: Progress, only: Sequence[str] | None = None) -> None:
    """Does: computes the balance of each person, again for those not decided yet. Refuses: nothing; what one
    person lacks is noted against them. Leaves behind: balances; those decided do not move; audit."""
    rows = years_of_people(year, only)
    through.each(rows, partial(_compute_one, year=year, actor=through.job.author), pace=PACE)


@transaction.atomic
def _compute_one(one: PersonYear, *, year: Span, actor: Any) -> None:
    known = (
        YearEndRegularisation.objects.select_for_update(of=("self",))
        .filter(person=one.person, activity=one.activity, starts_on=year.starts_on)
        .first()
    )
    if known is not None and known.state != YearEndState.COMPUTED:
        return
    row = known or YearEndRegularisation(
        person=one.person, activity=one.activity, starts_on=year.starts_on, ends_on=year.ends_on
    )
    for name in _SUMS:
        setattr(row, name, getattr(one.figures, name))
    _balance(row)
    row.created_by = actor
    row.save()
    audit.record(actor, "accounting.compute_pay_year", row, detail={"balance": str(row.balance)})


def _balance(row: YearEndRegularisation) -> None:
    """Writes what the sums of the row come to."""
    figures = YearFigures(**{name: getattr(row, name) for name in (*_SUMS, "left")})
    row.balance = figures.balance


@transaction.atomic
def draft_agreement(row: YearEndRegularisation, *, amount: Decimal, actor: Any) -> RetainedResultAgreement:
    """Does: prepares the agreement to leave a result in the cooperative, to be signed by the person. Refuses:
    a balance decided already, an amount that is not positive, has a fraction of a cent or is above the
    balance, another agreement alive. Leaves behind: the agreement, the person told, audit."""
    year = YearEndRegularisation.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if year.state != YearEndState.COMPUTED:
        raise IllegalMove(_("Ce solde est déjà arrêté : plus rien ne peut en être laissé."))
    if amount <= ZERO or amount % CENT or amount > year.balance:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Le montant laissé va de un centime au solde : %(balance)s.")
            % {"balance": money(max(year.balance, ZERO))},
            field="amount",
        )
    if year.agreements.exclude(state=RetainedState.DROPPED).exists():
        raise Refused(Code.DUPLICATE, _("Un accord existe déjà pour cet exercice."), field="amount")
    terms = _terms(year, amount)
    agreement = RetainedResultAgreement.objects.create(
        year=year,
        amount=amount,
        terms=terms,
        content_sha256=hashlib.sha256(terms.encode()).hexdigest(),
        created_by=actor,
    )
    audit.record(actor, "accounting.draft_retained", agreement, detail={"amount": str(amount)})
    tell_to_sign(agreement, actor=actor)
    return agreement


def _terms(year: YearEndRegularisation, amount: Decimal) -> str:
    words = {
        "name": year.person,
        "activity": year.activity,
        "from": day(year.starts_on),
        "until": day(year.ends_on),
        "amount": money(amount),
    }
    return (
        _(
            "%(name)s et la coopérative conviennent de laisser %(amount)s, en coût pour l’employeur, dans le"
            " résultat de la coopérative, au titre de l’activité « %(activity)s », exercice du %(from)s au"
            " %(until)s. Cette somme ne sera pas versée en salaire : elle suit les règles de répartition du"
            " résultat des statuts et des accords collectifs (C. trav. R7331-12)."
        )
        % words
    )


@performs(RETAINED_FLOW, "sign")
def sign_agreement(
    row: RetainedResultAgreement, *, hand: Hand, shown: str, at: datetime, origin: Origin, actor: Any
) -> None:
    """Does: the person signs; what they leave is taken off the balance. Refuses: another text than the one
    shown, no mark, a balance decided meanwhile or now below the amount. Leaves behind: the signature, the
    balance, audit."""
    year = YearEndRegularisation.objects.select_for_update(of=("self",)).get(pk=row.year_id)
    if shown != row.content_sha256:
        raise Refused(Code.STALE_FORM, _("Ce texte a changé : relisez-le avant de signer."))
    if year.state != YearEndState.COMPUTED or row.amount > year.balance:
        raise IllegalMove(_("Le solde de cet exercice a changé : demandez un nouvel accord."))
    row.signature = sign(
        row,
        purpose=PURPOSE,
        hand=hand,
        content_sha256=row.content_sha256,
        at=at,
        origin=origin,
        terms=row.terms,
        actor=actor,
    )
    year.left = row.amount
    _balance(year)
    year.save(update_fields=["left", "balance"])


@performs(RETAINED_FLOW, "drop")
def drop_agreement(row: RetainedResultAgreement, *, actor: Any) -> None:
    """Does: gives up an agreement that nobody signed. Refuses: a signed one. Leaves behind: another may be
    prepared; audit."""


@transaction.atomic
def note_accounts_assembly(year: Span, *, on: date, today: date, actor: Any) -> int:
    """Does: the assembly ruled on the accounts of a year: what is owed is due one month later, what is
    negative is carried to the next; gives how many. Called by the team, and by the room of assemblies.
    Refuses: a day before the end of the year or to come, nothing computed, an agreement still to sign. Leaves
    behind: each balance decided; audit."""
    if not year.ends_on < on <= today:
        raise Refused(Code.DATE_INVALID, _("L’assemblée se tient après la fin de l’exercice."), field="on")
    rows = YearEndRegularisation.objects.select_for_update(of=("self",)).filter(
        starts_on=year.starts_on, state=YearEndState.COMPUTED
    )
    found = list(rows.select_related("person").order_by("pk"))
    if not found:
        raise Refused(
            Code.VALUE_MISSING, _("Aucun solde de cet exercice n’attend : calculez-les."), field="year"
        )
    waiting = RetainedResultAgreement.objects.filter(year__in=found, state=RetainedState.TO_SIGN)
    first = waiting.select_related("year__person").order_by("pk").first()
    if first is not None:
        raise Refused(
            Code.ILLEGAL_MOVE,
            elided(
                _("L’accord de %(name)s n’est pas signé : faites-le signer, ou abandonnez-le."),
                {"name": first.year.person},
            ),
        )
    for row in found:
        move = _owe if row.balance > ZERO else _carry
        move(row, on=on, actor=actor)
    return len(found)


@performs(YEAR_END_FLOW, "owe")
def _owe(row: YearEndRegularisation, *, on: date, actor: Any) -> None:
    """Does, refuses, leaves behind: as `note_accounts_assembly`."""
    row.assembly_on, row.due_on = on, due_on(on)


@performs(YEAR_END_FLOW, "carry")
def _carry(row: YearEndRegularisation, *, on: date, actor: Any) -> None:
    """Does, refuses, leaves behind: as `note_accounts_assembly`."""
    row.assembly_on = on


@performs(YEAR_END_FLOW, "settle")
def settle_year(row: YearEndRegularisation, *, pay: PayProposal, engines: Engines, actor: Any) -> None:
    """Does: pays a balance with a pay still to accept, as the gross that its cost allows beside it. Refuses:
    somebody else's pay, one that is no longer to accept, one that pays a balance of this activity already.
    Leaves behind: the element and the new simulation; the person told; audit."""
    proposal = PayProposal.objects.select_for_update(of=("self",)).get(pk=pay.pk)
    if proposal.person_id != row.person_id or proposal.state != PayState.PROPOSED:
        raise IllegalMove(_("Le solde se verse avec une paie de la personne, encore à accepter."))
    section = section_of_year(row)
    if proposal.items.filter(kind=PayItemKind.YEAR, section=section).exists():
        raise Refused(Code.DUPLICATE, _("Cette paie verse déjà un solde de cette activité."))
    payee = payees(proposal.month.month, [row.person_id])
    if not payee:
        raise Refused(Code.ACCOUNT_MISSING, _("Cette personne n’a plus de contrat ce mois-là."))
    engine = engines(payee[0], proposal.month.month)
    gross = gross_of(proposal.cost + row.balance, engine.gross_for, proposal.gross)
    if not gross:
        raise Refused(
            Code.AMOUNT_INVALID, _("Ce solde ne couvre même pas les cotisations d’un centime de brut.")
        )
    figures = engine.figures(proposal.gross + gross)
    PayItem.objects.create(proposal=proposal, kind=PayItemKind.YEAR, section=section, amount=gross)
    row.gross, row.net, row.rules = gross, figures.net - proposal.net, engine.rules
    row.paid_with = proposal
    proposal.gross, proposal.cost, proposal.net = figures.gross, figures.cost, figures.net
    proposal.rgdu, proposal.rules = figures.rgdu, engine.rules
    proposal.save(update_fields=["gross", "cost", "net", "rgdu", "rules"])
    tell_proposed(proposal, actor=actor)
