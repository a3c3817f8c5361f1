import pytest
from datetime import timedelta
from django.utils import timezone
from django.db import connection
from django.test.utils import CaptureQueriesContext
from cae.core.errors import Refused
from governance.models import *
from governance.states.secret import SecretState, CodeMode
from tests.factories.governance_secret import make_scrutin
from tests.factories.governance_votes import make_sitting, make_election
from governance.states.votes import Method
from people.services.merging import merge_persons
from tests.factories.people import make_person
from tests.pages import client_of
pytestmark = pytest.mark.django_db

def test_merge_keeper():
    s = make_scrutin(SecretState.TALLIED)
    t = s.trustees[0]
    k = make_person()
    from people.models import Person
    try:
        merge_persons(k, merged=t.person, reason="x", actor=s.actor, now=timezone.now())
    except Refused as e: print("refused", e)
    t.refresh_from_db(); print(t.person_id == k.pk)
    s.give_share(1)

def test_merge_two_keepers():
    s = make_scrutin(SecretState.TALLIED)
    from people.models import User
    a, b = s.trustees[0].person, s.trustees[1].person
    User.objects.filter(person=b).update(is_active=False)
    try:
        merge_persons(a, merged=b, reason="x", actor=s.actor, now=timezone.now()); print("merged")
    except Refused as e: print("refused", e)

@pytest.mark.usefixtures("demonstration")
def test_queries():
    out = {}
    for n in (2, 8):
        sitting = make_sitting(n)
        from tests.factories.governance import make_resolution
        rs = [make_resolution(sitting.assembly) for _ in range(1 if n == 2 else 4)]
        s = make_scrutin(SecretState.PROCLAIMED, sitting=sitting, resolutions=rs, size=2 if n==2 else 5, threshold=1)
        c = client_of(s.actor)
        for u in (s.vote.get_absolute_url(), f"/scrutins/{s.vote.pk}/controle/", f"/scrutins/{s.vote.pk}/certificat/", f"/scrutins/{s.vote.pk}/liste/", f"/urnes/{s.box.uuid}/", f"/assemblees/{sitting.assembly.pk}/scrutins/"):
            for pre in ("", "/cooperative", "/vie-cooperative"):
                r = c.get(pre + u)
                if r.status_code == 200:
                    with CaptureQueriesContext(connection) as q: c.get(pre + u)
                    out.setdefault(u.split("/")[-2] if "urnes" not in u else "board", []).append(len(q))
                    break
    print(out)
