"""Something asked too often is refused until a while has passed, and only under its own name."""

from django.core.cache import cache

from cae.core.limits import within_limit


def test_the_third_call_of_two_is_one_too_many() -> None:
    cache.clear()
    calls = [within_limit("essai", most=2, seconds=60) for _ in range(3)]
    assert calls == [True, True, False]
    assert within_limit("autre", most=2, seconds=60)
    cache.clear()
    assert within_limit("essai", most=2, seconds=60)
