"""A tenant's own text of a kind of mail, in one language (MSG-1)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.messaging.wording.lifecycle import MAIL_TEMPLATE, TemplateState
from advocacy.messaging.wording.text import Written
from advocacy.messaging.wording.titles import titles
from advocacy.records.writes import LimitedText, unbroken
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.text import LineField


class MailTemplate(TenantModel):
    """A tenant's own text of a kind of mail in one language; ours where there is none."""

    #: A code of ``wording.kinds``; no choices, since apps declare theirs at start.
    kind = models.SlugField(_("mail"), max_length=40)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    subject = LineField(_("subject"), max_length=200)
    text = LimitedText(_("text"), max_length=5000)
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=TemplateState,
        default=TemplateState.IN_USE,
        editable=False,
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    changed_at = models.DateTimeField(_("written"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("text of a mail")
        ordering = ["kind", "language", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kind", "language"], name="mail_template_once"
            ),
            MAIL_TEMPLATE.check("mail_template_state_known"),
            models.CheckConstraint(
                condition=models.Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="mail_template_language_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{titles.get(self.kind, self.kind)} · {self.get_language_display()}"

    @property
    def written(self) -> Written:
        """Its subject and text."""
        return Written(self.subject, unbroken(self.text))
