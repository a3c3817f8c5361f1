"""Loads the demonstration whole or not at all: a loading that is killed leaves an empty house."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction

from accounting.services.controlling import control_books
from cae.core import audit
from cae.demonstration.loading.activities import Shop, archive_former_customers, open_shops
from cae.demonstration.loading.allocating import allocate_result
from cae.demonstration.loading.applications import apply_alone, write_charter
from cae.demonstration.loading.assemblies import hold_assemblies
from cae.demonstration.loading.associates import keep_register
from cae.demonstration.loading.banking import keep_bank
from cae.demonstration.loading.bodies import seat_bodies
from cae.demonstration.loading.catalogues import fill_catalogues
from cae.demonstration.loading.chasing import chase_customers
from cae.demonstration.loading.claims import check_spending
from cae.demonstration.loading.closings import close_months, write_by_hand
from cae.demonstration.loading.coaching import coach_people
from cae.demonstration.loading.collectives import gather
from cae.demonstration.loading.contracts import ask_no_code, sign_contracts
from cae.demonstration.loading.cooperative import Grounds, lay_grounds
from cae.demonstration.loading.coworkers import work_in_places
from cae.demonstration.loading.deals import open_deals
from cae.demonstration.loading.deliveries import deliver
from cae.demonstration.loading.desk import keep_desk
from cae.demonstration.loading.disbursed import Fee
from cae.demonstration.loading.elsewhere import bring_ledgers
from cae.demonstration.loading.exchange import exchange_with_platform
from cae.demonstration.loading.exporting import export_books
from cae.demonstration.loading.files import fill_files
from cae.demonstration.loading.gathering import gather_people
from cae.demonstration.loading.grants import levy_and_grant
from cae.demonstration.loading.incoming import receive_files
from cae.demonstration.loading.insurance import insure, lapse
from cae.demonstration.loading.known import known_of_each_day
from cae.demonstration.loading.layouts import lay_statements
from cae.demonstration.loading.letterings import check_letterings
from cae.demonstration.loading.money import move_money
from cae.demonstration.loading.months import take_months
from cae.demonstration.loading.offers import Offers
from cae.demonstration.loading.own_data import keep_own_data
from cae.demonstration.loading.parts import Sites
from cae.demonstration.loading.pay_settings import decide_pay_rates
from cae.demonstration.loading.paying import pay_people
from cae.demonstration.loading.payments import give_banks, pay_by_transfer
from cae.demonstration.loading.people import Population, open_first_account, settle
from cae.demonstration.loading.place_bookings import book_month
from cae.demonstration.loading.place_days import come_and_go
from cae.demonstration.loading.places import open_places
from cae.demonstration.loading.purchases import buy
from cae.demonstration.loading.repeating import repeat
from cae.demonstration.loading.sales import Market
from cae.demonstration.loading.secret_ballots import open_accounts
from cae.demonstration.loading.secret_sitting import sit_today
from cae.demonstration.loading.selling_inside import sell_inside
from cae.demonstration.loading.shares import move_shares
from cae.demonstration.loading.spending import spend
from cae.demonstration.loading.taxes import declare_taxes
from cae.demonstration.loading.together import Together
from cae.demonstration.loading.training import teach
from cae.demonstration.loading.treasury import look_ahead
from cae.demonstration.loading.trust import hand_over, trust
from cae.demonstration.loading.welcome import welcome_candidates
from cae.demonstration.loading.years import close_last_year
from invoicing.engines.checker import client
from people.models import User

CHECKER_SECONDS = 30


class CheckerAbsent(Exception):
    """Nobody judges the invoices: the demonstration would be made of drafts alone."""


def load(*, today: date, now: datetime) -> None:
    """Does: makes the cooperative, its people and a year of quotes and sales. Refuses: a checker that is
    silent. Leaves behind: everything, or nothing; the PDFs to come; the journal sealed.

    Verdicts are asked for inside the transaction, which a page never does: here nobody waits for a lock.
    """
    wait_for_checker()
    with transaction.atomic(), without_savepoints(), rarely_collected():
        administrator = open_first_account(today=today)
        grounds = lay_grounds(today=today, actor=administrator)
        population = settle(administrator, grounds=grounds, today=today, now=now)
        fill_files(population, grounds=grounds, today=today, now=now)
        shops = open_shops(grounds=grounds, population=population, today=today)
        insure(shops, population, today=today)
        accountant = population.accounts["accountant"]
        fill_catalogues(shops, today=today, actor=accountant)
        market = Market(today=today, accountant=accountant)
        offers = Offers(market, shops, checker=accountant)
        with known_of_each_day():
            others = (offers, Sites(market, shops), Fee(market, shops), Together(market, shops))
            market.play(shops, *(event for one in others for event in one.events()))
        offers.settle_news()
        move_money(today=today, actor=accountant)
        take_months(shops, today=today, actor=accountant)
        lay_statements(today=today, actor=accountant)
        trust(population, today=today)
        hand_over(shops, population, today=today)
        _fill_the_month(shops, population, today=today, now=now)
        archive_former_customers(shops, now=now)
        ask_no_code(today=today, actor=administrator)
        gather(shops, population, today=today, now=now)
        lapse(shops, population, today=today)
        keep_own_data(population, today=today, now=now)
        write_charter(today=today, actor=administrator)
        apply_alone(population, today=today, now=now)
        welcome_candidates(population, grounds, today=today, now=now)
        sign_contracts(population, today=today, now=now)
        coach_people(population, today=today, now=now)
        keep_desk(population, today=today, now=now)
        chase_customers(shops, today=today, now=now, accountant=accountant)
        _associate(population, today=today, now=now)
        _open_doors(population, shops, grounds=grounds, today=today, now=now)
        pay_by_transfer(population, today=today, now=now)
        _keep_books(shops, population, today=today)
    _prove(actor=accountant)


def _keep_books(shops: Sequence[Shop], population: Population, *, today: date) -> None:
    """What the accountant does with what is done: levies and grants, bank, taxes, lettering, entries by hand,
    closings."""
    accountant = population.accounts["accountant"]
    levy_and_grant(shops, population, today=today)
    decide_pay_rates(today=today, actor=population.accounts["admin"])
    pay_people(population, today=today)
    keep_bank(today=today, actor=accountant)
    declare_taxes(today=today, actor=accountant)
    check_letterings(today=today, actor=accountant)
    write_by_hand(population, today=today)
    bring_ledgers(today=today, actor=accountant)
    close_last_year(shops, population, today=today)
    allocate_result(population, today=today)
    look_ahead(shops, population, today=today)
    # The last of all: a month that is closed receives nothing more.
    close_months(population, today=today)
    export_books(today=today, actor=accountant)


def _prove(*, actor: User) -> None:
    """The journal sealed, then the books controlled: whoever audits asks first when they last were."""
    while audit.seal_waiting():
        pass
    control_books(actor=actor)


def _fill_the_month(shops: Sequence[Shop], population: Population, *, today: date, now: datetime) -> None:
    """What is not sales: banks of people, deals, expenses, the platform of e-invoices."""
    give_banks(population)
    open_deals(shops, population, today=today)
    deliver(shops, today=today, now=now)
    spend(shops, population, today=today)
    check_spending(shops, population, today=today, now=now)
    exchange_with_platform(shops, population, today=today, now=now)
    receive_files(shops, population, today=today, now=now)
    buy(shops, population, today=today, now=now)
    sell_inside(shops, today=today)
    repeat(shops, today=today, now=now)


def _open_doors(
    population: Population, shops: Sequence[Shop], *, grounds: Grounds, today: date, now: datetime
) -> None:
    """Places, who works there, what they book, events, trainings."""
    places = open_places(population, shops, grounds=grounds, today=today, now=now)
    work_in_places(population, shops, places, today=today, now=now)
    book_month(population, today=today, now=now)
    come_and_go(population, today=today, now=now)
    gather_people(population, places, today=today, now=now)
    teach(shops, population, today=today, now=now)


def _associate(population: Population, *, today: date, now: datetime) -> None:
    """Those who own the cooperative, and what they decide."""
    associates = keep_register(population, today=today, now=now)
    move_shares(population, associates, today=today, now=now)
    open_accounts(population, associates)
    hold_assemblies(population, associates, today=today, now=now)
    seat_bodies(population, associates, today=today, now=now)
    sit_today(population, associates, today=today, now=now)


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Rows by the thousand and hardly a cycle among them: Python looks for cycles less often, and never among
    what was there before; a fifth of the processor went there."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


@contextmanager
def without_savepoints() -> Iterator[None]:
    """Whatever fails undoes everything, so the savepoints of each service protect nothing here: they would
    be a third of all that is said to the database."""
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        connection.features.uses_savepoints = True


def wait_for_checker() -> None:
    """At a first start the checker is still compiling its rules."""
    deadline = time.monotonic() + CHECKER_SECONDS
    while not client.is_ready(settings.CHECKER_URL):
        if time.monotonic() > deadline:
            raise CheckerAbsent(f"the invoice checker does not answer at « {settings.CHECKER_URL} »")
        time.sleep(1 / 5)
