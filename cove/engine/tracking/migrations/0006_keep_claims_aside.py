from django.db import migrations, models

# Who said what is known of accounts was not kept: nothing of it counts as the server's word until the server says it again.
CLAIMED = "UPDATE tracking_account SET claims = traits, traits = '{}'"


class Migration(migrations.Migration):
    dependencies = [("tracking", "0005_keys_of_sources")]

    operations = [
        migrations.AddField("account", "claims", models.JSONField(default=dict)),
        migrations.AddField("account", "name_verified", models.BooleanField(default=False)),
        migrations.RunSQL(CLAIMED, migrations.RunSQL.noop),
    ]
