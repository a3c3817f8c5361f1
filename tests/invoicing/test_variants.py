"""Variants: groups of which the customer takes exactly one, from the editor to the invoice (INV-14)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cae.core.errors import Refused
from entrepreneurs.models import Activity
from invoicing.calculations.variants import (
    choices_of,
    extremes_of,
    optional_places,
    proposed_of,
    variants_of,
)
from invoicing.documents import invoice_page
from invoicing.models import Answer, ChosenOption, Quote, QuoteLine
from invoicing.selectors.answers import choice_of, options_of, shown_choices
from invoicing.selectors.einvoices import quote_document_of
from invoicing.services.approving import approve_quote
from invoicing.services.converting import invoice_quote
from invoicing.services.inputs import LineContent
from invoicing.services.quoting import duplicate_as_quote
from invoicing.states.sales import QuoteState
from people.models import User
from tests.factories import accounting as books
from tests.factories import invoicing as sales
from tests.factories import quotes, sendings
from tests.factories.entrepreneurs import make_activity
from tests.invoicing.pages import draft_form, line, url
from tests.pages import client_of, text

pytestmark = pytest.mark.django_db

D = Decimal


@dataclass(frozen=True)
class Row:
    group_title: str = ""
    choice: str = ""
    optional: bool = False


PAPER = (
    Row("Prestation"),
    Row("Papier mat", "Papier"),
    Row(),
    Row("Papier brillant", "Papier", optional=True),
    Row(optional=True),
    Row("Livraison", optional=True),
    Row(),
)


def test_a_variant_lasts_until_the_next_title() -> None:
    mat, brilliant = variants_of(PAPER)
    assert (mat.choice, mat.title, mat.places, mat.proposed) == ("Papier", "Papier mat", (1, 2), True)
    assert (brilliant.title, brilliant.places, brilliant.proposed) == ("Papier brillant", (3, 4), False)
    assert choices_of(variants_of(PAPER)) == {"Papier": (mat, brilliant)}
    assert brilliant.first == 3


def test_the_proposed_one_counts_until_the_customer_prefers_another() -> None:
    mat, brilliant = variants_of(PAPER)
    assert proposed_of((mat, brilliant)) == (mat,)
    assert optional_places(PAPER, taken=[mat]) == {3, 4, 5}
    assert optional_places(PAPER, taken=[brilliant], options=[5]) == {1, 2}


def test_without_a_proposal_the_first_counts() -> None:
    none = [Row("A", "x", optional=True), Row("B", "x", optional=True)]
    assert [one.title for one in proposed_of(variants_of(none))] == ["A"]


def test_the_cheapest_and_the_dearest() -> None:
    nets = dict(enumerate([D(100), D(40), D(10), D(70), D(5), D(20), D(0)]))
    low, high = extremes_of(variants_of(PAPER), nets)
    assert [one.title for one in low] == ["Papier mat"]
    assert [one.title for one in high] == ["Papier brillant"]
    assert extremes_of((), nets) == []


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["", "", "x", "y"]), st.booleans()), max_size=12))
def test_one_variant_of_each_choice_is_taken_and_no_line_belongs_to_two(
    rows: list[tuple[bool, str, bool]],
) -> None:
    lines = [Row("T" if titled or choice else "", choice, optional) for titled, choice, optional in rows]
    variants = variants_of(lines)
    places = [place for one in variants for place in one.places]
    assert len(places) == len(set(places))
    assert all(b == a + 1 for one in variants for a, b in pairwise(one.places))
    taken = proposed_of(variants)
    assert [one.choice for one in taken] == list(choices_of(variants))
    left = optional_places(lines, taken=taken)
    for one in variants:
        assert left.isdisjoint(one.places) if one in taken else left.issuperset(one.places)


def paper(**brilliant: Any) -> list[LineContent]:
    """A shooting, and an album on one paper or the other."""
    return [
        sales.line("900.00", label="Reportage"),
        sales.line("250.00", label="Album mat", group_title="Papier mat", choice="Papier"),
        sales.line("20.00", label="Coffret"),
        sales.line(
            "310.00",
            label="Album brillant",
            **{"group_title": "Papier brillant", "choice": "Papier", "optional": True} | brilliant,
        ),
        sales.line("40.00", label="Livraison", group_title="En plus", optional=True),
    ]


def refused(act: Callable[[], Any]) -> Refused:
    with pytest.raises(Refused) as raised, transaction.atomic():
        act()
    return raised.value


def opening_of(quote: Quote, title: str) -> QuoteLine:
    return quote.lines.get(group_title=title)


def test_the_proposed_variant_alone_counts(shop: Activity) -> None:
    quote = quotes.quote(shop, *paper())
    assert quote.total_excl_tax == D("1170.00")
    assert [(one.title, one.net, one.proposed) for one in shown_choices(quote)["Papier"]] == [
        ("Papier mat", D("270.00"), True),
        ("Papier brillant", D("310.00"), False),
    ]
    assert [line.label for line in options_of(quote)] == ["Livraison"]


@pytest.mark.parametrize(
    ("brilliant", "field"),
    [
        ({"optional": False}, "lines-3-proposed"),
        ({"group_title": ""}, "lines-3-group_title"),
        ({"choice": "x" * 81}, "lines-3-choice"),
    ],
)
def test_what_a_draft_with_variants_refuses(shop: Activity, brilliant: dict[str, Any], field: str) -> None:
    assert refused(lambda: quotes.quote(shop, *paper(**brilliant))).field == field
    assert not Quote.objects.exists()


def test_a_choice_without_proposal_or_with_an_option_inside_is_refused(shop: Activity) -> None:
    lines = paper()
    none = [*lines[:1], replace(lines[1], optional=True), replace(lines[2], optional=True), *lines[3:]]
    assert refused(lambda: quotes.quote(shop, *none)).field == "lines-1-proposed"
    inside = [*lines[:2], replace(lines[2], optional=True), *lines[3:]]
    assert refused(lambda: quotes.quote(shop, *inside)).field == "lines-2-optional"
    assert "variante" in str(refused(lambda: sales.draft(shop, replace(lines[1]))))


def test_a_lone_variant_or_a_total_of_nothing_is_not_proposed(shop: Activity) -> None:
    lone = quotes.quote(shop, *paper()[:3])
    assert refused(lambda: approve_quote(lone, actor=None, on=sales.DAY)).field == "lines-1-choice"
    lines = [replace(paper()[1]), replace(paper()[3], unit_price=D("0.00"))]
    empty = quotes.quote(shop, *lines)
    assert "supérieur à zéro" in str(refused(lambda: approve_quote(empty, actor=None, on=sales.DAY)))
    cut = quotes.quote(shop, *paper()[1:4], discount_amount=D("270.00"))
    assert "moins chères" in str(refused(lambda: approve_quote(cut, actor=None, on=sales.DAY)))


def test_the_database_has_the_last_word(shop: Activity) -> None:
    quote, token = sendings.sent_quote(shop, *paper())
    other = quotes.quote(make_activity(), *paper())
    mat, brilliant = opening_of(quote, "Papier mat"), opening_of(quote, "Papier brillant")
    sendings.accept(quote, token, options=(brilliant.pk,))
    wrong = (
        ChosenOption(line=mat, quote=quote, choice="Papier"),  # a second variant of the choice
        ChosenOption(line=opening_of(other, "Papier mat"), quote=quote, choice="Encre"),
        ChosenOption(line=quote.lines.get(label="Reportage"), quote=quote, choice=""),
    )
    for row in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
    assert ChosenOption.objects.get().line == brilliant
    with pytest.raises(IntegrityError), transaction.atomic():
        other.lines.filter(choice="Papier").update(optional=False)


def test_what_is_taken_is_what_is_signed_and_invoiced(shop: Activity) -> None:
    quote, token = sendings.sent_quote(shop, *paper(), discount_rate=D("0.1000"))
    brilliant, delivery = opening_of(quote, "Papier brillant"), opening_of(quote, "En plus")
    quote = sendings.accept(quote, token, options=(brilliant.pk, delivery.pk))
    assert quote.answer.total_excl_tax == D("1125.00")
    invoice = invoice_quote(quote, form_key=uuid.uuid4(), actor=None)
    assert [(line.group_title, line.label, line.net) for line in invoice.lines.order_by("position")] == [
        ("", "Reportage", D("900.00")),
        ("Papier brillant", "Album brillant", D("310.00")),
        ("En plus", "Livraison", D("40.00")),
    ]
    assert (invoice.total_excl_tax, invoice.total_incl_tax) == (
        quote.answer.total_excl_tax,
        quote.answer.total_incl_tax,
    )


def test_the_title_of_a_group_outlives_the_option_that_opened_it(shop: Activity) -> None:
    lines = (
        sales.line("10", label="A", group_title="Avant"),
        sales.line("20", label="B", group_title="Après", optional=True),
        sales.line("30", label="C"),
    )
    quote, token = sendings.sent_quote(shop, *lines)
    invoice = invoice_quote(sendings.accept(quote, token), form_key=uuid.uuid4(), actor=None)
    assert list(invoice.lines.order_by("position").values_list("group_title", "label")) == [
        ("Avant", "A"),
        ("Après", "C"),
    ]


def test_no_choice_two_choices_and_a_foreign_one_accept_nothing(shop: Activity) -> None:
    quote, token = sendings.sent_quote(shop, *paper())
    other = quotes.quote(make_activity(), *paper())
    keys = [opening_of(quote, title).pk for title in ("Papier mat", "Papier brillant")]
    shown = choice_of(quote, ()).content_sha256
    for taken in ((), (opening_of(other, "Papier mat").pk,), tuple(keys)):
        sign = partial(sendings.accept, quote, token, options=taken, shown_sha256=shown)
        with pytest.raises(Refused) as raised, transaction.atomic():
            sign()
        assert raised.value.field == "options"
        quote.refresh_from_db()
        assert quote.state == QuoteState.SENT
    assert not Answer.objects.exists()
    assert not ChosenOption.objects.exists()


def test_a_copy_and_a_version_keep_the_variants(shop: Activity) -> None:
    quote, _token = sendings.sent_quote(shop, *paper())
    for copy in (duplicate_as_quote(quote, form_key=uuid.uuid4(), actor=None), quotes.revision(quote)):
        assert list(copy.lines.order_by("position").values_list("choice", "optional")) == [
            ("", False),
            ("Papier", False),
            ("", False),
            ("Papier", True),
            ("", True),
        ]
        assert copy.total_excl_tax == quote.total_excl_tax


def test_the_page_shows_the_others_apart(shop: Activity) -> None:
    quote, _token = sendings.sent_quote(shop, *paper())
    page = invoice_page(quote_document_of(quote, sales.DAY))
    assert [(one.title, one.choice, one.subtotal) for one in page.groups] == [
        ("", "", None),
        ("Papier mat", "Papier", D("270.00")),
    ]
    assert [(one.title, one.subtotal) for one in page.variants] == [("Papier brillant", D("310.00"))]
    assert [row.line.label for row in page.options] == ["Livraison"]


def test_the_customer_chooses_by_the_link(shop: Activity) -> None:
    quote, token = sendings.sent_quote(shop, *paper())
    reader, address = Client(), reverse("invoicing:public_accept", args=[token])
    assert "celui des variantes proposées" in text(
        reader.get(reverse("invoicing:public_document", args=[token]))
    )
    page = reader.get(address)
    assert "Au choix : Papier" in text(page)
    mat, brilliant = (opening_of(quote, title).pk for title in ("Papier mat", "Papier brillant"))
    assert page.context["form"]["variant_0"].initial == mat
    form = {"name": "Jeanne", "way": "typed", "typed": "Jeanne", "terms": "on", "function": "", "email": ""}
    for picked in ([], [str(mat), str(brilliant)], ["9999999"]):
        answer = reader.post(address, form | {"variant_0": picked})
        assert answer.status_code == 422
        assert "id_variant_0" in answer.content.decode()
    shown = reader.post(address, form | {"variant_0": str(brilliant)})
    assert "Papier brillant" in text(shown)
    signed = form | {
        "variant_0": str(brilliant),
        "confirm": "1",
        "choice": shown.context["choice"].content_sha256,
    }
    assert reader.post(address, signed).status_code == 302
    proof = text(reader.get(reverse("invoicing:public_proof", args=[token])))
    assert "Variante retenue : Papier, Papier brillant" in proof


def rows(*variants: dict[str, str]) -> list[dict[str, str]]:
    return [line(0, label="Reportage", unit_price="900", quantity="1"), *variants]


MAT = {"group_title": "Papier mat", "choice": "Papier", "unit_price": "250", "quantity": "1"}
BRILLIANT = MAT | {"group_title": "Papier brillant", "unit_price": "310"}


def post(seller: User, *lines: dict[str, str], **values: str) -> Any:
    return client_of(seller).post(url("quote_new"), draft_form(*lines, **values))


def test_the_editor_writes_variants_and_the_first_is_proposed(shop: Activity, seller: User) -> None:
    sales.firm(shop)
    post(seller, *rows(line(1, **MAT), line(2, **BRILLIANT)))
    quote = Quote.objects.get()
    assert list(quote.lines.order_by("position").values_list("optional", flat=True)) == [False, False, True]
    page = client_of(seller).get(url("quote_edit", quote.pk))
    assert [form["proposed"].value() for form in page.context["lines"]] == [False, True, False]
    assert page.context["totals"].totals.net == D("1150.00")
    assert page.context["totals"].options == 0


def test_the_editor_says_what_a_variant_lacks_at_its_line(shop: Activity, seller: User) -> None:
    sales.firm(shop)
    for wrong, place, sentence in (
        (MAT | {"group_title": ""}, "id_lines-1-group_title", "Donnez un titre"),
        (MAT | {"optional": "on"}, "id_lines-1-optional", "se prend en entier"),
        (MAT | {"proposed": "on"}, "id_lines-2-proposed", "et une seule"),
    ):
        page = post(seller, *rows(line(1, **wrong), line(2, **BRILLIANT, proposed=wrong.get("proposed", ""))))
        assert page.status_code == 422
        assert f'<a href="#{place}">Ligne' in page.content.decode()
        assert sentence in text(page)
    assert not Quote.objects.exists()


def test_what_stays_for_you_goes_from_the_cheapest_to_the_dearest(seller: User) -> None:
    books.scale("0.1000")
    sales.firm(make_activity(seller))
    form = draft_form(*rows(line(1, **MAT), line(2, **BRILLIANT, proposed="on")), kind="quote")
    totals = client_of(seller).post(url("live_totals"), form).context["totals"]
    assert (totals.totals.net, totals.rest) == (D("1210.00"), D("1089.00"))
    assert totals.rests == (D("1035.00"), D("1089.00"))


def test_buttons_open_variants_without_javascript(shop: Activity, seller: User) -> None:
    page = post(seller, *rows(), do="add-variant")
    shown = [
        (f["group_title"].value(), f["choice"].value(), f["proposed"].value()) for f in page.context["lines"]
    ]
    assert shown[1:] == [("Variante A", "Formule", True), ("Variante B", "Formule", False)]
    page = post(seller, *rows(line(1, **MAT)), do="add-variant")
    assert page.context["lines"].forms[-1]["choice"].value() == "Papier"
    page = post(seller, *rows(line(1, **MAT), line(2)), do="variant-2")
    assert page.context["lines"].forms[2]["group_title"].value() == "Variante B"
    page = post(seller, *rows(line(1, **MAT), line(2, label="Coffret")), do="remove-1")
    left = page.context["lines"].forms[1]
    assert [left[name].value() for name in ("label", "group_title", "choice", "proposed")] == [
        "Coffret",
        "Papier mat",
        "Papier",
        "",
    ]
    page = post(seller, *rows(line(1, **MAT)), do="copy-1")
    assert page.context["lines"].forms[2]["choice"].value() == ""
