"""Files that came in, in every state, made through the services."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from entrepreneurs.models import Activity
from invoicing.models import IncomingFile
from invoicing.services.incoming import set_file_aside, take_in
from tests.factories.kernel import make_cooperative
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
