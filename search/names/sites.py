"""The site that an address belongs to, as the name of an outlet where nothing states a better
one."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from urllib.parse import urlsplit

from tld import get_fld

# Sites that carry what others publish: their name says nothing about who published an article.
_CARRIER_TABLE = (
    "facebook.com fb.com twitter.com x.com youtube.com youtu.be instagram.com t.me telegram.me telegram.org telegra.ph "
    "vk.com ok.ru weibo.com weibo.cn reddit.com linkedin.com pinterest.com tiktok.com whatsapp.com flipboard.com "
    "feedly.com google.com bing.com duckduckgo.com yandex.ru baidu.com archive.org archive.is archive.ph archive.today "
    "archive.md archive.fo webcitation.org googleusercontent.com ampproject.org feedburner.com bit.ly t.co tinyurl.com "
    "goo.gl ow.ly is.gd lnkd.in factiva.com proquest.com pressreader.com issuu.com scribd.com github.com dropbox.com "
    "mailchi.mp campaign-archive.com nexis.com"
)
_CARRIERS = frozenset(_CARRIER_TABLE.split())
# Sites whose every subdomain is a site of its own, and that the list of public suffixes leaves out.
_HOSTING = frozenset(
    ["wordpress.com", "substack.com", "medium.com", "tumblr.com", "livejournal.com", "over-blog.com", "canalblog.com",
     "typepad.com", "blogfa.com", "jimdo.com", "hypotheses.org", "beehiiv.com"]
)  # fmt: skip
# Copies that keep the address of what they copied in their own.
_COPY = re.compile(
    r"^https?://(?:web\.archive\.org/web/[^/]+|archive\.(?:is|ph|today|md|fo|vn|li)/(?:o/\w+|\d{4,14}|newest))/(?P<inner>(?:https?://)?[^/\s]+\.\S+)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4_096)
def _registrable(host: str) -> str:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        # With private suffixes: x.blogspot.com is the site of x, and blogspot.com nobody's.
        return get_fld(f"https://{host}", fail_silently=True, search_private=True) or ""
    return ""


def host_of(url: str | None) -> str:
    """The host of an address in lower case, ``""`` for none and for what is no address."""
    try:
        return (urlsplit(url or "").hostname or "").lower()
    except ValueError:  # brackets that hold no IPv6 address
        return ""


def _original_host(url: str) -> str:
    """The host of an address without ``www.``; of a copy in an archive that of the original."""
    copy = _COPY.match(url)
    if copy:
        inner = copy["inner"]
        url = inner if "://" in inner[:10] else f"http://{inner}"
    return host_of(url).rstrip(".").removeprefix("www.")


def site_of(url: str) -> str:
    """The registrable domain of an address (``example.co.uk`` of ``https://news.example.co.uk/1``),
    in its own script.

    ``""`` where there is none: no address, a number, a reserved name, or a site that carries what
    others publish.
    """
    host = _original_host(url)
    site = _registrable(host) if "." in host else ""
    if not site or site in _CARRIERS or host in _CARRIERS:
        return ""
    if site in _HOSTING:
        label = host.removesuffix(site).rstrip(".").rpartition(".")[2]
        return f"{label}.{site}" if label else ""
    if "xn--" in site:
        try:
            return site.encode("ascii").decode("idna")
        except UnicodeError:
            return site
    return site
