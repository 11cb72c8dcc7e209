"""Markdown to safe HTML, for people to read."""

from functools import lru_cache

from markdown import Markdown
from markupsafe import Markup
import nh3

LINKS = ("reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref", "autolink", "automail")  # none is shown, and many open brackets take them minutes
TAGS = {"h1", "h2", "h3", "p", "ol", "ul", "li", "strong", "em", "br", "blockquote", "code", "hr"}


@lru_cache(maxsize=64)  # an edition's words never change, and the room shows all of them
def page(text: str) -> Markup:
    """The Markdown as HTML, with headings one level down and nothing but text marks left in it."""
    reader = Markdown(extensions=["sane_lists"])
    for pattern in LINKS:
        reader.inlinePatterns.deregister(pattern)
    html = reader.convert(text)
    for level in (3, 2, 1):
        html = html.replace(f"<h{level}>", f"<h{level + 1}>").replace(f"</h{level}>", f"</h{level + 1}>")
    return Markup(nh3.clean(html, tags=TAGS | {"h4"}, attributes={"ol": {"start"}}))
