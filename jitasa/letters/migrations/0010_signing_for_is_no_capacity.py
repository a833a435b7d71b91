"""ลงนามแทน is no capacity: who was entered with it is offered no more."""

from django.db import migrations
from django.utils import timezone


def put_away(apps, schema_editor):
    """ลงนามแทน is no capacity: who was entered with it is offered no more and is entered anew."""
    signers = apps.get_model("letters", "Signer").objects.filter(capacity="for", retired_at=None)
    signers.update(retired_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("letters", "0009_who_signs")]
    operations = [migrations.RunPython(put_away, migrations.RunPython.noop, elidable=True)]
