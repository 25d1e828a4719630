"""The edges: the command line and Discord."""
