"""Files that came in, in every state, made through the services."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from entrepreneurs.models import Activity
from invoicing.models import IncomingFile
from invoicing.services.incoming import set_file_aside, take_in
from invoicing.services.mail_addresses import make_address
from invoicing.services.mail_in import receive_letter
from people.models import User
from tests.factories.kernel import make_cooperative
from tests.invoicing.incoming.letters import letter
from tests.invoicing.incoming.samples import cii, own

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def received(content: bytes = b"", *, activity: Activity | None = None, **facts: Any) -> IncomingFile:
    """A file of a supplier; without content, an electronic invoice that nobody has seen yet."""
    make_cooperative()
    values: dict[str, Any] = {"name": "facture.xml", "source": "upload", "actor": None, "received_at": NOW}
    return take_in(content or cii(), activity=activity, **values | facts)


def unreadable(activity: Activity | None = None, **facts: Any) -> IncomingFile:
    return received(b"%PDF-1.4\nrien", activity=activity, name="scan.pdf", **facts)


def stray(**facts: Any) -> IncomingFile:
    """Readable, but of nobody: neither its address nor its order is ours."""
    return received(own("facture-ubl.xml"), name="papeterie.xml", **facts)


def aside(activity: Activity | None = None) -> IncomingFile:
    return set_file_aside(unreadable(activity), note="Publicité", actor=None)


def came_in(seller: User, activity: Activity) -> dict[str, Any]:
    """What the walk visits: a file in each state, an address, a message."""
    assert seller.person is not None
    make_address(seller.person, actor=seller)
    receive_letter(letter("factures+inconnue@x.example", ("devis.txt", b"Bonjour")), at=NOW)
    return {
        "read_file": received(cii("VISITE-1"), activity=activity),
        "unreadable_file": unreadable(activity),
        "file_set_aside": set_file_aside(
            received(b"Publicite", activity=activity, name="offre.txt"), note="Publicité", actor=seller
        ),
        "stray_file": stray(),
    }
