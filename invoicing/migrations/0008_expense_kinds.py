"""First kinds of expense and their rules."""

from django.db import migrations

from invoicing.first_expense_kinds import load_first_kinds


def load(apps, schema_editor):
    load_first_kinds(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("accounting", "0002_first_chart"), ("invoicing", "0007_purchases_data")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
