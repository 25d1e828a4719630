"""Measuring retrieval and declining on labelled questions."""
