"""The lock under which what concerns one assembly is written, one act after the other."""

from __future__ import annotations

from governance.models import Assembly


def locked_assembly(key: int) -> Assembly:
    """Gives the assembly under lock, with its rules: a cap, an order, an arrival is then judged on what is
    written already."""
    return Assembly.objects.select_for_update(of=("self",)).select_related("rule_set").get(pk=key)
