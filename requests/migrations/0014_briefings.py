"""What both sides of a call read before it (FUL-2)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids
from advocacy.tenancy.lookups import due_function, without_stuck

_TO_SEND = "SELECT DISTINCT b.tenant_id FROM requests_briefing b WHERE b.send_at <= clock()"
#: Who said yes before there were briefings has them too; the next booking says when they go out.
_OPEN = """
INSERT INTO requests_briefing
       (id, tenant_id, ask_id, side, why, questions, points, dos, donts, note)
SELECT gen_random_uuid(), ask.tenant_id, ask.id, sides.side, '', '', '', '', '', ''
  FROM requests_ask ask
  JOIN requests_request request
    ON request.tenant_id = ask.tenant_id AND request.id = ask.request_id
  JOIN advocates_activitytype kind
    ON kind.tenant_id = request.tenant_id AND kind.id = request.activity_type_id
  JOIN activities_activity activity
    ON activity.tenant_id = ask.tenant_id AND activity.id = ask.activity_id
 CROSS JOIN (VALUES ('advocate'), ('requester')) AS sides (side)
 WHERE ask.state = 'accepted' AND activity.state IN ('accepted', 'scheduled')
   AND request.meeting_format <> 'written' AND 'private_call' = ANY (kind.needs_comfort)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0007_set_up"),
        ("advocates", "0034_enablement_texts"),
        ("requests", "0013_approvals"),
        ("tenancy", "0006_role_of_product"),
    ]

    operations = [
        migrations.CreateModel(
            name="Briefing",
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
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("advocate", "The advocate"),
                            ("requester", "The requester, for the prospect"),
                        ],
                        editable=False,
                        max_length=9,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "why",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="One a line. Empty it, and what we know stands there again.",
                        max_length=1000,
                        verbose_name="why they fit",
                    ),
                ),
                (
                    "questions",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="One a line. Empty it, and what we know stands there again.",
                        max_length=3000,
                        verbose_name="what the prospect wants to know",
                    ),
                ),
                (
                    "points",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="One a line. Empty it, and what we know stands there again.",
                        max_length=3000,
                        verbose_name="talking points",
                    ),
                ),
                (
                    "dos",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="One a line. Empty it, and what we know stands there again.",
                        max_length=2000,
                        verbose_name="please do",
                    ),
                ),
                (
                    "donts",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="One a line. Empty it, and what we know stands there again.",
                        max_length=2000,
                        verbose_name="please do not",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="What only you know. It stands first.",
                        max_length=1000,
                        verbose_name="a personal line",
                    ),
                ),
                ("edited_at", models.DateTimeField(editable=False, null=True)),
                ("send_at", models.DateTimeField(editable=False, null=True)),
                ("sent_at", models.DateTimeField(editable=False, null=True)),
                (
                    "ask",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="briefings",
                        to="requests.ask",
                    ),
                ),
                (
                    "edited_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
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
                "verbose_name": "briefing",
                "ordering": ["id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("send_at__isnull", False)),
                        fields=["tenant", "send_at"],
                        name="briefing_to_send",
                    )
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="requests_briefing_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="requests_briefing_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="ask", name="requests_briefing_ask_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="edited_by", name="requests_briefing_edited_by_fk"
                    ),
                    models.UniqueConstraint(fields=("tenant", "ask", "side"), name="briefing_once"),
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["advocate", "requester"])),
                        name="briefing_side_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(_OPEN, migrations.RunSQL.noop),
        due_function(
            "tenants_with_due_briefings", f"{_TO_SEND} AND {without_stuck('briefing', 'b')}"
        ),
    ]
