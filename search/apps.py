"""The app: checks its index library and connects writes to the index."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Corpus's one app."""

    name = "search"
    verbose_name = _("Corpus")

    def ready(self) -> None:
        """Refuse another Whoosh than ours, then listen to writes."""
        from search.index import hooks
        from search.index.whoosh_version import require_whoosh
        from search.stories import hooks as story_hooks

        require_whoosh()
        hooks.connect_index_hooks()
        story_hooks.connect_story_hooks()
