"""The tiny kernel every room stands on: errors, background tasks, pagination, money, storage, idempotency.

It knows no room and holds no rule of the product.
"""
