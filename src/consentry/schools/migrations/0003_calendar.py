"""Where a school's law is made, and its calendar, which only the school itself sees."""

import django.db.models.deletion
from django.db import migrations, models

from consentry.audit.row_security import only_own_site


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0002_terms_and_addresses'),
        ('audit', '0002_wall'),
    ]

    operations = [
        migrations.AddField(
            model_name='site',
            name='jurisdiction',
            field=models.TextField(choices=[('england', 'England'), ('wales', 'Wales'), ('scotland', 'Scotland'), ('northern-ireland', 'Northern Ireland')], default='england'),
        ),
        migrations.CreateModel(
            name='CalendarDays',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('term', 'Term'), ('half-term', 'Half term'), ('closure', 'Closure'), ('open', 'Open although a bank holiday or weekend')])),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('session', models.TextField(choices=[('AM', 'AM'), ('PM', 'PM')], null=True)),
                ('name', models.TextField(blank=True, default='')),
                ('school', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.site')),
            ],
            options={
                'indexes': [models.Index(fields=['school', 'first_day'], name='calendar_of_school')],
                'constraints': [models.CheckConstraint(condition=models.Q(('first_day__lte', models.F('last_day'))), name='calendar_days_in_order'), models.CheckConstraint(condition=models.Q(('session', None), ('kind__in', ['closure', 'open']), _connector='OR'), name='calendar_session_of_closure_or_opening'), models.CheckConstraint(condition=models.Q(('session', None), ('session__in', ['AM', 'PM']), _connector='OR'), name='calendar_session_is_one'), models.CheckConstraint(condition=models.Q(('kind__in', ['term', 'half-term', 'closure', 'open'])), name='calendar_kind_is_known')],
            },
        ),
        only_own_site('schools_calendardays'),
    ]
