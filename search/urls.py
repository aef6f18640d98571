"""The site's addresses."""

from django.urls import path

from search.views import api, export, pages, sitefiles

app_name = "search"

urlpatterns = [
    path("", pages.results, name="results"),
    path("articles/<int:pk>/", pages.article, name="article"),
    path("help/", pages.how_to_search, name="help"),
    path("api/search", api.search, name="api-search"),
    path("export/<str:name>", export.export, name="export"),
    path("favicon.ico", sitefiles.favicon, name="favicon"),
    path("robots.txt", sitefiles.robots, name="robots"),
]
