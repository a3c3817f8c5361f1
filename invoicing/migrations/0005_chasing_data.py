"""Views of balances that count losses; first steps of the cooperative's reminders."""

from django.db import migrations

from invoicing.models.balances import CREATE_VIEW, CREATE_VIEW_WITH_LOSSES, DROP_VIEW
from invoicing.reminder_steps import load_first_steps


def load(apps, schema_editor):
    load_first_steps(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0004_mileage_data")]
    operations = [
        migrations.RunSQL(DROP_VIEW + CREATE_VIEW_WITH_LOSSES, DROP_VIEW + CREATE_VIEW),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
