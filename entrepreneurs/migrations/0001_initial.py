import cae.core.plain
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='nom commercial')),
                ('trade', models.CharField(max_length=80, verbose_name='métier')),
                ('code', models.CharField(help_text='Court et définitif : lettres capitales et chiffres, par exemple LENOIR.', max_length=12, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+$', 'Lettres capitales et chiffres seulement.')], verbose_name='code')),
                ('email', models.EmailField(max_length=254, verbose_name='adresse e-mail')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone')),
                ('opened_on', models.DateField(verbose_name='ouverte le')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='fermée le')),
                ('sort_name', models.GeneratedField(db_persist=True, expression=cae.core.plain.PlainText(models.F('name')), output_field=models.CharField(max_length=80))),
                ('scope', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='activity', to='people.scope', verbose_name='périmètre')),
            ],
            options={
                'verbose_name': 'activité',
                'verbose_name_plural': 'activités',
                'ordering': ['sort_name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z0-9]{1,12}$')), name='activity_code_plain'), models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='activity_closed_after_opened')],
            },
        ),
    ]
