"""The acts on one associate: category, representative, right to vote, loss of the status, certificate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.elision import elided
from cae.core.forms import form_page, refused_at
from cae.core.permissions import require, requires
from governance.forms.register import (
    CategoryForm,
    CertificateForm,
    EndRepresentationForm,
    LossForm,
    RepresentativeForm,
    RestoreForm,
    RightsForm,
)
from governance.models import Associate
from governance.selectors.associates import (
    bodies_represented,
    categories_of,
    mandates_held,
    representatives_of,
)
from governance.services.associates import (
    change_category,
    lose_status,
    restore_status,
)
from governance.services.register_files import ask_certificate
from governance.services.representatives import end_representation, name_representative
from governance.services.voting_rights import give_back, notify_late, suspend
from governance.views.register_bars import crumbs_of, is_of_others, seen_associate, warn_of_limits
from people.requests import SignedIn
from people.selectors.persons import persons_offered

# The word of the address: the service, the title, what is said of it, the tone of its button.
_RIGHTS: dict[str, tuple[Any, Any, Any, str]] = {
    "mise-en-demeure": (
        notify_late,
        gettext_lazy("Mettre en demeure"),
        gettext_lazy("Un e-mail part aussitôt. Le délai des règles en vigueur court depuis ce jour."),
        "primary",
    ),
    "suspendre": (
        suspend,
        gettext_lazy("Suspendre le droit de vote"),
        gettext_lazy("À partir de maintenant ; la liste d’un vote déjà ouvert ne change pas."),
        "danger",
    ),
    "rendre": (
        give_back,
        gettext_lazy("Rendre le droit de vote"),
        gettext_lazy("À partir de maintenant."),
        "primary",
    ),
}


@requires("governance.write_register")
def associate_category(request: SignedIn, pk: int) -> HttpResponse:
    associate = _others(request, pk)
    current = next(iter(categories_of(associate)), None)
    initial = {"category": current.category, "college": current.college_id} if current else {}
    is_body = associate.person_id is None
    form = CategoryForm(request.POST or None, is_body=is_body, initial=initial)
    if form.is_valid():
        with refused_at(form):
            change_category(associate, actor=request.user, **form.typed())
            messages.success(request, _("Catégorie notée."))
            warn_of_limits(request)
            return redirect(associate)
    return _page(request, associate, form, _("Changer de catégorie"))


@requires("governance.write_register")
def associate_represent(request: SignedIn, pk: int) -> HttpResponse:
    associate = seen_associate(request, pk)
    if associate.organisation_id is None:
        raise Http404
    current = next(iter(representatives_of(associate)), None)
    initial = {"function": current.function} if current else {}
    form = RepresentativeForm(request.POST or None, persons=persons_offered(request.user), initial=initial)
    if form.is_valid() and is_of_others(request, form, "person"):
        with refused_at(form):
            name_representative(associate, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Représentation notée."))
            return redirect(associate)
    return _page(request, associate, form, _("Nommer un·e représentant·e"))


@requires("governance.write_register")
def associate_unrepresent(request: SignedIn, pk: int) -> HttpResponse:
    """Whoever acted for a legal person acts no more, and nobody is named yet."""
    associate = seen_associate(request, pk)
    if associate.organisation_id is None:
        raise Http404
    form = EndRepresentationForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            end_representation(associate, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Fin notée : la voix attend une nouvelle représentation."))
            return redirect(associate)
    lead = _("Sa voix n’est plus exercée, et une assemblée ne se convoque pas sans qui la représente.")
    return _page(request, associate, form, _("Mettre fin à la représentation"), lead=lead, tone="danger")


@requires("governance.write_rights")
def associate_lose(request: SignedIn, pk: int) -> HttpResponse:
    associate = _others(request, pk)
    form = LossForm(request.POST or None, is_body=associate.person_id is None)
    if form.is_valid():
        with refused_at(form):
            lose_status(associate, actor=request.user, **form.cleaned_data)
            messages.success(
                request, _("La sortie est notée ; les parts restent jusqu’à leur remboursement.")
            )
            _warn_of_mandates(request, associate)
            _warn_of_bodies(request, associate)
            warn_of_limits(request)
            return redirect(associate)
    title = _("Noter la perte de la qualité d’associé·e")
    return _page(request, associate, form, title, tone="danger")


@requires("governance.write_rights")
def associate_restore(request: SignedIn, pk: int) -> HttpResponse:
    """A loss noted by mistake is taken back."""
    associate = _others(request, pk)
    form = RestoreForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            restore_status(associate, reason=form.cleaned_data["reason"], actor=request.user)
            messages.success(request, _("%(name)s figure de nouveau au registre.") % {"name": associate})
            warn_of_limits(request)
            return redirect(associate)
    lead = _("La ligne reprend comme avant : même numéro, même catégorie, droit de vote.")
    return _page(request, associate, form, _("Rétablir la qualité d’associé·e"), lead=lead)


@requires("governance.write_rights")
def associate_rights(request: SignedIn, pk: int, act: str) -> HttpResponse:
    associate = _others(request, pk)
    if act not in _RIGHTS:
        raise Http404
    service, title, lead, tone = _RIGHTS[act]
    form = RightsForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            reason = form.cleaned_data["reason"]
            service(associate, at=timezone.now(), reason=reason, actor=request.user)
            messages.success(request, _("C’est noté, et l’associé·e est prévenu·e."))
            return redirect(associate)
    return _page(request, associate, form, str(title), lead=lead, tone=tone)


@requires("governance.view_associate")
def associate_certificate(request: SignedIn, pk: int) -> HttpResponse:
    """A certificate as of a day, asked by the associate or for them."""
    associate = seen_associate(request, pk)
    form = CertificateForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            on = form.cleaned_data["on"]
            job = ask_certificate(associate, on=on, actor=request.user, at=timezone.now())
            return redirect("core:job_detail", job.pk)
    return _page(request, associate, form, _("Demander une attestation"))


def _warn_of_mandates(request: SignedIn, associate: Associate) -> None:
    """The statutes say whether a mandate ends with the status: somebody has to look."""
    for mandate in mandates_held(associate, timezone.localdate()):
        messages.warning(
            request,
            _("Mandat en cours : %(mandate)s. Notez sa fin si les statuts le lient à la qualité d’associé·e.")
            % {"mandate": mandate},
        )


def _warn_of_bodies(request: SignedIn, associate: Associate) -> None:
    """Who dies or leaves may act for a legal person still: its own associates say who comes next."""
    if associate.person_id is None:
        return
    for body in bodies_represented(associate.person_id, timezone.localdate()):
        messages.warning(
            request,
            _("%(name)s représente aussi %(body)s : notez qui prend la suite, ou sa fin.")
            % {"name": associate, "body": body},
        )


def _others(request: SignedIn, pk: int) -> Associate:
    associate = seen_associate(request, pk)
    require(request.user, "governance.write_rights", associate)
    return associate


def _page(request: SignedIn, associate: Associate, form: forms.Form, title: str, **told: Any) -> HttpResponse:
    page = associate.get_absolute_url()
    return form_page(
        request,
        form,
        title=elided(_("%(title)s : %(name)s"), {"title": title, "name": associate}),
        submit=title,
        back_url=page,
        crumbs=crumbs_of(request.user, (associate.name, page), (title, "")),
        **told,
    )
