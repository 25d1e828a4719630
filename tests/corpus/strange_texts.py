"""Random texts made of what breaks positions: emoji, combining letters, line ends, marks that no reader sees."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = [
    "word ", "Word ", "a", "é", "e\u0301", "\u0301", "a\u0323\u0307", "\u212b", "\U0001d15e", "한", "\u1112\u1161", "ﬁ", "１",
    "🙂", "👩\u200d🚀", "🇿🇲", "👍🏽", "\u200d", "\u200c",
    "\r\n", "\n", "\n\n", "\r", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\t", " ", "\u00a0", "\u3000",
    "\u200b", "\u200e", "\u200f", "\u202b", "\u202e", "\u2067", "\u2069", "\ufeff", "\u00ad", "\u2060", "\x00", "\x07",
    "שלום ", "مرحبا ", "\u05d0\u05b7", "中", "文", "。", "；", "！", "」", "“", "”", '"', "'", ")",
    "# ", "## ", "- ", "* ", "1. ", "---", "---\n", "...\n", "key: value\n", "{}", "[x](y)", "@", "|", "&amp;", "\\", "%",
    "U.S. ", "5.5 ", "No. 4 ", "Mar. 5, 2025 ", "! ", "? ", ". ", "; ", ": ", "PARIS, Mar. 5 (AFP) - ",
]  # fmt: skip

texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.text(max_size=80))
