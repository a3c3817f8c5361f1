"""The register of associates as of any day, one associate, who enters, the register certified."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import DayField, form_page, refused_at
from cae.core.permissions import can, in_person, requires
from cae.core.tables import Action, DateColumn, EmptyState, Filters, LinkColumn, Table, list_page
from cae.core.templatetags import ui
from cae.core.templatetags.formats import day as shown
from governance.forms.register import CertifyForm, DateForm, EnterForm
from governance.models import Associate, College
from governance.selectors.associates import admission_of, categories_of, representatives_of, rights_of
from governance.selectors.register import register_on, share_among_entrepreneurs
from governance.selectors.shares import account_of
from governance.services.associates import enter_associate
from governance.services.register_files import certify_register
from governance.states.register import Category
from governance.views.cells import under
from governance.views.register_bars import (
    crumbs_of,
    is_of_others,
    register_tabs,
    seen_associate,
    warn_of_limits,
)
from people.devices import origin_of
from people.requests import SignedIn
from people.selectors.persons import persons_offered

VOICE = ("success", "✔", gettext_lazy("Une voix"))
SUSPENDED = ("warning", "▲", gettext_lazy("Suspendu"))
RIGHTS = [("voice", gettext_lazy("Une voix")), ("suspended", gettext_lazy("Suspendu"))]
# On a phone, who it is reads first.
_WHO, _WHAT = {"td": {"class": "card-title"}}, {"td": {"class": "card-line"}}
_NUM = {"td": {"class": "num"}, "th": {"class": "num"}}


class AssociateTable(Table):
    number = tables.Column(verbose_name=gettext_lazy("N°"))
    name = LinkColumn(
        verbose_name=gettext_lazy("Associé·e"),
        order_by=("person__sort_name", "organisation__sort_name"),
        attrs=_WHO,
    )
    category = tables.Column(verbose_name=gettext_lazy("Catégorie"), attrs=_WHAT)
    college_name = tables.Column(verbose_name=gettext_lazy("Collège"), visible=False)
    acting = tables.Column(verbose_name=gettext_lazy("Représenté·e par"), visible=False)
    admitted_on = DateColumn()
    shares = tables.Column(verbose_name=gettext_lazy("Parts"), attrs=_NUM)
    suspended = tables.Column(verbose_name=gettext_lazy("Droit de vote"), orderable=False)
    admission_decision = tables.Column(visible=False)

    class Meta(Table.Meta):
        model = Associate
        row_attrs = {"class": "card-flow"}
        fields = (
            *("number", "name", "category", "college_name", "acting"),
            *("admitted_on", "shares", "suspended", "admission_decision"),
        )

    def render_name(self, value: str, record: Any, column: LinkColumn) -> Any:
        acting = _("représenté·e par %(name)s") % {"name": record.acting} if record.acting else ""
        return under(column.render(value, record), acting)

    def render_category(self, value: str, record: Any) -> Any:
        return under(self.value_category(value), record.college_name)

    def value_category(self, value: str) -> str:
        return str(Category(value).label)

    def render_admitted_on(self, value: date, record: Any) -> Any:
        return under(shown(value), record.admission_decision)

    def render_suspended(self, value: bool) -> Any:
        tone, shape, word = SUSPENDED if value else VOICE
        return ui.status(tone, shape, str(word))

    def value_suspended(self, value: bool) -> str:
        return str((SUSPENDED if value else VOICE)[2])


class AssociateFilters(Filters):
    search = (
        *("person__first_name", "person__last_name", "person__usual_name", "organisation__name"),
        *("acting", "admission_decision"),
    )
    au = django_filters.DateFilter(method="keep", label=gettext_lazy("Tel qu’au"))
    category = django_filters.ChoiceFilter(label=gettext_lazy("Catégorie"), choices=Category.choices)
    college = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Collège"), queryset=College.objects.all(), method="of_college"
    )
    rights = django_filters.ChoiceFilter(
        method="with_rights", label=gettext_lazy("Droit de vote"), choices=RIGHTS
    )

    class Meta:
        model = Associate
        fields = ("au", "category", "college", "rights")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["au"] = DayField(label=_("Tel qu’au"), required=False)

    def keep(self, queryset: QuerySet[Any], _name: str, _value: date) -> QuerySet[Any]:
        """The rows are those of that day already: the view asked for them."""
        return queryset

    def of_college(self, queryset: QuerySet[Any], _name: str, value: College) -> QuerySet[Any]:
        return queryset.filter(college_id=value.pk)

    def with_rights(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(suspended=value == "suspended")


def day_asked(request: HttpRequest) -> date:
    """The day on which the register is read: that of the address, else today."""
    form = DateForm(request.GET)
    return (form.cleaned_data["au"] if form.is_valid() else None) or timezone.localdate()


@requires("governance.view_register")
def associate_list(request: SignedIn) -> HttpResponse:
    """The register as of a day, with the share of associates among the entrepreneurs of that day."""
    on = day_asked(request)
    found = share_among_entrepreneurs(on)
    among = _("Au %(day)s. Entrepreneur·es salarié·es associé·es : %(count)d sur %(all)d.") % {
        "day": shown(on),
        "count": found.associates,
        "all": found.entrepreneurs,
    }
    return list_page(
        request,
        queryset=register_on(on),
        table=AssociateTable,
        filters=AssociateFilters,
        page="governance.associates",
        title=_("Associé·es"),
        intro=f"{among} {_('Une personne, une voix, quel que soit le capital (loi 47-1775, art. 1).')}",
        tabs=register_tabs(request.user, "governance:associate_list"),
        empty=EmptyState(
            _("Personne au registre à cette date."),
            _("Une admission décidée inscrit d’elle-même ; les associé·es d’avant s’inscrivent ici."),
        ),
        main_action=Action(
            _("Inscrire un·e associé·e"),
            reverse("governance:associate_enter"),
            right="governance.write_register",
            icon="plus-lg",
        ),
        template="governance/register/associate_list.html",
        context={"on": on},
    )


@requires("governance.write_register")
def associate_enter(request: SignedIn) -> HttpResponse:
    """Somebody who was admitted before the register was kept here."""
    form = EnterForm(request.POST or None, persons=persons_offered(request.user))
    if form.is_valid() and is_of_others(request, form, "person", "representative"):
        with refused_at(form):
            associate = enter_associate(form.typed(), actor=request.user, on=timezone.localdate())
            messages.success(request, _("%(name)s figure au registre.") % {"name": associate})
            warn_of_limits(request)
            return redirect(associate)
    title = _("Inscrire un·e associé·e")
    return form_page(
        request,
        form,
        title=title,
        lead=_(
            "Pour qui a été admis avant que le registre soit tenu ici. Une admission nouvelle passe par une"
            " demande."
        ),
        submit=_("Inscrire"),
        back_url=reverse("governance:associate_list"),
        crumbs=crumbs_of(request.user, (title, "")),
    )


@in_person
@requires("governance.write_register")
def register_certify(request: SignedIn) -> HttpResponse:
    """The register of a day, signed and printed."""
    initial = {"on": day_asked(request), "name": str(request.user)}
    form = CertifyForm(request.POST or None, initial=initial)
    if form.is_valid():
        with refused_at(form):
            job = certify_register(
                on=form.cleaned_data["on"],
                hand=form.hand(),
                origin=origin_of(request),
                actor=request.user,
                at=timezone.now(),
            )
            return redirect("core:job_detail", job.pk)
    title = _("Certifier le registre")
    return form_page(
        request,
        form,
        title=title,
        lead=_("Le registre du jour choisi est signé de votre nom, imprimé et gardé avec son empreinte."),
        submit=_("Certifier et imprimer"),
        back_url=reverse("governance:associate_list"),
        crumbs=crumbs_of(request.user, (title, "")),
    )


@requires("governance.view_associate")
def associate_detail(request: SignedIn, pk: int) -> HttpResponse:
    """One associate: identity, category, who acts, right to vote, shares, how they came."""
    associate, user, now = seen_associate(request, pk), request.user, timezone.now()
    today = timezone.localdate(now)
    is_present = associate.left_on is None or associate.left_on > today
    context = {
        "associate": associate,
        "is_present": is_present,
        "on": today,
        "categories": categories_of(associate),
        "representatives": representatives_of(associate) if associate.organisation_id else [],
        "rights": rights_of(associate, now),
        "account": account_of(associate, today),
        "admission": admission_of(associate),
        "may_restore": associate.left_on is not None and can(user, "governance.write_rights", associate),
        "may_write": is_present and can(user, "governance.write_register"),
        "may_write_rights": is_present and can(user, "governance.write_rights", associate),
        "crumbs": crumbs_of(user, (associate.name, "")),
    }
    return render(request, "governance/register/associate_detail.html", context)
