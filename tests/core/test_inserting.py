"""A row and its children written in one exchange: the same rows as the ORM writes, or none."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.utils import IntegrityError
from django.forms.models import model_to_dict

from cae.core.inserting import insert
from cae.core.models import ImportLine, ImportRun
from tests.factories.kernel import make_author

pytestmark = pytest.mark.django_db


def sheet() -> ImportRun:
    author = make_author(f"claire-{get_user_model().objects.count()}@example.org")
    return ImportRun(
        code="100 % d’essai", file_name="l'été.csv", reading="UTF-8", header=["nom", "l'%s"], author=author
    )


def lines(run: ImportRun, count: int = 3) -> list[ImportLine]:
    return [
        ImportLine(
            run=run, number=rank, raw={"nom": f"%s {rank} l'an \\"}, message="" if rank % 2 else "%(x)s"
        )
        for rank in range(1, count + 1)
    ]


def facts(row: Any) -> dict[str, Any]:
    return {name: value for name, value in model_to_dict(row).items() if name not in ("id", "run", "author")}


def test_the_rows_are_those_that_the_orm_would_write() -> None:
    ours, theirs = sheet(), sheet()
    insert(ours, *lines(ours), named="run")
    theirs.save()
    ImportLine.objects.bulk_create(lines(theirs))
    ours, theirs = ImportRun.objects.get(pk=ours.pk), ImportRun.objects.get(pk=theirs.pk)
    assert facts(ours) == facts(theirs)
    assert ours.author != theirs.author
    assert [facts(one) for one in ours.lines.all()] == [facts(one) for one in theirs.lines.all()]


def test_each_row_receives_its_key_and_knows_that_it_is_kept(django_assert_num_queries: Any) -> None:
    run = sheet()
    children = lines(run)
    with django_assert_num_queries(1):
        assert insert(run, *children, named="run") is run
    assert ImportRun.objects.get(pk=run.pk).created_at == run.created_at
    assert [(child.pk, child.run_id) for child in children] == list(run.lines.values_list("pk", "run_id"))
    children[1].message = "corrigé"
    with django_assert_num_queries(1):
        children[1].save(update_fields=["message"])
    assert ImportLine.objects.get(number=2).message == "corrigé"


def test_a_row_may_come_alone_and_children_in_any_number() -> None:
    assert insert(sheet()).lines.count() == 0
    for count in (1, 40, 2):
        run = sheet()
        insert(run, *lines(run, count), named="run")
        assert list(run.lines.values_list("number", flat=True)) == list(range(1, count + 1))


def test_a_child_that_is_refused_leaves_nothing() -> None:
    run = sheet()
    twice = [*lines(run, 2), *lines(run, 1)]
    with pytest.raises(IntegrityError, match="import_line_once"), transaction.atomic():
        insert(run, *twice, named="run")
    assert not ImportRun.objects.exists()
    assert not ImportLine.objects.exists()
