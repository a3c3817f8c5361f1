"""Data: the accounts of suppliers and of advances on expenses, and the roles that came with payment orders."""

from django.db import migrations

from accounting.chart import load_first_chart


def load(apps, schema_editor):
    load_first_chart(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("accounting", "0003_rest_of_the_month")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
