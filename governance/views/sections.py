"""The section meetings of an assembly: planned while it is prepared, moved once it is convened (GOV-19)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.permissions import require, requires
from cae.core.templatetags.formats import day, moment
from governance.forms.assemblies import PlaceForm, ReasonForm, SectionForm
from governance.models import Assembly, SectionMeeting
from governance.selectors.sections import told, window_of
from governance.services import sections
from governance.services.sections import SectionData
from governance.views.assembly_parts import (
    ORGANISE,
    crumbs_of,
    find_assembly,
    mailed,
)
from people.requests import SignedIn


def _meeting(request: SignedIn, pk: int) -> SectionMeeting:
    seen = Assembly.objects.visible_to(request.user).order_by().values("pk")
    rows = SectionMeeting.objects.select_related("assembly").filter(assembly__in=seen)
    meeting = get_object_or_404(rows, pk=pk)
    require(request.user, ORGANISE, meeting)
    return meeting


def _lead(assembly: Assembly) -> str:
    """The days that the law leaves, and what is done there."""
    said = {"first": day(window_of(assembly).first), "moment": moment(assembly.starts_at)}
    return (
        _(
            "À partir du %(first)s, avant l’assemblée du %(moment)s. La section débat du même ordre du jour ;"
            " les voix se donnent à l’assemblée."
        )
        % said
    )


@requires(ORGANISE)
def section_new(request: SignedIn, pk: int) -> HttpResponse:
    assembly = find_assembly(request, pk, ORGANISE)
    return act_page(
        request,
        SectionForm(request.POST or None),
        lambda content: sections.add_section_meeting(
            assembly, data=SectionData(**content), actor=request.user, at=timezone.now()
        ),
        title=_("Prévoir une réunion de section"),
        submit=_("Prévoir"),
        done=_("La réunion de section est prévue."),
        back_url=assembly.get_absolute_url(),
        crumbs=crumbs_of(assembly, (_("Réunion de section"), "")),
        lead=_lead(assembly),
    )


@requires(ORGANISE)
def section_change(request: SignedIn, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    initial = {name: getattr(meeting, name) for name in SectionForm.base_fields}
    return act_page(
        request,
        SectionForm(request.POST or None, initial=initial),
        lambda content: sections.change_section_meeting(
            meeting, data=SectionData(**content), actor=request.user, at=timezone.now()
        ),
        title=_("Modifier la réunion de section"),
        submit=_("Enregistrer"),
        done=_("La réunion de section est enregistrée."),
        back_url=meeting.assembly.get_absolute_url(),
        crumbs=crumbs_of(meeting.assembly, (meeting.name, "")),
        lead=_lead(meeting.assembly),
    )


@requires(ORGANISE)
def section_move(request: SignedIn, pk: int) -> HttpResponse:
    """The room or the link changes after the convocation: everybody called is told."""
    meeting = _meeting(request, pk)
    initial = {"place": meeting.place, "remote_link": meeting.remote_link}
    return act_page(
        request,
        PlaceForm(request.POST or None, initial=initial),
        lambda content: sections.move_section_meeting(
            meeting, **content, actor=request.user, at=timezone.now()
        ),
        title=_("Changer le lieu ou le lien"),
        submit=_("Enregistrer et prévenir"),
        done=_("Le changement est enregistré, les associé·es sont prévenu·es."),
        back_url=meeting.assembly.get_absolute_url(),
        crumbs=crumbs_of(meeting.assembly, (meeting.name, "")),
        lead=mailed(_("Un e-mail part à chaque associé·e convoqué·e."), meeting.assembly),
    )


@requires(ORGANISE)
def section_cancel(request: SignedIn, pk: int) -> HttpResponse:
    """A meeting that the convocation told is called off: everybody called is told, with the reason."""
    meeting = _meeting(request, pk)
    return act_page(
        request,
        ReasonForm(request.POST or None),
        lambda content: sections.cancel_section_meeting(
            meeting, **content, actor=request.user, at=timezone.now()
        ),
        title=_("Annuler la réunion de section"),
        submit=_("Annuler la réunion et prévenir"),
        done=_("La réunion de section est annulée, les associé·es sont prévenu·es."),
        back_url=meeting.assembly.get_absolute_url(),
        crumbs=crumbs_of(meeting.assembly, (meeting.name, "")),
        lead=mailed(
            _("%(meeting)s. L’assemblée n’est pas annulée. Un e-mail part à chaque associé·e convoqué·e.")
            % {"meeting": told(meeting)},
            meeting.assembly,
        ),
        tone="danger",
    )


@require_POST
@requires(ORGANISE)
def section_remove(request: SignedIn, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    return act_now(
        request,
        lambda: sections.remove_section_meeting(meeting, actor=request.user),
        done=_("La réunion de section est retirée."),
        back_url=meeting.assembly.get_absolute_url(),
    )
