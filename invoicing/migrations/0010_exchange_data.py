"""Activities opened before addresses were given have theirs: their code, since their first day."""

from django.db import migrations


def add(apps, schema_editor):
    address = apps.get_model("invoicing", "RoutingAddress")
    given = address.objects.values_list("activity_id", flat=True)
    rows = apps.get_model("entrepreneurs", "Activity").objects.exclude(pk__in=given)
    address.objects.bulk_create(
        address(activity_id=pk, suffix=code, starts_on=opened_on)
        for pk, code, opened_on in rows.values_list("pk", "code", "opened_on")
    )


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0009_deals_data")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
