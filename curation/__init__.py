"""Campaigns, submissions, uploads, scores, reviews, dataset versions and exports.

Knows nothing of training, generation or rewards: it writes down what happened (events) and they come and read it.
"""
