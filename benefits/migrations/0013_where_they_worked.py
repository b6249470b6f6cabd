"""A gift stays with the company whose people got it (REP-1)."""

import django.db.models.deletion
from django.db import migrations

import advocacy.tenancy.base
import advocacy.tenancy.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0042_erasure_requests"),
        ("benefits", "0012_what_a_grant_took"),
        ("tenancy", "0007_small_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="grant",
            name="account",
            field=advocacy.tenancy.base.TenantForeignKey(
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="advocates.account",
                verbose_name="their company then",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=advocacy.tenancy.constraints.SameTenant(
                field="account", name="benefits_grant_account_fk"
            ),
        ),
    ]
