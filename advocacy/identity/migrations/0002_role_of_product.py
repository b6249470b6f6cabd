"""Colleagues in product have a role (RSP-1)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_tables"),
        ("tenancy", "0006_role_of_product"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="invitation",
            name="invitation_role_known",
        ),
        migrations.AlterField(
            model_name="invitation",
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
            model_name="invitation",
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
                name="invitation_role_known",
            ),
        ),
    ]
