"""French alphabetical order without ICU: a generated column in plain letters (Çelik, Claude, Émile, eric)."""

from __future__ import annotations

from django.db.models import CharField, Func


class PlainText(Func):
    """Lower case, without accents; the SQL function is created by the first migration of the room."""

    function = "alveole_plain"
    arity = 1
    output_field = CharField()
