"""Addresses of the reporting app, under ``/t/<slug>/``."""

from django.urls import path

from reporting.capacity import pages as capacity
from reporting.dashboards import pages as dashboards
from reporting.guide import pages as guide
from reporting.metrics import pages as metrics
from reporting.news import pages as news
from reporting.report import pages as report
from reporting.sheet import pages as sheet
from reporting.simulator import pages as simulator
from reporting.views import queue, today

urlpatterns = [
    path("", today.Today.as_view(), name="today"),
    path("today/put-off/", queue.PutOff.as_view(), name="today-snooze"),
    path("today/wake/", queue.Wake.as_view(), name="today-wake"),
    path("today/hand-over/", queue.HandOver.as_view(), name="today-hand-over"),
    path("setup/", guide.Guide.as_view(), name="setup"),
    path("setup/types/", guide.ChooseTypes.as_view(), name="setup-types"),
    path("setup/types/<uuid:pk>/", guide.SwitchOn.as_view(), name="setup-switch-on"),
    path("setup/go-on/", guide.GoOn.as_view(), name="setup-go-on"),
    path("capacity/", capacity.Capacity.as_view(), name="capacity"),
    path("capacity/look/", capacity.LookNow.as_view(), name="capacity-look"),
    path("capacity/<uuid:pk>/note/", capacity.Note.as_view(), name="capacity-note"),
    path("impact/", dashboards.Impact.as_view(), name="impact"),
    path("metrics/", metrics.Definitions.as_view(), name="metrics"),
    path("metrics/<slug:code>/", metrics.MetricRows.as_view(), name="metric"),
    path("report/", report.ReportPage.as_view(), name="report"),
    path("report/mail/", report.ReportMail.as_view(), name="report-mail"),
    path("simulator/", simulator.Simulator.as_view(), name="simulator"),
    path("simulator/asks/", simulator.SimulatedAsks.as_view(), name="simulator-asks"),
    path("simulator/requests/", simulator.SimulatedRequests.as_view(), name="simulator-requests"),
    path("accounts/<uuid:pk>/sheet/", sheet.AccountSheet.as_view(), name="account-sheet"),
    path("news/", news.NewsPage.as_view(), name="news"),
    path("news/read/", news.ReadNews.as_view(), name="news-read"),
    path("news/<uuid:pk>/open/", news.OpenNews.as_view(), name="news-open"),
]
