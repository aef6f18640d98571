"""The script and style that curators' pages have beside the admin's own."""

from __future__ import annotations

from django import forms

from search.admin.codes import autocomplete_media


class CuratorsLook:
    """For a ModelAdmin: filters with autocompletion, texts in their own direction, tables that fit a phone."""

    @property
    def media(self) -> forms.Media:
        """All of it."""
        ours = forms.Media(js=["search/admin/filters.js"], css={"all": ["search/admin/admin.css"]})
        theirs: forms.Media = super().media  # type: ignore[misc]
        return theirs + autocomplete_media() + ours
