"""Columns of the lists of statements by layout."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from accounting.views.tables import LineTable


class SectionLineTable(LineTable):
    """Lines of every section: each says which."""

    section = tables.Column(
        verbose_name=_("Section"), accessor="analytic__label", order_by="analytic__sort_label"
    )

    class Meta(LineTable.Meta):
        fields = ("on", "entry", "label", "section", "account", "debit", "credit")
