"""How often something may be asked from outside: counted in the cache, forgotten after a while."""

from django.core.cache import cache


def within_limit(name: str, *, most: int, seconds: int) -> bool:
    """Counts one more call under this name; tells whether it is among the `most` of this span of time."""
    key = f"limit:{name}"
    cache.add(key, 0, seconds)
    try:
        return bool(cache.incr(key) <= most)
    except ValueError:  # forgotten between the two lines
        return True
