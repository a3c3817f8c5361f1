"""Pages of the exemptions: who gives less, why, decided by whom, until when."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.forms.contributions import EndForm, ExemptionForm
from accounting.models import Exemption
from accounting.selectors.behind import runs_of_exemption
from accounting.selectors.contribution import subject_words
from accounting.selectors.scale_words import parts_words
from accounting.selectors.scales import exemptions, exemptions_visible_to, scale_of
from accounting.services.scales import end_exemption, grant_exemption
from accounting.views.filters import ExemptionFilters
from accounting.views.tables import ExemptionTable
from accounting.views.tabs import books_tabs
from cae.core import permissions
from cae.core.elision import elided
from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, list_page


@requires("accounting.view_ledger")
def exemption_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=exemptions(),
        table=ExemptionTable,
        filters=ExemptionFilters,
        page="accounting.exemptions",
        title=_("Exonérations de contribution"),
        template="accounting/books_list.html",
        tabs=books_tabs("exemption_list"),
        empty=EmptyState(
            _("Aucune exonération."),
            _("Une situation ou une décision peut dispenser une activité d’une part de sa contribution."),
        ),
        main_action=Action(
            _("Accorder une exonération"),
            reverse("accounting:exemption_add"),
            right="accounting.change_scales",
            tone="primary",
        ),
    )


@requires("accounting.view_statement")
def exemption_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What one activity does not give, why, decided by whom: a working leads here."""
    exemption = get_object_or_404(exemptions_visible_to(request.user), pk=pk)
    scale = scale_of(exemption.activity, exemption.starts_on)
    eased = scale.rule.waived_for(exemption.situation) if scale else frozenset()
    context = {
        "exemption": exemption,
        "title": _("Exonération : %(situation)s") % {"situation": exemption.get_situation_display().lower()},
        "waived": parts_words({*exemption.waives, *eased}) or _("rien"),
        "by_scale": parts_words(eased),
        "scale": scale,
        "runs": [(run, subject_words(run)) for run in runs_of_exemption(exemption)],
        "sees_books": permissions.can(request.user, "accounting.view_ledger"),
        "may_end": exemption.ends_on is None or exemption.ends_on >= timezone.localdate(),
    }
    return render(request, "accounting/exemption.html", context)


@requires("accounting.change_scales")
def exemption_add(request: HttpRequest) -> HttpResponse:
    form = ExemptionForm(request.POST or None, initial={"activity": request.GET.get("activite")})
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        with refused_at(form):
            grant_exemption(facts.pop("activity"), **facts, actor=request.user)
            messages.success(request, _("Exonération accordée."))
            return redirect("accounting:exemption_list")
    lead = _("Les mois déjà calculés sont régularisés au prochain calcul.")
    return _page(request, form, _("Accorder une exonération"), _("Accorder"), lead)


@requires("accounting.change_scales")
def exemption_end(request: HttpRequest, pk: int) -> HttpResponse:
    exemption = get_object_or_404(Exemption.objects.select_related("activity"), pk=pk)
    form = EndForm(request.POST or None, initial={"ends_on": exemption.ends_on})
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            end_exemption(exemption, ends_on=form.cleaned_data["ends_on"], actor=request.user)
            messages.success(request, _("Exonération arrêtée."))
            return redirect("accounting:exemption_list")
    title = elided(_("Arrêter l’exonération de %(activity)s"), {"activity": exemption.activity.name})
    return _page(request, form, title, _("Enregistrer le dernier jour"), f"{exemption} : {exemption.reason}")


def _page(request: HttpRequest, form: Form, title: str, submit: str, lead: str) -> HttpResponse:
    back_url = reverse("accounting:exemption_list")
    crumbs = [
        (_("Comptabilité"), reverse("accounting:home")),
        (_("Exonérations de contribution"), back_url),
        (title, ""),
    ]
    return form_page(request, form, title=title, lead=lead, submit=submit, back_url=back_url, crumbs=crumbs)
