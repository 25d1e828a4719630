"""Measures retrieval, quoting and declining on labelled questions, with intervals, and compares two measurings."""
