"""What the team of a place should know is taken by somebody, or put aside until a day (COW-26)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import AuditEntry
from coworking.models import AlertMark
from coworking.selectors.alerts import alerts_of
from coworking.services.alerts import give_alert_back, put_alert_aside, take_alert
from coworking.services.faults import repair_fault, take_fault, tell_fault
from tests.factories.bookings import make_room
from tests.factories.coworking import make_facilitator
from tests.factories.coworking_members import make_member
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
ONE_DAY = timedelta(days=1)


@pytest.fixture
def room() -> Any:
    return make_room(name="Salle bleue")


@pytest.fixture
def team(room: Any) -> Any:
    return make_facilitator(room.place)


def test_one_sees_to_it_and_the_others_read_who_until_it_is_given_back(room: Any, team: Any) -> None:
    place, now = room.place, timezone.now()
    make_member(place, starts_on=timezone.localdate())
    key = f"fault-{tell_fault(room, text='La prise ne marche pas', actor=team).pk}"
    assert next(one.key for one in alerts_of(place, now).shown) == key
    mark = take_alert(place, key, actor=team, now=now)
    assert take_alert(place, key, actor=team, now=now) == mark, "taken twice is once"
    shown = alerts_of(place, now).shown
    assert [(one.key, one.mark) for one in shown][-1] == (key, mark), "what nobody sees to comes first"
    other = make_facilitator(place)
    with refused(Code.ALREADY_DONE, said=str(team)):
        take_alert(place, key, actor=other, now=now)
    give_alert_back(place, key, actor=other)
    give_alert_back(place, key, actor=other)
    assert take_alert(place, key, actor=other, now=now).taken_by == other
    verbs = AuditEntry.objects.filter(verb__startswith="coworking.alert").order_by("pk")
    assert [one.verb.rpartition(".")[2] for one in verbs] == ["take", "give_back", "take"]


def test_what_is_put_aside_comes_back_on_its_day(room: Any, team: Any) -> None:
    place, now, today = room.place, timezone.now(), timezone.localdate()
    fault = tell_fault(room, text="La prise ne marche pas", actor=team)
    key = f"fault-{fault.pk}"
    for until in (today, today + 400 * ONE_DAY):
        with refused(Code.DATE_INVALID, "until"):
            put_alert_aside(place, key, until=until, actor=team, now=now)
    take_alert(place, key, actor=team, now=now)
    put_alert_aside(place, key, until=today + 2 * ONE_DAY, actor=team, now=now)
    alerts = alerts_of(place, now)
    assert ([one.key for one in alerts.shown], [one.key for one in alerts.aside]) == ([], [key])
    assert [one.key for one in alerts_of(place, now + ONE_DAY).aside] == [key]
    back = alerts_of(place, now + 2 * ONE_DAY)
    assert [(one.key, one.mark) for one in back.shown] == [(key, None)]
    assert take_alert(place, key, actor=team, now=now + 2 * ONE_DAY).until is None
    repair_fault(take_fault(fault, actor=team), outcome="Changée", actor=team)
    with refused(Code.ALREADY_DONE):
        take_alert(place, key, actor=team, now=now)
    other = tell_fault(room, text="Le robinet goutte", actor=team)
    mark = take_alert(place, f"fault-{other.pk}", actor=team, now=now)
    assert list(AlertMark.objects.all()) == [mark], "the mark of what is over is gone"
    elsewhere = make_room().place
    with refused(Code.ALREADY_DONE):
        put_alert_aside(elsewhere, key, until=today + ONE_DAY, actor=team, now=now)
    with pytest.raises(IntegrityError, match="alertmark_taken_or_aside"):
        AlertMark.objects.filter(pk=mark.pk).update(taken_by=None)


def test_the_page_of_the_day_takes_puts_aside_and_gives_back_by_a_button(room: Any, team: Any) -> None:
    place, client = room.place, client_of(team)
    key = f"fault-{tell_fault(room, text='La prise ne marche pas', actor=team).pk}"
    act = reverse("coworking:alert_act", args=[place.pk])
    assert "Je m’en occupe" in text(client.get(reverse("coworking:today", args=[place.pk])))
    page = text(client.post(act, {"key": key, "do": "take"}, follow=True))
    assert f"{team} s’en occupe" in page
    assert "Je m’en occupe" not in page
    aside = reverse("coworking:alert_aside", args=[place.pk, key])
    assert "La prise ne marche pas" in text(client.get(aside))
    wrong = client.post(aside, {"until": timezone.localdate().isoformat()})
    assert (wrong.status_code, "Choisissez un jour à venir" in text(wrong)) == (422, True)
    done = text(client.post(aside, {"until": (timezone.localdate() + ONE_DAY).isoformat()}, follow=True))
    assert "1 alerte mise de côté" in done
    assert client.get(aside).status_code == 302, "it is put aside already"
    back = text(client.post(act, {"key": key, "do": "give_back"}, follow=True))
    assert ("Je m’en occupe" in back, "mise de côté" in back) == (True, False)
    stranger = client_of(make_facilitator(make_room().place))
    assert stranger.post(act, {"key": key, "do": "take"}).status_code in (403, 404)
    assert not AlertMark.objects.exists()
