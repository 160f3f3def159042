"""Minutes as files: Markdown, and one HTML page that prints and loads nothing from elsewhere."""

from collections.abc import Iterator
from html import escape as quoted

from bot.domain.minutes import Content, Minutes
from bot.domain.model import World
from bot.views import markdown as md
from bot.views.minutes_parts import Line, Part, Table, heading, parts, standing

STYLE = """
@page { size: A4; margin: 18mm 20mm; }
* { box-sizing: border-box; }
body { font: 11pt/1.45 Georgia, "Times New Roman", serif; color: #111; background: #fff;
  max-width: 170mm; margin: 10mm auto; padding: 0 4mm; overflow-wrap: anywhere; }
h1 { font-size: 17pt; line-height: 1.2; margin: 0 0 2mm; }
h2 { font-size: 12.5pt; margin: 6mm 0 1.5mm; border-bottom: 0.3mm solid #999; }
h2, thead { break-after: avoid; }
ul { margin: 0; padding-left: 6mm; }
li { margin: 1mm 0; }
.standing { font-weight: bold; border: 0.4mm solid #111; padding: 2mm 3mm; }
table { width: 100%; border-collapse: collapse; font-size: 10pt; }
th, td { text-align: left; vertical-align: top; border: 0.2mm solid #999; padding: 1.2mm 2mm; }
tr { break-inside: avoid; }
td:first-child, td:last-child { white-space: nowrap; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
"""


def file_name(content: Content, ending: str) -> str:
    return f"minutes-{content.ref}.{ending}"


def markdown(content: Content, minutes: Minutes, world: World) -> str:
    pieces = [
        f"# Minutes: {md.escaped(heading(content))}",
        f"**{md.escaped(standing(minutes, world, content.zone))}**",
    ]
    for part in parts(content, minutes, world):
        pieces.append(f"## {md.escaped(part.title)}")
        if part.lines:
            pieces.append("\n".join(map(_bullet, part.lines)))
        if part.table is not None:
            pieces.append(md.table(part.table.heading, part.table.rows))
    return "\n\n".join(pieces) + "\n"


def html(content: Content, minutes: Minutes, world: World) -> str:
    """Nothing in it runs or is fetched, whatever anybody typed."""
    title = quoted(f"Minutes: {heading(content)}")
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta http-equiv="Content-Security-Policy" '
            "content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{title}</title>",
            f"<style>{STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{title}</h1>",
            f'<p class="standing">{quoted(standing(minutes, world, content.zone))}</p>',
            *(line for part in parts(content, minutes, world) for line in _part(part)),
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _bullet(line: Line) -> str:
    lead = f"**{md.escaped(line.lead)}:** " if line.lead else ""
    return f"- {lead}{md.escaped(line.text)}"


def _part(part: Part) -> Iterator[str]:
    yield "<section>"
    yield f"<h2>{quoted(part.title)}</h2>"
    if part.lines:
        yield "<ul>"
        yield from (f"<li>{_words(line)}</li>" for line in part.lines)
        yield "</ul>"
    if part.table is not None:
        yield from _table(part.table)
    yield "</section>"


def _words(line: Line) -> str:
    lead = f"<strong>{quoted(line.lead)}:</strong> " if line.lead else ""
    return f"{lead}{quoted(line.text)}"


def _table(table: Table) -> Iterator[str]:
    yield "<table>"
    cells = "".join(f'<th scope="col">{quoted(word)}</th>' for word in table.heading)
    yield f"<thead><tr>{cells}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        yield "<tr>" + "".join(f"<td>{quoted(cell)}</td>" for cell in row) + "</tr>"
    yield "</tbody>"
    yield "</table>"
