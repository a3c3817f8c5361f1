"""The three figures of those who keep people, places and the network rather than books (CAE-20)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.portal.selectors import Figure
from entrepreneurs.models import Activity
from people.models import Assistance
from people.permissions import is_hr, is_officer, is_project_manager, reads_persons
from people.selectors.organisations import organisations_listed
from people.selectors.persons import persons_listed
from people.states import RelationKind

HELP_SPAN = timedelta(days=30)

Figures = Callable[[Any, date], list[Figure]]


def keepers_figures(user: Any, today: date) -> list[Figure]:
    """Gives the figures of the first function that has some; nothing to who keeps nothing."""
    return next((figures(user, today) for held, figures in BY_FUNCTION if held(user)), [])


def _people(user: Any, _today: date) -> list[Figure]:
    """Who is in sight, who may sign in, who was asked to."""
    seen = persons_listed(user, timezone.now()).order_by()
    counts = seen.aggregate(
        all=Count("pk", distinct=True),
        open=Count("pk", filter=Q(user__is_active=True), distinct=True),
        invited=Count("pk", filter=Q(is_invited=True, user__isnull=True), distinct=True),
    )
    url = reverse("people:person_list")
    return [
        Figure(_("Personnes"), counts["all"], _("Les fiches que votre rôle vous ouvre."), url),
        Figure(
            _("Comptes ouverts"),
            counts["open"],
            _("Parmi elles, qui peut se connecter."),
            f"{url}?account=open",
        ),
        Figure(
            _("Invitations en attente"),
            counts["invited"],
            _("Personnes invitées dont le lien sert encore, et qui n’ont pas ouvert leur compte."),
            f"{url}?account=invited",
        ),
    ]


def _people_and_activities(user: Any, today: date) -> list[Figure]:
    activities = Figure(
        _("Activités ouvertes"),
        Activity.objects.visible_to(user, on=today).open_on(today).count(),
        _("Celles qui exercent aujourd’hui."),
        reverse("entrepreneurs:activity_list") + "?open=yes",
    )
    return [activities, *_people(user, today)[1:]]


def _people_and_help(user: Any, today: date) -> list[Figure]:
    helped = Figure(
        _("Interventions en 30 jours"),
        Assistance.objects.filter(started_at__gte=timezone.now() - HELP_SPAN).count(),
        _("Fois où l’équipe a agi pour une personne qui le demandait, avec son motif."),
        reverse("core:journal") + "?verb=people.assistance.start",
    )
    return [*_people(user, today)[:2], helped]


def _network(_user: Any, _today: date) -> list[Figure]:
    """The organisations, and those that carry projects."""
    known = organisations_listed().filter(is_archived=False).order_by()
    wanted = {kind: Q(relations__contains=[kind]) for kind in (RelationKind.PARTNER, RelationKind.FUNDER)}
    counts = known.aggregate(
        all=Count("pk", distinct=True),
        **{kind.value: Count("pk", filter=which, distinct=True) for kind, which in wanted.items()},
    )
    url = reverse("people:organisation_list")
    return [
        Figure(_("Organismes"), counts["all"], _("Ceux que la coopérative connaît, sans les archivés."), url),
        Figure(
            _("Partenaires"),
            counts[RelationKind.PARTNER],
            _("Parmi eux, ceux avec qui elle mène des projets."),
            f"{url}?relation={RelationKind.PARTNER}",
        ),
        Figure(
            _("Financeurs"),
            counts[RelationKind.FUNDER],
            _("Parmi eux, ceux qui soutiennent ses projets."),
            f"{url}?relation={RelationKind.FUNDER}",
        ),
    ]


BY_FUNCTION: tuple[tuple[Callable[[Any], bool], Figures], ...] = (
    (is_hr, _people_and_activities),
    (is_officer, _people_and_help),
    (reads_persons, _people),
    (is_project_manager, _network),
)
