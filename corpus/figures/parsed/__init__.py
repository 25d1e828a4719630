"""What a figure measures by its sentence's grammar: a parser's tree, the phrases in it, and the choice among them."""
