import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0001_tables"),
        ("reporting", "0001_tables"),
        ("tenancy", "0003_meeting_place"),
    ]

    operations = [
        migrations.CreateModel(
            name="News",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=advocacy.tenancy.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("verb", models.CharField(max_length=60, verbose_name="what")),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                ("at", models.DateTimeField(default=advocacy.clock.now, verbose_name="when")),
                ("read_at", models.DateTimeField(null=True, verbose_name="read")),
                (
                    "event",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.event",
                    ),
                ),
                (
                    "member",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.membership",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_default=advocacy.tenancy.base.CurrentTenant(),
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "news",
                "verbose_name_plural": "news",
                "ordering": ["-at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "member", "-at", "-id"], name="news_of_member"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["tenant", "member"],
                        name="news_unread",
                    ),
                    models.Index(fields=["tenant", "at"], name="news_by_age"),
                    models.Index(fields=["tenant", "subject_id"], name="news_by_subject"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="reporting_news_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="reporting_news_isolation"),
                    advocacy.tenancy.constraints.SameTenant(
                        field="member", name="reporting_news_member_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="event", name="reporting_news_event_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "member", "verb", "subject_id"), name="news_once"
                    ),
                ],
            },
        ),
    ]
