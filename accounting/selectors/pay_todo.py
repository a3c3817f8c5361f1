"""What waits over pay: one's own to accept, those to look at, to check, to send (ACC-23)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounting.selectors.pay_slips import batches_to_look_at
from accounting.selectors.pay_years import to_sign, years_due
from accounting.selectors.payroll import asked_otherwise, to_answer, to_check, to_export
from accounting.states.payroll import PayState, YearEndState
from cae.core.facts import Awaited, Todo
from cae.core.questions import Given, Pile, Tally
from people.selectors import held_kinds
from people.states import RoleKind


def _of_person(user: Any, _today: date) -> dict[str, Any] | None:
    own = RoleKind.ENTREPRENEUR in held_kinds(user) and user.person_id
    return {"person": user.person_id} if own else None


def _of_team(user: Any, _today: date) -> dict[str, Any] | None:
    return {} if RoleKind.HUMAN_RESOURCES in held_kinds(user) else None


def _answer(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    yield Todo(_("Accepter ma paie du mois"), reverse("accounting:my_pay"), since=tally.since)


def _asked(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Répondre à %(count)d demande d’un autre montant de paie",
        "Répondre à %(count)d demandes d’un autre montant de paie",
        tally.count,
    )
    yield _todo(label, PayState.ASKED, tally)


def _check(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext("Contrôler %(count)d paie acceptée", "Contrôler %(count)d paies acceptées", tally.count)
    yield _todo(label, PayState.AGREED, tally)


def _export(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Envoyer %(count)d paie contrôlée au logiciel de paie",
        "Envoyer %(count)d paies contrôlées au logiciel de paie",
        tally.count,
    )
    yield _todo(label, PayState.CHECKED, tally)


def _retained(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = _("Signer un accord de résultat laissé")
    yield Todo(label, reverse("accounting:my_pay"), since=tally.since)


def _years(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Verser %(count)d solde de fin d’année", "Verser %(count)d soldes de fin d’année", tally.count
    )
    url = f"{reverse('accounting:pay_years')}?etat={YearEndState.DUE}"
    yield Todo(label % {"count": tally.count}, url, due=tally.since, count=tally.count)


def _slips(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = _("Vérifier un fichier de bulletins de paie")
    yield Todo(label, reverse("accounting:slip_list"), since=tally.since)


def _todo(label: str, state: str, tally: Tally) -> Todo:
    url = f"{reverse('accounting:pay_list')}?state={state}"
    return Todo(label % {"count": tally.count}, url, since=tally.since, count=tally.count)


AWAITED = (
    Awaited(
        Pile("accounting.pay_to_answer", lambda: (to_answer(Given("person")), "state_since")),
        _of_person,
        _answer,
    ),
    Awaited(Pile("accounting.pay_asked", lambda: (asked_otherwise(), "state_since")), _of_team, _asked),
    Awaited(Pile("accounting.pay_to_check", lambda: (to_check(), "state_since")), _of_team, _check),
    Awaited(Pile("accounting.pay_to_export", lambda: (to_export(), "state_since")), _of_team, _export),
    Awaited(
        Pile("accounting.retained_to_sign", lambda: (to_sign(Given("person")), "state_since")),
        _of_person,
        _retained,
    ),
    Awaited(Pile("accounting.pay_years_due", lambda: (years_due(), "due_on")), _of_team, _years),
    Awaited(
        Pile("accounting.slips_to_look_at", lambda: (batches_to_look_at(), "state_since")), _of_team, _slips
    ),
)
