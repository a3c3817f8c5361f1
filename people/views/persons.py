"""The list of persons and the page of one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import form_page, refused_at
from cae.core.panels import panels_of
from cae.core.permissions import can, require, requires
from cae.core.tab_bars import tabs_open_to
from cae.core.tables import Action, EmptyState, Filters, LinkColumn, StatusColumn, Table, list_page
from people.forms.persons import PersonForm
from people.models import Person, Role, StatusPeriod, Territory, User
from people.permissions import kinds_given_by
from people.requests import SignedIn
from people.selectors.accounts import has_second_factor, invitation_state, last_invitation
from people.selectors.person_files import civil_facts, civil_record_of
from people.selectors.persons import person_memberships, person_roles, persons_listed, persons_visible_to
from people.selectors.status_words import history_in_words
from people.selectors.statuses import holders_on
from people.selectors.territories import territory_and_below
from people.services.persons import save_person
from people.states import RoleKind
from people.states.statuses import ENTREPRENEURIAL, StatusKind
from people.views.bars import PERSONS

ACCOUNTS = [
    ("open", gettext_lazy("Compte ouvert")),
    ("closed", gettext_lazy("Compte fermé")),
    ("invited", gettext_lazy("Invitation en attente")),
    ("none", gettext_lazy("Sans compte")),
]
GROUPS = [("team", gettext_lazy("Équipe d’appui")), ("path", gettext_lazy("Entrepreneur·es"))]
KINDS_OF_GROUP: dict[str, Iterable[str]] = {"team": [StatusKind.STAFF], "path": ENTREPRENEURIAL}
ACCOUNT_LOOKUPS: dict[str, dict[str, Any]] = {
    "open": {"user__is_active": True},
    "closed": {"user__is_active": False},
    "invited": {"is_invited": True, "user__isnull": True},
    "none": {"user__isnull": True},
}


class PersonTable(Table):
    sort_name = LinkColumn(accessor="full_name", verbose_name=gettext_lazy("Nom"), order_by=("sort_name",))
    account = StatusColumn("account_status", verbose_name=gettext_lazy("Compte"))
    role_labels = tables.Column(verbose_name=gettext_lazy("Rôles"), orderable=False)
    status_labels = tables.Column(verbose_name=gettext_lazy("Statuts"), orderable=False)
    email = tables.Column(verbose_name=gettext_lazy("E-mail"), default="—")
    phone = tables.Column(
        verbose_name=gettext_lazy("Téléphone"),
        default="—",
        orderable=False,
        attrs={"td": {"class": "text-nowrap"}},
    )
    territory = tables.Column(
        verbose_name=gettext_lazy("Territoire"),
        default="—",
        order_by=("territory__name",),
        attrs={"td": {"class": "roomy"}},
    )

    def render_role_labels(self, value: list[str]) -> str:
        return ", ".join(value) or "—"

    def render_status_labels(self, value: list[str]) -> str:
        return ", ".join(value) or "—"

    def value_status_labels(self, value: list[str]) -> str:
        return ", ".join(value)

    def value_role_labels(self, value: list[str]) -> str:
        return ", ".join(value)


class PersonFilters(Filters):
    search = ("first_name", "last_name", "usual_name", "email")
    group = django_filters.ChoiceFilter(method="filter_group", choices=GROUPS, label=gettext_lazy("Qui"))
    status = django_filters.ChoiceFilter(
        method="filter_status", choices=StatusKind.choices, label=gettext_lazy("Statut")
    )
    status_on = django_filters.DateFilter(method="filter_day", label=gettext_lazy("Statut ce jour-là"))
    role = django_filters.ChoiceFilter(
        method="filter_role", choices=RoleKind.choices, label=gettext_lazy("Rôle en vigueur")
    )
    territory = django_filters.ModelChoiceFilter(
        method="filter_territory", queryset=Territory.objects.all(), label=gettext_lazy("Territoire")
    )
    account = django_filters.ChoiceFilter(
        method="filter_account", choices=ACCOUNTS, label=gettext_lazy("Compte")
    )

    def filter_group(self, queryset: QuerySet[Person], _name: str, value: str) -> QuerySet[Person]:
        return queryset.filter(Exists(self._holders(KINDS_OF_GROUP[value])))

    def filter_status(self, queryset: QuerySet[Person], _name: str, value: str) -> QuerySet[Person]:
        return queryset.filter(Exists(self._holders([value])))

    def filter_day(self, queryset: QuerySet[Person], _name: str, _value: date) -> QuerySet[Person]:
        """Read with the status or the group; alone, whoever had a status that day."""
        chosen = self.form.cleaned_data.get("group") or self.form.cleaned_data.get("status")
        return queryset if chosen else queryset.filter(Exists(self._holders(StatusKind.values)))

    def _holders(self, kinds: Iterable[str]) -> QuerySet[StatusPeriod]:
        on = self.form.cleaned_data.get("status_on") or timezone.localdate()
        return holders_on(kinds, on).filter(person=OuterRef("pk"))

    def filter_role(self, queryset: QuerySet[Person], _name: str, value: str) -> QuerySet[Person]:
        held = Role.objects.in_force(timezone.localdate()).filter(person=OuterRef("pk"), kind=value)
        return queryset.filter(Exists(held))

    def filter_territory(self, queryset: QuerySet[Person], _name: str, value: Territory) -> QuerySet[Person]:
        return queryset.filter(territory__in=territory_and_below([value.pk]))

    def filter_account(self, queryset: QuerySet[Person], _name: str, value: str) -> QuerySet[Person]:
        return queryset.filter(**ACCOUNT_LOOKUPS[value])


@requires("people.view_persons")
def person_list(request: SignedIn) -> HttpResponse:
    invite = Action(
        gettext_lazy("Inviter une personne"),
        reverse("people:person_invite"),
        "people.invite_person",
        "person-plus",
    )
    return list_page(
        request,
        queryset=persons_listed(request.user, timezone.now()),
        table=PersonTable,
        filters=PersonFilters,
        page="people.persons",
        title=gettext_lazy("Personnes"),
        main_action=invite,
        tabs=tabs_open_to(request.user, PERSONS, "people:person_list"),
        empty=EmptyState(
            gettext_lazy("Personne à votre portée pour l’instant."),
            gettext_lazy("Vous voyez ici les personnes des périmètres que vous suivez."),
            invite,
        ),
    )


@requires("people.view_person")
def person_detail(request: SignedIn, pk: int) -> HttpResponse:
    person = visible_person(request, pk)
    if person.merged_into is not None:
        return redirect(person.merged_into)
    today = timezone.localdate()
    roles = list(person_roles(person))
    invitation = last_invitation(person)
    account: User | None = getattr(person, "user", None)
    history = history_in_words(person, today)
    # Such a role ends with its status.
    with_status = {shown.row.role_id for shown in history}
    sees_civil = can(request.user, "people.view_civil_record", person)
    givable = kinds_given_by(request.user) if can(request.user, "people.give_role") else ()
    context = {
        "person": person,
        "lead": str(person.territory or ""),
        "account": account,
        "second_factor": account is not None and has_second_factor(account),
        "invitation": invitation,
        "invitation_state": invitation_state(invitation, timezone.now()) if invitation else None,
        "history": history,
        "may_see_civil": sees_civil,
        "civil_facts": civil_facts(civil_record_of(person), today) if sees_civil else [],
        "may_see_skills": can(request.user, "people.view_skills", person),
        "may_see_situation": can(request.user, "people.view_situation", person),
        "may_record": can(request.user, "people.record_status"),
        "may_change_status": can(request.user, "people.change_status"),
        "roles": [
            (role, role.kind in givable and role.pk not in with_status)
            for role in roles
            if role.ends_on is None or role.ends_on >= today
        ],
        "past_roles": [role for role in roles if role.ends_on is not None and role.ends_on < today],
        "memberships": person_memberships(person),
        "may_change": can(request.user, "people.change_person", person),
        "may_give_role": bool(givable),
        "may_invite": account is None and can(request.user, "people.invite_person"),
        "may_change_account": account is not None and can(request.user, "people.change_account"),
        "may_reset_factor": can(request.user, "people.reset_second_factor"),
        "may_act_for": not request.assistance and can(request.user, "people.act_for", person),
        "today": today,
        "panels": panels_of(request.user, person, today),
    }
    return render(request, "people/person_detail.html", context)


@requires("people.view_person")
def person_edit(request: SignedIn, pk: int) -> HttpResponse:
    person = visible_person(request, pk)
    require(request.user, "people.change_person", person)
    own = person.pk == request.user.person_id and not can(request.user, "people.view_persons")
    form = PersonForm(request.POST or None, instance=person, own=own)
    back_url, name = person.get_absolute_url(), person.full_name
    if form.is_valid():
        with refused_at(form):
            save_person(
                person,
                data=form.data_typed(),
                actor=request.user,
                now=timezone.now(),
                version=form.cleaned_data["version"],
            )
            messages.success(request, _("Fiche enregistrée."))
            return redirect(back_url)
    return form_page(
        request,
        form,
        title=_("Modifier la fiche"),
        lead=name,
        submit=_("Enregistrer"),
        back_url=back_url,
        crumbs=crumbs_of(request, person, (_("Modifier"), "")),
        template="layouts/form.html" if own else "people/person_form.html",
        but=person.pk,
    )


def visible_person(request: SignedIn, pk: int) -> Person:
    """The person if the user may see them; otherwise 404, as if there were nobody."""
    return get_object_or_404(persons_visible_to(request.user).select_related("territory", "user"), pk=pk)


def crumbs_of(request: SignedIn, person: Person, *last: tuple[Any, str]) -> list[tuple[Any, str]]:
    """The way down to a page about a person; the list for those who have it."""
    listed = can(request.user, "people.view_persons")
    top = [(_("Personnes"), reverse("people:person_list"))] if listed else []
    return [*top, (person.full_name, person.get_absolute_url()), *last]
