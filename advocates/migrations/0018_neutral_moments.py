"""Moments at which a review may be asked for (MOM-1)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0017_candidates_and_touches"),
        ("tenancy", "0002_merged_records"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="moment",
            name="moment_kind_known",
        ),
        migrations.AlterField(
            model_name="moment",
            name="kind",
            field=models.CharField(
                choices=[
                    ("onboarded", "Onboarded"),
                    ("outcome", "Outcome reached"),
                    ("review", "Business review"),
                    ("renewal", "Renewal"),
                    ("release", "Release adopted"),
                    ("tenure", "Time as a customer reached"),
                    ("usage", "Product use reached"),
                ],
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="moment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["onboarded", "outcome", "review", "renewal", "release", "tenure", "usage"],
                    )
                ),
                name="moment_kind_known",
            ),
        ),
    ]
