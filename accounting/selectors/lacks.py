"""What is missing before something is posted or sent, each with where to repair it (ACC-05).

A room adds what its own documents need: `provide_lacks`. Posting refuses by itself, whole (LG20); this page
says so before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.models import Account, Journal
from accounting.states.books import AccountRole, JournalCode, series_of
from accounting.states.needs import documents_asking
from cae.core.banks import checked_iban
from cae.core.errors import Refused
from cae.core.identity import cooperative_on
from cae.core.models import NumberSeries
from entrepreneurs.models import Activity

ACCOUNTS, SECTIONS = gettext_lazy("Comptes"), gettext_lazy("Sections analytiques")
JOURNALS, BANKS = gettext_lazy("Journaux"), gettext_lazy("Coordonnées bancaires")


@dataclass(frozen=True)
class Lack:
    """One thing missing: under which heading, the sentence, where it is repaired and who may. `by_button`:
    the address does it by itself, posted."""

    heading: Any
    sentence: str
    url: str
    repair: Any
    right: str
    by_button: bool = False


LackProvider = Callable[[date], Iterable[Lack]]
_providers: list[LackProvider] = []


def provide_lacks(provider: LackProvider) -> None:
    """Registers what else may be missing, once; it is asked a day and gives no more than it found."""
    if provider not in _providers:
        _providers.append(provider)


def lacks_on(on: date) -> list[Lack]:
    """All that is missing on a day, heading by heading; a few queries, however many rows there are."""
    return [lack for provider in (_roles, _sections, _journals, _bank, *_providers) for lack in provider(on)]


def _roles(_on: date) -> Iterator[Lack]:
    held = set(Account.objects.exclude(role=None).values_list("role", flat=True))
    for role in AccountRole:
        if role not in held:
            asking = ", ".join(str(label) for label in documents_asking(role))
            yield Lack(
                ACCOUNTS,
                _("Aucun compte ne tient le rôle « %(role)s », que demandent : %(documents)s.")
                % {"role": role.label, "documents": asking},
                reverse("accounting:account_list"),
                gettext_lazy("Choisir le compte"),
                "accounting.change_accounts",
            )


def _sections(_on: date) -> Iterator[Lack]:
    for activity in Activity.objects.filter(analytic_account=None).order_by("sort_name", "pk"):
        yield Lack(
            SECTIONS,
            _("« %(activity)s » n’a pas de section analytique : rien ne s’y passe.")
            % {"activity": activity.name},
            reverse("accounting:section_open", args=[activity.pk]),
            gettext_lazy("Ouvrir la section"),
            "accounting.change_accounts",
            by_button=True,
        )


def _journals(_on: date) -> Iterator[Lack]:
    known = set(Journal.objects.values_list("code", flat=True))
    numbered = set(NumberSeries.objects.values_list("code", flat=True))
    for code in JournalCode:
        if code not in known or series_of(code) not in numbered:
            yield Lack(
                JOURNALS,
                _("Le journal %(code)s, « %(label)s », n’existe pas ou n’a pas de numérotation.")
                % {"code": code.value, "label": code.label},
                reverse("accounting:journals_restore"),
                gettext_lazy("Rétablir les journaux"),
                "accounting.change_accounts",
                by_button=True,
            )


def _bank(on: date) -> Iterator[Lack]:
    try:
        checked_iban(cooperative_on(on).iban)
    except Refused:
        yield Lack(
            BANKS,
            _("L’identité de la coopérative n’a pas d’IBAN valable : aucun virement ne peut partir."),
            reverse("core:cooperative"),
            gettext_lazy("Corriger l’identité"),
            "core.change_settings",
        )
