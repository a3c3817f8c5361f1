"""Notes that an associate opened the papers of an assembly: its organisers see who was reached (GOV-20)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from governance.models import Assembly, Associate, Convocation
from people.models import Person


def note_reading(assembly: Assembly, *, person: Person, at: datetime) -> None:
    """Does: keeps when somebody first opened the papers, on each convocation they answer for. Refuses:
    nothing. Leaves behind: that instant, once."""
    mine = Associate.objects.acted_by(person.pk, timezone.localdate(at)).order_by().values("pk")
    rows = Convocation.objects.filter(assembly=assembly, associate__in=mine, read_at=None)
    rows.update(read_at=at)
