"""The part of the demonstration that votes, loaded without its sales: it has its members, its assemblies, its
secret ballots."""

from __future__ import annotations

from datetime import date, datetime

from cae.demonstration.loading.assemblies import hold_assemblies
from cae.demonstration.loading.associates import keep_register
from cae.demonstration.loading.bodies import seat_bodies
from cae.demonstration.loading.contracts import ask_no_code
from cae.demonstration.loading.cooperative import lay_grounds
from cae.demonstration.loading.files import fill_files
from cae.demonstration.loading.people import Population, open_first_account, settle
from cae.demonstration.loading.secret_ballots import open_accounts
from cae.demonstration.loading.secret_sitting import sit_today
from cae.demonstration.loading.shares import move_shares


def load_members(*, today: date, now: datetime) -> Population:
    """Loads what the loader loads of governance, in its order."""
    administrator = open_first_account(today=today)
    grounds = lay_grounds(today=today, actor=administrator)
    population = settle(administrator, grounds=grounds, today=today, now=now)
    fill_files(population, grounds=grounds, today=today, now=now)
    ask_no_code(today=today, actor=administrator)
    associates = keep_register(population, today=today, now=now)
    move_shares(population, associates, today=today, now=now)
    open_accounts(population, associates)
    hold_assemblies(population, associates, today=today, now=now)
    seat_bodies(population, associates, today=today, now=now)
    sit_today(population, associates, today=today, now=now)
    return population
