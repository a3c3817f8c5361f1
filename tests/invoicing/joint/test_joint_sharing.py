"""Shares of a joint quote: written by whoever leads, agreed by the others, asked anew when it changes
(INV-20)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import Notice
from entrepreneurs.models import Activity
from invoicing.models import Quote, QuoteShare
from invoicing.services.amending import add_amendment
from invoicing.services.approving import approve_quote
from invoicing.services.drafting import copied
from invoicing.services.quoting import duplicate_as_quote, save_quote_draft
from invoicing.services.sharing import (
    SharesContent,
    agree_share,
    ask_agreements,
    share_quote,
    withdraw_agreement,
)
from invoicing.services.submitting import submit_quote
from invoicing.states.joint import Sharing
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing_joint as joint
from tests.factories import quotes
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import DAY, line
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def leads() -> User:
    return make_user(RoleKind.ENTREPRENEUR)


@pytest.fixture
def shares() -> User:
    return make_user(RoleKind.ENTREPRENEUR)


@pytest.fixture
def both(leads: User, shares: User) -> tuple[Activity, Activity]:
    return make_activity(leads, name="Qui mène"), make_activity(shares, name="Associé")


def share_of(quote: Quote, activity: Activity) -> QuoteShare:
    return QuoteShare.objects.get(quote=quote, activity=activity)


def agree(quote: Quote, activity: Activity, version: int | None = None) -> QuoteShare:
    seen = quote.version if version is None else version
    return agree_share(share_of(quote, activity), version=seen, actor=None, at=timezone.now())


def told(user: User) -> list[str]:
    return list(
        Notice.objects.filter(user=user, kind__startswith="invoicing.share").values_list("subject", flat=True)
    )


def test_asked_agreed_taken_back_and_approved(
    both: tuple[Activity, Activity], leads: User, shares: User
) -> None:
    leading, other = both
    quote = joint.joint(leading=leading, other=other)
    with refused(Code.ILLEGAL_MOVE):
        agree(quote, other)
    with refused(Code.VALUE_MISSING, None, "Il manque l’accord de Associé"):
        approve_quote(quote, actor=leads, on=DAY)
    assert len(ask_agreements(quote, actor=leads, at=timezone.now())) == 1
    assert ask_agreements(quote, actor=leads, at=timezone.now()) == []
    assert len(told(shares)) == 1
    agree(quote, other)
    agree(quote, other)
    assert [subject.split(" :")[0] for subject in told(leads)] == ["Tous les accords sont là"]
    withdraw_agreement(share_of(quote, other), actor=shares)
    with refused(Code.VALUE_MISSING):
        approve_quote(quote, actor=leads, on=DAY)
    with refused(Code.ILLEGAL_MOVE):
        withdraw_agreement(share_of(quote, leading), actor=leads)
    agree(quote, other)
    done = approve_quote(quote, actor=leads, on=DAY)
    for answer in (lambda: agree(done, other), lambda: withdraw_agreement(share_of(done, other), actor=None)):
        with refused(Code.ILLEGAL_MOVE):
            answer()
    assert share_of(done, other).agreed_at is not None


def test_a_change_of_line_price_or_share_asks_again(both: tuple[Activity, Activity]) -> None:
    leading, other = both
    quote = joint.agreed(leading=leading, other=other)
    content, version = copied(quote, whole=True), quote.version
    quote = save_quote_draft(
        quote, content=replace(content, internal_note="Note"), version=version, actor=None
    )
    assert share_of(quote, other).agreed_at is not None
    dearer = replace(content, lines=(line("300.00"),))
    quote = save_quote_draft(quote, content=dearer, version=quote.version, actor=None)
    assert (share_of(quote, other).agreed_at, share_of(quote, other).asked_at) == (None, None)
    assert share_of(quote, leading).agreed_at is not None
    ask_agreements(quote, actor=None, at=timezone.now())
    with refused(Code.STALE_FORM):
        agree(quote, other, version)
    agree(quote, other)
    same = joint.shared(quote, {leading: "0.6", other: "0.4"})
    assert (same.version, share_of(quote, other).agreed_at is None) == (quote.version, False)
    changed = joint.shared(quote, {leading: "0.7", other: "0.3"})
    assert (changed.version, share_of(quote, other).agreed_at) == (quote.version + 1, None)
    alone = share_quote(
        changed, content=SharesContent(), version=changed.version, actor=None, at=timezone.now(), on=DAY
    )
    assert (alone.is_joint, alone.shares.count()) == (False, 0)


def test_a_share_taken_off_meanwhile_is_refused_in_a_sentence(both: tuple[Activity, Activity]) -> None:
    leading, other = both
    quote = joint.asked(leading=leading, other=other)
    read = share_of(quote, other)
    joint.shared(quote, {leading: "0.6", make_activity(): "0.4"})
    answers = (
        lambda: agree_share(read, version=quote.version, actor=None, at=timezone.now()),
        lambda: withdraw_agreement(read, actor=None),
    )
    for answer in answers:
        with refused(Code.ILLEGAL_MOVE, None, "n’a plus de part"):
            answer()
    assert not QuoteShare.objects.filter(quote=quote, agreed_at=None, asked_at__isnull=False).exists()


def test_lines_keep_who_does_them_through_the_editor(both: tuple[Activity, Activity]) -> None:
    leading, other = both
    quote = joint.joint(line("100.00"), line("50.00"), leading=leading, other=other, bearers={1: 1})
    content = copied(quote, whole=True)
    turned = replace(content, lines=content.lines[::-1])
    quote = save_quote_draft(quote, content=turned, version=quote.version, actor=None)
    bearers = quote.lines.order_by("position").values_list("net", "borne_by")
    assert list(bearers) == [(D("50.00"), None), (D("100.00"), other.pk)]
    foreign = replace(content, lines=(replace(content.lines[0], borne_by=make_activity().pk),))
    quote = save_quote_draft(quote, content=foreign, version=quote.version, actor=None)
    assert quote.lines.get().borne_by is None
    copy = duplicate_as_quote(quote, form_key=uuid.uuid4(), actor=None)
    assert (copy.is_joint, copy.shares.count()) == (False, 0)


def test_what_is_refused_changes_nothing(both: tuple[Activity, Activity]) -> None:
    leading, other = both
    quote = quotes.quote(leading, line("100.00"), line("50.00"))
    lines = list(quote.lines.order_by("position"))
    gone = make_activity(name="Fermée")
    Activity.objects.filter(pk=gone.pk).update(closed_on=DAY.replace(year=2025), close_reason="Fin")
    sixty = {leading.pk: D("0.6"), other.pk: D("0.4")}
    wrong = {
        "Il faut au moins deux": SharesContent(Sharing.WHOLE, {leading.pk: D(1)}),
        "mène le devis y a": SharesContent(Sharing.WHOLE, {other.pk: D("0.5"), gone.pk: D("0.5")}),
        "au-dessus de zéro": SharesContent(Sharing.WHOLE, {leading.pk: D(1), other.pk: D(0)}),
        "font 100": SharesContent(Sharing.WHOLE, {leading.pk: D("0.6"), other.pk: D("0.3")}),
        "n’est pas ouverte": SharesContent(Sharing.WHOLE, {leading.pk: D("0.6"), gone.pk: D("0.4")}),
        "a une part du devis": SharesContent(Sharing.LINES, sixty, {lines[0].pk: gone.pk}),
        "se confie": SharesContent(Sharing.WHOLE, sixty, {lines[0].pk: other.pk}),
        "comment le devis se partage": SharesContent(Sharing.NONE, sixty),
        "n’existe pas": SharesContent("thirds", sixty),
    }
    for words, content in wrong.items():
        with refused(Code.VALUE_INVALID, None if content.sharing != "thirds" else "sharing", words):
            share_quote(quote, content=content, version=quote.version, actor=None, at=timezone.now(), on=DAY)
    with refused(Code.STALE_FORM):
        share_quote(
            quote,
            content=SharesContent(Sharing.WHOLE, sixty),
            version=7,
            actor=None,
            at=timezone.now(),
            on=DAY,
        )
    with refused(Code.ILLEGAL_MOVE):
        ask_agreements(quote, actor=None, at=timezone.now())
    quote.refresh_from_db()
    assert (quote.sharing, quote.shares.count(), quote.version) == (Sharing.NONE, 0, 1)


def test_handing_over_asks_and_a_new_version_asks_again(
    both: tuple[Activity, Activity], shares: User
) -> None:
    leading, other = both
    quote = submit_quote(joint.joint(leading=leading, other=other), actor=None, on=DAY)
    assert len(told(shares)) == 1
    agree(quote, other)
    with refused(Code.ILLEGAL_MOVE):
        joint.shared(quote, {leading: "0.7", other: "0.3"})
    quote = approve_quote(quote, actor=None, on=DAY)
    new = quotes.revision(quote)
    assert dict(new.shares.values_list("activity", "rate")) == {leading.pk: D("0.6"), other.pk: D("0.4")}
    assert share_of(new, other).agreed_at is None
    with refused(Code.VALUE_MISSING):
        approve_quote(new, actor=None, on=DAY)


def test_an_amendment_is_shared_as_its_work(both: tuple[Activity, Activity]) -> None:
    leading, other = both
    work = joint.accepted(leading=leading, other=other)
    said = {"leading": leading, "other": other}
    other_parts = joint.accepted(**said, rates=("0.7", "0.3"))
    with refused(Code.VALUE_INVALID, "quote", "mêmes parts"):
        add_amendment(work, quote=other_parts, actor=None, at=timezone.now())
    added = joint.accepted(**said)
    assert add_amendment(work, quote=added, actor=None, at=timezone.now()).work == work


def test_postgresql_has_the_last_word(both: tuple[Activity, Activity]) -> None:
    leading, other = both
    quote = approve_quote(joint.agreed(leading=leading, other=other), actor=None, on=DAY)
    for change in (
        lambda: QuoteShare.objects.filter(quote=quote).update(agreed_at=None, agreed_by=None),
        lambda: QuoteShare.objects.filter(quote=quote).delete(),
        lambda: QuoteShare.objects.create(quote=quote, activity=make_activity(), rate=D("0.1")),
        lambda: Quote.objects.filter(pk=quote.pk).update(sharing=Sharing.NONE),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    handed = submit_quote(joint.joint(leading=leading, other=other), actor=None, on=DAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        QuoteShare.objects.filter(quote=handed).update(rate=D("0.5"))
    done = Quote.objects.get(pk=quote.pk)
    facts = {
        "facts": done.facts,
        "approved_on": DAY,
        "valid_until": done.valid_until,
        "number": "D9",
        "state": "approved",
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        Quote.objects.filter(pk=handed.pk).update(content_sha256="a" * 64, **facts)
