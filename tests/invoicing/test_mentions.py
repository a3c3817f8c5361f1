"""The dated library in documents: what is printed by itself, what is missing, what a new text changes."""

from __future__ import annotations

import pytest

from cae.core.settings import set_setting
from entrepreneurs.models import Activity
from invoicing import parameters
from invoicing.engines.model import EInvoice, NoteCode
from invoicing.models import Mention
from invoicing.selectors.checks import checks_of
from invoicing.selectors.einvoices import einvoice_of, quote_document_of
from invoicing.selectors.mentions import mentions_offered
from invoicing.states.sales import MentionPlace
from tests.factories import invoicing as make
from tests.factories import quotes
from tests.factories.kernel import BEGINNING, make_cooperative

pytestmark = pytest.mark.django_db

NUMBER = "11 75 12345 75"


def give(code: str, value: str) -> None:
    set_setting(code, value=value, valid_from=BEGINNING, actor=None, reason="pour le test")


def texts(content: EInvoice, code: NoteCode) -> list[str]:
    return [note.text for note in content.notes if note.code is code]


def test_a_firm_and_a_private_person_read_their_own_penalties(shop: Activity) -> None:
    make.firm(shop)
    person = make.firm(shop, siren="", kind="private_person", name="Jeanne", email="j@example.org")
    firm = einvoice_of(make.draft(shop), on=make.DAY)
    private = einvoice_of(make.draft(shop, customer=person), on=make.DAY)
    for content, words in ((firm, "BCE"), (private, "taux légal")):
        for code in (NoteCode.LATE_PENALTIES, NoteCode.RECOVERY_INDEMNITY, NoteCode.EARLY_PAYMENT_DISCOUNT):
            assert len(texts(content, code)) == 1
        assert words in texts(content, NoteCode.LATE_PENALTIES)[0]


def test_the_tax_on_debits_is_said_on_services_alone(shop: Activity) -> None:
    said = einvoice_of(make.draft(shop, vat_due_on="debits"), on=make.DAY)
    assert texts(said, NoteCode.TAX) == ["Option pour le paiement de la taxe d’après les débits"]
    goods = einvoice_of(make.draft(shop, make.line(nature="goods"), vat_due_on="debits"), on=make.DAY)
    assert texts(goods, NoteCode.TAX) == []


def test_training_bears_its_number_or_the_check_asks_for_it(shop: Activity) -> None:
    draft = make.draft(shop, make.line(vat="training", nature="training"))
    asked = "Il manque une mention obligatoire : Déclaration d’activité de formation."
    assert asked in [check.sentence for check in checks_of(draft, on=make.DAY)]
    assert texts(einvoice_of(draft, on=make.DAY), NoteCode.REGULATORY) == []
    make_cooperative(valid_from=make.DAY, training_number=NUMBER)
    assert asked not in [check.sentence for check in checks_of(draft, on=make.DAY)]
    assert NUMBER in texts(einvoice_of(draft, on=make.DAY), NoteCode.REGULATORY)[0]


def test_a_library_without_penalties_is_missed(shop: Activity) -> None:
    draft = make.draft(shop)
    Mention.objects.filter(code="late-penalties").update(valid_to=make.DAY.replace(day=1))
    found = [check.sentence for check in checks_of(draft, on=make.DAY)]
    assert "Il manque une mention obligatoire : Pénalités de retard." in found


def test_the_insurance_is_offered_once_it_is_known(shop: Activity) -> None:
    def offered() -> list[str]:
        return [one.code for one in mentions_offered(shop, place=MentionPlace.QUOTES, on=make.DAY)]

    assert offered() == ["withdrawal", "free-quote"]
    give(parameters.BUILDING_INSURANCE, "SMABTP, Paris ; France entière")
    assert offered() == ["withdrawal", "building-insurance", "free-quote"]
    assert [one.code for one in mentions_offered(shop, place=MentionPlace.INVOICES, on=make.DAY)] == [
        "building-insurance"
    ]


def test_a_chosen_notice_says_its_text_of_the_day(shop: Activity) -> None:
    chosen = Mention.objects.get(code="free-quote")
    quote = quotes.quote(shop, mentions=(chosen,))
    assert "Ce devis est gratuit." in texts(quote_document_of(quote, make.DAY), NoteCode.GENERAL)
    Mention.objects.filter(pk=chosen.pk).update(valid_to=make.DAY.replace(day=1))
    Mention.objects.create(
        code="free-quote", title="x", text="Gratuit.", valid_from=make.DAY, compulsory=False
    )
    fresh = type(quote).objects.get(pk=quote.pk)
    assert "Gratuit." in texts(quote_document_of(fresh, make.DAY), NoteCode.GENERAL)


def test_what_was_issued_keeps_its_notices(shop: Activity) -> None:
    invoice = make.issued(shop)
    Mention.objects.filter(code="late-penalties").update(valid_to=make.DAY)
    Mention.objects.create(
        code="late-penalties",
        title="x",
        text="Tout autre chose.",
        valid_from=make.DAY.replace(day=3),
        note="PMD",
        audience="professionals",
        place="invoices",
    )
    assert "BCE" in einvoice_of(invoice, on=make.DAY.replace(day=9)).note(NoteCode.LATE_PENALTIES)
