"""Files that look alike, and those that became one (PEO-17)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import ManyToOneRel, Model, QuerySet, Value
from django.db.models.expressions import RawSQL

from cae.core.plain import PlainText
from people.models import Person, in_use
from people.states.merging import Likeness


def file_keys(person: Person) -> list[int]:
    """The keys of the file and of those merged into it: rows that never change still name the former ones."""
    found = [person.pk]
    level = [person.pk]
    while level:
        level = list(Person.objects.filter(merged_into__in=level).values_list("pk", flat=True))
        found += level
    return found


@dataclass(frozen=True)
class Pair:
    """Two files that may be one person, and why."""

    first: Person
    second: Person
    reasons: tuple[Likeness, ...]


# As alike as « Lenoir Claire » and « Le Noir Clair »; below, chance alone brings names together.
NEAR = Decimal("0.6")
# Digits that two ways of writing a French number have in common: +33 6 12…, 06 12….
_PHONE_DIGITS = 9
# A number that more files give is a house's or a placeholder: it says nothing of who they are.
_MOST_SHARING = 4

_PAIRS = """
    WITH used AS MATERIALIZED (
        SELECT id, lower(email) AS email, right(regexp_replace(phone, '[^0-9]', '', 'g'), %(digits)s) AS phone
        FROM people_person WHERE merged_into_id IS NULL AND erased_at IS NULL
    ), born AS MATERIALIZED (
        SELECT one.id, one.sort_name, civil.birth_date FROM people_person one
        JOIN people_civilrecord civil ON civil.person_id = one.id
        WHERE civil.birth_date IS NOT NULL AND one.merged_into_id IS NULL AND one.erased_at IS NULL
    ), alike AS (
        SELECT a.id AS first, b.id AS second, true AS mail, false AS birth, false AS phone, false AS name
        FROM used a JOIN used b ON a.email = b.email AND a.id < b.id WHERE a.email <> ''
        UNION ALL
        SELECT a.id, b.id, false, true, false, false
        FROM born a JOIN born b ON a.birth_date = b.birth_date AND a.sort_name = b.sort_name AND a.id < b.id
        UNION ALL
        SELECT a.id, b.id, false, false, true, false
        FROM used a JOIN used b ON a.phone = b.phone AND a.id < b.id
        WHERE a.phone IN (
            SELECT phone FROM used WHERE length(phone) = %(digits)s
            GROUP BY phone HAVING count(*) <= %(sharing)s
        )
        UNION ALL
        SELECT a.id, b.id, false, false, false, true
        FROM people_person a JOIN people_person b ON b.sort_name %% a.sort_name AND a.id < b.id
        WHERE a.merged_into_id IS NULL AND b.merged_into_id IS NULL
            AND a.erased_at IS NULL AND b.erased_at IS NULL
            AND similarity(a.sort_name, b.sort_name) >= %(near)s
    )
    SELECT first, second, bool_or(mail), bool_or(birth), bool_or(phone), bool_or(name) FROM alike
    GROUP BY first, second ORDER BY 3 DESC, 4 DESC, 5 DESC, 1, 2 LIMIT %(limit)s
"""


def likely_duplicates(*, limit: int = 200) -> list[Pair]:
    """Pairs of files in use that look alike, the surest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            _PAIRS, {"near": NEAR, "limit": limit, "digits": _PHONE_DIGITS, "sharing": _MOST_SHARING}
        )
        rows = cursor.fetchall()
    keys = {key for row in rows for key in row[:2]}
    files = Person.objects.select_related("user", "territory").in_bulk(keys)
    said = (Likeness.EMAIL, Likeness.BIRTH, Likeness.PHONE, Likeness.NAME)
    return [
        Pair(
            files[row[0]],
            files[row[1]],
            tuple(why for why, is_so in zip(said, row[2:], strict=True) if is_so),
        )
        for row in rows
    ]


def lookalikes(
    *, name: str = "", email: str = "", phone: str = "", but: Person | None = None, limit: int = 5
) -> list[tuple[Person, Likeness]]:
    """The files in use that look like what is being typed, the surest first."""
    used = in_use(Person.objects.all())
    used = used.exclude(pk=but.pk) if but else used
    digits = re.sub(r"\D", "", phone)[-_PHONE_DIGITS:]
    same_phone = RawSQL("right(regexp_replace(people_person.phone, '[^0-9]', '', 'g'), 9)", ())
    asked: list[tuple[Likeness, QuerySet[Person] | None]] = [
        (Likeness.EMAIL, used.filter(email__iexact=email.strip()) if email.strip() else None),
        (
            Likeness.PHONE,
            used.annotate(last_digits=same_phone).filter(last_digits=digits)
            if len(digits) == _PHONE_DIGITS
            else None,
        ),
        (Likeness.NAME, _named_like(used, name) if len(name.split()) > 1 else None),
    ]
    found: dict[int, tuple[Person, Likeness]] = {}
    for why, rows in asked:
        for person in () if rows is None else rows.select_related("territory")[:limit]:
            found.setdefault(person.pk, (person, why))
    return list(found.values())[:limit]


def _named_like(used: QuerySet[Person], name: str) -> QuerySet[Person]:
    near = used.annotate(near=TrigramSimilarity("sort_name", PlainText(Value(name))))  # type: ignore[arg-type]
    return near.filter(near__gte=Value(NEAR)).order_by("-near", "pk")


def columns_naming_persons() -> list[tuple[type[Model], str]]:
    """Every column of every room that names a person, found from the models themselves, in one order."""
    relations = [
        relation
        for relation in Person._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel) and relation.field.model is relation.related_model
    ]
    found = [(relation.related_model, relation.field.name) for relation in relations]
    return sorted(found, key=lambda one: (one[0]._meta.label_lower, one[1]))
