"""What the articles say: text, positions and the store that keeps them. Knows no model and no Discord."""
