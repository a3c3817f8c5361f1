"""Each person is told once, in their language, at the rhythm they chose; what the law wants told, always."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from django.utils.translation import get_language

from cae.core import notice_mails, notices
from cae.core.errors import Refused
from cae.core.models import AuditEntry, Notice, NoticeChoice, OutgoingEmail
from cae.core.settings import set_setting
from tests.factories.kernel import make_author, make_cooperative
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")
TUESDAY = datetime(2026, 11, 24, 14, 0, tzinfo=PARIS)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kinds of this file only, beside those of the house."""
    monkeypatch.setattr(notices, "KINDS", dict(notices.KINDS))
    monkeypatch.setattr(notice_mails, "KINDS", notices.KINDS)
    notices.register_notice("test.seen", label="Devis vu")
    notices.register_notice("test.paid", label="Règlement reçu", default="daily")
    notices.register_notice("test.week", label="Prévision", default="weekly")
    notices.register_notice("test.quiet", label="Rien", default="none")
    notices.register_notice("test.legal", label="Convocation", mutable=False)
    notices.register_notice("test.safety", label="Nouvel appareil", mutable=False, urgent=True)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


def tell(user: Any, kind: str = "test.seen", subject: str = "Devis D-1 vu", **more: Any) -> None:
    notices.notify([user], kind, subject=subject, url="/ventes/", **more)


def mailed() -> list[str]:
    """Writes what is due now; gives the subjects of all mails so far."""
    notice_mails.mail_due_notices()
    return list(OutgoingEmail.objects.order_by("pk").values_list("subject", flat=True))


def test_an_unknown_kind_is_an_error_at_once_and_a_kind_is_declared_once() -> None:
    with pytest.raises(LookupError):
        tell(make_author(), "test.nothing")
    with pytest.raises(ValueError, match="twice"):
        notices.register_notice("test.seen", label="x")
    with pytest.raises(ValueError, match="muted"):
        notices.register_notice("test.other", label="x", default="weekly", mutable=False)


def test_the_bell_rings_in_the_transaction_of_the_act() -> None:
    user = make_user()

    def fail_after_telling() -> None:
        with transaction.atomic():
            tell(user)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_telling()
    assert notices.unread_count(user) == 0
    tell(user, text="Vu à l’instant.", about=user)
    row = Notice.objects.get()
    assert (row.subject, row.url, row.about_type, row.read_at) == (
        "Devis D-1 vu",
        "/ventes/",
        "people.user",
        None,
    )
    assert notices.unread_count(user) == 1


def test_each_person_is_told_once_in_their_language_and_not_of_what_they_did() -> None:
    french, english, actor, gone = make_user(), make_user(), make_user(), make_user()
    english.language = "en"
    gone.is_active = False
    people = [french, french, english, actor, gone]
    notices.notify(people, "test.seen", subject=lambda: f"Objet {get_language()}", url="/", actor=actor)
    told = dict(Notice.objects.values_list("user_id", "subject"))
    assert told == {french.pk: "Objet fr", english.pk: "Objet en"}
    notices.notify([actor], "test.legal", subject="Convocation", url="/", actor=actor)
    assert notices.unread_count(actor) == 1, "what can't be muted is told to its author too"


def test_at_once_says_who_what_why_with_one_button_and_how_to_stop(clock: Any) -> None:
    user = make_user()
    make_cooperative()
    tell(user, text="Vu à l’instant.\n\nBelle journée.")
    assert mailed() == ["Devis D-1 vu"]
    mail = OutgoingEmail.objects.get()
    link = f"/avis/{Notice.objects.get().pk}/"
    for part in (mail.text, mail.html):
        for words in (
            "Coopérative d’essai",
            "Vu à l’instant.",
            "Belle journée.",
            "Devis vu",
            link,
            "/avis/preferences/",
        ):
            assert words in part
    assert mail.html.count('class="button"') == 1
    assert (mail.to, mail.cause) == (user.email, "test.seen")


def test_several_of_one_kind_within_a_quarter_of_an_hour_make_two_mails(clock: Any) -> None:
    user = make_user()
    tell(user)
    assert mailed() == ["Devis D-1 vu"]
    clock.shift(60)
    tell(user, subject="Devis D-2 vu")
    tell(user, subject="Devis D-3 vu")
    assert mailed() == ["Devis D-1 vu"], "the next ones wait for each other"
    clock.shift(15 * 60)
    assert mailed() == ["Devis D-1 vu", "Devis vu (2)"]
    assert "Devis D-2 vu" in OutgoingEmail.objects.latest("pk").text
    clock.shift(60 * 60)
    tell(user, subject="Devis D-4 vu")
    assert mailed()[2:] == ["Devis D-4 vu"]


def test_told_together_in_one_act_they_make_one_mail(clock: Any) -> None:
    user = make_user()
    for number in range(3):
        tell(user, subject=f"Devis {number}")
    assert mailed() == ["Devis vu (3)"]


@pytest.mark.parametrize(
    ("kind", "told", "leaves"),
    [
        ("test.seen", at(24, 19, 59), at(24, 19, 59)),
        ("test.seen", at(24, 20), at(25, 8)),
        ("test.seen", at(25, 7, 59), at(25, 8)),
        ("test.seen", at(28, 21), at(30, 8)),  # Saturday evening: Sunday is quiet
        ("test.seen", at(29, 11), at(30, 8)),
        ("test.legal", at(29, 11), at(30, 8)),
        ("test.safety", at(29, 3), at(29, 3)),
        ("test.paid", at(24, 14), at(25, 8)),
        ("test.paid", at(24, 5), at(24, 8)),
        ("test.paid", at(28, 14), at(30, 8)),
        ("test.week", at(24, 14), at(30, 8)),
        ("test.week", at(30, 7), at(30, 8)),
        ("test.week", at(30, 8), datetime(2026, 12, 7, 8, tzinfo=PARIS)),
        ("test.quiet", at(24, 14), None),
        # The clocks of spring jump at two: eight in the morning is eight on the wall.
        ("test.seen", datetime(2027, 3, 27, 22, tzinfo=PARIS), datetime(2027, 3, 29, 8, tzinfo=PARIS)),
    ],
)
def test_the_hour_at_which_a_mail_leaves(kind: str, told: datetime, leaves: datetime | None) -> None:
    with time_machine.travel(told, tick=False):
        tell(make_user(), kind)
    assert Notice.objects.get().mail_due_at == leaves


def test_the_cooperative_decides_its_quiet_hours() -> None:
    decided = {"core.quiet_evening": "24", "core.quiet_morning": "0", "core.quiet_sunday": "no"}
    for code, value in decided.items():
        set_setting(code, value=value, valid_from=TUESDAY.date(), actor=None, reason="Essai")
    with time_machine.travel(at(29, 23, 30), tick=False):
        tell(make_user())
    assert Notice.objects.get().mail_due_at == at(29, 23, 30)


def test_the_digest_of_the_morning_gathers_all_once_even_after_a_week_without_scheduler(clock: Any) -> None:
    user, other = make_user(), make_user()
    tell(user, "test.paid", subject="Règlement de 120 €")
    tell(user, "test.week", subject="Prévision sous zéro")
    tell(other, "test.paid", subject="Règlement d’ailleurs")
    assert mailed() == []
    clock.shift(8 * 24 * 3600)
    assert mailed() == ["2 avis vous attendent", "Règlement d’ailleurs"]
    assert mailed() == ["2 avis vous attendent", "Règlement d’ailleurs"], "each thing once"
    digest = OutgoingEmail.objects.get(to=user.email)
    for words in ("Règlement de 120 €", "Prévision sous zéro", "au rythme que vous avez choisi"):
        assert words in digest.text
        assert words in digest.html
    assert "d’ailleurs" not in digest.text
    assert digest.cause == "core.digest"


def test_what_was_read_meanwhile_needs_no_mail_save_what_the_law_wants(clock: Any) -> None:
    user = make_user()
    tell(user, "test.paid")
    tell(user, "test.legal", subject="Convocation")
    notices.read_notices(notices.notices_of(user), at=TUESDAY)
    clock.shift(24 * 3600)
    assert mailed() == ["Convocation"]
    assert not Notice.objects.filter(mailed_at=None, mail_due_at__isnull=False).exists()


def test_what_the_law_wants_told_goes_alone_each_time(clock: Any) -> None:
    user = make_user()
    for number in (1, 2):
        tell(user, "test.legal", subject=f"Convocation {number}")
    tell(user)
    assert mailed() == ["Convocation 1", "Convocation 2", "Devis D-1 vu"]
    legal = OutgoingEmail.objects.get(subject="Convocation 1")
    assert "toujours envoyé" in legal.text
    assert "/avis/preferences/" not in legal.text


def test_a_closed_account_gets_no_mail_any_more(clock: Any) -> None:
    user = make_user()
    tell(user, "test.paid")
    user.is_active = False
    user.save()
    clock.shift(24 * 3600)
    assert mailed() == []


def test_each_person_chooses_the_rhythm_of_each_kind(clock: Any) -> None:
    user = make_user()
    assert notices.rhythms_of(user)["test.paid"] == "daily"
    tell(user, "test.paid", subject="Avant")
    notices.choose_rhythms(user, {"test.paid": "none", "test.seen": "weekly"})
    tell(user, "test.paid", subject="Après")
    tell(user, "test.seen")
    due = dict(Notice.objects.values_list("subject", "mail_due_at"))
    assert due == {"Avant": None, "Après": None, "Devis D-1 vu": at(30, 8)}
    entry = AuditEntry.objects.get(verb="core.notices.choose")
    assert entry.detail == {"test.paid": ["daily", "none"], "test.seen": ["now", "weekly"]}
    notices.choose_rhythms(user, notices.rhythms_of(user))
    assert AuditEntry.objects.filter(verb="core.notices.choose").count() == 1, "nothing changed, nothing said"


@pytest.mark.parametrize(
    ("kind", "rhythm"), [("test.legal", "none"), ("test.safety", "daily"), ("test.seen", "x")]
)
def test_what_the_law_wants_told_cannot_be_muted(kind: str, rhythm: str) -> None:
    user = make_user()
    with pytest.raises(Refused) as refusal:
        notices.choose_rhythms(user, {"test.paid": "none", kind: rhythm})
    assert refusal.value.field == kind
    assert not NoticeChoice.objects.exists()
    NoticeChoice.objects.create(user=user, kind="test.legal", rhythm="none")
    tell(user, "test.legal", subject="Convocation")
    assert Notice.objects.get().mail_due_at is not None, "not even by a row in the table"


def test_opening_the_page_of_an_object_reads_what_was_told_of_it() -> None:
    user, other = make_user(), make_user()
    for person in (user, other):
        tell(person, about=user)
        tell(person, about=other)
    assert notices.read_about(user, user, at=TUESDAY) == 1
    assert (notices.unread_count(user), notices.unread_count(other)) == (1, 2)


def test_telling_a_thousand_people_takes_as_many_questions_as_telling_one(
    django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    people = [make_user() for _number in range(12)]
    with django_assert_max_num_queries(6) as one:
        tell(people[0])
    with django_assert_num_queries(len(one.captured_queries)):
        notices.notify(people, "test.seen", subject="À tous", url="/")
