"""Countries named in an article: a gazetteer anyone can edit (``data/``) and the detector that
reads it.

``detect_mentions`` finds the spans, ``country_codes`` lists the countries, ``about_countries`` says
which of them the story is about. ``names`` turns codes into names and names in any language into
codes; ``build`` renews what comes from CLDR.
"""

from search.countries.about import about_countries
from search.countries.detector import country_codes, detect_mentions

__all__ = ["about_countries", "country_codes", "detect_mentions"]
