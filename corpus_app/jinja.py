"""The environment of the site's templates, which Django's Jinja2 backend asks for. The admin's are
Django templates."""

from __future__ import annotations

from typing import Any

from django.template.defaultfilters import truncatechars
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext
from jinja2 import Environment, StrictUndefined

from corpus_app import __version__


def environment(**options: Any) -> Environment:
    """Everything a template may use besides its context. A name that is missing is an error, never
    an empty place.

    `options` are the backend's: the loader, autoescaping, and whether files are looked at again (in
    DEBUG).
    """
    made = Environment(
        **{
            **options,
            "undefined": StrictUndefined,
            "extensions": ["jinja2.ext.i18n"],
            "trim_blocks": True,
            "lstrip_blocks": True,
        }
    )
    # Looked up at each call, so a page is in its reader's language.
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(url=reverse, static=static, get_language=get_language, get_language_bidi=get_language_bidi)
    made.globals["version"] = __version__
    made.filters["truncatechars"] = truncatechars
    return made
