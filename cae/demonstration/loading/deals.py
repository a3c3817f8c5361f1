"""Deals of the demonstration, made from sales already played: one to invoice, one that lacks a paper and
whose contract is negotiated, one closed; and a contract that waits for the team (INV-10, INV-11, INV-19)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import QuerySet

from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.files import PAPER
from cae.demonstration.loading.people import Population, key_of
from invoicing.models import (
    ContractClause,
    ContractReview,
    Customer,
    Deal,
    DealKind,
    DealRequirement,
    Invoice,
    Quote,
)
from invoicing.services.contract_reviews import Asked, Point, ask_review, negotiate_review
from invoicing.services.deal_papers import add_file, waive_paper
from invoicing.services.deals import DealContent, attach, close_deal, open_deal
from invoicing.states.deals import PointVerdict, ReviewSubject
from invoicing.states.sales import InvoiceKind, InvoiceState, QuoteState
from people.models import User

# The activity of entrepreneur@, then another of the same advisor.
_MAIN, _OTHER = "LENOIR", "TRAITLIBRE"


def open_deals(shops: Sequence[Shop], population: Population, *, today: date) -> None:
    """Does: opens the deals, with what belongs to them. Refuses: nothing. Leaves behind: deals, files, a
    waiver, contracts read and to read."""
    by_code = {shop.plan.code: shop for shop in shops}
    shop, other = by_code[_MAIN], by_code[_OTHER]
    advisor, accountant = population.accounts["advisor"], population.accounts["accountant"]
    # Numbers and dates of deals rise together.
    _closed(shop, today=today, accountant=accountant)
    _to_invoice(shop, today=today)
    wanting = _wanting(shop, today=today, advisor=advisor)
    _negotiated(shop, wanting, today=today, reader=advisor)
    _ask(other, "Contrat de cession de droits, affiches du festival", None, today=today)


def _to_invoice(shop: Shop, *, today: date) -> None:
    """Every accepted quote of a customer, and files in folders."""
    quote = _quotes(shop).filter(invoices__isnull=True).first() or _quotes(shop).first()
    customer = quote.customer if quote else next(iter(shop.customers.values()))
    deal = _open(shop, "Reportages de la saison", "classic", customer, on=today - timedelta(days=80))
    for one in _quotes(shop).filter(customer=customer):
        attach(deal, one, actor=shop.author)
    for name, folder in (("brief.pdf", "Préparation"), ("planning.pdf", "Préparation"), ("bon.pdf", "")):
        add_file(deal, content=PAPER, name=name, folder=folder, on=today, actor=shop.author)


def _wanting(shop: Shop, *, today: date, advisor: User) -> Deal:
    """A training whose agreement is there, whose attendance sheets are not, that does without the rest."""
    deal = _open(
        shop, "Formation à la prise de vue", "training", _customer(shop), on=today - timedelta(days=40)
    )
    papers = {one.label: one for one in DealRequirement.objects.filter(kind=deal.kind_id)}
    agreement = papers["Convention de formation signée"]
    add_file(deal, content=PAPER, name="convention.pdf", requirement=agreement, on=today, actor=shop.author)
    reason = "Formation d’une demi-journée : évaluation faite à l’oral, notée au compte rendu."
    waive_paper(deal, requirement=papers["Évaluations des stagiaires"], reason=reason, actor=advisor)
    return deal


def _negotiated(shop: Shop, deal: Deal, *, today: date, reader: User) -> None:
    review = _ask(shop, "Contrat-cadre de formation", deal, today=today)
    clause = ContractClause.objects.filter(subject=ReviewSubject.LIABILITY).first()
    points = {subject.value: Point(PointVerdict.GOOD) for subject in ReviewSubject} | {
        ReviewSubject.LIABILITY.value: Point(
            PointVerdict.RESERVE, "Responsabilité sans plafond : au-delà de notre assurance.", clause
        ),
        ReviewSubject.PAYMENT.value: Point(PointVerdict.RESERVE, "Soixante jours fin de mois : trop long."),
    }
    negotiate_review(
        review,
        points=points,
        answer="Bon contrat dans l’ensemble : proposez la clause ci-dessous et trente jours.",
        actor=reader,
    )


def _closed(shop: Shop, *, today: date, accountant: User) -> None:
    """What is invoiced without quote and paid, of one customer."""
    paid = Invoice.objects.filter(
        activity=shop.activity,
        kind=InvoiceKind.INVOICE,
        state=InvoiceState.ISSUED,
        quote__isnull=True,
        balance__due=0,
    ).order_by("issued_on")
    invoice = paid.select_related("customer").first()
    if invoice is None or invoice.issued_on is None:
        return
    deal = _open(shop, "Portraits d’équipe", "classic", invoice.customer, on=invoice.issued_on)
    attach(deal, invoice, actor=shop.author)
    close_deal(deal, on=today, actor=accountant)


def _ask(shop: Shop, title: str, deal: Deal | None, *, today: date) -> ContractReview:
    return ask_review(
        shop.activity,
        asked=Asked(
            title=title,
            customer=deal.customer if deal and deal.customer else _customer(shop),
            deal=deal,
            sign_by=today + timedelta(days=10),
            question="La page sur la responsabilité me semble longue.",
        ),
        content=PAPER,
        name="contrat.pdf",
        form_key=key_of(shop.plan.code, title),
        on=today,
        actor=shop.author,
    )


def _open(shop: Shop, title: str, kind: str, customer: Customer, *, on: date) -> Deal:
    return open_deal(
        shop.activity,
        content=DealContent(title, DealKind.objects.get(code=kind), customer),
        form_key=key_of(shop.plan.code, title),
        on=on,
        actor=shop.author,
    )


def _quotes(shop: Shop) -> QuerySet[Quote]:
    return Quote.objects.filter(activity=shop.activity, state=QuoteState.ACCEPTED).select_related("customer")


def _customer(shop: Shop) -> Customer:
    return next(iter(shop.customers.values()))
