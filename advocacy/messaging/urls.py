"""Addresses of mail."""

from django.urls import path

from advocacy.messaging import mailbox, stuck
from advocacy.messaging import pages as views
from advocacy.messaging.work_links.pages import WorkPage

#: Below ``/t/<slug>/``.
tenant_urlpatterns = [
    path("undo/", views.UndoPress.as_view(), name="undo"),
    path("settings/mail/", views.MailLog.as_view(), name="mail-log"),
    path("settings/mail/several/retry/", views.MailRetryMany.as_view(), name="mail-retry-many"),
    path("settings/mail/<uuid:pk>/", views.MailEntry.as_view(), name="mail-entry"),
    path("settings/mail/<uuid:pk>/retry/", views.MailRetry.as_view(), name="mail-retry"),
    path("settings/mail/<uuid:pk>/returned/", views.MailReturned.as_view(), name="mail-returned"),
    path("settings/stuck/", stuck.StuckList.as_view(), name="stuck"),
    path("settings/stuck/several/retry/", stuck.StuckRetryMany.as_view(), name="stuck-retry-many"),
    path("settings/stuck/<uuid:pk>/retry/", stuck.StuckRetry.as_view(), name="stuck-retry"),
]

#: Behind a personal link.
link_patterns = [path("work/", WorkPage.as_view(), name="work-link")]

#: Development only (``settings.DEVELOPMENT_MAILBOX``).
mailbox_urlpatterns = [
    path("dev/mail/", mailbox.mailbox, name="mailbox"),
    path("dev/mail/<slug:name>/", mailbox.letter, name="mailbox-letter"),
    path("dev/mail/<slug:name>/<slug:theme>/", mailbox.letter_html, name="mailbox-letter-html"),
]
