"""Life of a tenant's own text of a mail: in use ⇄ put back (MSG-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class TemplateState(models.TextChoices):
    """Whose text goes out."""

    IN_USE = "in_use", _("Yours is in use")
    PUT_BACK = "put_back", _("Ours is in use")


MAIL_TEMPLATE = Lifecycle(
    "mail template",
    TemplateState,
    Move(
        name="send_test",
        verb="mail_template.tested",
        words=_("had a test of a mail sent"),
        source=("in_use",),
        to="in_use",
        may="settings.rules",
        label=_("Send me a test"),
        icon="send",
        primary=True,
        many=False,
        done=_("On its way to your own address, with sample data."),
    ),
    Move(
        name="put_back",
        verb="mail_template.put_back",
        words=_("put our text of a mail back"),
        source=("in_use",),
        to="put_back",
        may="settings.rules",
        label=_("Put back ours"),
        icon="arrow-back-up",
        confirm=_("From now on our text goes out. Yours is kept, to use it again."),
        done=_("Our text is in use again; yours is kept."),
        many=False,
    ),
    Move(
        name="use_again",
        verb="mail_template.used_again",
        words=_("took their own text of a mail into use again"),
        source=("put_back",),
        to="in_use",
        may="settings.rules",
        label=_("Use it again"),
        icon="refresh",
        primary=True,
        many=False,
        done=_("Your text is in use again."),
    ),
)
