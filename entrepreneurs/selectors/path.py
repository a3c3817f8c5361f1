"""The path of a person as steps with dates, and what comes next (ENT-31, ENT-29)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cae.core.settings import value_of
from entrepreneurs.calculations.contracts import Clocks, is_short
from entrepreneurs.models import Contract
from entrepreneurs.selectors.contracts import became_associate, clocks, contract_in_force, is_blocked
from entrepreneurs.states.contracts import ContractKind
from people.models import Person, StatusPeriod
from people.selectors.statuses import status_history
from people.states.statuses import StatusKind

SHORT_MONTHS = "entrepreneurs.associate_short_months"

# In the order of the path; « leaver » is shown to those who left, or whose exit is dated.
STEPS: tuple[str, ...] = (
    StatusKind.CANDIDATE,
    StatusKind.PROJECT_HOLDER,
    StatusKind.ENTREPRENEUR,
    StatusKind.ASSOCIATE,
    StatusKind.LEAVER,
)


@dataclass(frozen=True)
class AssociateClock:
    """How long is left to become an associate."""

    contract: Contract
    law: Clocks
    on: date
    blocked: bool
    # Less is left than the cooperative finds comfortable.
    short: bool

    @property
    def last_day(self) -> date:
        return self.law.associate_by

    @property
    def trial_ends_on(self) -> date | None:
        """The last day of the trial, while it lasts."""
        ends_on = self.law.trial_ends_on
        return ends_on if ends_on is not None and ends_on >= self.on else None


@dataclass(frozen=True)
class PathPage:
    """What « Mon parcours » shows."""

    person: Person
    steps: list[dict[str, Any]]
    contract: Contract | None
    clock: AssociateClock | None
    next_label: str


def path_of(person: Person, on: date) -> PathPage:
    """Gives where a person is, since when, what comes next, and the last day to act."""
    periods = [one for one in status_history(person) if not one.is_empty]
    contract = contract_in_force(person, on)
    clock = associate_clock(contract, on) if contract else None
    return PathPage(
        person=person,
        steps=[_step(kind, periods, on) for kind in STEPS if _is_shown(kind, periods)],
        contract=contract,
        clock=clock,
        next_label=_next(periods, contract, clock, on),
    )


def associate_clock(contract: Contract, on: date) -> AssociateClock | None:
    """Gives the clock of a CESA whose person is no associate yet."""
    if contract.kind != ContractKind.CESA:
        return None
    law = clocks(contract)
    if became_associate(contract, law.associate_by, on):
        return None
    short = is_short(law.associate_by, on, months=int(value_of(SHORT_MONTHS, on=on)))
    return AssociateClock(contract, law, on, is_blocked(contract, on) is not None, short)


def _is_shown(kind: str, periods: list[StatusPeriod]) -> bool:
    """A step is shown once reached, or while it may still come: nobody becomes a candidate afterwards."""
    held = {one.kind for one in periods}
    if kind == StatusKind.LEAVER or (kind == StatusKind.CANDIDATE and held & set(STEPS)):
        return kind in held
    return True


def _step(kind: str, periods: list[StatusPeriod], on: date) -> dict[str, Any]:
    mine = [one for one in periods if one.kind == kind]
    now = next((one for one in mine if one.is_in_force(on)), None)
    label = StatusKind(kind).label
    if now is not None:
        return {"label": label, "state": "current", "hint": _days(now)}
    past = next((one for one in mine if one.ends_on is not None and one.ends_on < on), None)
    if past is not None:
        return {"label": label, "state": "done", "hint": _days(past)}
    coming = next((one for one in reversed(mine) if one.starts_on > on), None)
    hint = _("à partir du %(day)s") % {"day": f"{coming.starts_on:%d/%m/%Y}"} if coming else ""
    return {"label": label, "state": "todo", "hint": hint}


def _days(period: StatusPeriod) -> str:
    facts = {"from": f"{period.starts_on:%d/%m/%Y}"}
    if period.ends_on is None:
        return _("depuis le %(from)s") % facts
    return _("du %(from)s au %(to)s") % (facts | {"to": f"{period.ends_on:%d/%m/%Y}"})


def _next(
    periods: list[StatusPeriod], contract: Contract | None, clock: AssociateClock | None, on: date
) -> str:
    """What comes next, in one sentence that the person and the team may both read."""
    if clock is not None and clock.blocked:
        return _("Le délai pour devenir associé·e est passé : à voir tout de suite avec la coopérative.")
    if clock is not None:
        return _("La suite : devenir associé·e, au plus tard le %(day)s.") % {
            "day": f"{clock.last_day:%d/%m/%Y}"
        }
    if contract is not None:
        return _next_of(contract)
    held = {one.kind for one in periods if one.is_in_force(on)}
    if StatusKind.CANDIDATE in held:
        return _("La candidature suit son cours ; un premier contrat suit la décision du comité.")
    if StatusKind.ASSOCIATE in held:
        return _("La suite se décide avec les autres associé·es, en assemblée.")
    return ""


def _next_of(contract: Contract) -> str:
    if contract.kind == ContractKind.CAPE and contract.last_day is not None:
        return _("Le CAPE court jusqu’au %(day)s : d’ici là, renouvellement ou passage au CESA.") % {
            "day": f"{contract.last_day:%d/%m/%Y}"
        }
    if contract.kind == ContractKind.SUPPORT_AGREEMENT:
        return _("La suite de la convention : un CAPE, pour tester l’activité.")
    if contract.kind == ContractKind.CESA:
        return _("La suite se décide avec les autres associé·es, en assemblée.")
    return ""
