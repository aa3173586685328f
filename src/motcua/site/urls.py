"""Where each room is mounted. Vietnamese addresses: they are read aloud and printed on slips."""

from django.urls import include, path

urlpatterns = [
    # The counter's pages stand first: they are asked for all day.
    path("", include("motcua.service.dossiers.urls")),
    path("", include("motcua.foundation.core.urls")),
    path("", include("motcua.foundation.identity.urls")),
    path("co-quan/", include("motcua.foundation.organisations.urls")),
    path("lich/", include("motcua.foundation.calendar.urls")),
    path("phap-luat/", include("motcua.foundation.law.urls")),
    path("so-lieu/", include("motcua.foundation.indicators.urls")),
    path("thu-tuc/", include("motcua.service.procedures.urls")),
    path("lanh-dao", include("motcua.steering.programme.lead_urls")),
    path("", include("motcua.steering.programme.open_urls")),
    path("chuong-trinh/", include("motcua.steering.programme.needle_urls")),
    path("chuong-trinh/", include("motcua.steering.programme.review_urls")),
    path("chuong-trinh/", include("motcua.steering.programme.urls")),
    path("bao-cao/", include("motcua.steering.reports.urls")),
]

handler400 = "motcua.foundation.core.pages.bad_request"
handler403 = "motcua.foundation.core.pages.forbidden"
handler404 = "motcua.foundation.core.pages.not_found"
handler500 = "motcua.foundation.core.pages.server_error"
