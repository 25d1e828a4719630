"""Whether a pasted quotation is what an article says."""
