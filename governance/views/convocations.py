"""The convocations of an assembly: convening, who was reached, letters posted, proofs; questions (GOV-20)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.forms import refused_above, refused_at
from cae.core.keys import key_in
from cae.core.models.emails import SHAPES
from cae.core.permissions import can, require, requires, signed_in
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    StatusColumn,
    Table,
    TickColumn,
    list_page,
)
from cae.core.templatetags.formats import day
from governance.forms.assemblies import AnswerForm, PostedForm, ProofForm, QuestionForm
from governance.models import Convocation, MemberQuestion
from governance.selectors.assemblies import calendar_of, posted_in_time
from governance.selectors.assembly_people import acted_in, convocations_of, posters
from governance.selectors.preparing import associates_to_call, called_of, obstacles, warnings_of
from governance.selectors.rules import rules_of
from governance.services import convening, convocation_proofs, member_questions
from governance.services.convocation_files import LETTERS_FILE, files_of
from governance.services.convocation_proofs import ProofData
from governance.states.assemblies import AssemblyState, Channel
from governance.views.assembly_parts import ORGANISE, crumbs_of, find_assembly
from governance.views.cells import under
from people.requests import SignedIn

READ = "governance.view_preparation"
LATE = ("warning", "▲", gettext_lazy("Postée trop tard"))


def status_of(row: Convocation) -> tuple[str, str, Any]:
    """Gives the tone, the shape and the word of what reached an associate."""
    if row.channel == Channel.MAIL and row.email is not None:
        return (*SHAPES[row.email.state], row.email.get_state_display())
    if row.posted_on is None:
        return ("warning", "▲", gettext_lazy("À poster"))
    if not posted_in_time(row.assembly, row.posted_on):
        return LATE
    return ("success", "✔", gettext_lazy("Postée"))


def posting_of(row: Convocation) -> str:
    """Gives when a letter was posted and by whom; nothing before."""
    if row.posted_on is None:
        return ""
    return f"{day(row.posted_on)} · {row.posted_by.get_full_name() if row.posted_by else ''}"


class ConvocationTable(Table):
    ids = TickColumn()
    associate = tables.Column(order_by="person__sort_name")
    channel = tables.Column(attrs={"td": {"class": "one-line"}})
    status = StatusColumn(accessor="pk")
    # Told under the state and the proof: most associates are called by mail.
    posted_on = DateColumn(visible=False)
    posted_by = tables.Column(orderable=False, visible=False)
    tracking = tables.Column(visible=False)
    read_at = DateColumn(verbose_name=gettext_lazy("Documents lus le"))
    proof = tables.Column(verbose_name=gettext_lazy("Preuve"), accessor="pk", orderable=False)

    class Meta(Table.Meta):
        model = Convocation
        fields = (
            "ids",
            "associate",
            "channel",
            "status",
            "posted_on",
            "posted_by",
            "tracking",
            "read_at",
            "proof",
        )

    def render_status(self, record: Convocation) -> Any:
        return under(StatusColumn().render(status_of(record)), posting_of(record))

    def value_status(self, record: Convocation) -> str:
        return str(status_of(record)[2])

    def render_associate(self, record: Convocation, value: Any) -> Any:
        """A legal person stands with who acts for it."""
        address = reverse("governance:convocation_detail", args=[record.pk])
        link = format_html('<a class="row-link" href="{}">{}</a>', address, value)
        if not record.associate.organisation_id:
            return link
        return format_html('{} <span class="soft">· {}</span>', link, record.person)

    def render_proof(self, record: Convocation) -> Any:
        return under(_("Déposée"), record.tracking) if record.proof_id else record.tracking or "—"

    def value_proof(self, record: Convocation) -> str:
        return _("Déposée") if record.proof_id else ""


class ConvocationFilters(Filters):
    search = ("person__first_name", "person__last_name", "associate__organisation__name", "tracking")
    to_post = django_filters.BooleanFilter(method="filter_to_post", label=gettext_lazy("À poster"))

    class Meta:
        model = Convocation
        fields = ("channel",)

    def filter_to_post(self, queryset: Any, name: str, value: bool) -> Any:
        waiting = {"channel": Channel.LETTER, "posted_on__isnull": True}
        return queryset.filter(**waiting) if value else queryset.exclude(**waiting)


@requires(ORGANISE)
def assembly_convene(request: SignedIn, pk: int) -> HttpResponse:
    """What leaves, to whom, and what keeps it from leaving; then the convocation."""
    assembly = find_assembly(request, pk, ORGANISE)
    if request.method == "POST":
        with refused_above(request):
            convening.convene(assembly, actor=request.user, at=timezone.now())
            messages.success(request, _("L’assemblée est convoquée."))
        return redirect(assembly)
    if assembly.state != AssemblyState.DRAFT:
        return redirect(assembly)
    faults = obstacles(assembly, timezone.now())
    called = [] if faults else called_of(associates_to_call(assembly), rules_of(assembly).text("notice_form"))
    context = {
        "assembly": assembly,
        "obstacles": faults,
        "warnings": warnings_of(assembly),
        "calendar": calendar_of(assembly, timezone.localdate()),
        "mails": sum(one.channel == Channel.MAIL for one in called),
        "letters": [one for one in called if one.channel == Channel.LETTER],
        "crumbs": crumbs_of(assembly, (_("Convoquer"), "")),
    }
    return render(request, "governance/assemblies/convene.html", context)


@requires(READ)
def convocation_list(request: SignedIn, pk: int) -> HttpResponse:
    """Who was called, by which door, and what proves it."""
    assembly = find_assembly(request, pk, READ)
    bundle = files_of(assembly, LETTERS_FILE).first()
    post = Action(
        _("Noter les lettres postées"),
        reverse("governance:convocation_post", args=[assembly.pk]),
        right=ORGANISE,
        icon="envelope-paper",
    )
    letters = (
        Action(
            _("Lettres à imprimer"),
            reverse("core:document", args=[bundle.pk]),
            right=ORGANISE,
            icon="file-earmark-pdf",
        )
        if bundle is not None
        else None
    )
    return list_page(
        request,
        queryset=convocations_of(assembly),
        table=ConvocationTable,
        filters=ConvocationFilters,
        page="governance.convocations",
        title=_("Convocations : %(assembly)s") % {"assembly": assembly.title},
        empty=EmptyState(_("Personne n’est encore convoqué."), _("Les convocations partent ensemble.")),
        main_action=letters,
        actions=[post],
        template="governance/assemblies/convocations.html",
        context={"assembly": assembly, "crumbs": crumbs_of(assembly, (_("Convocations"), ""))},
    )


@require_POST
@requires(ORGANISE)
def convocation_post(request: SignedIn, pk: int) -> HttpResponse:
    """The letters ticked were posted: on which day, by whom."""
    assembly = find_assembly(request, pk, ORGANISE)
    rows = assembly.convocations.filter(channel=Channel.LETTER, posted_on__isnull=True)
    asked = [key_in(text) for text in request.POST.getlist("ids")]
    wanted = rows if request.POST.get("tout") else rows.filter(pk__in=[key for key in asked if key])
    keys = list(wanted.values_list("pk", flat=True))
    is_answer = "posted_on" in request.POST
    today = timezone.localdate()
    form = PostedForm(
        request.POST if is_answer else None,
        initial={"posted_on": today, "posted_by": request.user.pk},
        posters=posters(today),
    )
    back = reverse("governance:convocation_list", args=[assembly.pk])
    if is_answer and form.is_valid():
        with refused_at(form):
            count = convening.post_letters(
                assembly, keys=keys, **form.cleaned_data, actor=request.user, today=today
            )
            done = ngettext("%(count)d lettre notée.", "%(count)d lettres notées.", count)
            messages.success(request, done % {"count": count})
            return redirect(back)
    context = {
        "assembly": assembly,
        "form": form,
        "keys": keys,
        "back_url": back,
        "crumbs": crumbs_of(assembly, (_("Convocations"), back), (_("Lettres postées"), "")),
    }
    return render(request, "governance/assemblies/posted.html", context, status=422 if form.errors else 200)


def _convocation(request: SignedIn, pk: int, right: str) -> Convocation:
    rows = Convocation.objects.visible_to(request.user).select_related(
        "assembly", "associate__person", "associate__organisation", "person", "email", "letter", "proof"
    )
    row = get_object_or_404(rows, pk=pk)
    require(request.user, right, row.assembly)
    return row


@requires(READ)
def convocation_detail(request: SignedIn, pk: int) -> HttpResponse:
    """One convocation: what left, when, by whose hand, its number and its proof."""
    row = _convocation(request, pk, READ)
    organises = can(request.user, ORGANISE, row.assembly)
    back = reverse("governance:convocation_list", args=[row.assembly_id])
    lost = row.email is not None and row.email.state in ("failed", "bounced")
    context = {
        "row": row,
        "status": status_of(row),
        "assembly": row.assembly,
        "may_prove": organises,
        "former_proofs": list(row.former_proofs.select_related("document", "replaced_by__person")),
        "may_unpost": organises and row.posted_on is not None and not (row.proof_id or row.tracking),
        "may_send_letter": organises
        and lost
        and row.channel == Channel.MAIL
        and row.assembly.state == AssemblyState.CONVENED,
        "crumbs": crumbs_of(row.assembly, (_("Convocations"), back), (str(row.associate), "")),
    }
    return render(request, "governance/assemblies/convocation.html", context)


@requires(ORGANISE)
def convocation_prove(request: SignedIn, pk: int) -> HttpResponse:
    row = _convocation(request, pk, ORGANISE)
    page = reverse("governance:convocation_detail", args=[row.pk])
    return act_page(
        request,
        ProofForm(
            request.POST or None,
            request.FILES or None,
            initial={"tracking": row.tracking},
            replaces=bool(row.proof_id or row.tracking),
        ),
        lambda content: convocation_proofs.add_proof(
            row,
            data=ProofData(
                tracking=content["tracking"],
                content=content["file"].read() if content["file"] else None,
                name=content["file"].name if content["file"] else "",
                reason=content.get("reason", ""),
            ),
            actor=request.user,
            at=timezone.now(),
        ),
        title=_("Preuve de la convocation"),
        submit=_("Enregistrer"),
        done=_("La preuve est gardée."),
        back_url=page,
        crumbs=crumbs_of(row.assembly, (str(row.associate), page), (_("Preuve"), "")),
    )


@require_POST
@requires(ORGANISE)
def convocation_letter(request: SignedIn, pk: int) -> HttpResponse:
    row = _convocation(request, pk, ORGANISE)
    return act_now(
        request,
        lambda: convening.send_letter_instead(row, actor=request.user),
        done=_("Une lettre se prépare : elle sera à poster."),
        back_url=reverse("governance:convocation_detail", args=[row.pk]),
    )


@require_POST
@requires(ORGANISE)
def convocation_unpost(request: SignedIn, pk: int) -> HttpResponse:
    row = _convocation(request, pk, ORGANISE)
    return act_now(
        request,
        lambda: convening.take_back_posting(row, actor=request.user),
        done=_("Cette lettre est de nouveau à poster."),
        back_url=reverse("governance:convocation_detail", args=[row.pk]),
    )


@require_POST
@requires(ORGANISE)
def convocation_newcomers(request: SignedIn, pk: int) -> HttpResponse:
    assembly = find_assembly(request, pk, ORGANISE)
    return act_now(
        request,
        lambda: convening.call_newcomers(assembly, actor=request.user, at=timezone.now()),
        done=_("Les nouveaux associé·es sont convoqué·es."),
        back_url=assembly.get_absolute_url(),
    )


@signed_in
def question_ask(request: SignedIn, pk: int) -> HttpResponse:
    """An associate asks before the assembly."""
    assembly = find_assembly(request, pk, "governance.ask_question")
    associate = acted_in(assembly, request.user.person_id).first()
    if associate is None:
        raise Http404
    return act_page(
        request,
        QuestionForm(request.POST or None),
        lambda content: member_questions.ask_question(
            assembly, associate=associate, **content, actor=request.user, at=timezone.now()
        ),
        title=_("Poser une question"),
        submit=_("Envoyer"),
        done=_("Votre question est envoyée."),
        back_url=assembly.get_absolute_url(),
        crumbs=crumbs_of(assembly, (_("Question"), "")),
        lead=_("La réponse est lue par tous les associé·es convoqué·es."),
    )


@requires("governance.answer_question")
def question_answer(request: SignedIn, pk: int) -> HttpResponse:
    rows = MemberQuestion.objects.select_related("assembly", "associate__person", "associate__organisation")
    question = get_object_or_404(rows, pk=pk)
    assembly = find_assembly(request, question.assembly_id, "governance.answer_question")
    return act_page(
        request,
        AnswerForm(request.POST or None, initial={"answer": question.answer}),
        lambda content: member_questions.answer_question(
            question, **content, actor=request.user, at=timezone.now()
        ),
        title=_("Répondre à la question"),
        submit=_("Répondre"),
        done=_("La réponse est donnée."),
        back_url=assembly.get_absolute_url(),
        crumbs=crumbs_of(assembly, (_("Question"), "")),
        lead=question.text,
    )
