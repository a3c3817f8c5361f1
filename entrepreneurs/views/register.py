"""The single personnel register, printable at any date (ENT-37)."""

from __future__ import annotations

from datetime import date

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.answers import file_shown
from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from cae.core.tab_bars import HUMAN_RESOURCES, tabs_of
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    LinkColumn,
    Table,
    list_page,
)
from entrepreneurs.documents.register import register_pdf
from entrepreneurs.forms.register import CompleteForm, EnterForm
from entrepreneurs.models import RegisterEntry
from entrepreneurs.selectors.register import register_listed, register_on
from entrepreneurs.services import register as verbs
from people.requests import SignedIn
from people.selectors.persons import persons_offered


def receipt_url(record: RegisterEntry) -> str | None:
    """The file of the receipt, where there is one."""
    found = getattr(record, "declaration", None)
    return reverse("core:document", args=[found.proof_id]) if found and found.proof_id else None


# On a phone, who was hired and as what are read first; the other facts stand side by side under them.
_WHO, _WHAT = {"td": {"class": "card-title"}}, {"td": {"class": "card-line"}}


class RegisterTable(Table):
    """What D1221-23 asks; what is looked for most comes first."""

    rank = tables.Column()
    last_name = LinkColumn(attrs=_WHO)
    first_name = tables.Column(attrs=_WHO)
    job = tables.Column(attrs=_WHAT)
    contract_kind = tables.Column()
    hired_on = DateColumn()
    left_on = DateColumn()
    qualification = tables.Column()
    birth_date = DateColumn()
    sex = tables.Column()
    nationality = tables.Column()
    permit = tables.Column()
    receipt = tables.Column(
        accessor="declaration__receipt",
        verbose_name=gettext_lazy("Déclaration"),
        linkify=receipt_url,
        orderable=False,
    )

    class Meta(Table.Meta):
        model = RegisterEntry
        row_attrs = {"class": "card-flow"}
        fields = (
            "rank",
            "last_name",
            "first_name",
            "job",
            "contract_kind",
            "hired_on",
            "left_on",
            "qualification",
            "birth_date",
            "sex",
            "nationality",
            "permit",
            "receipt",
        )


class RegisterFilters(Filters):
    search = ("last_name", "first_name", "job")


@requires("entrepreneurs.view_register")
def register_list(request: SignedIn) -> HttpResponse:
    """The register, line by line; the file is printed as it was on a day."""
    today = timezone.localdate()
    return list_page(
        request,
        queryset=register_listed(),
        table=RegisterTable,
        filters=RegisterFilters,
        page="entrepreneurs.register",
        title=_("Registre du personnel"),
        intro=_("Dans l’ordre des embauches ; rien ne s’efface (Code du travail, L1221-13 et D1221-23)."),
        tabs=tabs_of(request.user, HUMAN_RESOURCES, "entrepreneurs:register_list"),
        empty=EmptyState(
            _("Aucune embauche."), _("Chaque CESA signé s’inscrit de lui-même ; l’équipe s’inscrit ici.")
        ),
        main_action=Action(
            _("Inscrire une embauche"),
            reverse("entrepreneurs:register_enter"),
            right="entrepreneurs.write_register",
            icon="plus-lg",
        ),
        template="entrepreneurs/register_list.html",
        context={"today": today},
    )


@requires("entrepreneurs.view_register")
def register_file(request: SignedIn) -> HttpResponse:
    """The register as it was on a day, as PDF."""
    today = timezone.localdate()
    try:
        on = date.fromisoformat(request.GET.get("le", ""))
    except ValueError:
        on = today
    return file_shown(register_pdf(register_on(on), on=on), name=f"registre-du-personnel-{on}.pdf")


@requires("entrepreneurs.write_register")
def register_enter(request: SignedIn) -> HttpResponse:
    form = EnterForm(request.POST or None, persons=persons_offered(request.user))
    if form.is_valid():
        with refused_at(form):
            entry = verbs.enter_register(**form.cleaned_data, actor=request.user)
            messages.success(request, _("Embauche inscrite sous le numéro %(rank)d.") % {"rank": entry.rank})
            return redirect(entry.get_absolute_url())
    back_url = reverse("entrepreneurs:register_list")
    return form_page(
        request,
        form,
        title=_("Inscrire une embauche"),
        lead=_("Ce qui est inscrit ne s’efface pas et ne se modifie pas."),
        submit=_("Inscrire"),
        back_url=back_url,
        crumbs=[(_("Registre du personnel"), back_url), (_("Inscrire une embauche"), "")],
    )


@requires("entrepreneurs.write_register")
def register_complete(request: SignedIn, pk: int) -> HttpResponse:
    """What D1221-23 asks and that a contract does not say, written once."""
    entry = get_object_or_404(RegisterEntry, pk=pk)
    form = CompleteForm(request.POST or None, entry=entry)
    if form.is_valid():
        with refused_at(form):
            verbs.complete_entry(entry, **form.cleaned_data, actor=request.user)
            messages.success(request, _("Registre complété."))
            return redirect("entrepreneurs:register_list")
    back_url = reverse("entrepreneurs:register_list")
    return form_page(
        request,
        form,
        title=str(entry),
        lead=_("Ce qui manque à cette ligne. Chaque case ne s’écrit qu’une fois.")
        if form.fields
        else _("Cette ligne est complète."),
        submit=_("Compléter"),
        back_url=back_url,
        crumbs=[(_("Registre du personnel"), back_url), (str(entry), "")],
    )
