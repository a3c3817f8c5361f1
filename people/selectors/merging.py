"""Files that look alike, and those that became one (PEO-17)."""

from __future__ import annotations

from people.models import Person


def file_keys(person: Person) -> list[int]:
    """The keys of the file and of those merged into it: rows that never change still name the former ones."""
    found = [person.pk]
    level = [person.pk]
    while level:
        level = list(Person.objects.filter(merged_into__in=level).values_list("pk", flat=True))
        found += level
    return found
