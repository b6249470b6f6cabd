"""Addresses of the identity app."""

from django.urls import path

from advocacy.identity.views import join, links, members, second_step, settings, sign_in

#: Outside any tenant.
entrance_patterns = [
    path("", sign_in.Home.as_view(), name="home"),
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-in/link/", links.AskForLink.as_view(), name="sign-in-link"),
    path("sign-in/link/sent/", links.LinkSent.as_view(), name="sign-in-link-sent"),
    path("sign-in/link/<str:secret>/", links.SignInWithLink.as_view(), name="sign-in-with-link"),
    path("sign-in/code/", second_step.SecondStep.as_view(), name="sign-in-code"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign-out"),
    path("password-reset/", sign_in.ForgotPassword.as_view(), name="password-reset"),
    path("password-reset/sent/", sign_in.ForgotPasswordSent.as_view(), name="password-reset-sent"),
    path("password-reset/done/", sign_in.NewPasswordDone.as_view(), name="password-reset-done"),
    path(
        "password-reset/<str:uidb64>/<str:token>/",
        sign_in.NewPassword.as_view(),
        name="password-reset-confirm",
    ),
]

tenant_patterns = [
    path("settings/", settings.Settings.as_view(), name="settings"),
    path("settings/profile/", settings.Profile.as_view(), name="profile"),
    path("settings/profile/password/", settings.ChangePassword.as_view(), name="profile-password"),
    path("settings/profile/two-step/", second_step.TwoStep.as_view(), name="second-factor"),
    path(
        "settings/profile/two-step/start/",
        second_step.StartTwoStep.as_view(),
        name="second-factor-start",
    ),
    path(
        "settings/profile/two-step/confirm/",
        second_step.ConfirmTwoStep.as_view(),
        name="second-factor-confirm",
    ),
    path(
        "settings/profile/two-step/codes/",
        second_step.RenewCodes.as_view(),
        name="second-factor-codes",
    ),
    path(
        "settings/profile/two-step/off/",
        second_step.TurnOffTwoStep.as_view(),
        name="second-factor-off",
    ),
    path("settings/calendar/", settings.Calendar.as_view(), name="settings-calendar"),
    path("settings/calendar/holidays/new/", settings.AddHoliday.as_view(), name="holiday-add"),
    path(
        "settings/calendar/holidays/<uuid:pk>/remove/",
        settings.RemoveHoliday.as_view(),
        name="holiday-remove",
    ),
    path("settings/audit/", settings.Audit.as_view(), name="audit"),
    path("settings/people/", members.People.as_view(), name="people"),
    path("settings/people/invite/", members.Invite.as_view(), name="people-invite"),
    path(
        "settings/people/several/deactivate/",
        members.DeactivateMany.as_view(),
        name="people-deactivate-many",
    ),
    path(
        "settings/people/several/reactivate/",
        members.ReactivateMany.as_view(),
        name="people-reactivate-many",
    ),
    path(
        "settings/people/invitations/<uuid:pk>/resend/",
        members.ResendInvitation.as_view(),
        name="invitation-resend",
    ),
    path(
        "settings/people/invitations/<uuid:pk>/revoke/",
        members.RevokeInvitation.as_view(),
        name="invitation-revoke",
    ),
    path("settings/people/<uuid:pk>/", members.Person.as_view(), name="person"),
    path("settings/people/<uuid:pk>/role/", members.ChangeRole.as_view(), name="people-role"),
    path(
        "settings/people/<uuid:pk>/deactivate/",
        members.Deactivate.as_view(),
        name="people-deactivate",
    ),
    path(
        "settings/people/<uuid:pk>/reactivate/",
        members.Reactivate.as_view(),
        name="people-reactivate",
    ),
]

#: Behind a personal link.
link_patterns = [path("join/", join.Join.as_view(), name="join")]
