"""The command `corpusbot evaluate`: which sets are measured, and where the report goes. Measures nothing itself.

`bot.cli` registers it. What measuring needs is imported when it runs, as in every command.
"""

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.console import chosen_settings, err, opened_services, out
from embeddings.evaluation.labelled_files import EvaluationError
from embeddings.evaluation.selection import Half

if TYPE_CHECKING:
    from bot.evaluation_output import AnyReport
    from bot.services import Services
    from embeddings.conversation.follow_ups import Turn
    from embeddings.encoding import Progress
    from embeddings.evaluation.figures import FigureReport
    from embeddings.evaluation.metric_naming import NamingReport
    from embeddings.evaluation.report import Report

QUESTIONS_SUFFIX = ".jsonl"

PathsArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PATH",
        help="BEIR folders (corpus.jsonl, queries.jsonl, qrels/*.tsv), or labelled questions, figures or names (.jsonl, pooled).",
    ),
]
HalfOption = Annotated[Half, typer.Option(help="Only the questions that may be tuned on, or only those that are reported.")]
LimitOption = Annotated[int | None, typer.Option(min=1, help="At most this many questions of each set, always the same ones.")]
OutOption = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the report as JSON, for --compare.")]
PlotOption = Annotated[Path | None, typer.Option("--plot", metavar="FILE.png", help="Draw the risk-coverage curve.")]
CompareOption = Annotated[
    tuple[Path, Path] | None,
    typer.Option("--compare", metavar="A.json B.json", help="Compare two reports that --out wrote, question by question."),
]


FitOption = Annotated[
    bool,
    typer.Option(
        "--fit-abstention",
        help="Fit when to decline on these questions (.jsonl) about your collection; kept in DATA_DIR, used from then on.",
    ),
]


def evaluate(
    paths: PathsArgument = None,
    half: HalfOption = Half.ALL,
    limit: LimitOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines, one report a line.")] = False,
    out_file: OutOption = None,
    plot: PlotOption = None,
    compare: CompareOption = None,
    fit: FitOption = False,
    data: Annotated[Path | None, typer.Option("--data", help="Folder of the index; default: DATA_DIR.")] = None,
) -> None:
    """Measure retrieval on BEIR folders, quotes and declining on labelled questions, or figures and their names."""
    if bool(paths) == (compare is not None):
        raise typer.BadParameter("Give either sets to measure or --compare A.json B.json.")
    from bot.evaluation_output import compare_saved, tell

    if compare is not None:
        if out_file or plot:
            raise typer.BadParameter("--out and --plot go with sets to measure, not with --compare.")
        compare_saved(*compare, as_json)
        return
    if fit:
        _fit(paths or [], half, data)
        return
    for target in (out_file, plot):
        _check_folder(target)
    tell(_measured(paths or [], half, limit, data, plot), as_json, out_file, plot)


def _fit(paths: Sequence[Path], half: Half, data: Path | None) -> None:
    """Fit on an operator's own questions. What ships was fitted by `benchmarks/fit_abstention.py`."""
    from bot.terminal import print_json
    from embeddings.evaluation.fitting import fit_abstention, gather
    from embeddings.evaluation.questions import read_question_files
    from embeddings.evaluation.selection import chosen

    if others := [path for path in paths if path.suffix != QUESTIONS_SUFFIX]:
        raise EvaluationError(f"{others[0]} is no {QUESTIONS_SUFFIX} file of labelled questions; only those can be fitted on.")
    questions = {question.id: question for question in read_question_files(paths)}
    asked = [questions[identifier] for identifier in chosen(questions, half, None)]
    with opened_services(chosen_settings(data=data)) as services:
        with services.generation() as generation:
            evidence = gather(asked, generation, services.encoder)
        fitted = fit_abstention(asked, evidence, " + ".join(path.stem for path in paths))
        fitted.write(services.settings.abstention_file)
    print_json(out, asdict(fitted))
    err.print(
        f"The coefficients are in {services.settings.abstention_file} and hold from now on; remove the file to go back.",
        markup=False,
        soft_wrap=True,
    )


def _check_folder(target: Path | None) -> None:
    # Said before the measuring, which may take minutes.
    if target is not None and (target.is_dir() or not target.absolute().parent.is_dir()):
        raise EvaluationError(f"{target} cannot be written: it is a folder, or stands in a folder that does not exist.")


def _measured(paths: Sequence[Path], half: Half, limit: int | None, data: Path | None, plot: Path | None) -> "list[AnyReport]":
    from embeddings.evaluation.figure_labels import holds_figures
    from embeddings.evaluation.metric_naming import holds_names

    files = [path for path in paths if path.suffix == QUESTIONS_SUFFIX]
    folders = [path for path in paths if path not in files]
    if lost := [path for path in folders if not path.is_dir()]:
        raise EvaluationError(
            f"{lost[0]} is neither a folder in BEIR layout nor a {QUESTIONS_SUFFIX} file of labelled questions or figures."
        )
    of_figures = [path for path in files if holds_figures(path)]
    of_names = [path for path in files if holds_names(path)]
    others = [path for path in files if path not in (*of_figures, *of_names)]
    if plot and (of_figures or of_names):
        lost = of_figures or of_names
        raise EvaluationError(f"{lost[0]} holds figures, of which there is no risk-coverage curve. Leave --plot out.")
    on_figures = [_on_figures(of_figures, half, limit, data)] if of_figures else []
    on_names = [_on_names(of_names, half, limit, data)] if of_names else []
    return [*on_figures, *on_names, *(_on_index(others, folders, half, limit, data) if others or folders else [])]


def _on_figures(files: Sequence[Path], half: Half, limit: int | None, data: Path | None) -> "FigureReport":
    """No index is needed, and no model: the articles are read as they stand in the collection."""
    from corpus.collection import read_collection
    from corpus.figures.extraction import figures_in
    from embeddings.evaluation.figure_labels import read_figure_files
    from embeddings.evaluation.figure_readings import OURS, figure_reader, other_readers
    from embeddings.evaluation.figures import measure_figures
    from embeddings.evaluation.selection import chosen

    lines = {line.id: line for line in read_figure_files(files)}
    measured = [lines[identifier] for identifier in chosen(lines, half, limit)]
    about_articles = any(line.article_id for line in measured)
    articles = read_collection(chosen_settings(data=data).collection_dir) if about_articles else []
    others, notes = other_readers()
    readers = {OURS: figure_reader(figures_in), **others}
    name = " + ".join(path.stem for path in files)
    return measure_figures(name, measured, {article.id: article for article in articles}, readers, half, notes)


def _on_names(files: Sequence[Path], half: Half, limit: int | None, data: Path | None) -> "NamingReport":
    """No index is needed, but the model that names."""
    from corpus.collection import read_collection
    from corpus.figures.catalogue import read_catalogue
    from embeddings.evaluation.metric_naming import measure_names, read_name_labels
    from embeddings.metrics.matching import match_metrics

    labels = read_name_labels(files, half, limit)
    about_articles = any(label.article_id for label in labels)
    with opened_services(chosen_settings(data=data)) as services:
        catalogue = read_catalogue(services.settings.catalogue_file)
        articles = read_collection(services.settings.collection_dir) if about_articles else []
        return measure_names(
            labels,
            {article.id: article for article in articles},
            [metric.key for metric in catalogue.metrics],
            partial(match_metrics, catalogue=catalogue, encoder=services.encoder),
            half,
            services.encoder.name,
        )


def _on_index(files: Sequence[Path], folders: Sequence[Path], half: Half, limit: int | None, data: Path | None) -> "list[Report]":
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with (
        opened_services(chosen_settings(data=data)) as services,
        Progress(*columns, console=err, disable=not err.is_terminal) as bar,
    ):
        task = bar.add_task("Measuring", total=None)

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        reports = [_on_questions(services, files, half, limit, advance)] if files else []
        return reports + [_on_folder(services, folder, half, limit, advance) for folder in folders]


def _on_questions(services: "Services", files: Sequence[Path], half: Half, limit: int | None, progress: "Progress") -> "Report":
    from embeddings.evaluation.answering import measure_questions
    from embeddings.evaluation.questions import read_question_files
    from embeddings.evaluation.selection import chosen

    questions = {question.id: question for question in read_question_files(files)}
    asked = [questions[identifier] for identifier in chosen(questions, half, limit)]
    name = " + ".join(path.stem for path in files)
    with services.generation() as generation:
        return measure_questions(
            name,
            asked,
            services.answer,
            generation,
            services.encoder,
            half,
            resolve=partial(_resolved, services),
            progress=progress,
            second=services.second,
        )


def _resolved(services: "Services", question: str, earlier: Sequence[str]) -> str:
    """A follow-up question as it is understood after the bot has answered those before it."""
    from embeddings.asking import resolved_question

    turns: list[Turn] = []
    for text in earlier:
        if asked := services.answer(text, turns=turns).asked:
            turns.append(asked.turn)
    return resolved_question(question, turns).text


def _on_folder(services: "Services", folder: Path, half: Half, limit: int | None, progress: "Progress") -> "Report":
    from embeddings.evaluation.retrieval import evaluate_folder

    return evaluate_folder(folder, services.settings.data_dir / "evaluation", services.encoder, half, limit, progress)
