"""Words behind every page, from one corner to the other (透かし), as Word itself sets them: a shape in the header."""

from __future__ import annotations

from .layout import Layout

# The kind of shape is told where it is used: Word knows it by its number, LibreOffice by this outline.
_KIND = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
    '<v:textpath on="t" fitshape="t"/></v:shapetype>'
)
_WIDE, _HIGH = 0.95, 7  # of the width of the text; how often its height goes into its width


def watermark(words: str, layout: Layout) -> str:
    """A run with these words (escaped already) in pale grey, turned by 45 degrees, in the middle of the page."""
    width = layout.text_width / 20 * _WIDE  # in points
    quoted = words.replace('"', "&quot;")
    style = (f"position:absolute;margin-left:0;margin-top:0;width:{width:.0f}pt;height:{width / _HIGH:.0f}pt;rotation:315;z-index:-251658752;"
             "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin")
    return (f'<w:r><w:pict>{_KIND}<v:shape id="across" o:spid="_x0000_s2049" type="#_x0000_t136" alt="{quoted}" style="{style}" o:allowincell="f" '
            f'fillcolor="silver" stroked="f"><v:fill opacity=".5"/><v:textpath style="font-family:&quot;{layout.heading_font}&quot;;font-size:1pt" '
            f'string="{quoted}"/></v:shape></w:pict></w:r>')
