"""The series that numbers supplier orders."""

from django.db import migrations

CODE = "supplier_order"


def add(apps, schema_editor):
    apps.get_model("core", "NumberSeries").objects.get_or_create(
        code=CODE,
        defaults={"label": "Commandes fournisseurs", "template": "BC{YYYY}-{SEQ_YEAR:4}", "dates_rise": True},
    )


def remove(apps, schema_editor):
    apps.get_model("core", "NumberSeries").objects.filter(code=CODE, counter=0).delete()


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0006_parts_data")]

    operations = [migrations.RunPython(add, remove)]
