"""The library of notices: the list with its dates, a notice and its texts, a new text, a word confirmed."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    LinkColumn,
    StatusColumn,
    Table,
    list_page,
)
from cae.core.templatetags import ui
from entrepreneurs.models import Activity
from invoicing.documents import InvoicePage, invoice_page
from invoicing.engines.model import Look, Note, NoteCode
from invoicing.forms.mentions import EndMentionForm, MentionForm, MentionTextForm, text_typed
from invoicing.models import Mention
from invoicing.selectors.mentions import STRUCTURAL, library_on, mentions_kept, versions_of_mention
from invoicing.selectors.samples import sample_quote
from invoicing.selectors.vat_rates import vat_rates_in_force
from invoicing.services.mentions import add_mention, change_mention, confirm_mention, end_mention
from invoicing.states.sales import MentionPlace
from invoicing.views.tables import cells

RIGHT = "invoicing.keep_mentions"


def force_of(mention: Mention) -> tuple[str, str, str]:
    """In force today, to be confirmed, to come, ended."""
    today = timezone.localdate()
    if mention.valid_from > today:
        return "info", "◇", _("À venir")
    if not mention.is_in_force(today):
        return "neutral", "✕", _("Terminée")
    if mention.to_confirm:
        return "warning", "▲", _("À confirmer")
    return "success", "✔", _("En vigueur")


class ForceColumn(StatusColumn):
    def __init__(self) -> None:
        super().__init__(accessor="pk")

    def render(self, record: Mention) -> Any:
        return ui.status(*force_of(record))

    def value(self, record: Mention, value: Any) -> str:
        return force_of(record)[2]


class MentionTable(Table):
    title = LinkColumn(verbose_name=gettext_lazy("Mention"), attrs=cells("clip"))
    text = tables.Column(verbose_name=gettext_lazy("Texte imprimé"), attrs=cells("clip", "wide"))
    place = tables.Column(verbose_name=gettext_lazy("Documents"))
    audience = tables.Column(verbose_name=gettext_lazy("Clients"), attrs=cells("wide"))
    compulsory = tables.Column(verbose_name=gettext_lazy("D’elle-même"))
    valid_from = DateColumn(verbose_name=gettext_lazy("Du"), attrs=cells("one-line"))
    valid_to = DateColumn(verbose_name=gettext_lazy("Au"), attrs=cells("one-line"))
    force = ForceColumn()

    class Meta(Table.Meta):
        model = Mention
        fields = ("title", "text", "place", "audience", "compulsory", "valid_from", "valid_to", "force")

    def render_compulsory(self, value: bool) -> str:
        return _("oui") if value else _("au choix")


class MentionFilters(Filters):
    search = ("title", "text", "source")

    place = django_filters.ChoiceFilter(
        label=gettext_lazy("Documents"), choices=MentionPlace.choices, empty_label=gettext_lazy("Tous")
    )
    to_confirm = django_filters.ChoiceFilter(
        label=gettext_lazy("Source"),
        choices=[("1", gettext_lazy("À confirmer"))],
        empty_label=gettext_lazy("Toutes"),
        method="filter_to_confirm",
    )
    # What ended stays out of the list until somebody asks for it (`mention_list`).
    ended = django_filters.ChoiceFilter(
        label=gettext_lazy("Textes"),
        choices=[("1", gettext_lazy("Terminés"))],
        empty_label=gettext_lazy("En vigueur et à venir"),
        method="filter_ended",
    )

    class Meta:
        model = Mention
        fields: list[str] = []

    def filter_to_confirm(self, rows: QuerySet[Mention], name: str, value: str) -> QuerySet[Mention]:
        return rows.filter(to_confirm=True) if value else rows

    def filter_ended(self, rows: QuerySet[Mention], name: str, value: str) -> QuerySet[Mention]:
        return rows.filter(valid_to__lt=timezone.localdate()) if value else rows


@requires(RIGHT)
def mention_list(request: HttpRequest) -> HttpResponse:
    rows = mentions_kept()
    if not request.GET.get("ended"):
        rows = rows.exclude(valid_to__lt=timezone.localdate())
    new = Action(_("Ajouter une mention"), reverse("invoicing:mention_new"), right=RIGHT, icon="plus-lg")
    return list_page(
        request,
        queryset=rows,
        table=MentionTable,
        filters=MentionFilters,
        page="invoicing.mentions",
        title=_("Mentions"),
        intro=_("Ce que les devis et les factures doivent dire, et depuis quand."),
        empty=EmptyState(_("Aucune mention."), _("Ajoutez celles que la coopérative veut imprimer."), new),
        main_action=new,
        template="invoicing/mention_list.html",
        context={"rates": [rate for rate in vat_rates_in_force(timezone.localdate()) if rate.exemption_text]},
    )


@requires(RIGHT)
def mention_detail(request: HttpRequest, pk: int) -> HttpResponse:
    mention = get_object_or_404(mentions_kept(), pk=pk)
    context = {
        "mention": mention,
        "badge": ui.status(*force_of(mention)),
        "versions": [(one, force_of(one)) for one in versions_of_mention(mention)],
        "ends": mention.valid_to is None and mention.note not in STRUCTURAL,
        "page": _example(mention),
    }
    return render(request, "invoicing/mention_detail.html", context)


@requires(RIGHT)
def mention_new(request: HttpRequest) -> HttpResponse:
    form = MentionForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    if form.is_valid():
        with refused_at(form):
            mention = add_mention(
                content=form.content(), valid_from=form.cleaned_data["valid_from"], actor=request.user
            )
            messages.success(request, _("La mention est dans la bibliothèque."))
            return redirect(mention)
    return form_page(
        request,
        form,
        title=_("Ajouter une mention"),
        submit=_("Ajouter"),
        back_url=reverse("invoicing:mention_list"),
        crumbs=_crumbs((_("Ajouter"), "")),
    )


@requires(RIGHT)
def mention_change(request: HttpRequest, pk: int) -> HttpResponse:
    mention = get_object_or_404(mentions_kept(), pk=pk)
    form = MentionTextForm(request.POST or None, initial=text_typed(mention))
    if form.is_valid():
        with refused_at(form):
            fresh = change_mention(mention, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Le nouveau texte est enregistré ; l’ancien reste dans la liste."))
            return redirect(fresh)
    return form_page(
        request,
        form,
        title=_("Nouveau texte : %(title)s") % {"title": mention.title},
        lead=_("Les documents déjà numérotés gardent l’ancien."),
        submit=_("Enregistrer ce texte"),
        back_url=mention.get_absolute_url(),
        crumbs=_crumbs((mention.title, mention.get_absolute_url()), (_("Nouveau texte"), "")),
    )


@require_POST
@requires(RIGHT)
def mention_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    mention = get_object_or_404(mentions_kept(), pk=pk)
    confirm_mention(mention, actor=request.user)
    messages.success(request, _("« %(title)s » est confirmée.") % {"title": mention.title})
    return redirect(mention)


@requires(RIGHT)
def mention_end(request: HttpRequest, pk: int) -> HttpResponse:
    mention = get_object_or_404(mentions_kept(), pk=pk)
    form = EndMentionForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        with refused_at(form):
            end_mention(mention, on=form.cleaned_data["on"], actor=request.user)
            messages.success(request, _("La mention ne sera plus imprimée après ce jour."))
            return redirect(mention)
    return form_page(
        request,
        form,
        title=_("Arrêter : %(title)s") % {"title": mention.title},
        lead=_("Les documents déjà numérotés la gardent."),
        submit=_("Arrêter cette mention"),
        tone="danger",
        back_url=mention.get_absolute_url(),
        crumbs=_crumbs((mention.title, mention.get_absolute_url()), (_("Arrêter"), "")),
    )


def _example(mention: Mention) -> InvoicePage:
    """A document that bears the notice, as its text stands."""
    today = timezone.localdate()
    text = mention.text
    for name, value in library_on(today).values.items():
        text = text.replace(f"{{{name}}}", value or "…")
    activity = mention.activity or Activity(name=_("Votre activité"), code="EXEMPLE")
    notes = [Note(text=text, code=NoteCode(mention.note))]
    return invoice_page(sample_quote(activity, look=Look(), on=today, notes=notes), draft=True)


def _crumbs(*last: tuple[str, str]) -> list[tuple[Any, str]]:
    return [(_("Mentions"), reverse("invoicing:mention_list")), *last]
