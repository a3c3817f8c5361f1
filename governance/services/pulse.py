"""Makes the live pages of an assembly draw themselves anew: their ETag is the number that grows here."""

from django.db.models import F

from governance.models import Assembly


def beat(assembly_id: int) -> None:
    """Does: grows the pulse of the assembly, inside the transaction of what changed. Refuses: nothing.
    Leaves behind: pages that poll get an answer that is new."""
    Assembly.objects.filter(pk=assembly_id).update(pulse=F("pulse") + 1)
