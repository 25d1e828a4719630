"""Files of our own to import in tests: a small PDF and the page of a newspaper that does not exist."""

from __future__ import annotations

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Tidal power comes to Port Ellery - The Harbour Post</title>
<meta name="author" content="Mira Castellan"><meta property="article:published_time" content="2024-11-08T07:30:00+00:00">
<meta property="og:site_name" content="The Harbour Post"><meta property="og:title" content="Tidal power comes to Port Ellery">
<link rel="canonical" href="https://harbour.example/tidal"></head>
<body><div class="cookie-banner"><p>We use cookies to improve your visit.</p><button>Accept all cookies</button></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport pages</a></li></ul></nav></header>
<main><article><h1>Tidal power comes to Port Ellery</h1>
<p class="byline">By Mira Castellan</p>
<p>The first of six turbines began to turn on Friday, and it lit 1,200 homes before noon.</p>
<h2>A slow start</h2>
<p>Engineers had waited two winters for a calm week, because the strait allows no work above force four.</p>
<p>The town will own 40 percent of the plant; the rest belongs to a <a href="/coop">cooperative</a> of fishing families.</p>
</article>
<section id="comments" class="comments"><h3>Comments</h3>
<p class="comment">First! What a waste, says SeaDog77.</p></section></main>
<footer><p>Copyright 2024 The Harbour Post. All rights reserved.</p></footer></body></html>
"""

PAGE_TEXT = (
    "The first of six turbines began to turn on Friday, and it lit 1,200 homes before noon.\n\n"
    "## A slow start\n\n"
    "Engineers had waited two winters for a calm week, because the strait allows no work above force four.\n\n"
    "The town will own 40 percent of the plant; the rest belongs to a cooperative of fishing families."
)


def pdf_bytes(pages: list[list[str]], title: str = "", author: str = "") -> bytes:
    """A PDF whose pages hold these printed lines (ASCII), written by hand; an empty page has no text at all."""
    numbers = [4 + 2 * place for place in range(len(pages))]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{number} 0 R' for number in numbers)}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in zip(numbers, pages, strict=True):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {number + 1} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        rows = " ".join(f"({_escaped(line)}) Tj T*" for line in lines)
        stream = f"BT /F1 12 Tf 72 720 Td 16 TL {rows} ET".encode() if lines else b""
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    objects.append(f"<< /Title ({_escaped(title)}) /Author ({_escaped(author)}) >>".encode())
    return _with_cross_references(objects)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _with_cross_references(objects: list[bytes]) -> bytes:
    written = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    start = len(written)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    return written + f"{head}{table}trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode()
