"""How the built-in checkpoints are made: the film set's takes go in, weights, figures and cards come out.

Refuses outside data and outside weights: everything is a function of a seed and the code.
"""
