"""What the person likes to get back, as ideas for whoever thanks them (ADV-2.e)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocates.models import Preference
from advocates.people.selectors import preferences_of
from advocates.program.catalogue.choices import Rewards
from benefits.thanks.choices import ThankYouKind
from benefits.thanks.models import ThankYou

Appreciation = Preference.Appreciation

_IDEAS: Mapping[str, str | Promise] = {
    Appreciation.RECOGNITION: gettext_lazy("Recognition: say it where their colleagues read it."),
    Appreciation.ACCESS: gettext_lazy("Access: offer a talk with somebody they rarely meet."),
    Appreciation.NETWORKING: gettext_lazy("Networking: name a customer they might like to meet."),
    Appreciation.GIFTS: gettext_lazy("Gifts: something small and personal."),
    Appreciation.INFLUENCE: gettext_lazy("Influence: ask what we should build next."),
    Appreciation.PERSONAL_BRAND: gettext_lazy(
        "Personal brand: recommend them, or share what they made."
    ),
    Appreciation.CHARITY: gettext_lazy("Charity: a donation in their name."),
}


def ideas_for(thank_you: ThankYou) -> list[str]:
    """What fits them; nothing where nobody knows, and nothing that is not allowed.

    After an activity that is never rewarded, such as a review, none at all (BEN-4).
    """
    never = thank_you.activity.activity_type.rewards == Rewards.NEVER
    if never or thank_you.kind == ThankYouKind.APOLOGY:
        return []
    likes = preferences_of(thank_you.advocate).appreciation
    found = []
    for code in Appreciation.values:
        if code not in likes:
            continue
        if code == Appreciation.GIFTS and thank_you.advocate.account.gifts_allowed is False:
            found.append(_("Gifts, but their company allows none."))
        else:
            found.append(str(_IDEAS[code]))
    return found
