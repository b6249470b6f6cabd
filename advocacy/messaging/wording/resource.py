"""The manifest of texts of mails (MSG-1). ``advocacy.rest`` announces it, with its viewset."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.messaging.wording import pages, services
from advocacy.messaging.wording.lifecycle import MAIL_TEMPLATE
from advocacy.messaging.wording.models import MailTemplate
from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle

MAIL_TEMPLATES = Resource(
    name="mail-templates",
    model=MailTemplate,
    subject="mail_template",
    title=_("Texts of mails"),
    answer=ngettext_lazy("%(count)s text is your own", "%(count)s texts are your own", "n"),
    new_label=_("Write a text of your own"),
    icon="mail",
    nav_item="settings",
    view="settings.rules",
    edit="settings.rules",
    listed=pages.listed_templates,
    table=pages.TemplateTable,
    form=pages.TemplateForm,
    facts=pages.facts_of,
    pages={
        "list": pages.Templates,
        "new": pages.WriteTemplate,
        "detail": pages.TemplatePage,
        "edit": pages.WriteTemplate,
    },
    more_urls=[path("preview/", pages.PreviewTemplate.as_view(), name="preview")],
    empty_text=_("Our texts go out. Choose a mail and a language above to write your own."),
    create=services.create_template,
    update=services.update_template,
    lifecycle=MAIL_TEMPLATE,
    services={
        "send_test": services.send_test,
        "put_back": services.put_back,
        "use_again": services.use_again,
    },
    verbs={"mail_template.written": (_("wrote the text of a mail"), "mail", "neutral")},
    styles={
        "in_use": StatusStyle("success", "check"),
        "put_back": StatusStyle("neutral", "arrow-back-up"),
    },
    api_fields=("id", "kind", "language", "subject", "text", "state", "version", "changed_at"),
    api_filters=("kind", "language", "state"),
    api_ordering=("id", "kind"),
)
