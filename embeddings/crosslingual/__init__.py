"""Questions in other languages than the articles: encoder, language, words, ranking."""
