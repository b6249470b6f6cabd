"""Tenants from before get the kinds that a new one starts with (BEN-1). What is there stays; running
it again changes nothing.
"""

from django.db import migrations

#: Code, category, name, cost, perceived value, effort levels, whether it takes an approval.
_KINDS = (
    ("website_spotlight", "public_recognition", "Website spotlight", 0, 0, "", False),
    ("newsletter_feature", "public_recognition", "Newsletter feature", 0, 0, "", False),
    ("social_shout_out", "public_recognition", "Social shout-out with tag", 0, 0, "", False),
    ("all_hands_mention", "public_recognition", "Mention at an all-hands", 0, 0, "", False),
    ("yearly_award", "public_recognition", "Yearly award", 150, 300, "", True),
    ("executive_note", "private_recognition", "Executive note, handwritten", 0, 0, "", False),
    ("appreciation_call", "private_recognition", "Appreciation call", 0, 0, "", False),
    (
        "business_review_credit",
        "private_recognition",
        "Credit in the business review",
        0,
        0,
        "",
        False,
    ),
    (
        "strategic_designation",
        "private_recognition",
        "Strategic-account designation",
        0,
        0,
        "",
        False,
    ),
    ("early_access", "product_access", "Beta and early access", 0, 100, "", False),
    ("tier_upgrade", "product_access", "Tier upgrade", 0, 500, "high", True),
    ("extra_licences", "product_access", "Extra licences", 0, 400, "", True),
    ("service_upgrade", "product_access", "Service upgrade", 200, 500, "", True),
    (
        "feature_consideration",
        "product_access",
        "Consideration of a requested feature",
        0,
        0,
        "",
        False,
    ),
    ("roadmap_preview", "information_access", "Roadmap preview, quarterly", 0, 100, "", False),
    ("strategy_session", "information_access", "Product strategy session", 0, 200, "", False),
    (
        "behind_the_scenes",
        "information_access",
        "Company insight behind the scenes",
        0,
        100,
        "",
        False,
    ),
    ("industry_trends", "information_access", "Industry trends", 0, 50, "", False),
    ("executive_sponsor", "executive_access", "Executive sponsor", 0, 300, "", False),
    ("direct_line", "executive_access", "Direct line to an executive", 0, 300, "", False),
    ("executive_dinner", "executive_access", "Executive dinner", 150, 200, "high", True),
    ("mentoring", "executive_access", "Mentoring", 0, 300, "", False),
    ("strategic_planning", "executive_access", "Strategic planning session", 0, 300, "", False),
    ("quality_apparel", "swag", "Quality apparel", 35, 45, "", False),
    ("useful_gadget", "swag", "Useful gadget", 30, 40, "", False),
    ("limited_edition", "swag", "Limited edition", 80, 120, "moderate,high", False),
    ("personal_item", "gift", "Personal item", 90, 120, "moderate,high", False),
    ("gift_card", "gift", "Gift card, where tastes are unknown", 100, 100, "moderate,high", False),
    ("dining", "experience", "Dining", 120, 150, "moderate,high", False),
    ("entertainment", "experience", "Entertainment", 150, 200, "high", False),
    ("event_tickets", "experience", "Event tickets", 250, 300, "high", False),
    ("travel", "experience", "Travel", 450, 500, "high", True),
    ("conference_vip", "experience", "VIP treatment at a conference", 300, 400, "high", False),
    ("charity_donation", "charity", "Donation in the advocate's name", 50, 50, "", False),
    ("advocate_summit", "networking", "Advocate summit, yearly", 300, 500, "high", True),
    ("roundtable", "networking", "Roundtable", 50, 150, "", False),
    ("peer_group", "networking", "Peer group", 0, 100, "", False),
    ("meetup", "networking", "Meetup", 20, 50, "", False),
    ("private_channel", "networking", "Private channel", 0, 0, "", False),
    ("media_introduction", "networking", "Media introduction", 0, 200, "", False),
    ("advisory_board", "influence", "Seat on the advisory board", 0, 400, "high", True),
    ("roadmap_input", "influence", "Roadmap input", 0, 100, "", False),
    ("feature_priority", "influence", "Feature priority", 0, 200, "", False),
    ("positioning_input", "influence", "Positioning and messaging input", 0, 50, "", False),
    ("stage", "personal_brand", "A stage", 0, 400, "", False),
    ("co_written_article", "personal_brand", "Co-written article", 0, 300, "", False),
    ("joint_webinar", "personal_brand", "Joint webinar", 0, 200, "", False),
    ("learning_session", "personal_brand", "Learning session", 0, 100, "", False),
    ("certification", "personal_brand", "Certification", 100, 300, "", False),
    ("own_benchmark", "personal_brand", "Own benchmark against peers", 0, 200, "", False),
    ("research_report", "personal_brand", "Research report", 0, 100, "", False),
)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_VALUES = ",\n".join(
    f"({_quoted(code)}, {_quoted(category)}, {_quoted(name)}, {cost}, {value},"
    f" {_quoted(levels)}, {approval})"
    for code, category, name, cost, value, levels, approval in _KINDS
)
_ADD = """
INSERT INTO benefits_benefit
       (id, tenant_id, code, category, name, description, cost, value, tiers, effort_levels,
        needs_approval, is_on, created_at)
SELECT gen_random_uuid(), tenant.id, usual.code, usual.category, usual.name, '', usual.cost,
       usual.value, '{}',
       COALESCE(string_to_array(NULLIF(usual.levels, ''), ','), '{}')::varchar[],
       usual.approval, true, clock()
  FROM tenancy_tenant tenant
 CROSS JOIN (VALUES %(usual)s) AS usual (code, category, name, cost, value, levels, approval)
ON CONFLICT (tenant_id, code) WHERE code <> '' DO NOTHING
""".replace("%(usual)s", _VALUES)


class Migration(migrations.Migration):
    dependencies = [("benefits", "0005_catalogue_and_grants")]
    operations = [migrations.RunSQL(_ADD, migrations.RunSQL.noop)]
