"""First kinds of deal, their papers, first clauses, and the series that numbers deals."""

from django.db import migrations

from invoicing.deal_kinds import load_deal_kinds


def add(apps, schema_editor):
    load_deal_kinds(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0008_expense_kinds")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
