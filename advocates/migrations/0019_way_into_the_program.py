"""When somebody came to where they stand, the parts of an invitation, kinds of touch (ENR-1)."""

from django.db import migrations, models

# As far as the tables know it; of the others nobody knows since when.
_SINCE = """
UPDATE advocates_advocate a
   SET status_since = CASE
         WHEN a.status IN ('active', 'paused') THEN a.enrolled_at
         WHEN a.status = 'declined' THEN a.declined_at
         WHEN a.status = 'invited' THEN (
           SELECT max(i.sent_at) FROM advocates_programinvitation i
            WHERE i.tenant_id = a.tenant_id AND i.advocate_id = a.id)
         WHEN a.status = 'nominated' THEN (
           SELECT max(n.created_at) FROM advocates_nomination n
            WHERE n.tenant_id = a.tenant_id AND n.advocate_id = a.id)
         WHEN a.status IN ('qualified', 'cultivating') THEN (
           SELECT max(n.decided_at) FROM advocates_nomination n
            WHERE n.tenant_id = a.tenant_id AND n.advocate_id = a.id)
       END
 WHERE a.status NOT IN ('candidate', 'alumni')
"""
# On the way back; else the rule of before would refuse the rows.
_KINDS_OF_BEFORE = """
UPDATE advocates_touch SET kind = 'check_in' WHERE kind IN ('preview', 'community')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0018_neutral_moments"),
        ("tenancy", "0004_functions_for_citus"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="touch",
            name="touch_kind_known",
        ),
        migrations.AddField(
            model_name="advocate",
            name="status_since",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="there since"
            ),
        ),
        migrations.AddField(
            model_name="programinvitation",
            name="asked",
            field=models.TextField(blank=True, default="", verbose_name="what is asked"),
        ),
        migrations.AddField(
            model_name="programinvitation",
            name="gives",
            field=models.TextField(blank=True, default="", verbose_name="what they get"),
        ),
        migrations.AddField(
            model_name="programinvitation",
            name="level_reason",
            field=models.TextField(blank=True, default="", verbose_name="why from somebody else"),
        ),
        migrations.AddField(
            model_name="programinvitation",
            name="skip_reason",
            field=models.TextField(
                blank=True, default="", verbose_name="why nobody was in touch before"
            ),
        ),
        migrations.AlterField(
            model_name="programinvitation",
            name="personal_line",
            field=models.TextField(blank=True, default="", verbose_name="why them"),
        ),
        migrations.AlterField(
            model_name="touch",
            name="kind",
            field=models.CharField(
                choices=[
                    ("check_in", "Personal check-in"),
                    ("executive", "Contact with an executive"),
                    ("preview", "They saw something new before others"),
                    ("community", "Invited to the community"),
                    ("feedback", "They gave feedback"),
                    ("note", "Note"),
                ],
                default="check_in",
                max_length=10,
                verbose_name="what it was",
            ),
        ),
        migrations.AddConstraint(
            model_name="touch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["check_in", "executive", "preview", "community", "feedback", "note"],
                    )
                ),
                name="touch_kind_known",
            ),
        ),
        migrations.RunSQL(_SINCE, _KINDS_OF_BEFORE),
    ]
