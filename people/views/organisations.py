"""The list of organisations, the page of one, its form with its contacts."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cae.core.errors import Code, Refused
from cae.core.forms import form_page, refuse
from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, Filters, LinkColumn, Table, list_page, selected
from cae.core.templatetags import formats
from people.forms.organisations import ContactFormSet, OrganisationForm, contacts_typed
from people.models import Organisation
from people.requests import SignedIn
from people.selectors.organisations import organisation_with_siren, organisations_listed
from people.services.organisations import archive_organisation, save_organisation
from people.states import OrganisationKind, RelationKind

ARCHIVED = [("yes", gettext_lazy("Archivés")), ("all", gettext_lazy("Tous"))]


class OrganisationTable(Table):
    sort_name = LinkColumn(accessor="name", verbose_name=gettext_lazy("Nom"), order_by=("sort_name",))
    kind = tables.Column(verbose_name=gettext_lazy("Nature"))
    relation_labels = tables.Column(verbose_name=gettext_lazy("Relations"), orderable=False)
    siren = tables.Column(
        verbose_name=gettext_lazy("SIREN"), default="—", attrs={"td": {"class": "text-nowrap"}}
    )
    city = tables.Column(verbose_name=gettext_lazy("Ville"), default="—")
    contact_count = tables.Column(
        verbose_name=gettext_lazy("Contacts"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )

    def render_siren(self, value: str) -> str:
        return formats.siren(value)

    def render_relation_labels(self, value: list[str]) -> str:
        return ", ".join(value) or "—"

    def value_relation_labels(self, value: list[str]) -> str:
        return ", ".join(value)


class OrganisationFilters(Filters):
    search = ("name", "siren", "city", "email")
    relation = django_filters.ChoiceFilter(
        method="filter_relation", choices=RelationKind.choices, label=gettext_lazy("Relation")
    )
    kind = django_filters.ChoiceFilter(choices=OrganisationKind.choices, label=gettext_lazy("Nature"))
    archived = django_filters.ChoiceFilter(
        method="filter_archived",
        choices=ARCHIVED,
        label=gettext_lazy("Archivage"),
        empty_label=gettext_lazy("En cours"),
    )

    def filter_relation(
        self, queryset: QuerySet[Organisation], _name: str, value: str
    ) -> QuerySet[Organisation]:
        return queryset.filter(relations__contains=[value])

    def filter_archived(
        self, queryset: QuerySet[Organisation], _name: str, value: str
    ) -> QuerySet[Organisation]:
        return queryset.filter(is_archived=True) if value == "yes" else queryset

    def filter_queryset(self, queryset: QuerySet[Organisation]) -> QuerySet[Organisation]:
        """Without being asked, the list leaves the archived ones out."""
        found: QuerySet[Organisation] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("archived") else found.filter(is_archived=False)


@requires("people.view_organisations")
def organisation_list(request: SignedIn) -> HttpResponse:
    create = Action(
        gettext_lazy("Nouvel organisme"),
        reverse("people:organisation_create"),
        "people.change_organisation",
        "plus-lg",
    )
    archive = Action(
        gettext_lazy("Archiver"),
        reverse("people:organisation_archive"),
        "people.change_organisation",
        "archive",
    )
    return list_page(
        request,
        queryset=organisations_listed(),
        table=OrganisationTable,
        filters=OrganisationFilters,
        page="people.organisations",
        title=gettext_lazy("Organismes"),
        main_action=create,
        actions=[archive],
        empty=EmptyState(
            gettext_lazy("Aucun organisme pour l’instant."),
            gettext_lazy(
                "Clients, prescripteurs, financeurs, réseaux : une seule fiche chacun, avec ses contacts."
            ),
            create,
        ),
    )


@requires("people.change_organisation")
@require_POST
def organisation_archive(request: SignedIn) -> HttpResponse:
    """The bulk action of the list: archives what was ticked, or takes it back out of the archive."""
    rows = list(selected(request, organisations_listed(), OrganisationFilters))
    archived = request.POST.get("archived", "yes") == "yes"
    for row in rows:
        archive_organisation(row, archived=archived, actor=request.user)
    sentence = (
        ngettext("%(count)d organisme archivé.", "%(count)d organismes archivés.", len(rows))
        if archived
        else ngettext(
            "%(count)d organisme remis en cours.", "%(count)d organismes remis en cours.", len(rows)
        )
    )
    messages.success(request, sentence % {"count": len(rows)})
    return redirect(rows[0] if len(rows) == 1 else "people:organisation_list")


@requires("people.view_organisations")
def organisation_detail(request: SignedIn, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    context = {"organisation": organisation, "contacts": organisation.contacts.all()}
    return render(request, "people/organisation_detail.html", context)


@requires("people.change_organisation")
def organisation_create(request: SignedIn) -> HttpResponse:
    return _form(request, None, title=_("Nouvel organisme"), crumbs=[(_("Nouveau"), "")])


@requires("people.change_organisation")
def organisation_edit(request: SignedIn, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    crumbs = [(organisation.name, organisation.get_absolute_url()), (_("Modifier"), "")]
    return _form(request, organisation, title=_("Modifier l’organisme"), crumbs=crumbs)


def _form(
    request: SignedIn, organisation: Organisation | None, *, title: str, crumbs: list[tuple[Any, str]]
) -> HttpResponse:
    back_url = organisation.get_absolute_url() if organisation else reverse("people:organisation_list")
    form = OrganisationForm(request.POST or None, instance=organisation)
    contacts = ContactFormSet(request.POST or None, prefix="contacts", initial=_contacts(organisation))
    known = None
    if form.is_valid() and contacts.is_valid():
        try:
            saved = save_organisation(
                organisation,
                data=form.data_typed(),
                contacts=contacts_typed(contacts),
                actor=request.user,
                version=form.cleaned_data["version"],
                form_key=form.cleaned_data["form_key"],
            )
        except Refused as refusal:
            refuse(form, refusal)
            if refusal.code == Code.DUPLICATE:
                known = organisation_with_siren(form.siren_typed())
        else:
            messages.success(request, _("Organisme enregistré."))
            return redirect(saved)
    return form_page(
        request,
        form,
        title=title,
        submit=_("Enregistrer"),
        back_url=back_url,
        crumbs=[(_("Organismes"), reverse("people:organisation_list")), *crumbs],
        template="people/organisation_form.html",
        contacts=contacts,
        known=known,
        has_faults=contacts.is_bound and not contacts.is_valid(),
    )


def _contacts(organisation: Organisation | None) -> list[dict[str, Any]]:
    rows = organisation.contacts.values("name", "function", "email", "phone") if organisation else []
    return [dict(row) for row in rows]
