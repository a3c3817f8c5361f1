"""The same file deposited at once, a mail piped twice at once, a stray put in two activities at once."""

from __future__ import annotations

from functools import partial

import pytest

from cae.core.errors import Refused
from invoicing.models import IncomingFile, IncomingMail, MailInAddress, Purchase
from invoicing.services.incoming import assign_file
from invoicing.services.mail_addresses import make_address
from invoicing.services.mail_in import receive_letter
from invoicing.states.incoming import FileState
from tests.factories import invoicing_incoming as make
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.kernel import make_cooperative
from tests.invoicing.incoming.letters import letter
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
TODAY = make.NOW.date()


def test_the_same_file_at_once_opens_one_purchase(race: Race) -> None:
    make_cooperative()
    _user, activity = make_entrepreneur()
    found = race([partial(make.received, activity=activity) for _ in range(5)])
    assert not [one for one in found if isinstance(one, Refused)]
    states = sorted(IncomingFile.objects.values_list("state", flat=True))
    assert states == [FileState.READ, *[FileState.SET_ASIDE] * 4]
    assert IncomingFile.objects.filter(same_as=None).count() == 1
    assert Purchase.objects.count() == 1


def test_the_same_message_at_once_is_one(race: Race) -> None:
    make_cooperative()
    raw = letter("x@example.org", ("a.pdf", b"%PDF-1.4\nrien"))
    found = race([partial(receive_letter, raw, at=make.NOW) for _ in range(4)])
    assert len({one.pk for one in found}) == 1
    assert (IncomingMail.objects.count(), IncomingFile.objects.count()) == (1, 1)


def test_a_stray_goes_to_one_activity(race: Race) -> None:
    file = make.stray()
    activities = [make_entrepreneur(name=f"Activité {rank}")[1] for rank in range(3)]
    race([partial(assign_file, file, activity=one, actor=None, on=TODAY) for one in activities])
    file.refresh_from_db()
    purchase = Purchase.objects.get()
    assert file.state == FileState.READ
    assert purchase.activity == file.activity


def test_addresses_renewed_at_once_leave_one_alive(race: Race) -> None:
    user, activity = make_entrepreneur()
    race([partial(make_address, activity, actor=user) for _ in range(4)])
    assert MailInAddress.objects.filter(withdrawn_at=None).count() == 1
    assert MailInAddress.objects.count() == 4
