"""Figures and the names that people know them by: which metric a figure belongs to, and finding metrics and figures by words."""
