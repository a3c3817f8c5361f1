"""What binds us to the host of a place, or opens a partner’s place to us (COW-04, COW-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.models import Document
from cae.core.uploads import plain_name, proof_mime
from coworking.models import Place, PlaceAgreement
from people.models import Organisation, User
from people.services.changes import refuse_long, write

AGREEMENT_FILE = "coworking.agreement"
MOST_MEGABYTES = 10
# As the papers of the books (C. com. L123-22), counted from the last day or the day of deposit.
KEPT_YEARS = 10


@dataclass(frozen=True)
class AgreementData:
    """What is typed of an agreement."""

    organisation: Organisation
    starts_on: date
    ends_on: date | None = None
    audience: str = ""
    days_a_month: int | None = None
    price_excl_tax: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class Paper:
    """A file brought with it."""

    content: bytes
    name: str


@transaction.atomic
def sign_agreement(
    place: Place, *, data: AgreementData, actor: User | None, paper: Paper | None = None
) -> PlaceAgreement:
    """Does: notes an agreement with its paper. Refuses: an end before the beginning, another one with the
    same organisation on these days, a negative price, a file that is no PDF or picture or too heavy. Leaves
    behind: the agreement, its paper, audit."""
    row = Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
    _check(row, data)
    agreement = PlaceAgreement(place=row, organisation=data.organisation)
    write(agreement, data)
    if paper is not None:
        agreement.document = _stored(row, data, paper, actor)
    agreement.save()
    audit.record(actor, "coworking.agreement.sign", agreement)
    return agreement


@transaction.atomic
def change_agreement(
    agreement: PlaceAgreement, *, data: AgreementData, actor: User | None, paper: Paper | None = None
) -> PlaceAgreement:
    """Does: puts an agreement right, or ends it on a day; another paper replaces the first, which stays kept.
    Refuses: what `sign_agreement` refuses. Leaves behind: audit with the values before and after."""
    place = Place.objects.select_for_update(of=("self",)).get(pk=agreement.place_id)
    row = PlaceAgreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    _check(place, data, besides=row)
    changed = write(row, data)
    if paper is not None:
        row.document = _stored(place, data, paper, actor)
    row.save()
    audit.record(actor, "coworking.agreement.change", row, detail=changed)
    return row


def _check(place: Place, data: AgreementData, besides: PlaceAgreement | None = None) -> None:
    if data.ends_on is not None and data.ends_on < data.starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    if data.price_excl_tax is not None and data.price_excl_tax < 0:
        raise Refused(Code.AMOUNT_INVALID, _("Un prix ne peut pas être négatif."), field="price_excl_tax")
    refuse_long(data.audience, "audience", 300)
    refuse_long(data.note, "note", 2000)
    others = place.agreements.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=data.starts_on), organisation=data.organisation
    ).exclude(pk=besides.pk if besides else 0)
    if (others.filter(starts_on__lte=data.ends_on) if data.ends_on else others).exists():
        raise Refused(
            Code.DUPLICATE,
            _("Une convention avec cet organisme court déjà sur ces dates."),
            field="starts_on",
        )


def _stored(place: Place, data: AgreementData, paper: Paper, actor: User | None) -> Document:
    last = max(data.ends_on or data.starts_on, timezone.localdate())
    return store_document(
        paper.content,
        kind=AGREEMENT_FILE,
        name=plain_name(paper.name, otherwise="convention.pdf"),
        mime=proof_mime(paper.content, most=MOST_MEGABYTES, field="paper"),
        about=place,
        actor=actor,
        retention_until=date(last.year + KEPT_YEARS, 12, 31),
    )
