"""The agenda of an assembly: its points, and the papers put before it (GOV-20)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.keys import key_in
from cae.core.permissions import require, requires
from governance.forms.assemblies import ItemForm, PaperForm
from governance.models import AgendaItem, Assembly, Paper
from governance.services import agenda
from governance.services.agenda import ItemData
from governance.views.assembly_parts import (
    ORGANISE,
    crumbs_of,
    find_assembly,
    mailed,
)
from people.requests import SignedIn


def _item(request: SignedIn, pk: int) -> AgendaItem:
    seen = Assembly.objects.visible_to(request.user).order_by().values("pk")
    item = get_object_or_404(AgendaItem.objects.select_related("assembly"), pk=pk, assembly__in=seen)
    require(request.user, ORGANISE, item)
    return item


@requires(ORGANISE)
def item_new(request: SignedIn, pk: int) -> HttpResponse:
    assembly = find_assembly(request, pk, ORGANISE)
    return act_page(
        request,
        ItemForm(request.POST or None),
        lambda content: agenda.add_item(assembly, data=ItemData(**content), actor=request.user),
        title=_("Ajouter un point"),
        submit=_("Ajouter"),
        done=_("Le point est à l’ordre du jour."),
        back_url=assembly.get_absolute_url(),
        crumbs=crumbs_of(assembly, (_("Point"), "")),
    )


@requires(ORGANISE)
def item_change(request: SignedIn, pk: int) -> HttpResponse:
    item = _item(request, pk)
    initial = {name: getattr(item, name) for name in ItemForm.base_fields}
    return act_page(
        request,
        ItemForm(request.POST or None, initial=initial),
        lambda content: agenda.change_item(item, data=ItemData(**content), actor=request.user),
        title=_("Modifier le point"),
        submit=_("Enregistrer"),
        done=_("Le point est enregistré."),
        back_url=item.assembly.get_absolute_url(),
        crumbs=crumbs_of(item.assembly, (item.title, "")),
    )


@require_POST
@requires(ORGANISE)
def item_move(request: SignedIn, pk: int) -> HttpResponse:
    item = _item(request, pk)
    return act_now(
        request,
        lambda: agenda.move_item(item, up=request.POST.get("do") == "up", actor=request.user),
        done=_("Le point a changé de place."),
        back_url=item.assembly.get_absolute_url(),
    )


@require_POST
@requires(ORGANISE)
def item_remove(request: SignedIn, pk: int) -> HttpResponse:
    item = _item(request, pk)
    return act_now(
        request,
        lambda: agenda.remove_item(item, actor=request.user),
        done=_("Le point est retiré."),
        back_url=item.assembly.get_absolute_url(),
    )


@requires(ORGANISE)
def paper_new(request: SignedIn, pk: int) -> HttpResponse:
    """A document with its hash; the page of the preparation says which ones are awaited."""
    assembly = find_assembly(request, pk, ORGANISE)
    initial = {"item": key_in(request.GET.get("point", "")), "title": request.GET.get("titre", "")[:160]}
    form = PaperForm(
        request.POST or None,
        request.FILES or None,
        initial=initial,
        items=assembly.items.order_by("position"),
    )
    return act_page(
        request,
        form,
        lambda _content: _add_paper(request, assembly, form),
        title=_("Joindre un document"),
        submit=_("Joindre"),
        done=_("Le document est joint."),
        back_url=assembly.get_absolute_url(),
        crumbs=crumbs_of(assembly, (_("Document"), "")),
        lead=mailed(
            _("Son empreinte est imprimée sur la convocation. Ajouté après, il est annoncé par e-mail."),
            assembly,
        ),
    )


def _add_paper(request: SignedIn, assembly: Assembly, form: PaperForm) -> Paper:
    content, name = form.brought()
    return agenda.add_paper(
        assembly,
        item=form.cleaned_data["item"],
        title=form.cleaned_data["title"],
        content=content,
        name=name,
        actor=request.user,
        on=timezone.localdate(),
    )


@require_POST
@requires(ORGANISE)
def paper_remove(request: SignedIn, pk: int) -> HttpResponse:
    seen = Assembly.objects.visible_to(request.user).order_by().values("pk")
    paper = get_object_or_404(Paper.objects.select_related("assembly", "document"), pk=pk, assembly__in=seen)
    require(request.user, ORGANISE, paper)
    return act_now(
        request,
        lambda: agenda.remove_paper(paper, actor=request.user),
        done=_("Le document est retiré."),
        back_url=paper.assembly.get_absolute_url(),
    )
