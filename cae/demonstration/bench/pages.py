"""Pages against their own template: the same words, drawn again from what the first request found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db import connection
from django.template import Context
from django.template.backends.django import Template
from django.template.context import make_context
from django.test import Client
from django.urls import reverse

from cae.core.stack import roomy
from cae.core.tables import ListPage
from cae.demonstration.bench.report import Comparison
from cae.demonstration.bench.timing import medians
from invoicing.models import Invoice
from people.models import User

LIMIT = 2.0
READER = "accountant@demo.coop"


def measure_pages(*, seconds: float) -> list[Comparison]:
    """The list of fifty invoices and the page of one, as the accountant reads them."""
    client = Client()
    client.force_login(User.objects.get(email=READER))
    invoice = (
        Invoice.objects.issued().invoices().filter(payments__isnull=False).order_by("-issued_on", "pk")[0]
    )
    pages = {
        "list of 50 invoices": reverse("invoicing:invoice_list"),
        "page of one invoice": reverse("invoicing:invoice_detail", args=[invoice.pk]),
    }
    return [_compare(client, name, url, seconds) for name, url in pages.items()]


def _compare(client: Client, name: str, url: str, seconds: float) -> Comparison:
    redraw = _redrawing(client, url)
    found = medians({"ours": lambda: client.get(url), "bare": redraw}, seconds=seconds)
    return Comparison(name, ours=found["ours"], bare=found["bare"], limit=LIMIT)


def _redrawing(client: Client, url: str) -> Callable[[], str]:
    """Gives a function that draws the page again without the database, after proving that it does."""
    drawn: list[tuple[Template, dict[str, Any], Any]] = []
    render = Template.render

    def spy(self: Template, context: Any = None, request: Any = None) -> Any:
        if request is not None:
            drawn.append((self, context, request))
        return render(self, context, request)

    with mock.patch.object(Template, "render", spy):
        answer = client.get(url)
    template, context, request = drawn[-1]
    with (whole := make_context(context, request)).bind_template(template.template):
        constant: dict[Any, Any] = whole.flatten()
    _freeze_choices(constant)

    @roomy
    def redraw() -> str:
        with no_database():
            return str(template.template.render(Context(constant)))

    if answer.status_code != 200 or abs(len(redraw()) - len(answer.content.decode())) > 500:
        raise RuntimeError(f"{url} answers {answer.status_code} and cannot be drawn again")
    return redraw


def _freeze_choices(context: dict[Any, Any]) -> None:
    """A list of choices that is a query becomes the choices themselves."""
    shown = context.get("list")
    if isinstance(shown, ListPage):
        for bound in shown.filters.form:
            if hasattr(bound.field.widget, "choices"):
                bound.field.widget.choices = [
                    (str(value), str(label)) for value, label in bound.field.widget.choices
                ]


@contextmanager
def no_database() -> Iterator[None]:
    """Any query inside is an error."""

    def refuse(_execute: Any, sql: str, *_rest: Any) -> None:
        raise RuntimeError(f"a constant page asked the database: {sql[:200]}")

    with connection.execute_wrapper(refuse):
        yield
