"""Questions whose SQL is written once: they answer as their queryset does, and keep no answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, Min, OuterRef, Q, Value
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from cae.core.models import ImportRun, Job, JobState, SavedView
from cae.core.questions import Given, GivenKeys, Question, read_once
from people.models import Person, Role, User
from people.states import RoleKind
from tests.factories.people import make_person, make_role, make_territory, make_user

pytestmark = pytest.mark.django_db


def test_rows_are_those_of_the_queryset_with_what_they_are_joined_to() -> None:
    account, _other = make_user(), make_user()
    question = Question(lambda: User.objects.select_related("person__territory").filter(pk=Given("pk")))
    with CaptureQueriesContext(connection) as asked:
        (found,) = question(pk=account.pk)
        assert (found, found.person) == (account, account.person)
        assert found.person is not None
        assert found.person.territory is None
    assert len(asked) == 1
    assert not found._state.adding


def test_no_answer_is_kept() -> None:
    person = make_person(first_name="Noa")
    question = Question(lambda: Person.objects.filter(pk=Given("pk")))
    assert question.one(pk=person.pk).first_name == "Noa"
    Person.objects.filter(pk=person.pk).update(first_name="Lou")
    assert question.one(pk=person.pk).first_name == "Lou"
    assert question.first(pk=0) is None


def test_the_sql_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    question = Question(lambda: Person.objects.filter(sort_name__startswith=Given("start")))
    question(start="a")

    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise AssertionError("written again")

    monkeypatch.setattr(SQLCompiler, "as_sql", refuse)
    assert question(start="b") == []


def test_keys_as_many_as_there_are() -> None:
    people = [make_person() for _ in range(3)]
    question = Question(lambda: Person.objects.filter(pk__in=GivenKeys("keys")).order_by("pk"))
    for keys in (frozenset[int](), {people[0].pk}, tuple(one.pk for one in people)):
        assert [one.pk for one in question(keys=keys)] == sorted(keys)


def test_what_is_annotated_and_converted_comes_as_from_the_queryset() -> None:
    person = make_person(territory=make_territory())
    make_role(person, kind=RoleKind.ADVISOR)
    role = Role.objects.filter(person=OuterRef("pk"), kind=Given("kind"))
    question = Question(lambda: Person.objects.annotate(has_role=Exists(role)).filter(pk=Given("pk")))
    assert question.one(pk=person.pk, kind="advisor").has_role is True
    assert question.one(pk=person.pk, kind="auditor").has_role is False
    view = SavedView.objects.create(owner=make_user(), page="p", name="n", query="q=1")
    assert Question(lambda: SavedView.objects.filter(pk=Given("pk"))).one(pk=view.pk) == view


def test_values_alone_or_together() -> None:
    people = [make_person(first_name=name) for name in ("Alix", "Lou")]
    keys = [one.pk for one in people]
    wanted = Person.objects.filter(pk__in=GivenKeys("keys")).order_by("pk")
    assert Question(lambda: wanted.values_list("pk", flat=True))(keys=keys) == keys
    named = Question(lambda: wanted.values_list("pk", "first_name"))
    assert named(keys=keys) == [(keys[0], "Alix"), (keys[1], "Lou")]


def test_several_counts_in_one_query() -> None:
    author = make_user()
    Job.objects.create(task="core.prune", author=author, state=JobState.FAILED)

    def counted() -> Any:
        mine = Job.objects.filter(author=Given("user")).order_by()
        begun = ImportRun.objects.filter(author=Given("user")).order_by()
        return _sums("jobs", mine, "ended_at").union(_sums("imports", begun, "created_at"), all=True)

    with CaptureQueriesContext(connection) as asked:
        found = {name: count for name, count, _since in Question(counted)(user=author.pk)}
    assert (found, len(asked)) == ({"jobs": 1, "imports": 0}, 1)


def _sums(name: str, rows: Any, at: str) -> Any:
    return (
        rows.values(of=Value(name))
        .annotate(count=Count("pk"), since=Min(at))
        .values_list("of", "count", "since")
    )


def test_a_value_may_stand_in_an_expression() -> None:
    person = make_person()
    is_one = ExpressionWrapper(Q(pk=Given("pk")), output_field=BooleanField())
    question = Question(lambda: Person.objects.order_by("pk").values_list("pk", is_one))
    assert dict(question(pk=person.pk))[person.pk] is True


def test_a_question_is_one_query() -> None:
    question = Question(lambda: Person.objects.prefetch_related("roles"))
    with pytest.raises(ValueError, match="prefetches nothing"):
        question()


def test_a_value_that_is_not_told_is_an_error() -> None:
    with pytest.raises(KeyError, match="pk"):
        Question(lambda: Person.objects.filter(pk=Given("pk")))()


def test_what_was_read_once_stands_beside_its_row() -> None:
    person = make_person()
    role = make_role(person, RoleKind.ASSOCIATE)
    question = Question(lambda: Role.objects.filter(person=Given("person")))
    with CaptureQueriesContext(connection) as asked:
        for _time in range(2):
            read_once(person, "roles", question, person=person.pk)
        (found,) = person.roles.all()
        assert (found, found.person) == (role, person)
    assert len(asked) == 1
    assert person.roles.filter(pk=0).count() == 0
