"""The REST interface and its description (API-1, API-3)."""

from advocacy.settings import env

__all__ = ["API_REQUESTS_PER_MINUTE", "REST_FRAMEWORK", "SPECTACULAR_SETTINGS"]

API_REQUESTS_PER_MINUTE = env.number("API_REQUESTS_PER_MINUTE", 600)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["advocacy.rest.access.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["advocacy.rest.access.MatrixAndScope"],
    "DEFAULT_RENDERER_CLASSES": ["advocacy.rest.rendering.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["advocacy.rest.parsing.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "advocacy.rest.pagination.KeysetPagination",
    "DEFAULT_FILTER_BACKENDS": [
        "advocacy.rest.filters.Filters",
        "advocacy.rest.filters.SearchFilter",
    ],
    "DEFAULT_SCHEMA_CLASS": "advocacy.rest.schema.ResourceSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "advocacy.rest.problems.handle",
    "URL_FORMAT_OVERRIDE": None,
    "COERCE_DECIMAL_TO_STRING": True,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Advocacy",
    "DESCRIPTION": "Customer advocacy: find, ask, thank and grow customer advocates without ever "
    "over-asking one. docs/api.md shows the main job step by step.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    # A link inside each button that opens an operation is one too many for a keyboard.
    "SWAGGER_UI_SETTINGS": {"deepLinking": False},
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # Every set of choices has its name here: made-up ones change when another set comes along.
    # Those of resources made from a manifest are named after model and field.
    "ENUM_NAME_OVERRIDES": {
        "AbsenceStateEnum": "advocacy.tenancy.absences.AbsenceState",
        "AccountLifecycleEnum": "advocates.accounts.choices.Lifecycle",
        "ActivityStateEnum": "activities.activities.choices.ActivityState",
        "AdvocateStatusEnum": "advocates.people.choices.AdvocateStatus",
        "AnswerEnum": "requests.asks.api.ANSWERS",
        "AnsweredByEnum": "requests.asks.choices.AnsweredBy",
        "AppreciationEnum": "advocates.people.preference_models.Preference.Appreciation",
        "ApprovalEnum": "advocates.program.catalogue.choices.Approval",
        "AskStateEnum": "requests.asks.choices.AskState",
        "AutomaticTypesEnum": "benefits.thanks.settings.TYPES",
        "ComfortEnum": "advocates.people.choices.Comfort",
        "ConsentUseEnum": "advocates.people.choices.ConsentUse",
        "DisclosureEnum": "advocates.people.choices.Disclosure",
        "EffortEnum": "advocates.program.catalogue.choices.Effort",
        "GuardModeEnum": "advocates.program.ledger.choices.GuardMode",
        "ImportanceEnum": "advocates.people.choices.Importance",
        "LetterLanguageEnum": "advocacy.settings.base.LANGUAGES",
        "MeetingFormatEnum": "requests.requests.choices.MeetingFormat",
        "MergedAccountFieldEnum": "advocates.accounts.services.ACCOUNT_FIELDS",
        "MergedPersonFieldEnum": "advocates.people.merging.CHOICES",
        "NoShowByEnum": "activities.activities.choices.NoShowBy",
        "NominationOriginEnum": "advocates.joining.choices.NominationOrigin",
        "NominationStateEnum": "advocates.joining.choices.NominationState",
        "OnboardingStepEnum": "advocates.onboarding.models.Step",
        "OpportunityOutcomeEnum": "requests.requests.bodies.OUTCOMES",
        "OpportunityStageEnum": "requests.opportunities.choices.Stage",
        "PreferredChannelEnum": "advocates.people.preference_models.Preference.Channel",
        "ProducesEnum": "advocates.program.catalogue.choices.Produces",
        "ReachEnum": "advocates.program.catalogue.choices.Reach",
        "ReadinessEnum": "advocates.people.choices.Readiness",
        "ReferenceFrequencyEnum": "advocates.people.choices.ReferenceFrequency",
        "RegionEnum": "advocates.accounts.choices.Region",
        "RoleEnum": "advocacy.tenancy.roles.Role",
        "RequestStateEnum": "requests.requests.choices.RequestState",
        "RevenueKindEnum": "advocates.accounts.models.RevenueEvent.Kind",
        "RewardsEnum": "advocates.program.catalogue.choices.Rewards",
        "FeedbackOwedEnum": "requests.gates.settings.SAID",
        "TouchpointKindEnum": "requests.opportunities.models.Touchpoint.Kind",
        "RoutingRuleStateEnum": "requests.routing.lifecycle.RuleState",
        "SegmentEnum": "advocates.accounts.choices.Segment",
        "SeniorityEnum": "advocates.people.choices.Seniority",
        "ThankYouChannelEnum": "benefits.thanks.choices.ThankYouChannel",
        "ThankYouOwnerEnum": "benefits.thanks.settings.OWNERS",
        "ThankYouKindEnum": "benefits.thanks.choices.ThankYouKind",
        "ThankYouStateEnum": "benefits.thanks.choices.ThankYouState",
        "ThankedByHandEnum": "benefits.thanks.api.BY_HAND",
        "TierCreditEnum": "advocates.program.catalogue.choices.TierCredit",
        "TouchEnum": "advocates.joining.api.TOUCHES",
        "WorkDaysEnum": "advocacy.identity.calendar_settings.ISO_DAYS",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "advocacy.rest.schema.add_problems",
    ],
}
