"""`scope_id__among=keys`: one key among many, told to PostgreSQL as a single array.

`in` writes a parameter for each key, and Django looks at each of them: an advisor who follows five hundred
activities waited longer for the question to be written than for its answer."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Lookup


class Among(Lookup):
    """The key that a foreign key bears is one of these."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        keys = sorted(self.rhs)
        if not keys:
            raise EmptyResultSet
        lhs, params = self.process_lhs(compiler, connection)
        return f"{lhs} = ANY(%s::bigint[])", [*params, keys]
