"""A grant knows whether it took one of a counted stock, and what ended makes room for the same again.

Until now one was put back that was never taken, where a stock came to be counted later; and whoever
came back to a tier, or whose entitlement came to bring something else, got nothing for the day on
which something had ended.
"""

from django.db import migrations, models

TOOK = """
UPDATE benefits_grant g SET took_stock = true
  FROM benefits_benefit b
 WHERE b.tenant_id = g.tenant_id AND b.id = g.benefit_id AND b.stock IS NOT NULL
   AND g.state IN ('approved', 'ordered', 'delivered')
"""
# Going back, one of a kind may be there for a day.
ONE = """
UPDATE benefits_grant g SET is_double = true
  FROM (SELECT tenant_id, id, row_number() OVER (
               PARTITION BY tenant_id, entitlement_id, advocate_id, period_on ORDER BY id DESC
             ) AS place
          FROM benefits_grant WHERE entitlement_id IS NOT NULL AND NOT is_double) d
 WHERE d.tenant_id = g.tenant_id AND d.id = g.id AND d.place > 1
"""


class Migration(migrations.Migration):
    dependencies = [("benefits", "0011_value_balance")]
    operations = [
        migrations.AddField(
            model_name="grant",
            name="took_stock",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RunSQL(TOOK, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="grant", name="grant_once_a_period"),
        migrations.RunSQL(migrations.RunSQL.noop, ONE),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.UniqueConstraint(
                fields=("tenant", "entitlement", "benefit", "advocate", "period_on"),
                condition=models.Q(
                    entitlement__isnull=False, is_double=False, ended_on__isnull=True
                ),
                name="grant_once_a_period",
            ),
        ),
    ]
