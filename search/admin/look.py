"""The script and style that curators' pages have beside the admin's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from search.admin.codes import autocomplete_media
from search.exceptions import ChangeRefused


class CuratorsLook:
    """For a ModelAdmin: filters with autocompletion, texts in their own direction, tables that fit
    a phone."""

    @property
    def media(self) -> forms.Media:
        """All of it."""
        ours = forms.Media(js=["search/admin/filters.js"], css={"all": ["search/admin/admin.css"]})
        theirs: forms.Media = super().media  # type: ignore[misc]
        return theirs + autocomplete_media() + ours

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """The form of a row. What a service refuses, though the form let it pass, is said on top of
        it; nothing is saved."""
        try:
            answer: HttpResponse = super().changeform_view(request, *args, **options)  # type: ignore[misc]
        except ChangeRefused as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(request.get_full_path())
        return answer
