"""An account's owner has a say before somebody there is asked (ASK-2, docs/decisions/0038)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.tenancy.base
import advocacy.tenancy.constraints
from advocacy.tenancy.lookups import due_function, without_stuck

_DUE = "SELECT DISTINCT a.tenant_id FROM requests_ask a WHERE "
_SENT = (
    f"a.state = 'sent' AND (a.expires_at <= clock() AND {without_stuck('ask-expiry', 'a')} "
    "OR a.expires_at > clock() AND a.reminded_at IS NULL AND a.remind_at <= clock() "
    f"AND {without_stuck('ask-reminder', 'a')})"
)
_PROPOSED = f"a.state = 'proposed' AND a.expires_at <= clock() AND {without_stuck('ask-say', 'a')}"
_NAME = "tenants_with_due_asks"


class Migration(migrations.Migration):
    """Asks from before all went out; nobody's say is awaited."""

    dependencies = [
        ("activities", "0004_duties"),
        ("advocates", "0036_reserved_unit_back"),
        ("requests", "0014_briefings"),
        ("tenancy", "0006_role_of_product"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="ask",
            name="ask_state_known",
        ),
        migrations.AddField(
            model_name="ask",
            name="is_sent",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="ask",
            name="not_before",
            field=models.DateField(
                help_text="The day from which on it may go out.",
                null=True,
                verbose_name="not before",
            ),
        ),
        migrations.AddField(
            model_name="ask",
            name="proposed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="ask",
            name="said",
            field=models.CharField(
                blank=True,
                choices=[
                    ("go", "Go"),
                    ("not_before", "Not before a day"),
                    ("rather_not", "Rather somebody else"),
                    ("silence", "Nothing, so it went out"),
                ],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="ask",
            name="said_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="ask",
            name="said_by",
            field=advocacy.tenancy.base.TenantForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="ask",
            name="say_because",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="ask",
            name="say_note",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=500, verbose_name="reason"
            ),
        ),
        migrations.AddField(
            model_name="ask",
            name="say_of",
            field=advocacy.tenancy.base.TenantForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="ask",
            name="say_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="ask",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "Waiting for the account's owner"),
                    ("sent", "Waiting for an answer"),
                    ("accepted", "Accepted"),
                    ("declined", "Declined"),
                    ("later", "Another time"),
                    ("someone_else", "Suggested somebody else"),
                    ("expired", "Not answered"),
                    ("filled", "Already filled"),
                    ("cancelled", "Withdrawn"),
                    ("not_asked", "Not asked after all"),
                ],
                default="sent",
                max_length=14,
            ),
        ),
        migrations.AddIndex(
            model_name="ask",
            index=models.Index(
                condition=models.Q(("state", "proposed")),
                fields=["tenant", "expires_at"],
                name="ask_proposed",
            ),
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=advocacy.tenancy.constraints.SameTenant(
                field="say_of", name="requests_ask_say_of_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=advocacy.tenancy.constraints.SameTenant(
                field="said_by", name="requests_ask_said_by_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "proposed",
                            "sent",
                            "accepted",
                            "declined",
                            "later",
                            "someone_else",
                            "expired",
                            "filled",
                            "cancelled",
                            "not_asked",
                        ],
                    )
                ),
                name="ask_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("said", ""),
                    ("said__in", ["go", "not_before", "rather_not", "silence"]),
                    _connector="OR",
                ),
                name="ask_said_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("is_sent", True),
                        models.Q(("state__in", ["proposed", "not_asked"]), _negated=True),
                    ),
                    models.Q(
                        ("is_sent", False),
                        ("state__in", ["proposed", "not_asked", "filled", "cancelled"]),
                    ),
                    _connector="OR",
                ),
                name="ask_sent_or_not",
            ),
        ),
        migrations.RunSQL(
            due_function(_NAME, f"{_DUE} {_SENT} UNION {_DUE} {_PROPOSED}").sql,
            due_function(_NAME, f"{_DUE} {_SENT}").sql,
        ),
    ]
