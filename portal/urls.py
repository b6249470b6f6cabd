"""Addresses of the portal."""

from django.urls import path

from portal.views import (
    exchange,
    home,
    invitation,
    pilot,
    points,
    pool,
    recognition,
    sign_in,
    staff,
    volunteer,
)

#: Outside any tenant: where an advocate gets a fresh link.
entrance_patterns = [
    path("portal/<slug:slug>/", sign_in.SignIn.as_view(), name="portal-sign-in"),
]

#: A colleague's page.
tenant_patterns = [
    path("advocates/<uuid:pk>/portal-link/", staff.SendLink.as_view(), name="portal-send"),
    path("advocates/<uuid:pk>/portal-link/end/", staff.EndLinks.as_view(), name="portal-end-links"),
]

#: Behind a personal link.
link_patterns = [
    path("home/", home.Home.as_view(), name="portal-home"),
    path("overview/", home.Overview.as_view(), name="portal-overview"),
    path("exchange/", exchange.ExchangePage.as_view(), name="portal-exchange"),
    path("exchange/file/", exchange.ExchangeFile.as_view(), name="portal-exchange-file"),
    path("protection/", home.ProtectionPage.as_view(), name="portal-protection"),
    path("wall/", recognition.Wall.as_view(), name="portal-wall"),
    path("preferences/", home.Preferences.as_view(), name="portal-preferences"),
    path("pause/", home.Pause.as_view(), name="portal-pause"),
    path("data/", home.MyData.as_view(), name="portal-data"),
    path("erasure/", home.Erasure.as_view(), name="portal-erasure"),
    path("own-page/", home.OwnPage.as_view(), name="portal-own-page"),
    path("end/", home.EndLinks.as_view(), name="portal-end"),
    path("volunteer/", volunteer.VolunteerPage.as_view(), name="portal-volunteer"),
    path("points/", points.PointsPage.as_view(), name="portal-points"),
    path("pilot/", pilot.PilotPage.as_view(), name="portal-pilot"),
    path("pool/", pool.PoolPage.as_view(), name="portal-pool"),
    path("invitation/", invitation.InvitationPage.as_view(), name="portal-invitation"),
]
