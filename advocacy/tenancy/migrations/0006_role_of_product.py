"""Colleagues in product have a role (RSP-1)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0005_absences"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="membership",
            name="membership_role_known",
        ),
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("program_manager", "Program manager"),
                    ("sales", "Sales"),
                    ("csm", "Customer success"),
                    ("marketing", "Marketing"),
                    ("product", "Product"),
                    ("executive", "Executive"),
                    ("approver", "Approver"),
                    ("admin", "Admin"),
                ],
                max_length=20,
                verbose_name="role",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "program_manager",
                            "sales",
                            "csm",
                            "marketing",
                            "product",
                            "executive",
                            "approver",
                            "admin",
                        ],
                    )
                ),
                name="membership_role_known",
            ),
        ),
    ]
