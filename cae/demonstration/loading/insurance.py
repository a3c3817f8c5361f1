"""Who insures whom: the contract of the house, guarantees of trades, one that lapsed, claims (ENT-42)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.days import days_ago
from cae.demonstration.loading.people import Population, key_of
from cae.demonstration.loading.professions import OPENED_AGO
from entrepreneurs.models import Cover
from entrepreneurs.services.claims import close_claim, declare_claim, send_claim
from entrepreneurs.services.covers import end_cover, record_cover
from entrepreneurs.states.trades import InsuranceClass
from invoicing.models import Invoice
from invoicing.services.quoting import duplicate_as_quote
from invoicing.services.submitting import submit_quote

# Told apart from the contract of the house: each such trade has a guarantee of its own.
OWN = {
    InsuranceClass.BUILDING: ("Mutuelle du bâtiment", Decimal(600000), Decimal(50000)),
    InsuranceClass.FOOD: ("Assurances des Halles", Decimal(150000), None),
}
# How many days its guarantee still lasts.
ENDS_SOON = {"RABOT": 21, "SAISONS": 48}
USUAL_DAYS = 230
# Its insurer ended the contract: its next quote waits.
LAPSED = "VOLUMES"


def insure(shops: Sequence[Shop], population: Population, *, today: date) -> None:
    """The contract of the house since its first day, then the guarantees that some trades ask for."""
    actor = population.accounts["hr"]
    record_cover(
        None,
        insurer="Mutuelle des coopérateurs",
        policy="RCP-2041-88",
        classes=[InsuranceClass.CIVIL, InsuranceClass.PRODUCTS, InsuranceClass.CARE, InsuranceClass.DATA],
        works="Activités déclarées des entrepreneurs de la coopérative",
        area="France et Union européenne",
        amount=Decimal(1500000),
        starts_on=days_ago(today, OPENED_AGO),
        ends_on=days_ago(today, -300),
        actor=actor,
    )
    for shop in shops:
        own = OWN.get(InsuranceClass(shop.activity.trade.insurance_class))
        if own is None:
            continue
        insurer, amount, limit = own
        record_cover(
            shop.activity,
            insurer=insurer,
            policy=f"{shop.plan.code}-17",
            classes=[shop.activity.trade.insurance_class],
            trades=[shop.activity.trade],
            works=shop.activity.trade.definition[:250],
            area="France métropolitaine",
            amount=amount,
            job_limit=limit,
            starts_on=shop.activity.opened_on,
            ends_on=days_ago(today, -ENDS_SOON.get(shop.plan.code, USUAL_DAYS)),
            actor=actor,
        )


def lapse(shops: Sequence[Shop], population: Population, *, today: date) -> None:
    """One guarantee was ended by its insurer: the quote handed over this morning is stopped. Three claims."""
    by_code = {shop.plan.code: shop for shop in shops}
    hr, shop = population.accounts["hr"], by_code[LAPSED]
    cover = Cover.objects.get(activity=shop.activity)
    why = "Résiliée par l’assureur : prime impayée"
    end_cover(cover, last_day=today - timedelta(days=1), reason=why, actor=hr)
    model = Invoice.objects.filter(activity=shop.activity, credited=None).earliest("pk")
    quote = duplicate_as_quote(model, form_key=key_of("stopped", LAPSED), actor=shop.author, on=today)
    submit_quote(quote, actor=shop.author, on=today)
    _claims(by_code, population, today)


def _claims(by_code: dict[str, Shop], population: Population, today: date) -> None:
    hr = population.accounts["hr"]
    wood = declare_claim(
        by_code["COPEAUX"].activity,
        happened_on=days_ago(today, 40),
        description="Un plan de travail a cédé : vaisselle et carrelage endommagés.",
        third_party="Hôtel du Lac",
        estimate=Decimal(1200),
        on=days_ago(today, 38),
        actor=population.accounts["advisor"],
    )
    send_claim(wood, reference="MB-55-1207", actor=hr)
    meal = declare_claim(
        by_code["TABLEE"].activity,
        happened_on=days_ago(today, 190),
        description="Deux convives malades après un buffet ; analyses négatives.",
        on=days_ago(today, 188),
        actor=hr,
    )
    close_claim(send_claim(meal, actor=hr), outcome="Sans suite : la cause est ailleurs", actor=hr)
    photo = by_code["LENOIR"]
    declare_claim(
        photo.activity,
        happened_on=days_ago(today, 2),
        description="Un pied de lampe est tombé sur un invité ; contusion légère.",
        third_party="Invité du mariage",
        on=days_ago(today, 1),
        actor=photo.author,
    )
