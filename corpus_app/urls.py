"""The project's addresses: the site, the API and the admin."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("search.urls")),
]

handler400 = "search.views.errors.bad_request"
handler404 = "search.views.errors.not_found"
handler500 = "search.views.database.server_error"
