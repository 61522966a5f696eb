"""Measures samples: a scorer takes a batch and gives raw numbers with the model, weights and preprocessing behind them.

Refuses to judge: what a number means is the gate policy's business (`curation.gating`). No Django.

    scorers = registry.build_scorers(registry.Settings(...))          # nothing is loaded yet
    samples = loading.load_all(specs, loading.needs_of(scorers))      # Sample or LoadFailed, in order
    measuring.measure(samples, scorers)                               # Measured per sample, in order
"""
