"""Tenants from before get what the catalogue has by now (CAT-1): the short reference call, and what
each type gives back. Nothing that a tenant wrote or emptied is touched; running it again changes
nothing.
"""

from django.db import migrations

_GIVES_BACK = {
    "short_reference_call": "A few minutes with a peer who is where you once were, and who will remember it. You hear what they decided.",
    "reference_call": "You compare notes with a peer who is where you once were, and you may ask them as much as they ask you. You hear what they decided.",
    "executive_reference_call": "A conversation among equals with an executive who faces the decision you made, and a contact that is yours to keep. You hear what they decided.",
    "testimonial": "Your result becomes visible under your name, in words you approved, and you may use them yourself.",
    "video_clip": "You get the finished clip, to use it yourself wherever you like.",
    "video_testimonial": "You get the finished film, to use it yourself wherever you like.",
    "case_study": "Your team's result is written up properly and made visible, with your names on it if you like, and you may use the text yourself.",
    "referral": "Somebody you know gets help from people you trust, and you hear how it went.",
    "speaking": "A stage for your own story, help with the talk if you want it, and an audience of people with your questions.",
    "customer_panel": "You meet peers from other companies on and around the panel, and your view is heard.",
    "guest_article": "Your expertise in print under your own name, with an editor's help.",
    "site_visit": "You show what your team has built to people who can appreciate it, and hear how they work.",
    "reference_list": "You decide each time anew whether you are asked, and you are known to be worth asking.",
    "logo_use": "Your company is seen among others that do this well.",
    "event_attendance": "You meet peers, and the people who build what you use.",
    "advisory_board": "Your word counts where the direction is decided, among peers whom you would not meet otherwise.",
    "beta_test": "You see what is coming before others do, and can still change it.",
    "community_contribution": "Your answer helps many, and stays under your name.",
    "community_leadership": "You shape a group of peers in your field, and are known in it.",
    "product_feedback": "You talk to the people who decide what is built next, and hear what became of it.",
    "social_share": "Your own readers see what you have achieved.",
    "survey": "You hear what came out of it, and how others answered.",
    "co_marketing": "Your company is seen by an audience that is not yet its own.",
}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_VALUES = ",\n".join(f"({_quoted(code)}, {_quoted(text)})" for code, text in _GIVES_BACK.items())

# The new type can be requested where calls are asked for already.
_ADD_TYPE = """
INSERT INTO advocates_activitytype
       (id, tenant_id, code, name, description, gives_back, importance, effort, minutes_low,
        minutes_high, units, tier_credit, rewards, is_reference, needs_comfort,
        default_approvals, produces, is_on, position)
SELECT gen_random_uuid(), call.tenant_id, 'short_reference_call', 'Short reference call',
       'A quarter of an hour on the phone with one prospect who has a question or two. You get'
       ' them beforehand; nothing is recorded.',
       '', 'must', 'low', 15, 20, 1, 'yes', 'yes', true, ARRAY['private_call'], '{}', '',
       call.is_on, 0
  FROM advocates_activitytype call
 WHERE call.code = 'reference_call'
ON CONFLICT (tenant_id, code) DO NOTHING
"""
_SAY_WHAT_IT_GIVES_BACK = """
UPDATE advocates_activitytype kind
   SET gives_back = usual.text
  FROM (VALUES %(usual)s) AS usual (code, text)
 WHERE kind.code = usual.code AND kind.gives_back = ''
   AND NOT EXISTS (
         SELECT FROM events_event e
          WHERE e.tenant_id = kind.tenant_id AND e.verb = 'activity_type.updated'
            AND e.subject_id = kind.id AND e.payload->'fields' ? 'gives_back')
""".replace("%(usual)s", _VALUES)


class Migration(migrations.Migration):
    dependencies = [("advocates", "0008_block_or_warn"), ("events", "0001_tables")]
    operations = [
        migrations.RunSQL(_ADD_TYPE, migrations.RunSQL.noop),
        migrations.RunSQL(_SAY_WHAT_IT_GIVES_BACK, migrations.RunSQL.noop),
    ]
