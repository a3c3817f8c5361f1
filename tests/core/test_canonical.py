"""The hash of frozen facts: the order of keys says nothing, everything else does."""

import hashlib

import pytest

from cae.core.canonical import sha256_of


def test_the_same_facts_have_the_same_hash_whatever_the_order_of_their_keys() -> None:
    assert sha256_of({"a": 1, "b": ["é"]}) == sha256_of({"b": ["é"], "a": 1})
    assert sha256_of({"a": "é"}) == hashlib.sha256('{"a":"é"}'.encode()).hexdigest()


@pytest.mark.parametrize("other", [{"a": 1}, {"a": [2, 1]}, {"a": ["1", 2]}, [["a", 1, 2]]])
def test_other_facts_have_another(other: object) -> None:
    assert sha256_of({"a": [1, 2]}) != sha256_of(other)  # type: ignore[arg-type]


def test_what_json_does_not_write_is_refused() -> None:
    with pytest.raises(TypeError):
        sha256_of({"a": object()})
