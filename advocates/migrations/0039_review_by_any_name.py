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

_GUARD = """
CREATE OR REPLACE FUNCTION refuse_tier_for_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM advocates_activitytype k
     WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.activity_type_id AND {is_review}
  ) THEN
    RAISE EXCEPTION 'a review earns no tier' USING ERRCODE = '23514',
      CONSTRAINT = 'review_earns_no_tier', DETAIL = 'review_earns_no_tier';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER activity_type_review_stays ON advocates_activitytype;
CREATE TRIGGER activity_type_review_stays BEFORE UPDATE OF code ON advocates_activitytype
  FOR EACH ROW WHEN (({old}) <> ({new})) EXECUTE FUNCTION refuse_renamed_review();
"""
_BY_ANY_NAME = _GUARD.format(
    is_review=f"(k.code ~* '{_REVIEW}' OR k.name ~* '{_REVIEW}')",
    old=f"OLD.code ~* '{_REVIEW}'",
    new=f"NEW.code ~* '{_REVIEW}'",
)
_BY_ITS_CODE = _GUARD.format(
    is_review="k.code = 'review'", old="OLD.code = 'review'", new="NEW.code = 'review'"
)


class Migration(migrations.Migration):
    dependencies = [("advocates", "0038_review_earns_no_tier")]
    operations = [
        migrations.RunSQL(_NOTHING_FOR_REVIEWS, migrations.RunSQL.noop),
        migrations.RunSQL(_BY_ANY_NAME, _BY_ITS_CODE),
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
