"""The site's addresses."""

from django.urls import path

from search.views import api, pages

app_name = "search"

urlpatterns = [
    path("", pages.results, name="results"),
    path("articles/<int:pk>/", pages.article, name="article"),
    path("api/search", api.search, name="api-search"),
]
