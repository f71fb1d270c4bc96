from django.db import migrations

from . import _codebook

class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0011_leads'),
    ]

    operations = [migrations.RunPython(_codebook.redraw_boundaries, _codebook.restore_boundaries)]
