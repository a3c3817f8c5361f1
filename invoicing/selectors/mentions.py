"""The library of notices on a day: what a document prints by itself, what its author may add, what
is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cae.core.errors import Refused
from cae.core.identity import cooperative_on
from cae.core.models import Cooperative
from cae.core.questions import Given, Question
from cae.core.settings import value_of
from entrepreneurs.models import Activity
from entrepreneurs.selectors.trades import words_of_trade
from invoicing import parameters
from invoicing.calculations.mentions import Condition, SaleFacts, blanks_of, filled, mentions_for, same_trade
from invoicing.engines.model import Note, NoteCode
from invoicing.models import Invoice, Mention, Quote
from invoicing.models.documents import SaleLine
from invoicing.states.sales import MentionNote, MentionPlace, Operation, VatDueOn

# What a text may ask for between braces: the number of its training activity, its building insurance.
BLANKS = ("nda", "assurance")
# The French rules of the e-invoice want each of them once (BR-FR-05, BR-FR-06).
STRUCTURAL = (
    MentionNote.RECOVERY_INDEMNITY,
    MentionNote.LATE_PENALTIES,
    MentionNote.EARLY_PAYMENT_DISCOUNT,
)


@dataclass(frozen=True)
class Library:
    """The notices in force on a day, by code in their order, and what fills their blanks."""

    mentions: dict[str, Mention]
    values: dict[str, str]

    def text_of(self, mention: Mention) -> str:
        """The text in force under the code of a notice; nothing while one of its blanks is."""
        return filled(self.mentions.get(mention.code, mention).text, self.values)


def library_on(on: date) -> Library:
    """Reads the library of a day: a few queries, whatever the number of documents."""
    return library_of(seller_on(on), on, insurance=value_of(parameters.BUILDING_INSURANCE, on=on))


def library_of(seller: Cooperative | None, on: date, *, insurance: str) -> Library:
    """The same for who has read already who sells on that day, and how it is insured."""
    values = {
        "nda": seller.training_number if seller else "",
        "assurance": "" if insurance == parameters.TO_COMPLETE else insurance,
    }
    return Library({one.code: one for one in _IN_FORCE(on=on)}, values)


_IN_FORCE = Question(lambda: Mention.objects.in_force(Given("on")))


def seller_on(on: date) -> Cooperative | None:
    """The cooperative of the day; nobody before it has an identity."""
    try:
        return cooperative_on(on)
    except Refused:
        return None


def facts_of(document: Invoice | Quote, lines: Iterable[SaleLine], *, on_debits: bool) -> SaleFacts:
    """What the conditions of the library look at in a document."""
    rows = list(lines)
    return SaleFacts(
        is_quote=isinstance(document, Quote),
        is_private=document.customer.is_private_person,
        natures=frozenset(row.nature for row in rows),
        vat=frozenset((row.vat_rate.category, row.vat_rate.code) for row in rows),
        trade=words_of_trade(document.activity),
        activity=document.activity_id,
        on_debits=on_debits,
    )


def is_on_debits(document: Invoice | Quote) -> bool:
    """The mention of the option appears on services alone: goods are taxed at delivery anyway."""
    option = document.vat_due_on == VatDueOn.DEBITS
    return bool(option and document.total_tax and document.operation != Operation.GOODS)


def notes_of(document: Invoice | Quote, facts: SaleFacts, library: Library) -> tuple[Note, ...]:
    """What the document prints: the notices that the author chose, then those that apply by themselves."""
    chosen = {own.mention.code: own.mention for own in document.own_mentions.all()}
    codes = [called.code for called in mentions_for(facts, _conditions(library)) if called.compulsory]
    found = [*chosen.values(), *(library.mentions[code] for code in codes if code not in chosen)]
    notes = ((library.text_of(one), NoteCode(one.note)) for one in found)
    return tuple(Note(text=text, code=code) for text, code in notes if text)


def missing_mentions(facts: SaleFacts, library: Library) -> tuple[str, ...]:
    """Titles of the compulsory notices that could not be printed: a parameter nobody gave, a text that
    ended."""
    called = [one.code for one in mentions_for(facts, _conditions(library)) if one.compulsory]
    mentions = [library.mentions[code] for code in called]
    silent = [one.title for one in mentions if not library.text_of(one)]
    if facts.is_quote:
        return tuple(silent)
    said = {one.note for one in mentions}
    return (*silent, *(str(note.label) for note in STRUCTURAL if note not in said))


def mentions_offered(activity: Activity, *, place: MentionPlace, on: date) -> Sequence[Mention]:
    """Optional ones that this activity may add to a document of this kind, on a day."""
    library = library_on(on)
    return [
        one
        for one in library.mentions.values()
        if not one.compulsory
        and one.place in (place, MentionPlace.BOTH)
        and one.activity_id in (None, activity.pk)
        and same_trade(one.trade, words_of_trade(activity))
        and library.text_of(one)
    ]


def mentions_kept() -> QuerySet[Mention]:
    """The whole library, what ended included."""
    return Mention.objects.select_related("activity")


def versions_of_mention(mention: Mention) -> QuerySet[Mention]:
    """Every text under the same code, the latest first."""
    return Mention.objects.filter(code=mention.code).order_by("-valid_from")


def unknown_blanks(text: str) -> frozenset[str]:
    """The parameters that a text asks for and that do not exist."""
    return blanks_of(text) - set(BLANKS)


def _conditions(library: Library) -> list[Condition]:
    return [
        Condition(
            code=one.code,
            place=one.place,
            trade=one.trade,
            nature=one.nature,
            vat_category=one.vat_category,
            vat_code=one.vat_code,
            audience=one.audience,
            activity=one.activity_id,
            on_debits=one.on_debits,
            compulsory=one.compulsory,
        )
        for one in library.mentions.values()
    ]
