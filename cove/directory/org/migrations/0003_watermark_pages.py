from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org", "0002_roles_hold_rights_with_scopes")]
    operations = [migrations.AddField("tenant", "watermark", models.BooleanField(default=False))]
