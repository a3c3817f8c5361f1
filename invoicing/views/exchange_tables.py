"""The list of messages between the house and the platform: columns, steps, filters."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cae.core.tables import DateColumn, Filters, LinkColumn, StatusColumn, Tab, Table
from cae.core.templatetags import ui
from invoicing.models import EInvoiceStatus, ExchangeMessage
from invoicing.states.exchange import Direction, MessageKind, MessageState, StatusOrigin

ANSWERED = "answered"
# step → its word, tone and shape.
STEPS: dict[str, tuple[Any, str, str]] = {
    MessageState.WAITING: (_("À envoyer"), "info", "◇"),
    MessageState.SENT: (_("Envoyés"), "info", "●"),
    ANSWERED: (_("Répondus"), "success", "✔"),
    MessageState.FAILED: (_("En erreur"), "danger", "▲"),
    MessageState.TAKEN: (_("Reçus"), "success", "✔"),
    MessageState.SET_ASIDE: (_("Classés"), "neutral", "✕"),
}


def with_answers(rows: QuerySet[ExchangeMessage]) -> QuerySet[ExchangeMessage]:
    """Adds `answered`: the platform or the customer spoke of the document since."""
    heard = EInvoiceStatus.objects.filter(invoice=OuterRef("invoice")).exclude(origin=StatusOrigin.HOUSE)
    return rows.annotate(answered=Exists(heard.order_by()))


def at_step(rows: QuerySet[ExchangeMessage], step: str) -> QuerySet[ExchangeMessage]:
    """`rows` know whether they were answered."""
    if step == ANSWERED:
        return rows.filter(state=MessageState.SENT, answered=True)
    if step == MessageState.SENT:
        return rows.filter(state=MessageState.SENT, answered=False)
    return rows.filter(state=step)


def counts_of(rows: QuerySet[ExchangeMessage]) -> dict[str, int]:
    """How many at each step, in one query."""
    told = {state: Q(state=state) for state in MessageState.values}
    told[ANSWERED] = Q(state=MessageState.SENT, answered=True)
    found = rows.order_by().aggregate(
        # Names that no column bears.
        **{f"count_{step}": Count("pk", filter=condition) for step, condition in told.items()}
    )
    counts = {step: found[f"count_{step}"] for step in told}
    counts[MessageState.SENT] -= counts[ANSWERED]
    return counts


def step_tabs(counts: dict[str, int], current: str) -> list[Tab]:
    url = reverse("invoicing:exchange_list")
    every = Tab(_("Tous"), url, current=not current, count=None)
    steps = [
        Tab(word, f"{url}?step={step}", current=step == current, count=counts[step])
        for step, (word, _tone, _shape) in STEPS.items()
    ]
    return [every, *steps]


def shown_state(message: ExchangeMessage, *, answered: bool) -> tuple[str, str, str]:
    """Tone, shape and word."""
    if message.state == MessageState.SENT and answered:
        return "success", "✔", str(_("Répondu"))
    tone, shape = STEPS[message.state][1:]
    return tone, shape, str(MessageState(message.state).label)


class StepColumn(StatusColumn):
    def __init__(self) -> None:
        super().__init__(accessor="pk")

    def render(self, record: Any) -> Any:
        return ui.status(*shown_state(record, answered=record.answered))

    def value(self, record: Any, value: Any) -> str:
        return shown_state(record, answered=record.answered)[2]


class AboutColumn(tables.Column):
    """The document that a message is about, with its customer or supplier under it."""

    empty_values = ()

    def render(self, record: Any) -> Any:
        document = record.about
        if document is None:
            return "—"
        whose = document.customer if hasattr(document, "customer") else document.supplier
        shown = '<span class="number">{}</span><span class="under">{}</span>'
        return format_html(shown, document.number, whose)

    def value(self, record: Any, value: Any) -> str:
        return str(record.about.number) if record.about else ""


class MessageTable(Table):
    name = LinkColumn(verbose_name=_("Fichier"), attrs={"td": {"class": "clip"}, "th": {"class": "clip"}})
    kind = tables.Column(verbose_name=_("Nature"))
    direction = tables.Column(verbose_name=_("Sens"))
    about = AboutColumn(verbose_name=_("Document"), accessor="pk", orderable=False)
    created_at = DateColumn(verbose_name=_("Créé le"))
    error = tables.Column(
        verbose_name=_("Ce qui ne va pas"),
        default="",
        attrs={"td": {"class": "wide"}, "th": {"class": "wide"}},
    )
    step = StepColumn()


class MessageFilters(Filters):
    search = ("name", "invoice__number", "status__invoice__number", "status__purchase__number")

    step = django_filters.ChoiceFilter(
        label=_("Étape"),
        choices=[(step, word) for step, (word, _tone, _shape) in STEPS.items()],
        empty_label=_("Toutes"),
        method="filter_step",
    )
    kind = django_filters.ChoiceFilter(
        label=_("Nature"), choices=MessageKind.choices, empty_label=_("Toutes")
    )
    direction = django_filters.ChoiceFilter(label=_("Sens"), choices=Direction.choices, empty_label=_("Tous"))

    class Meta:
        model = ExchangeMessage
        fields: list[str] = []

    def filter_step(
        self, queryset: QuerySet[ExchangeMessage], name: str, value: str
    ) -> QuerySet[ExchangeMessage]:
        return at_step(queryset, value)
