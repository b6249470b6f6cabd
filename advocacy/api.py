"""Every resource of the REST interface, put together from the apps' own (API-1, API-2)."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from activities.asset_files.api import urlpatterns as file_patterns
from advocacy.records.resource import registered
from advocacy.rest.events import EventResource
from advocacy.rest.families import urlpatterns as settings_patterns
from advocacy.rest.holidays import urlpatterns as holiday_patterns
from advocacy.rest.manifests import viewset_of
from advocacy.rest.reference import ReferenceView, SchemaView
from advocacy.rest.resources import Resource
from advocates.api import (
    AccountResource,
    ActivityTypeResource,
    AdvocateResource,
    CandidateResource,
    TierResource,
)
from advocates.responsibilities.api import urlpatterns as responsibility_patterns
from benefits.fitting.api import urlpatterns as suggestion_patterns
from benefits.thanks.api import ThankYouResource
from benefits.thanks.loops_api import LoopResource
from reporting.capacity.api import CapacityCheckResource
from reporting.guide.api import urlpatterns as guide_patterns
from reporting.metrics.api import MetricResource
from reporting.news.api import NewsResource
from reporting.report.api import urlpatterns as report_patterns
from reporting.sheet.api import urlpatterns as sheet_patterns
from reporting.simulator.api import urlpatterns as simulator_patterns
from requests.api import AskResource, RequestResource
from requests.evidence.api import urlpatterns as evidence_patterns
from requests.matching.weights_api import urlpatterns as weight_patterns

RESOURCES: tuple[type[Resource], ...] = (
    AccountResource,
    AdvocateResource,
    CandidateResource,
    TierResource,
    ActivityTypeResource,
    RequestResource,
    AskResource,
    ThankYouResource,
    LoopResource,
    MetricResource,
    EventResource,
    NewsResource,
    CapacityCheckResource,
    *(viewset_of(manifest) for manifest in registered()),
)

_router = SimpleRouter(use_regex_path=False)
for _resource in RESOURCES:
    _router.register(_resource.resource, _resource, basename=_resource.resource)

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", ReferenceView.as_view(), name="docs"),
    *holiday_patterns(),
    *evidence_patterns(),
    *weight_patterns(),
    *responsibility_patterns(),
    *guide_patterns(),
    *report_patterns(),
    *sheet_patterns(),
    *file_patterns(),
    *simulator_patterns(),
    *suggestion_patterns(),
    *settings_patterns(),
    *_router.urls,
]
