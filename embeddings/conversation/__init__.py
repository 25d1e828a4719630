"""Follow-up questions, resolved from the turns before them by rules."""
