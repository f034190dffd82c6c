from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org", "0006_sign_in_two_steps")]
    operations = [migrations.AddField("tenant", "watermark", models.BooleanField(default=False))]
