"""One after the other, where no row exists yet that one could lock."""

from django.db import connection


def take_turn(name: str) -> None:
    """Does: waits until everybody else who took the turn of this name is done, then keeps it to the end of
    the transaction. What is read afterwards is what they left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])
