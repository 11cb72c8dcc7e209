"""A drawing as shapes of Word's own (DrawingML, ISO/IEC 29500 and Microsoft's wpg and wps), in the line of the text.

Shapes, not a picture: they print sharp, can be moved and corrected by hand, and carry their words as text. Every box and
stroke is a shape of one group, whose alternative text says the whole in words.
"""

from __future__ import annotations

from itertools import count
import re

from .drawing import LEADING, Box, Drawing, Stroke
from .ooxml import line, quoted, run

EMU_PER_TWIP = 635
HIGHEST = 1.25  # in widths of the text
_OFFICE = "http://schemas.microsoft.com/office/word/2010"
_NAMES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    f' xmlns:wpg="{_OFFICE}/wordprocessingGroup" xmlns:wps="{_OFFICE}/wordprocessingShape"'
)
_NUMBER = re.compile('(<(?:wp:docPr|wps:cNvPr) id=")[0-9]+')
_CORNER = {"person": 4, "apart": 4, "agency": 4, "informal": 20, "frame": 22}


def counted(body: str) -> str:
    """The body with every drawing and shape under a number of its own, as ISO/IEC 29500 asks for (20.4.2.5)."""
    if "<wp:docPr " in body:
        numbers = count(1)
        return _NUMBER.sub(lambda opening: f"{opening[1]}{next(numbers)}", body)
    else:
        return body


def drawn(drawing: Drawing, width: int) -> str:
    """A paragraph with the drawing, as wide as `width` twips, or less where it would be higher than a page."""
    unit = min(width / drawing.width, width * HIGHEST / drawing.height) * EMU_PER_TWIP  # EMU per unit of the drawing
    extent = f'cx="{round(drawing.width * unit)}" cy="{round(drawing.height * unit)}"'
    alt = f'id="1" name="{quoted(drawing.title)}" descr="{quoted(drawing.description)}"'
    frame = [drawing.frame] if drawing.frame else []
    parts = [*frame, *drawing.strokes, *drawing.boxes]
    shapes = "".join(_stroke(part, unit, place) if isinstance(part, Stroke) else _box(part, unit, place)
                     for place, part in enumerate(parts, 2))
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Line"/><w:jc w:val="center"/></w:pPr><w:r><mc:AlternateContent {_NAMES}>'
        f'<mc:Choice Requires="wpg"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr {alt}/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_OFFICE}/wordprocessingGroup">'
        f'<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/><a:chOff x="0" y="0"/>'
        f"<a:chExt {extent}/></a:xfrm></wpg:grpSpPr>{shapes}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:t>{line(drawing.description)}</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def framed(form: str, width: int, height: int, description: str) -> str:
    """A paragraph with one shape in its middle; sizes in EMU."""
    extent, alt = f'cx="{width}" cy="{height}"', quoted(description)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Line"/><w:jc w:val="center"/></w:pPr><w:r><mc:AlternateContent {_NAMES}>'
        f'<mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr id="1" name="{alt}" descr="{alt}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_OFFICE}/wordprocessingShape">'
        f"<wps:wsp><wps:cNvSpPr/><wps:spPr>{form}</wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:t>{line(description)}</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def _box(box: Box, unit: float, place: int) -> str:
    radius = round(_CORNER.get(box.kind, 0) / max(1, min(box.width, box.height)) * 100000)
    dash = '<a:prstDash val="dash"/>' if box.kind == "apart" else ""
    outline = ("<a:ln><a:noFill/></a:ln>" if box.kind == "plain" else
               f'<a:ln w="{round(1.4 * unit)}"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>{dash}</a:ln>')
    fill = '<a:noFill/>' if box.kind == "frame" else '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
    form = f'<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val {radius}"/></a:avLst></a:prstGeom>'
    return _shape(place, box.full or "枠", _placed(box.x, box.y, box.width, box.height, unit), form + fill + outline,
                  "" if box.kind == "frame" else _text(box, unit))


def _text(box: Box, unit: float) -> str:
    side = "left" if box.kind == "plain" else "center"
    lines = "".join(_text_line(text, round(size * unit / 12700 * 2), bold, side) for text, _y, size, bold in box.baselines)
    return f"<wps:txbx><w:txbxContent>{lines}</w:txbxContent></wps:txbx>" if lines else ""


def _text_line(text: str, halves: int, bold: bool, side: str) -> str:
    heavy = "<w:b/>" if bold else ""
    look = f'<w:rPr>{heavy}<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/></w:rPr>'
    spacing = f'<w:spacing w:line="{round(halves * 10 * LEADING)}" w:lineRule="exact"/><w:jc w:val="{side}"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="Drawn"/>{spacing}</w:pPr>{run(text).replace("<w:r>", f"<w:r>{look}", 1)}</w:p>'


def _stroke(stroke: Stroke, unit: float, place: int) -> str:
    left, top = (min(each[axis] for each in stroke.points) for axis in (0, 1))
    across, down = (max(each[axis] for each in stroke.points) - least for axis, least in ((0, left), (1, top)))
    first, *others = (f'<a:pt x="{round((x - left) * unit)}" y="{round((y - top) * unit)}"/>' for x, y in stroke.points)
    path = f"<a:moveTo>{first}</a:moveTo>" + "".join(f"<a:lnTo>{each}</a:lnTo>" for each in others)
    form = (f'<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
            f'<a:path w="{round(across * unit)}" h="{round(down * unit)}" fill="none">{path}</a:path></a:pathLst></a:custGeom>')
    dash = '<a:prstDash val="dash"/>' if stroke.dashed else ""
    outline = (f'<a:noFill/><a:ln w="{round(stroke.width * unit)}"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
               f'{dash}<a:round/></a:ln>')
    return _shape(place, "線", _placed(left, top, across, down, unit), form + outline, "")


def _placed(x: float, y: float, width: float, height: float, unit: float) -> str:
    at, size = (round(x * unit), round(y * unit)), (round(width * unit), round(height * unit))
    return f'<a:xfrm><a:off x="{at[0]}" y="{at[1]}"/><a:ext cx="{size[0]}" cy="{size[1]}"/></a:xfrm>'


def _shape(place: int, name: str, where: str, look: str, text: str) -> str:
    return (f'<wps:wsp><wps:cNvPr id="{place}" name="{quoted(name)}"/><wps:cNvSpPr/><wps:spPr>{where}{look}</wps:spPr>{text}'
            '<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></wps:bodyPr></wps:wsp>')
