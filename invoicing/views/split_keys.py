"""Keys that share common purchases: the list, one of them, its weights through time (INV-49)."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounting.models import AnalyticAccount
from cae.core.acting import act_now, act_page
from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, Filters, LinkColumn, Table, list_page
from cae.core.templatetags import ui
from invoicing.forms.split_keys import KeyForm, WeightsForm
from invoicing.models import SplitKey
from invoicing.selectors.purchases import weights_of_key
from invoicing.services.split_keys import archive_key, create_key, restore_key, weigh_key
from invoicing.views.purchase_parts import find_key, purchase_crumbs, purchase_tabs

KEEPS = "invoicing.keep_split_keys"


class KeyTable(Table):
    name = LinkColumn(verbose_name=gettext_lazy("Nom"))
    kind = tables.Column(verbose_name=gettext_lazy("Selon"))
    section_count = tables.Column(
        verbose_name=gettext_lazy("Activités"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )
    note = tables.Column(verbose_name=gettext_lazy("Remarque"))


class KeyFilters(Filters):
    search = ("name", "note")

    class Meta:
        model = SplitKey
        fields = ("kind",)


@requires(KEEPS)
def split_key_list(request: HttpRequest) -> HttpResponse:
    in_force = Q(parts__starts_on__lte=timezone.localdate()) & (
        Q(parts__ends_on=None) | Q(parts__ends_on__gte=timezone.localdate())
    )
    new = Action(_("Nouvelle clé"), reverse("invoicing:split_key_new"), right=KEEPS, icon="plus-lg")
    return list_page(
        request,
        queryset=SplitKey.objects.annotate(section_count=Count("parts", filter=in_force)),
        table=KeyTable,
        filters=KeyFilters,
        page="invoicing.split_keys",
        title=_("Clés de répartition"),
        empty=EmptyState(
            _("Aucune clé pour l’instant."),
            _("Une clé partage un coût commun chaque mois de la même façon : loyer, électricité…"),
            new,
        ),
        main_action=new,
        tabs=purchase_tabs(request.user, "split_key_list"),
    )


@requires(KEEPS)
def split_key_detail(request: HttpRequest, pk: int) -> HttpResponse:
    key = find_key(pk)
    context = {
        "key": key,
        "badge": ui.status("neutral", "✕", _("Archivée")) if key.archived_at else "",
        "crumbs": _crumbs((key.name, "")),
        "parts": list(key.parts.select_related("section").order_by("-starts_on", "section__label")),
        "today": timezone.localdate(),
    }
    return render(request, "invoicing/purchases/key.html", context)


@requires(KEEPS)
def split_key_new(request: HttpRequest) -> HttpResponse:
    form = KeyForm(request.POST or None, sections=_sections(), initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            key = create_key(
                content=form.content(),
                form_key=form.key,
                starts_on=form.cleaned_data["starts_on"],
                actor=request.user,
            )
            messages.success(request, _("La clé est enregistrée."))
            return redirect(key)
    return form_page(
        request,
        form,
        title=_("Nouvelle clé"),
        submit=_("Enregistrer"),
        back_url=reverse("invoicing:split_key_list"),
        crumbs=_crumbs((_("Nouvelle clé"), "")),
        template="invoicing/purchases/key_form.html",
    )


@requires(KEEPS)
def split_key_weigh(request: HttpRequest, pk: int) -> HttpResponse:
    key, today = find_key(pk), timezone.localdate()
    now = {section.pk: weight for section, weight in weights_of_key(key, today).items()}
    form = WeightsForm(request.POST or None, sections=_sections(), weights=now, initial={"starts_on": today})
    return act_page(
        request,
        form,
        lambda found: weigh_key(
            key, weights=form.weights(), starts_on=found["starts_on"], actor=request.user
        ),
        done=_("Les poids changent à partir de ce jour ; les achats antérieurs gardent les anciens."),
        back_url=key.get_absolute_url(),
        title=_("Changer les poids"),
        submit=_("Enregistrer"),
        lead=key.name,
        crumbs=_crumbs((key.name, key.get_absolute_url()), (_("Changer les poids"), "")),
        template="invoicing/purchases/key_form.html",
    )


@require_POST
@requires(KEEPS)
def split_key_archive(request: HttpRequest, pk: int) -> HttpResponse:
    key = find_key(pk)
    return act_now(
        request,
        lambda: archive_key(key, actor=request.user, at=timezone.now()),
        done=_("La clé est archivée : elle n’est plus proposée."),
        back_url=key.get_absolute_url(),
    )


@require_POST
@requires(KEEPS)
def split_key_restore(request: HttpRequest, pk: int) -> HttpResponse:
    key = find_key(pk)
    return act_now(
        request,
        lambda: restore_key(key, actor=request.user),
        done=_("La clé est de nouveau proposée."),
        back_url=key.get_absolute_url(),
    )


def _sections() -> list[AnalyticAccount]:
    """Activities still open, and the shared services."""
    today = timezone.localdate()
    closed = Q(activity__closed_on__lt=today)
    return list(AnalyticAccount.objects.exclude(closed).order_by("label"))


def _crumbs(*more: tuple[Any, str]) -> list[tuple[Any, str]]:
    return purchase_crumbs((_("Clés de répartition"), reverse("invoicing:split_key_list")), *more)
