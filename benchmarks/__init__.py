"""What is measured: `python -m benchmarks` runs all, `python -m benchmarks.parse` one. Figures are ratios."""
