"""The figures that articles report: value, unit, what they measure, when, whose, who says so, and where they stand."""
