"""Pages of the levies of the cooperative’s own: what is taken, of whom, what was (ACC-21)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.calculations.levies import LevyRule
from accounting.forms.contributions import EndForm, ReasonForm
from accounting.forms.levies import LevyForm, TermForm
from accounting.models import Levy, LevyTerm
from accounting.selectors.levies import (
    levies,
    rate_words,
    shown,
    takings_visible_to,
    terms_of,
)
from accounting.selectors.levy_trial import play_levy
from accounting.selectors.scale_words import RuleLine
from accounting.selectors.simulation import Simulation, years_to_simulate
from accounting.services.levies import (
    LevyDraft,
    add_term,
    check_levy,
    create_levy,
    end_levy,
    end_term,
    former_of,
)
from accounting.services.levy_taking import undo_taking
from accounting.states.contributions import SaleCategory
from accounting.states.levies import LevyBase, LevyMoment, TakingNature
from accounting.views.confirming import ask, is_confirmed, is_taken_back
from accounting.views.levy_tables import LevyFilters, LevyTable, TakingFilters, TakingTable
from accounting.views.tabs import books_tabs
from cae.core import permissions
from cae.core.acting import act_page
from cae.core.elision import elided
from cae.core.forms import form_page, refused_at
from cae.core.keys import key_in
from cae.core.money import ZERO
from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, list_page
from cae.core.templatetags.formats import day


@requires("accounting.view_ledger")
def levy_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=levies(),
        table=LevyTable,
        filters=LevyFilters,
        page="accounting.levies",
        title=_("Prélèvements propres"),
        intro=_("Ce que la coopérative prend à côté de la contribution : assurance, retenue, solidarité."),
        template="accounting/books_list.html",
        tabs=books_tabs("levy_list"),
        empty=EmptyState(
            _("Aucun prélèvement propre."), _("Seule la contribution est prise sur les ventes.")
        ),
        main_action=Action(
            _("Ajouter un prélèvement"),
            reverse("accounting:levy_add"),
            right="accounting.change_levies",
            tone="primary",
        ),
    )


@requires("accounting.change_levies")
def levy_add(request: HttpRequest) -> HttpResponse:
    """Records a levy, once what it would have taken over a past year was read."""
    asked = request.GET.get("de", "")
    former = get_object_or_404(Levy, pk=asked) if key_in(asked) is not None else None
    form = LevyForm(request.POST or None, former=former)
    if request.method == "POST" and form.is_valid() and not is_taken_back(request):
        with refused_at(form):
            draft, decision = form.draft(), form.decision()
            if not is_confirmed(request):
                check_levy(draft, decision)
                return _ask(request, draft, form.cleaned_data["decided_by"])
            levy = create_levy(draft, decision=decision, actor=request.user)
            messages.success(request, _("Prélèvement enregistré."))
            return redirect(levy)
    title = _("Changer « %(label)s »") % {"label": former.label} if former else _("Ajouter un prélèvement")
    return form_page(
        request,
        form,
        title=title,
        lead=_("Rien n’est enregistré avant que vous ayez vu ce qu’il aurait pris."),
        submit=_("Voir ce qu’il aurait pris"),
        back_url=reverse("accounting:levy_list"),
        crumbs=[*levy_crumbs(), (title, "")],
    )


def _ask(request: HttpRequest, draft: LevyDraft, decided_by: str) -> HttpResponse:
    levy = Levy(base=draft.base, taken_on=draft.taken_on, rate=draft.rate, amount=draft.amount)
    receiver = str(draft.section) if draft.section else draft.new_fund
    return ask(
        request,
        title=_("Vérifier le prélèvement"),
        submit=_("Enregistrer pour de bon"),
        crumbs=levy_crumbs(),
        lines=[
            RuleLine(_("Prélèvement"), draft.label),
            RuleLine(_("Règle"), rate_words(levy)),
            RuleLine(_("Versé à"), receiver),
            RuleLine(_("À partir du"), day(draft.valid_from)),
            RuleLine(_("Décidé par"), decided_by),
        ],
        consequences=_consequences(draft),
        effect=_effect(draft),
    )


def _consequences(draft: LevyDraft) -> list[str]:
    said = [_("Il ne se modifiera plus ; un autre du même nom pourra le remplacer, à sa date.")]
    former = former_of(draft)
    if former is not None:
        said.append(
            _("Celui du même nom, en vigueur depuis le %(day)s, s’arrête la veille.")
            % {"day": day(former.valid_from)}
        )
    if draft.taken_on == LevyMoment.MONTH:
        said.append(_("Il sera pris avec le calcul des contributions du mois."))
    elif draft.base == LevyBase.RECEIVED:
        said.append(_("Il sera pris à chaque encaissement."))
    else:
        said.append(_("Il sera pris à l’émission de chaque facture ; un avoir le rend."))
    if draft.held_months:
        said.append(
            _("Ce qui est retenu revient à l’activité après %(months)s mois.") % {"months": draft.held_months}
        )
    if not draft.for_all:
        said.append(_("Aucune activité ne le paie encore : vous les nommerez ensuite."))
    return said


def _effect(draft: LevyDraft) -> Simulation | None:
    """The latest year of sales; nothing when nobody is named yet."""
    today = timezone.localdate()
    years = years_to_simulate(today)
    if not years or not draft.for_all:
        return None
    rule = LevyRule(
        draft.rate or ZERO,
        draft.amount,
        frozenset(draft.categories),
        of_margin=draft.base == LevyBase.MARGIN,
        by_month=draft.taken_on == LevyMoment.MONTH,
    )
    return play_levy(rule, draft.base, draft.code, years[0], today=today)


@requires("accounting.view_statement")
def levy_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What a levy takes and who decided it; for those who read the books, whom it treats apart."""
    levy = get_object_or_404(
        levies().select_related("charge_account", "link_account", "income_account"), pk=pk
    )
    today = timezone.localdate()
    sees_books = permissions.can(request.user, "accounting.view_ledger")
    context = {
        "levy": levy,
        "rule": rate_words(levy),
        "sees_books": sees_books,
        "may_change": permissions.can(request.user, "accounting.change_levies"),
        "categories": ", ".join(str(label) for label in _category_labels(levy)),
        "terms": terms_of(levy) if sees_books else (),
        "is_over": levy.valid_to is not None and levy.valid_to < today,
        "is_to_come": levy.valid_from > today,
        "today": today,
    }
    return render(request, "accounting/levies/levy.html", context)


def _category_labels(levy: Levy) -> list[Any]:
    return [SaleCategory(category).label for category in levy.categories]


@requires("accounting.view_ledger")
def levy_taking_list(request: HttpRequest, pk: int) -> HttpResponse:
    """All that a levy took, and of whom."""
    levy = get_object_or_404(Levy, pk=pk)
    return list_page(
        request,
        queryset=takings_visible_to(request.user).filter(levy=levy),
        table=TakingTable,
        filters=TakingFilters,
        page="accounting.levy_takings",
        title=_("Ce que « %(label)s » a pris") % {"label": levy.label},
        intro=rate_words(levy),
        template="accounting/levies/takings.html",
        empty=EmptyState(_("Ce prélèvement n’a encore rien pris.")),
        context={"levy": levy},
    )


@requires("accounting.view_statement")
def levy_taking(request: HttpRequest, pk: int) -> HttpResponse:
    """How one taking was found, and what answers it."""
    taking = get_object_or_404(takings_visible_to(request.user), pk=pk)
    may_undo = permissions.can(request.user, "accounting.change_levies")
    answered = taking.answered_by.first()
    context = {
        "taking": taking,
        "shown": shown(taking),
        "title": f"{taking.levy.label}, {shown(taking).subject}",
        "answered": answered,
        "may_undo": may_undo and answered is None and taking.nature == TakingNature.TAKE,
        "earlier": takings_visible_to(request.user)
        .filter(levy=taking.levy, activity=taking.activity, kind=taking.kind, window=taking.window)
        .filter(rank__lt=taking.rank)
        .order_by("rank"),
    }
    return render(request, "accounting/levies/taking.html", context)


@requires("accounting.change_levies")
def levy_taking_undo(request: HttpRequest, pk: int) -> HttpResponse:
    taking = get_object_or_404(takings_visible_to(request.user), pk=pk)
    title = _("Annuler ce prélèvement")
    back_url = taking.get_absolute_url()
    return act_page(
        request,
        ReasonForm(request.POST or None),
        lambda said: undo_taking(
            taking, on=max(timezone.localdate(), taking.on), reason=said["reason"], actor=request.user
        ),
        done=_("Prélèvement annulé."),
        back_url=back_url,
        title=title,
        lead=f"{taking.levy.label}, {shown(taking).subject}, {taking.activity.name}",
        submit=_("Annuler le prélèvement"),
        tone="danger",
        crumbs=[*levy_crumbs(), (taking.levy.label, taking.levy.get_absolute_url()), (title, "")],
    )


@requires("accounting.change_levies")
def levy_end(request: HttpRequest, pk: int) -> HttpResponse:
    levy = get_object_or_404(Levy, pk=pk)
    title = _("Arrêter « %(label)s »") % {"label": levy.label}
    return act_page(
        request,
        EndForm(request.POST or None, initial={"ends_on": levy.valid_to}),
        lambda said: end_levy(levy, ends_on=said["ends_on"], actor=request.user),
        done=_("Dernier jour enregistré."),
        back_url=levy.get_absolute_url(),
        title=title,
        lead=_("Ce qui a été pris jusqu’à ce jour reste acquis ; ce qui est retenu sera rendu à sa date."),
        submit=_("Enregistrer le dernier jour"),
        crumbs=[*levy_crumbs(), (levy.label, levy.get_absolute_url()), (title, "")],
    )


@requires("accounting.change_levies")
def levy_term_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Spares an activity, or names one."""
    levy = get_object_or_404(Levy, pk=pk)
    title = _("Dispenser une activité") if levy.for_all else _("Nommer une activité")
    return act_page(
        request,
        TermForm(request.POST or None),
        lambda said: add_term(levy, **said, actor=request.user),
        done=_("Cas particulier enregistré."),
        back_url=levy.get_absolute_url(),
        title=title,
        lead=f"{levy.label} : {rate_words(levy)}",
        submit=_("Enregistrer"),
        crumbs=[*levy_crumbs(), (levy.label, levy.get_absolute_url()), (title, "")],
    )


@requires("accounting.change_levies")
def levy_term_end(request: HttpRequest, pk: int) -> HttpResponse:
    term = get_object_or_404(LevyTerm.objects.select_related("levy", "activity"), pk=pk)
    title = elided(_("Dernier jour du cas de %(activity)s"), {"activity": term.activity.name})
    return act_page(
        request,
        EndForm(request.POST or None, initial={"ends_on": term.ends_on}),
        lambda said: end_term(term, ends_on=said["ends_on"], actor=request.user),
        done=_("Dernier jour enregistré."),
        back_url=term.levy.get_absolute_url(),
        title=title,
        lead=term.reason,
        submit=_("Enregistrer le dernier jour"),
        crumbs=[*levy_crumbs(), (term.levy.label, term.levy.get_absolute_url()), (title, "")],
    )


def levy_crumbs() -> list[tuple[str, str]]:
    return [
        (_("Comptabilité"), reverse("accounting:home")),
        (_("Prélèvements propres"), reverse("accounting:levy_list")),
    ]
