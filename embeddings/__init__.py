"""From a question to evidence: encoders, indexes, ranking and quotes. Knows no Discord."""
