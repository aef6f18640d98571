"""Who published an article, and the names it goes by."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from search.bounds import MAX_OUTLET_CHARACTERS
from search.codes import COUNTRY_CODES
from search.models.querysets import NamedQuerySet, OutletQuerySet


def country_is_known(field: str, name: str) -> models.CheckConstraint:
    """The constraint that a field holds a country's code or nothing."""
    return models.CheckConstraint(
        condition=Q(**{field: ""}) | Q(**{f"{field}__in": COUNTRY_CODES}),
        name=name,
        violation_error_message=_("Not an ISO 3166-1 alpha-2 country code, nor XK."),
    )


class Outlet(models.Model):
    """Who published an article: a newspaper, an agency, a site."""

    name = models.CharField(_("name"), max_length=MAX_OUTLET_CHARACTERS, unique=True)
    slug = models.SlugField(_("slug"), max_length=MAX_OUTLET_CHARACTERS, unique=True, allow_unicode=True)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Where the outlet is based."))
    home_page = models.URLField(_("home page"), max_length=500, blank=True)

    objects = OutletQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="outlet_has_a_name"),
            # `outlet=none` in an address means "articles without an outlet".
            models.CheckConstraint(condition=~Q(slug="") & ~Q(slug="none"), name="outlet_has_a_slug"),
            country_is_known("country", "outlet_country_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The search for this outlet's articles."""
        return f"{reverse('search:results')}?outlet={self.slug}"

    def natural_key(self) -> tuple[str]:
        """What fixtures call it."""
        return (self.slug,)


class OutletAlias(models.Model):
    """Another name of an outlet, in any script."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=MAX_OUTLET_CHARACTERS, unique=True)

    objects = NamedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("outlet alias")
        verbose_name_plural = _("outlet aliases")
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(name=""), name="alias_has_a_name")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        """What fixtures call it."""
        return (self.name,)


def free_slug(name: str) -> str:
    """A slug for an outlet's name, in its own script, that no outlet has yet."""
    base = slugify(name, allow_unicode=True)[: MAX_OUTLET_CHARACTERS - 10] or "outlet"
    taken = set(Outlet.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | {"none"}
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
