"""People agree to be recognised by name, as to a quote (BEN-8.a, ADV-4.a)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0040_back_beside_facts"),
        ("tenancy", "0007_small_tables"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="consent",
            name="consent_use_known",
        ),
        migrations.AlterField(
            model_name="consent",
            name="use",
            field=models.CharField(
                choices=[
                    ("reference_pool", "Being asked for references"),
                    ("quote", "Quotes"),
                    ("logo", "Logo"),
                    ("video", "Video"),
                    ("email", "E-mail"),
                    ("recognition", "Being recognised by name"),
                    ("employer", "Employer's approval"),
                ],
                max_length=16,
                verbose_name="covers",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "use__in",
                        [
                            "reference_pool",
                            "quote",
                            "logo",
                            "video",
                            "email",
                            "recognition",
                            "employer",
                        ],
                    )
                ),
                name="consent_use_known",
            ),
        ),
    ]
