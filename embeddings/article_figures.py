"""What one article says of the named metrics, in that article's own words, also where an earlier article says the same.

The store keeps a statement that several articles make once, as the first of them writes it (`embeddings.metrics`); this
finds the others' own words again.
"""

from dataclasses import replace

from corpus.article import Article
from corpus.figure_store import StoredFigure
from corpus.figures.extraction import figures_in
from corpus.figures.relations import same_statement
from corpus.store import CorpusStore


def named_figures(article: Article, store: CorpusStore) -> list[StoredFigure]:
    """An article's figures that belong to a metric, in text order; each one's position, words and sentence are this article's.

    `also_in` of each names the other articles that make the same statement, whichever of them the store keeps it for.
    """
    told = store.figures.all(article_id=article.id)
    own = [one for one in told if one.article.id == article.id]
    lent = [one for one in told if one.article.id != article.id and one.metric]
    found = [one for one in own if one.metric]
    kept = {one.figure.start for one in own}
    # Read again only where something was left to another article: it takes some milliseconds.
    read = [figure for figure in figures_in(article).figures if figure.start not in kept] if lent else []
    for one in lent:
        same = next((figure for figure in read if same_statement(one.figure, figure)), None)
        if same is None:  # another version of the extraction made the store
            continue
        sentence = article.text[same.sentence_start : same.sentence_end]
        others = tuple(sorted({one.article.id, *one.also_in} - {article.id}))
        found.append(replace(one, figure=same, sentence=sentence, article=article, also_in=others))
    return sorted(found, key=lambda one: (one.figure.start, one.id))
