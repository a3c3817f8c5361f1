"""The mileage scale of 2026."""

import pgtrigger
from django.db import migrations

from invoicing.mileage_scale import YEAR, load_first_scale


def add(apps, schema_editor):
    load_first_scale(apps.get_model)


def remove(apps, schema_editor):
    with pgtrigger.ignore("invoicing.MileageBand:mileageband_append_only"):
        apps.get_model("invoicing", "MileageBand").objects.filter(scale__year=YEAR).delete()
    with pgtrigger.ignore("invoicing.MileageScale:mileagescale_append_only"):
        apps.get_model("invoicing", "MileageScale").objects.filter(year=YEAR).delete()


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0003_rest_of_the_month")]

    operations = [migrations.RunPython(add, remove)]
