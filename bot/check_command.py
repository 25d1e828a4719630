"""The command `corpusbot check`: is a quotation what an article says, letter for letter?

Reads the collection's files only, no index and no model, and prints; the comparing is `embeddings.quotation.quotation_check`.
"""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from bot.console import chosen_settings, out
from bot.sources import source_line
from bot.terminal import print_json
from corpus.errors import CorpusbotError

if TYPE_CHECKING:
    from embeddings.quotation.differences import Difference, Place
    from embeddings.quotation.quotation_check import QuotationCheck

SHOWN_PLACES = 10  # of a quotation that stands in many


def check(
    text: Annotated[
        str | None, typer.Argument(help='The quotation, in quotation marks; "-" reads it from standard input.')
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", help="Read the quotation from this UTF-8 text file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
    collection: Annotated[Path | None, typer.Option("--collection", help="Folder of articles; default: COLLECTION_DIR.")] = None,
) -> None:
    """Check a quotation against the articles. Exit code: 0 exact (but for typography), 1 altered or not found, 2 error."""
    from corpus.collection import read_collection
    from embeddings.quotation.quotation_check import Verdict, check_quotation  # loads numpy

    quoted = _quotation(text, file)
    articles = read_collection(chosen_settings(collection).collection_dir)
    started = time.perf_counter()
    found = check_quotation(quoted, articles)
    if as_json:
        print_json(out, check_record(quoted, found, 1000 * (time.perf_counter() - started)))
    else:
        print_check(out, found)
    raise typer.Exit(0 if found.verdict in (Verdict.EXACT, Verdict.TYPOGRAPHY) else 1)


def _quotation(text: str | None, file: Path | None) -> str:
    if (text is None) == (file is None):
        raise typer.BadParameter('Give either one quotation, "-" for standard input, or --file FILE.')
    if text is not None and text != "-":
        return text
    try:
        # Bytes: the terminal's own encoding is no matter of the quotation's.
        return (file.read_bytes() if file else sys.stdin.buffer.read()).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusbotError(f"{file or 'standard input'}: cannot be read as UTF-8 text ({error}).") from error


def print_check(console: Console, found: "QuotationCheck") -> None:
    """Print the verdict, each difference and each place, for people."""
    console.print(Text(headline(found), style="bold"), soft_wrap=True)
    for difference in found.differences:
        console.print(Text(f"  {difference_sentence(difference)}"), soft_wrap=True)
    for place in found.places[:SHOWN_PLACES]:
        _print_place(console, place, with_text=str(found.verdict) != "exact")
    if len(found.places) > SHOWN_PLACES:
        console.print(f"  … and {len(found.places) - SHOWN_PLACES} more places.", style="dim")
    if found.nearest:
        console.print("Nearest passage (not the quotation):", style="dim")
        _print_place(console, found.nearest, with_text=True)
    if found.source_line:
        console.print(Text(f"Taken for a source and not checked: {found.source_line}", style="dim"), soft_wrap=True)


def headline(found: "QuotationCheck") -> str:
    """The verdict as one sentence, such as `Exact, in 3 places.` or `Exact with omission.`"""
    verdict = str(found.verdict)
    if found.only_omissions:
        return "Altered: exact with omission."
    if verdict == "not found" and found.places:
        return "Not found in part."
    if verdict == "exact but for typography":
        return f"Exact but for typography ({', '.join(found.typography)}){_how_often(found)}."
    return f"Exact{_how_often(found)}." if verdict == "exact" else f"{verdict.capitalize()}."


def _how_often(found: "QuotationCheck") -> str:
    return f", in {len(found.places)} places" if len(found.places) > 1 else ""


def difference_sentence(difference: "Difference") -> str:
    """What one difference is, with both wordings; a seam names where the text goes on."""
    kind = str(difference.kind)
    if kind == "not in any article":
        return f"{kind}: “{difference.quoted}”"
    if kind == "put together":
        return f"{kind}: what follows stands in another place (article {_article_id(difference)})"
    if kind == "omission":
        return f"{kind}: “{difference.quoted}” leaves out “{difference.original}”"
    if not difference.original:
        return f"{kind}: the article does not have “{difference.quoted}”"
    if not difference.quoted:
        return f"{kind}: the quotation leaves out “{difference.original}”"
    return f"{kind}: “{difference.quoted}” is “{difference.original}” in the article"


def _article_id(difference: "Difference") -> str:
    return difference.span.article_id if difference.span else "unknown"


def _print_place(console: Console, place: "Place", with_text: bool) -> None:
    if with_text:
        console.print(Text(f"  “{place.text}”"), soft_wrap=True)
    link = f"\n      {place.article.url}" if place.article.url else ""
    where = f"{source_line(place.article, place.paragraph)}, letters {place.span.start}-{place.span.end}"
    console.print(Text(f"  {where}{link}", style="cyan"), soft_wrap=True)


def check_record(quoted: str, found: "QuotationCheck", took_ms: float) -> dict[str, Any]:
    """The check as one JSON object; `start` and `end` count code points of the article's cleaned text."""
    return {
        "quotation": quoted,
        "verdict": str(found.verdict),
        "exact_with_omission": found.only_omissions,
        "typography": list(found.typography),
        "places": [_place_record(place) for place in found.places],
        "differences": [_difference_record(difference) for difference in found.differences],
        "nearest": _place_record(found.nearest) if found.nearest else None,
        "source_line": found.source_line,
        "took_ms": round(took_ms, 1),
    }


def _place_record(place: "Place") -> dict[str, Any]:
    from bot.records import place_record  # loads FAISS, which a check of a quotation does not need before it prints JSON

    return {"text": place.text, **place_record(place.article, place.paragraph, place.span)}


def _difference_record(difference: "Difference") -> dict[str, Any]:
    span = difference.span
    return {
        "kind": str(difference.kind),
        "quoted": difference.quoted,
        "quoted_start": difference.quoted_start,
        "quoted_end": difference.quoted_end,
        "original": difference.original,
        "article_id": span.article_id if span else None,
        "start": span.start if span else None,
        "end": span.end if span else None,
    }
