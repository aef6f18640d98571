"""All forks of Whoosh install the same package name, so the one imported is checked at start-up.

The engine's tests also pass on whoosh3 (`make test-whoosh3`); the product as a whole is tested on
one version, the one required here.
"""

from __future__ import annotations

import whoosh
from django.core.exceptions import ImproperlyConfigured

REQUIRED = (2, 7, 5)


def require_whoosh() -> None:
    """Raise ImproperlyConfigured, with the remedy, unless Whoosh-Reloaded 2.7.5 is what `import
    whoosh` gives."""
    if tuple(whoosh.__version__) != REQUIRED:
        raise ImproperlyConfigured(
            f"Corpus needs Whoosh-Reloaded {'.'.join(map(str, REQUIRED))}; found whoosh {whoosh.__version__}. "
            "Remedy: make install"
        )
