"""A review is one by whatever code or name; nobody is rewarded for it or promised anything (BEN-4).

The pattern is that of ``program.catalogue.reviews`` as it was then.
"""

from django.db import migrations, models

_OTHERS = (
    "business", "quarterly", "monthly", "annual", "yearly", "executive", "account", "strategy",
    "design", "roadmap", "architecture", "security", "code", "contract", "legal",
)  # fmt: skip
_REVIEW = (
    "(?<![a-z])"
    + "".join(f"(?<!{word}[ _-])" for word in _OTHERS)
    + "(reviews?|ratings?|bewertung(en)?|rezension(en)?)(?![a-z])"
)
_IS_REVIEW = models.Q(code__iregex=_REVIEW) | models.Q(name__iregex=_REVIEW)
_NOTHING_FOR_REVIEWS = f"""
UPDATE advocates_activitytype SET rewards = 'never', tier_credit = 'no', gives_back = ''
 WHERE (code ~* '{_REVIEW}' OR name ~* '{_REVIEW}')
   AND (rewards <> 'never' OR tier_credit <> 'no' OR gives_back <> '')
"""  # noqa: S608 - no input


class Migration(migrations.Migration):
    dependencies = [("advocates", "0036_reserved_unit_back")]
    operations = [
        migrations.RunSQL(_NOTHING_FOR_REVIEWS, migrations.RunSQL.noop),
        migrations.RemoveConstraint("activitytype", "review_never_rewarded"),
        migrations.RemoveConstraint("activitytype", "review_promises_nothing"),
        migrations.AddConstraint(
            "activitytype",
            models.CheckConstraint(
                condition=~_IS_REVIEW | models.Q(rewards="never", tier_credit="no"),
                name="review_never_rewarded",
                violation_error_message="A review is never rewarded and never counts.",
            ),
        ),
        migrations.AddConstraint(
            "activitytype",
            models.CheckConstraint(
                condition=~_IS_REVIEW | models.Q(gives_back=""),
                name="review_promises_nothing",
                violation_error_message="Nobody is promised anything for a review.",
            ),
        ),
    ]
