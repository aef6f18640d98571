"""The app: checks its index library and connects writes to the index."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Corpus's one app."""

    name = "search"

    def ready(self) -> None:
        """Refuse another Whoosh than ours, then listen to writes."""
        from search.index import hooks
        from search.index.whoosh_version import require_whoosh

        require_whoosh()
        hooks.connect()
