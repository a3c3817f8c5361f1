"""The roll of a secret ballot: who has a code, who has voted, who votes on paper (GOV-26)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import django_filters
import django_tables2 as tables
from django.db.models import Value
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.acting import act_now
from cae.core.keys import is_own_address
from cae.core.permissions import can, in_person, requires
from cae.core.tables import EmptyState, Filters, Table, list_page
from cae.core.templatetags.formats import moment
from cae.core.templatetags.ui import status
from governance.models import RollEntry, SecretVote
from governance.selectors.secret_rolls import HOLDERS, NAMES, roll_of
from governance.selectors.secret_steps import awaits_cards
from governance.selectors.secret_totals import takes_paper
from governance.services.paper_voices import note_paper, strike_paper
from governance.services.secret_codes import note_card_given
from governance.states.secret import HANDING, RUNNING, Channel, CodeMode
from governance.views.cells import under
from governance.views.secret_parts import READ_ROLL, RUN, crumbs_to, now_by, secret_seen
from people.requests import SignedIn

NOTED: dict[str, tuple[Any, Any]] = {
    "card": (note_card_given, gettext_lazy("%(name)s a sa carte.")),
    "paper": (note_paper, gettext_lazy("%(name)s vote sur papier : sa voix est attendue hors de l’urne.")),
    "strike": (strike_paper, gettext_lazy("%(name)s peut de nouveau voter sur son écran.")),
}


class RollTable(Table):
    name = tables.Column(verbose_name=gettext_lazy("Voix de"))
    # Told under the name.
    holder = tables.Column(default="", orderable=False, visible=False)
    college = tables.Column(
        accessor="box__college",
        verbose_name=gettext_lazy("Collège"),
        default="",
        orderable=False,
        visible=False,
    )
    code_sent_at = tables.Column(verbose_name=gettext_lazy("Code"), empty_values=(), orderable=False)
    told = tables.Column(verbose_name=gettext_lazy("A voté"), empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = RollEntry
        fields: tuple[str, ...] = ("name", "holder", "college", "code_sent_at", "told")

    def render_name(self, record: RollEntry) -> Any:
        by = _("par %(name)s") % {"name": record.holder} if record.holder_id else ""
        college = record.box.college.name if record.box.college else ""
        return under(record, " · ".join(filter(None, (college, by))))

    def value_name(self, record: RollEntry) -> str:
        return str(record)

    def render_code_sent_at(self, value: Any) -> Any:
        return moment(value) if value else status("neutral", "◇", _("Non remis"))

    def value_code_sent_at(self, value: Any) -> Any:
        return value

    def render_told(self, value: str) -> Any:
        return status("success", "✔", str(Channel(value).label)) if value else "—"

    def value_told(self, value: str) -> str:
        return str(Channel(value).label) if value else ""


class DeskTable(RollTable):
    """For the bureau while the roll is used: a card handed over, a voice that votes on paper."""

    acts = tables.Column(
        verbose_name=gettext_lazy("Au bureau"),
        empty_values=(),
        orderable=False,
        exclude_from_export=True,
        attrs={"td": {"class": "card-bare"}},
    )

    class Meta(RollTable.Meta):
        fields = (*RollTable.Meta.fields, "acts")

    def render_acts(self, record: RollEntry) -> str:
        return render_to_string("governance/secret/_roll_acts.html", {"entry": record}, self.request)


class RollFilters(Filters):
    search = (*NAMES, *HOLDERS)
    told = django_filters.ChoiceFilter(
        label=gettext_lazy("A voté"),
        choices=[*Channel.choices, ("non", gettext_lazy("Pas encore"))],
        method="filter_told",
    )
    code = django_filters.ChoiceFilter(
        label=gettext_lazy("Code"),
        choices=[("remis", gettext_lazy("Remis")), ("attend", gettext_lazy("Non remis"))],
        method="filter_code",
    )

    class Meta:
        model = RollEntry
        fields: tuple[str, ...] = ()

    def filter_told(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(told="" if value == "non" else value)

    def filter_code(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(code_sent_at__isnull=value == "attend")


@requires(READ_ROLL)
def secret_roll(request: SignedIn, pk: int) -> HttpResponse:
    """The voices of the scrutin in alphabetical order, and their file to keep before it is destroyed."""
    vote = secret_seen(request, pk, READ_ROLL)
    title = _("Liste d’émargement")
    gives_cards = vote.mode == CodeMode.CARDS and vote.state in HANDING and not awaits_cards(vote)
    is_running = vote.state in RUNNING
    notes_paper = is_running and takes_paper(vote)
    serves = (gives_cards or notes_paper) and can(request.user, RUN, vote)
    return list_page(
        request,
        queryset=roll_of(vote, timezone.now()).annotate(
            takes_card=Value(gives_cards), takes_paper=Value(notes_paper)
        ),
        table=DeskTable if serves else RollTable,
        filters=RollFilters,
        page="governance.secret_roll",
        title=title,
        intro=vote.title,
        empty=_nobody(vote),
        template="governance/secret/roll.html",
        context={
            "vote": vote,
            "crumbs": crumbs_to(request.user, vote, title),
            "hides_last": is_running,
        },
    )


def _nobody(vote: SecretVote) -> EmptyState:
    if vote.purged_at is not None:
        return EmptyState(
            _("Le détail des émargements est détruit."),
            _("Le délai de recours est passé. La feuille de présence dit qui a pris part à l’assemblée."),
        )
    return EmptyState(
        _("La liste n’est pas encore arrêtée."),
        _("Elle s’arrête pendant la séance : qui est là, qui est représenté·e, et par qui."),
    )


def _entry(vote: SecretVote, key: UUID) -> RollEntry:
    """An entry of this roll, and of no other (404)."""
    rows = RollEntry.objects.filter(box__secret_vote=vote).select_related(
        "person", "associate__person", "associate__organisation"
    )
    return get_object_or_404(rows, pk=key)


@in_person
@require_POST
@requires(RUN)
def secret_note(request: SignedIn, pk: int, entry: UUID) -> HttpResponse:
    """Notes a card handed over, a voice that votes on paper, or takes that back."""
    vote = secret_seen(request, pk, RUN)
    do = request.POST.get("do", "")
    if do not in NOTED:
        raise Http404
    found = _entry(vote, entry)
    note, done = NOTED[do]
    back = request.POST.get("back", "")
    return act_now(
        request,
        lambda: note(found, **now_by(request)),
        done=done % {"name": found},
        back_url=back if is_own_address(back) else reverse("governance:secret_roll", args=[vote.pk]),
    )
