"""Views of balances that count what customers hold back."""

from django.db import migrations

from invoicing.models.balances import CREATE_VIEW_WITH_LOSSES, CREATE_VIEW_WITH_RETENTION, DROP_VIEW


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0005_chasing_data")]
    operations = [
        migrations.RunSQL(DROP_VIEW + CREATE_VIEW_WITH_RETENTION, DROP_VIEW + CREATE_VIEW_WITH_LOSSES),
    ]
