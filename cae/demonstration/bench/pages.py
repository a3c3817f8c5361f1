"""Pages against themselves without a database: the same template, frame and rows, all of it known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import Template
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse

from cae.core import notices, threads
from cae.core.tables import ListPage
from cae.demonstration.bench.report import Comparison
from cae.demonstration.bench.timing import medians
from cae.portal import context as portal_context
from entrepreneurs.models import Activity
from entrepreneurs.permissions import welcome as welcome_rights
from invoicing.models import Invoice, Quote
from invoicing.models.invoices import InvoiceQuerySet
from people.models import User

Say = Callable[[str], None]

LIMIT = 2.0
READER, SELLER, ADVISOR = "accountant@demo.coop", "entrepreneur@demo.coop", "advisor@demo.coop"
HOMES = (READER, SELLER, ADVISOR)
# What templates ask by themselves: the bell, the switch of activities, the messages about a document, and
# whether the menu shows committees.
ASKED_BY_TEMPLATES: tuple[tuple[Any, str], ...] = (
    (notices, "unread_count"),
    (portal_context, "own_activities"),
    (threads, "thread_of"),
    (welcome_rights, "sits_in"),
)
# In characters: tokens change from one drawing to the next.
MOST_DIFFERENT = 200


@dataclass(frozen=True)
class Shown:
    """A page: what the report calls it, whose account reads it, its address."""

    name: str
    email: str
    url: str


def measure_pages(*, seconds: float, say: Say) -> list[Comparison]:
    """The pages of every day, in a cooperative of the usual size."""
    invoice = paid_invoice(Invoice.objects.all())
    quote = Quote.objects.exclude(number=None).order_by("-pk")[0]
    own = Activity.objects.owned_by(User.objects.get(email=SELLER))[0]
    pages = [
        Shown("list of 50 invoices", READER, reverse("invoicing:invoice_list")),
        Shown("page of one invoice", READER, invoice.get_absolute_url()),
        Shown("list of quotes", READER, reverse("invoicing:quote_list")),
        Shown("page of one quote", READER, quote.get_absolute_url()),
        Shown("documents to check", READER, reverse("invoicing:queue")),
        *(Shown(f"home, {email.partition('@')[0]}", email, reverse("portal:home")) for email in HOMES),
        Shown("statement, entrepreneur", SELLER, reverse("accounting:activity_statement", args=[own.pk])),
    ]
    return measure_all(pages, seconds, say)


def measure_all(pages: Iterable[Shown], seconds: float, say: Say) -> list[Comparison]:
    """Each page against its template; one that can't be drawn from constants is left out, and said."""
    found = []
    for page in pages:
        say(f"Measuring {page.name}…")
        try:
            found.append(compare(reader(page.email), page.name, page.url, seconds, limit=LIMIT))
        except NotConstant as reason:
            say(f"{page.name} is left out: {reason}")
    return found


def reader(email: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client


def paid_invoice(rows: InvoiceQuerySet) -> Invoice:
    """The latest that was paid: its page has everything to tell."""
    return rows.issued().invoices().filter(payments__isnull=False).order_by("-issued_on", "pk")[0]


def compare(client: Client, name: str, url: str, seconds: float, *, limit: float) -> Comparison:
    """The page as this reader gets it, against its template drawn from constants."""
    redraw = _constant_page(client, url)
    found = medians({"ours": lambda: client.get(url), "bare": redraw}, seconds=seconds)
    return Comparison(name, ours=found["ours"], bare=found["bare"], limit=limit)


class NotConstant(RuntimeError):
    """The page cannot be drawn again from what its first drawing knew."""


class ConstantPages(ClientHandler):
    """Answers every request, behind the same middlewares, by one template drawn from constants."""

    def __init__(self, template: Template, context: dict[str, Any]) -> None:
        super().__init__(enforce_csrf_checks=False)
        self.template, self.constants = template, context

    def _get_response(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(self.template.render(self.constants, request))


def _constant_page(client: Client, url: str) -> Callable[[], Any]:
    """Gives a function that asks for the page again: all that it says is known, and so is who asks."""
    (template, context, request), answers = _first_drawing(client, url)
    _freeze_choices(context)
    constant = Client()
    constant.cookies = client.cookies
    constant.handler = ConstantPages(template, context)

    def redraw() -> Any:
        # Who asks, what waits under their bell, what they sell, what was written of the document: known too.
        # Both sides read the session in the cache.
        with ExitStack() as known:
            known.enter_context(no_database())
            known.enter_context(mock.patch("django.contrib.auth.get_user", return_value=request.user))
            for (module, name), answer in answers.items():
                known.enter_context(mock.patch.object(module, name, return_value=answer))
            return constant.get(url)

    if abs(len(redraw().content) - len(client.get(url).content)) > MOST_DIFFERENT:
        raise NotConstant(f"{url} cannot be drawn again from constants")
    return redraw


def _first_drawing(
    client: Client, url: str
) -> tuple[tuple[Template, dict[str, Any], Any], dict[tuple[Any, str], Any]]:
    """The template, its context and the request; then what the template itself asked, and was answered."""
    drawn: list[tuple[Template, dict[str, Any], Any]] = []
    answers: dict[tuple[Any, str], Any] = {}
    render = Template.render

    def spy(self: Template, context: Any = None, request: Any = None) -> Any:
        if request is not None:
            drawn.append((self, context, request))
        return render(self, context, request)

    with ExitStack() as spied:
        spied.enter_context(mock.patch.object(Template, "render", spy))
        for module, name in ASKED_BY_TEMPLATES:
            spied.enter_context(mock.patch.object(module, name, _heard(module, name, answers)))
        answer = client.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answers {answer.status_code}")
    return drawn[-1], answers


def _heard(module: Any, name: str, answers: dict[tuple[Any, str], Any]) -> Callable[..., Any]:
    """The same function, whose last answer is kept."""
    function = getattr(module, name)

    def ask(*args: Any, **kwargs: Any) -> Any:
        answers[module, name] = function(*args, **kwargs)
        return answers[module, name]

    return ask


def _freeze_choices(context: dict[str, Any]) -> None:
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
        raise NotConstant(f"a constant page asked the database: {sql[:200]}")

    with connection.execute_wrapper(refuse):
        yield
