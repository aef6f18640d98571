"""The project's addresses: the site, the API and the admin."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("search.urls")),
]

handler400 = "search.views.errors.bad_request_response"
handler404 = "search.views.errors.not_found_response"
handler500 = "search.views.database.database_or_server_error_response"
