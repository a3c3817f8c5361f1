"""What became of e-invoices: statuses that a platform brought, two documents that came back, a message that
can't be read; an activity with another address, one that waits for its reply address (INV-35, 36, 44)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from cae.core.settings import set_setting
from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.people import Population
from invoicing import parameters
from invoicing.engines.exchange.cdar import (
    TRANSMISSION,
    TREATMENT,
    Correspondent,
    StatusMessage,
    write_status,
)
from invoicing.engines.model import Treatment
from invoicing.models import Invoice
from invoicing.services.arriving import take_file
from invoicing.services.routing import give_address
from invoicing.services.senders import save_sender
from invoicing.states.exchange import WRITERS, Party

# From this day every firm receives its invoices by a platform: what becomes of them comes back.
DUTY = date(2026, 9, 1)
# Documents go to the platform since so many days: what is older keeps its statuses, and nothing leaves.
SINCE = timedelta(days=12)
# code and reason, in their order, one document after the other.
LIVES: tuple[tuple[str, ...], ...] = (
    ("200", "202", "203", "204", "205"),
    ("200", "202", "203", "207 CMD_ERR"),
    ("200", "202", "203", "210 TX_TVA_ERR"),
    ("200", "213 REJ_ADR"),
    ("200", "202", "208 JUSTIF_ABS"),
    ("200", "202"),
)
WORDS = {
    "207": "Notre bon de commande porte 3 jours, la facture 4.",
    "210": "Cette prestation relève du taux de 10 %.",
    "208": "Il manque l’attestation de fin de travaux.",
}


def exchange_with_platform(
    shops: Sequence[Shop], population: Population, *, today: date, now: datetime
) -> None:
    accountant = population.accounts["accountant"]
    set_setting(
        parameters.PLATFORM_ISSUE,
        value="yes",
        valid_from=today - SINCE,
        actor=accountant,
        reason="La plateforme agréée est choisie",
    )
    _address_and_sender(shops, today=today, now=now)
    told = _told(today)
    for invoice, life in zip(told, LIVES, strict=False):
        _live(invoice, life, now=now)
    if told:
        last = _message(told[-1], "203", now)
        with _one_failure():
            take_file("statut-abime.xml", write_status(last)[:-60], at=now)


@contextmanager
def _one_failure() -> Iterator[None]:
    """The demonstration is written without savepoints; here one file fails, and nothing else with it."""
    usual = connection.features.uses_savepoints
    connection.features.uses_savepoints = True
    try:
        yield
    finally:
        connection.features.uses_savepoints = usual


def _told(today: date) -> list[Invoice]:
    """Recent sales between firms, unpaid: nothing forbids that one comes back."""
    if today - timedelta(days=2) < DUTY:
        return []
    rows = Invoice.objects.issued().invoices().filter(balance__paid=0, balance__credited=0)
    rows = rows.filter(
        facts__treatment=Treatment.B2B.value,
        issued_on__gte=DUTY,
        issued_on__lte=today - timedelta(days=2),
    )
    return list(rows.order_by("-issued_on", "-pk")[: len(LIVES)])


def _live(invoice: Invoice, life: Sequence[str], *, now: datetime) -> None:
    """Each step some hours after the one before, the last one before now."""
    first = now - timedelta(hours=7 * len(life) + 1)
    for rank, said in enumerate(life):
        code, _space, reason = said.partition(" ")
        message = _message(invoice, code, first + timedelta(hours=7 * rank), reason)
        take_file(f"{invoice.number}_{code}.xml", write_status(message), at=message.at)


def _message(invoice: Invoice, code: str, at: datetime, reason: str = "") -> StatusMessage:
    facts = invoice.facts or {}
    seller, buyer = facts["seller"], facts["buyer"]
    by_buyer = WRITERS[code] == Party.BUYER
    return StatusMessage(
        message_id=f"PA-{invoice.number}-{code}",
        at=at,
        number=str(invoice.number),
        code=code,
        seller_siren=seller["siren"],
        issued_on=invoice.issued_on or timezone.localdate(at),
        type_code=facts["kind"],
        reasons=(reason,) if reason else (),
        comment=WORDS.get(code, ""),
        phase=TREATMENT if by_buyer else TRANSMISSION,
        sender=Correspondent(siren=buyer["siren"] if by_buyer else "", role="BY" if by_buyer else "WK"),
        recipient=Correspondent(siren=seller["siren"], role="SE", address=seller["electronic_address"]),
    )


def _address_and_sender(shops: Sequence[Shop], *, today: date, now: datetime) -> None:
    """One activity sells under its brand; another answers from a letter box that is not confirmed yet."""
    branded, answering = shops[0], shops[1]
    suffix = f"{branded.plan.code}-PRO"
    give_address(branded.activity, suffix=suffix, starts_on=today - SINCE, actor=branded.author)
    save_sender(
        branded.activity,
        name=f"L’équipe de {branded.plan.name}",
        reply_to="",
        version=0,
        actor=branded.author,
        at=now,
    )
    save_sender(
        answering.activity,
        name="",
        reply_to=f"reponses@{answering.plan.email.partition('@')[2]}",
        version=0,
        actor=answering.author,
        at=now,
    )
