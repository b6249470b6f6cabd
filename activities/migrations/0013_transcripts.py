"""Transcripts, who speaks in them, and the sentences worth quoting (TRN-1)."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0012_distribution"),
        ("advocates", "0041_recognition"),
        ("tenancy", "0007_small_tables"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="asset",
            name="asset_once_of_activity",
        ),
        migrations.AddField(
            model_name="asset",
            name="is_excerpt",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="out of a transcript"
            ),
        ),
        migrations.AddConstraint(
            model_name="asset",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("activity__isnull", False), ("is_excerpt", False), ("origin__isnull", True)
                ),
                fields=("tenant", "activity", "kind"),
                name="asset_once_of_activity",
            ),
        ),
        migrations.CreateModel(
            name="Transcript",
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
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "held_on",
                    models.DateField(blank=True, null=True, verbose_name="day of the call"),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("de", "Deutsch"),
                            ("id", "Bahasa Indonesia"),
                            ("ms", "Bahasa Melayu"),
                            ("pt-br", "Português (Brasil)"),
                        ],
                        default="en",
                        max_length=8,
                        verbose_name="language",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("vtt", "WebVTT"), ("srt", "SubRip"), ("txt", "Text")],
                        default="txt",
                        max_length=3,
                        verbose_name="read as",
                    ),
                ),
                (
                    "consent_note",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=300,
                        verbose_name="how they agreed to being recorded",
                    ),
                ),
                ("line_count", models.PositiveIntegerField(default=0, verbose_name="lines")),
                (
                    "created_at",
                    models.DateTimeField(default=advocacy.clock.now, verbose_name="added"),
                ),
                (
                    "account",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="transcripts",
                        to="advocates.account",
                        verbose_name="account",
                    ),
                ),
                (
                    "activity",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="transcripts",
                        to="activities.activity",
                        verbose_name="activity",
                    ),
                ),
                (
                    "added_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="added by",
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
                "verbose_name": "transcript",
                "ordering": ["-created_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "-created_at", "-id"], name="transcript_recent"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="activities_transcript_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="activities_transcript_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="account", name="activities_transcript_account_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity", name="activities_transcript_activity_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="added_by", name="activities_transcript_added_by_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["en", "de", "id", "ms", "pt-br"])),
                        name="transcript_language_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("format__in", ["vtt", "srt", "txt"])),
                        name="transcript_format_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TranscriptSpeaker",
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
                ("position", models.PositiveSmallIntegerField()),
                (
                    "label",
                    models.CharField(
                        blank=True, default="", max_length=80, verbose_name="name in the transcript"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("unknown", "Not said yet"),
                            ("advocate", "Somebody at the customer"),
                            ("colleague", "One of us"),
                            ("other", "Somebody else"),
                        ],
                        default="unknown",
                        max_length=9,
                        verbose_name="who it is",
                    ),
                ),
                (
                    "is_guess",
                    models.BooleanField(default=False, verbose_name="guessed by the name"),
                ),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advocates.advocate",
                        verbose_name="advocate",
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
                (
                    "transcript",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="speakers",
                        to="activities.transcript",
                    ),
                ),
            ],
            options={
                "verbose_name": "speaker",
                "ordering": ["position"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(
                        name="activities_transcriptspeaker_tkey"
                    ),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="activities_transcriptspeaker_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="transcript", name="activities_transcriptspeaker_transcript_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="activities_transcriptspeaker_advocate_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "transcript", "position"), name="transcript_speaker_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("side__in", ["unknown", "advocate", "colleague", "other"])
                        ),
                        name="transcript_speaker_side_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("advocate__isnull", False), ("side", "advocate")),
                            models.Q(
                                models.Q(("side", "advocate"), _negated=True),
                                ("advocate__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="transcript_speaker_is_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TranscriptLine",
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
                ("number", models.PositiveIntegerField(verbose_name="line")),
                ("start_ms", models.PositiveIntegerField(null=True, verbose_name="begins at")),
                ("end_ms", models.PositiveIntegerField(null=True, verbose_name="ends at")),
                ("text", models.TextField(blank=True, verbose_name="text")),
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
                (
                    "transcript",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="activities.transcript",
                    ),
                ),
                (
                    "speaker",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="activities.transcriptspeaker",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a transcript",
                "ordering": ["number"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="activities_transcriptline_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="activities_transcriptline_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="transcript", name="activities_transcriptline_transcript_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="speaker", name="activities_transcriptline_speaker_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "transcript", "number"), name="transcript_line_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TranscriptProposal",
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
                ("start", models.PositiveIntegerField(verbose_name="from character")),
                ("start_ms", models.PositiveIntegerField(null=True, verbose_name="time")),
                ("text", models.TextField(blank=True, verbose_name="sentence")),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("outcome", "An outcome: how it was before, and how it is now."),
                                ("number", "A number with what it counts."),
                                ("praise", "Praise, with the reason for it."),
                                ("comparison", "A comparison."),
                                ("product", "It names one of your products."),
                                ("first", "They speak for themselves."),
                            ],
                            max_length=10,
                        ),
                        default=list,
                        size=None,
                        verbose_name="why",
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(default=0, verbose_name="score")),
                (
                    "before",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="before"),
                ),
                (
                    "after",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="after"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "Proposed"), ("chosen", "A draft quote")],
                        default="proposed",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "asset",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.asset",
                        verbose_name="draft",
                    ),
                ),
                (
                    "line",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="activities.transcriptline",
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
                (
                    "transcript",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="activities.transcript",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposed sentence",
                "ordering": ["-score", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        fields=["tenant", "transcript", "-score", "-id"],
                        name="transcript_best_first",
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(
                        name="activities_transcriptproposal_tkey"
                    ),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="activities_transcriptproposal_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="transcript", name="activities_transcriptproposal_transcript_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="line", name="activities_transcriptproposal_line_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="asset", name="activities_transcriptproposal_asset_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "chosen"])),
                        name="transcript_proposal_state_known",
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "line", "start"), name="transcript_proposal_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "chosen"), _negated=True),
                            ("asset__isnull", False),
                            _connector="OR",
                        ),
                        name="transcript_proposal_has_draft",
                    ),
                ],
            },
        ),
    ]
