"""An activity is opened whole or not at all, and its code never changes."""

from datetime import date, timedelta

import pytest

from accounting.models import AnalyticAccount
from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry
from entrepreneurs.models import Activity, Application, Trade
from entrepreneurs.services.closing import close_activity
from entrepreneurs.services.members import join_activity
from entrepreneurs.services.opening import change_activity, open_activity
from entrepreneurs.services.trades import change_trade, close_trade, create_trade
from people.models import PersonScope, Scope
from tests.factories import quotes
from tests.factories.entrepreneurs import make_activity, make_trade
from tests.factories.people import make_person, make_user
from tests.factories.welcome import welcomed

pytestmark = pytest.mark.django_db

FACTS = {"name": "Photographie Lenoir", "email": "claire@exemple.fr"}


def test_opening_gives_scope_people_books_and_trace() -> None:
    claire, jean = make_person(), make_person()
    activity = open_activity(
        **FACTS,
        trade=make_trade("Photographe"),
        code="LENOIR",
        people=[claire, jean],
        on=date(2026, 3, 1),
        actor=make_user(),
    )
    assert set(PersonScope.objects.values_list("person", "starts_on")) == {
        (claire.pk, date(2026, 3, 1)),
        (jean.pk, date(2026, 3, 1)),
    }
    assert activity.scope.label == "Photographie Lenoir"
    assert (activity.trade_label, activity.kind) == ("Photographe", "collective")
    assert AnalyticAccount.objects.filter(activity=activity).count() == 1
    assert AuditEntry.objects.filter(verb="entrepreneurs.activity.open").count() == 1


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"people": []}, Code.VALUE_MISSING, "people"),
        ({"code": "PRIS"}, Code.DUPLICATE, "code"),
        ({"code": "été"}, Code.VALUE_INVALID, "code"),
        ({"email": "pas une adresse"}, Code.VALUE_INVALID, "email"),
    ],
)
def test_what_cannot_be_opened_leaves_nothing(changes: dict[str, object], code: Code, field: str) -> None:
    make_activity(code="PRIS")
    facts = FACTS | {"trade": make_trade(), "code": "LENOIR", "people": [make_person()]} | changes
    before = (Scope.objects.count(), PersonScope.objects.count(), AuditEntry.objects.count())
    with pytest.raises(Refused) as refusal:
        open_activity(**facts, on=date(2026, 3, 1), actor=None)  # type: ignore[arg-type]
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert Activity.objects.count() == 1
    assert (Scope.objects.count(), PersonScope.objects.count(), AuditEntry.objects.count()) == before


def test_a_closed_trade_opens_no_activity() -> None:
    trade = close_trade(make_trade("Agent immobilier"), last_day=date(2026, 2, 28), actor=None)
    with pytest.raises(Refused) as refusal:
        open_activity(**FACTS, trade=trade, code="X", people=[make_person()], on=date(2026, 3, 1), actor=None)
    assert refusal.value.field == "trade"
    assert not Activity.objects.exists()


def test_a_new_name_goes_to_the_scope_and_the_journal_keeps_both() -> None:
    activity = make_activity(**FACTS, trade="Photographe", trade_label="Photographe de chantiers")
    change_activity(
        activity, name="Studio Lenoir", trade_label="", links=["https://lenoir.example"], actor=None
    )
    changed = Activity.objects.get()
    assert (changed.trade_label, changed.links) == ("Photographe", ["https://lenoir.example"])
    assert Scope.objects.get(pk=activity.scope_id).label == "Studio Lenoir"
    detail = AuditEntry.objects.get(verb="entrepreneurs.activity.change").detail
    assert (detail["before"]["name"], detail["after"]["name"]) == ("Photographie Lenoir", "Studio Lenoir")
    for wrong in ({"name": ""}, {"email": "non"}, {"links": ["javascript:alert(1)"]}):
        with pytest.raises(Refused):
            change_activity(activity, actor=None, **wrong)
    assert Activity.objects.get().name == "Studio Lenoir"


def test_an_activity_closes_with_what_is_open_said_first() -> None:
    activity, on = make_activity(), date(2026, 3, 31)
    quotes.quote(activity)
    with pytest.raises(Refused) as refusal:
        close_activity(activity, on=on, reason="Départ", actor=None)
    assert (refusal.value.field, "1 devis" in str(refusal.value)) == ("confirmed", True)
    for changes in ({"reason": " "}, {"on": date(2020, 1, 1)}):
        with pytest.raises(Refused):
            close_activity(activity, **({"on": on, "reason": "Départ", "actor": None} | changes))
    assert Activity.objects.get().closed_on is None
    later = join_activity(activity, person=make_person(), starts_on=date(2026, 6, 1), actor=None)
    close_activity(activity, on=on, reason="Départ", actor=None, confirmed=True)
    later.refresh_from_db()
    assert later.ends_on == date(2026, 5, 31), "who would have come later never does"
    lead = PersonScope.objects.exclude(pk=later.pk).get()
    assert (Activity.objects.get().closed_on, lead.ends_on) == (on, on)
    with pytest.raises(Refused) as twice:
        close_activity(activity, on=on, reason="Départ", actor=None, confirmed=True)
    assert twice.value.code == Code.ALREADY_DONE


def test_a_trade_is_named_once_and_says_who_rules_it() -> None:
    trade = make_trade("Électricien")
    for name, rules, field in (
        ("electricien", {}, "name"),
        (" ", {}, "name"),
        ("Notaire", {"is_regulated": True}, "authority"),
    ):
        with pytest.raises(Refused) as refusal:
            create_trade(name=name, on=date(2026, 1, 1), actor=None, **rules)
        assert refusal.value.field == field
    changed = change_trade(trade, version=1, actor=None, name="Électricienne")
    with pytest.raises(Refused) as stale:
        change_trade(trade, version=1, actor=None, name="Autre")
    assert stale.value.code == Code.STALE_FORM
    last_day = changed.opened_on + timedelta(days=30)
    with pytest.raises(Refused) as early:
        close_trade(changed, last_day=changed.opened_on - timedelta(days=1), actor=None)
    assert early.value.field == "last_day"
    close_trade(changed, last_day=last_day, actor=None)
    with pytest.raises(Refused) as twice:
        close_trade(changed, last_day=last_day + timedelta(days=1), actor=None)
    assert twice.value.code == Code.ALREADY_DONE
    assert Trade.objects.get().closed_on == last_day


def test_nobody_starts_before_the_insurer_said_yes_unless_somebody_says_why() -> None:
    candidate, trade = welcomed()["application"], make_trade("Maçon")
    person = make_person()
    Application.objects.filter(pk=candidate.pk).update(person=person)
    told = {"trade": trade, "code": "NEUF", "people": [person], "on": date(2026, 3, 1), "actor": None}
    with pytest.raises(Refused) as refusal:
        open_activity(**FACTS, **told)  # type: ignore[arg-type]
    assert refusal.value.field == "waiver"
    assert not Activity.objects.filter(code="NEUF").exists()
    open_activity(**FACTS, **told, waiver="Accord reçu par téléphone")  # type: ignore[arg-type]
    entry = AuditEntry.objects.filter(verb="entrepreneurs.activity.open").latest("pk")
    assert entry.detail["reason"] == "Accord reçu par téléphone"
